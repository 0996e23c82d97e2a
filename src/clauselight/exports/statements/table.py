"""The table of statements: what each standard specifies, who wrote it, who makes it binding, who claims to meet it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TextIO

from clauselight.exports.quotes import cut, one_line, visible_lines
from clauselight.exports.registry import Output, Settings
from clauselight.graph.account import Account
from clauselight.graph.editions import Editions
from clauselight.graph.listings import Listings
from clauselight.model.statement import PREDICATES, Node, Predicate, Statement

#: kinds of documents in the order of the table
_KINDS = (("standard", "STANDARD"), ("tender", "TENDER"), ("product", "PRODUCT"), ("document", "DOCUMENT"))


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write the table, and below it what was read and what was not."""
    stream = visible_lines(stream)
    editions = Editions(account.statements)
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    named: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for s in account.statements:
        groups[s.about.key].append(s)
        if s.row.elsewhere and s.about is not s.object:
            named[s.object.series].append(s)
    ranked = sorted(groups.values(), key=_rank)
    for kind, heading in _KINDS:
        for group in ranked:
            node = group[0].about
            if node.kind == kind:
                elsewhere = [s for s in named.get(node.series, ()) if editions.covers(s.object, node)]
                _document(stream, heading, group, elsewhere, settings)
    _organisations(stream, account)
    _end(stream, account)


def _document(
    stream: TextIO, heading: str, group: Sequence[Statement], elsewhere: Sequence[Statement], settings: Settings
) -> None:
    """A document with what is said of it, and what other documents say with it as their object."""
    node = group[0].about
    title = f"  {node.title}" if node.title else ""
    number = f"  no. {node.number}" if node.kind == "tender" and node.number else ""
    stream.write(f"{heading} {node.label}{title}{number}\n")
    paths = {s.evidence[0].path for s in group}
    only = paths.pop() if len(paths) == 1 else None
    if only:
        stream.write(f"  {'in':16} {only}\n")
    _group(stream, group, settings, only)
    for s in elsewhere:
        _line(stream, _heading(s, s.object), s.subject.label + _note(s), s, settings)
    stream.write("\n")


def _organisations(stream: TextIO, account: Account) -> None:
    """Organisations that are resolved, why, and the lists they are on: on the date of the document, and today."""
    listings = Listings(account)
    named: dict[str, dict[str, tuple[Statement, Node]]] = defaultdict(dict)
    listed: dict[str, dict[str, str]] = defaultdict(dict)
    for s in account.statements:
        for node in (s.subject, s.object):
            if node.kind == "organisation" and node.id:
                named[node.id].setdefault(node.name, (s, node))
                for status in listings.of(node, s):
                    listed[node.id].setdefault(status.words, status.listing.source)
    for organisation in account.organisations:
        names = named.get(organisation.id)
        if not names:
            continue
        stream.write(f"ORGANISATION {organisation.label}\n")
        for name, (_, node) in sorted(names.items()):
            match = listings.match(node)
            stream.write(f"  {'printed as':16} {name}" + (f"  [{match.why}]" if match else "") + "\n")
        for words, source in listed[organisation.id].items():
            stream.write(f"  {'list':16} {words}  [{source}]\n")
        for to, how, source in organisation.related:
            stream.write(f"  {'related':16} {to}: {how}  [{source}]\n")
        stream.write("\n")
    if doubtful := listings.doubtful(account):
        stream.write("MAY BE THE SAME (not taken as made)\n")
        for name, match in doubtful:
            stream.write(f"  {name} ~ {match.label}: {match.why}\n")
        stream.write("\n")


def _rank(group: Sequence[Statement]) -> tuple[int, int]:
    return (0 if any(s.row.chain == "end" for s in group) else 1, -len(group))


def _group(stream: TextIO, group: Sequence[Statement], settings: Settings, only: str | None) -> None:
    said: dict[Predicate, list[Statement]] = defaultdict(list)
    for s in group:
        said[s.predicate].append(s)
    for name, row in PREDICATES.items():
        rows = said.get(name, [])
        for s in rows[: row.most]:
            _line(stream, _heading(s, s.about), _text(s) + _resolved(s.other) + _note(s), s, settings, only)
        if row.most is not None and len(rows) > row.most:
            stream.write(f"  {'':16} … and {len(rows) - row.most} more (all with --format jsonl)\n")


def _heading(s: Statement, end: Node) -> str:
    """The label under one end of a statement. Raises `ValueError` where the predicate has none there."""
    heading = s.row.heading_of_object if end is s.object else s.row.heading
    if heading is None:
        raise ValueError(f"{s.predicate}: the table has no words for it under {end.kind} {end.label}")
    return heading


def _text(s: Statement) -> str:
    """The other end, as the table names it."""
    if s.row.chain == "end":
        places = f"{len(s.evidence)} place{'s' if len(s.evidence) > 1 else ''}"
        return f"{s.other.label} · {(s.role or '').replace('_', ' ')} ({places})"
    if s.row.day:
        return s.date or s.other.label
    if s.order:
        return f"{s.order}. {s.other.label}" + (" … (the source breaks off here)" if s.subject.truncated else "")
    return s.other.label


def _resolved(node: Node) -> str:
    return f" = {node.id}" if node.kind == "organisation" and node.id else ""


def _note(s: Statement) -> str:
    values = {"qualifier": s.qualifier, "role": s.role, "value": s.value, "date": s.date and f"on {s.date}"}
    notes = [value for name in s.row.notes if (value := values[name])]
    return f" ({', '.join(notes)})" if notes else ""


def _line(stream: TextIO, label: str, text: str, s: Statement, settings: Settings, only: str | None = None) -> None:
    evidence = s.evidence[0]
    at = evidence.place if evidence.path == only else evidence.path_and_place
    stream.write(f"  {label:16} {text}" + (f"  [{at}]" if at else "") + "\n")
    if s.row.quoted:
        stream.write(f"  {'':16} “{cut(one_line(evidence.quote, settings.unmask), 160)}”\n")


def _end(stream: TextIO, account: Account) -> None:
    counts = Counter(s.predicate for s in account.statements)
    each = ", ".join(f"{n} {p}" for p, n in counts.most_common()) or "no statements"
    stream.write(f"{len(account.statements)} statements: {each}\n")
    stream.write("\nCoverage\n")
    states = Counter(c.state for c in account.coverage)
    stream.write("  files   " + (", ".join(f"{n} {s}" for s, n in states.items()) or "none") + "\n")
    for c in account.coverage:
        if c.state != "read":
            stream.write(f"  {c.state:10} {c.path}: {'; '.join(p.message for p in c.problems)[:200]}\n")
    if not account.complete:
        stream.write("  INCOMPLETE: the run was interrupted\n")


OUTPUT = Output("table", "statements", ".txt", False, write, "for people: grouped by document, with coverage")
