"""The table of statements: each standard with what it specifies, who wrote it, who makes it binding and who claims to meet it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TextIO

from clauselight.exports.mask import mask
from clauselight.exports.registry import Settings
from clauselight.graph.account import Account
from clauselight.graph.listings import Standings
from clauselight.model.statement import Node, Statement
from clauselight.statements.numbers import series_of

_LABELS = (
    ("specifies", "specifies"), ("drafted", "drafted by"), ("proposed", "proposed by"), ("administers", "administered by"),
    ("issued", "issued by"), ("published_on", "published"), ("effective_on", "effective"), ("replaces", "replaces"),
    ("purchases", "purchaser"), ("supplies", "supplier"), ("mandates", "makes binding"), ("claims_conformity", "claims to meet"), ("cites", "cites"),
)  # fmt: skip
_KINDS = (("standard", "STANDARD"), ("tender", "TENDER"), ("document", "DOCUMENT"))
_MOST_CITED = 12


def about(statement: Statement) -> Node:
    """The document that a statement is told of: the standard drafted, the tender that mandates."""
    return statement.object if statement.subject.kind == "organisation" else statement.subject


def other(statement: Statement) -> Node:
    """The other end."""
    return statement.subject if statement.subject.kind == "organisation" else statement.object


def series(node: Node) -> str:
    """A key under which editions of one standard meet."""
    return series_of(node.number or node.label) if node.kind == "standard" else node.label


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write the table, and below it what was read and what was not."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    reached: dict[str, list[Statement]] = defaultdict(list)
    for s in account.statements:
        groups[about(s).kind, about(s).label].append(s)
        if s.predicate in ("mandates", "claims_conformity"):
            reached[series(s.object)].append(s)
    for kind, heading in _KINDS:
        for (_, label), group in sorted(((k, v) for k, v in groups.items() if k[0] == kind), key=lambda p: _rank(p[1])):
            node = about(group[0])
            stream.write(
                f"{heading} {label}"
                + (f"  {node.title}" if node.title else "")
                + (f"  no. {node.number}" if kind == "tender" and node.number else "")
                + "\n"
            )
            paths = {s.evidence[0].path for s in group}
            only = paths.pop() if len(paths) == 1 else None
            if only:
                stream.write(f"  {'in':16} {only}\n")
            _group(stream, group, settings, only)
            if kind == "standard":
                for s in reached.get(series(node), []):
                    if s.object.number not in (node.number, series(node)):
                        continue  # dated for another edition
                    verb = "made binding by" if s.predicate == "mandates" else "claimed by"
                    _line(stream, verb, s.subject.label + _note(s), s, settings)
            stream.write("\n")
    _organisations(stream, account)
    _end(stream, account)


def _organisations(stream: TextIO, account: Account) -> None:
    """Organisations that are resolved, why, and the lists they stand on: on the date of the document, and today."""
    standings = Standings(account)
    named: dict[str, dict[str, tuple[Statement, Node]]] = defaultdict(dict)
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for s in account.statements:
        for node in (s.subject, s.object):
            if node.kind == "organisation" and node.id:
                named[node.id].setdefault(node.name, (s, node))
                for standing in standings.of(node, s):
                    told[node.id].setdefault(standing.told, standing.listing.source)
    for organisation in account.organisations:
        names = named.get(organisation.id)
        if not names:
            continue
        stream.write(f"ORGANISATION {organisation.label}\n")
        for name, (_, node) in sorted(names.items()):
            match = standings.match(node)
            stream.write(f"  {'printed as':16} {name}" + (f"  [{match.why}]" if match else "") + "\n")
        for words, source in told[organisation.id].items():
            stream.write(f"  {'list':16} {words}  [{source}]\n")
        for to, how, source in organisation.related:
            stream.write(f"  {'related':16} {to}: {how}  [{source}]\n")
        stream.write("\n")
    if doubtful := standings.doubtful(account):
        stream.write("MAY BE THE SAME (not taken as made)\n")
        for name, match in doubtful:
            stream.write(f"  {name} ~ {match.label}: {match.why}\n")
        stream.write("\n")


def _rank(group: Sequence[Statement]) -> tuple[int, int]:
    return (0 if any(s.predicate == "specifies" for s in group) else 1, -len(group))


def _group(stream: TextIO, group: Sequence[Statement], settings: Settings, only: str | None) -> None:
    for predicate, label in _LABELS:
        rows = [s for s in group if s.predicate == predicate]
        shown = rows[:_MOST_CITED] if predicate == "cites" else rows
        for s in shown:
            text = other(s).label
            if predicate == "specifies":
                text = f"{text} · {(s.role or '').replace('_', ' ')} ({len(s.evidence)} place{'s' if len(s.evidence) > 1 else ''})"
            elif predicate == "drafted" and s.order:
                text = f"{s.order}. {text}" + (" … (the source breaks off here)" if s.subject.truncated else "")
            elif predicate in ("published_on", "effective_on"):
                text = s.date or text
            _line(
                stream,
                label,
                text + _resolved(other(s)) + (_note(s) if predicate != "specifies" else ""),
                s,
                settings,
                only,
            )
        if len(rows) > len(shown):
            stream.write(f"  {'':16} … and {len(rows) - len(shown)} more (all with --format jsonl)\n")


def _resolved(node: Node) -> str:
    return f" = {node.id}" if node.kind == "organisation" and node.id else ""


def _note(s: Statement) -> str:
    said = [s.qualifier if s.predicate != "cites" else None, s.role if s.predicate == "mandates" else None, s.value]
    said.append(f"on {s.date}" if s.predicate in ("purchases", "supplies") and s.date else None)
    return f" ({', '.join(p for p in said if p)})" if any(said) else ""


def _line(stream: TextIO, label: str, text: str, s: Statement, settings: Settings, only: str | None = None) -> None:
    place = s.evidence[0]
    where = f"page {place.page}" if place.page is not None else (f"line {place.line}" if place.line is not None else "")
    at = ", ".join(p for p in ("" if place.path == only else place.path, where) if p)
    stream.write(f"  {label:16} {text}" + (f"  [{at}]" if at else "") + "\n")
    if s.predicate in ("specifies", "mandates", "claims_conformity"):
        quote = " ".join((place.quote if settings.unmask else mask(place.quote).text).split())
        stream.write(f"  {'':16} “{quote[:160]}{'…' if len(quote) > 160 else ''}”\n")


def _end(stream: TextIO, account: Account) -> None:
    counts = Counter(s.predicate for s in account.statements)
    told = ", ".join(f"{n} {p}" for p, n in counts.most_common()) or "no statements"
    stream.write(f"{len(account.statements)} statements: {told}\n\nCoverage\n")
    states = Counter(c.state for c in account.coverage)
    stream.write("  files   " + (", ".join(f"{n} {s}" for s, n in states.items()) or "none") + "\n")
    for c in account.coverage:
        if c.state != "read":
            stream.write(f"  {c.state:10} {c.path}: {'; '.join(p.message for p in c.problems)[:200]}\n")
    if not account.complete:
        stream.write("  INCOMPLETE: the run was interrupted\n")


FORM = ("table", write)
