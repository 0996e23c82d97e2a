"""What a dossier says, in order: summary, each finding, chain and timeline, what was not read, method, glossary, citations."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clauselight.case import journal
from clauselight.case.status import agreement
from clauselight.case.store import Case, Judgement, Origin
from clauselight.dossier.blocks import Block, Bullets, Facts, Heading, Para, Picture, Quote, Table
from clauselight.errors import ReadError, UsageError
from clauselight.exports import timeline
from clauselight.exports.case import Item, account_with_readings, items
from clauselight.exports.crops import CropMaker, png
from clauselight.exports.mask import mask
from clauselight.exports.quotes import one_line, shown
from clauselight.exports.registry import Settings
from clauselight.exports.statements import drawing
from clauselight.graph.account import Account
from clauselight.graph.chains import chains
from clauselight.graph.facts import FactLookup
from clauselight.graph.listings import Listings
from clauselight.model import Box, Coverage
from clauselight.model.places import place_words
from clauselight.model.statement import Statement
from clauselight.pipeline.snapshot import thaw
from clauselight.version import __version__

_GLOSSARY = (
    (
        "finding",
        "a place where a system that observes or polices people sorts them by race, ethnicity, skin colour or religion",
    ),
    ("notice", "such a word taken from identity papers, or from a civil, health, school or staff record"),
    ("mention", "the word spoken of, regulated, condemned, or used in another sense"),
    (
        "role",
        "what the place does: analytic output (derived from an image, video, voice or gait), alarm, search filter, data field, code list, identity record",
    ),
    ("strength", "how far it binds: shall, should, may, can, with the word that says so"),
    ("quote", "the exact words of the source; offsets count characters of the canonical text whose SHA-256 is given"),
    ("gloss", "words in English that say what the place does; made by rules, not a translation of the quote"),
    ("binding (★)", "a clause of a tender that a bid must meet, or it fails"),
    ("decision", "what the reviewers named decided; disputed where they differ"),
)


@dataclass
class Dossier:
    """Everything that is written out, gathered once."""

    title: str
    created: str
    items: list[Item]
    coverage: list[Coverage]
    account: Account
    origins: dict[str, list[Origin]]
    journal: list[journal.Entry]
    judgements: list[Judgement]
    decided_by: list[str]
    unmask: bool
    #: statements by the id of their reading
    stated: dict[int, list[Statement]]
    crops: dict[str, Picture] = field(default_factory=dict)
    undrawn: list[str] = field(default_factory=list)


def gather(
    case: Case,
    *,
    title: str = "",
    only: str | None = None,
    unmask: bool = False,
    tick: Callable[[int, int], None] | None = None,
    pictures: bool = True,
) -> Dossier:
    """Read a case for a dossier. Raises `UsageError` where nothing is left to show."""
    chosen: list[Item] = []
    coverage: list[Coverage] = []
    for outcome, found in items(case, "finding", only):
        coverage.append(outcome.coverage)
        chosen += found
    if not coverage:
        raise UsageError(f"{case.folder}: the case holds nothing yet; clauselight case add {case.folder} PATH...")
    entries = journal.entries(case.db)
    created = next((e.at for e in reversed(entries) if e.action != "dossier"), entries[-1].at)
    shas = {i.reading.sha256 for i in chosen} | {r[0] for r in case.db.execute("SELECT sha256 FROM source")}
    rules = [r[0] for r in case.db.execute("SELECT DISTINCT decided_by FROM reading ORDER BY 1")]
    account, stated = account_with_readings(case)
    dossier = Dossier(
        title or case.meta("title"), created, chosen, coverage, account, {s: case.origins(s) for s in sorted(shas)}, entries, case.judgements(), rules, unmask, stated
    )  # fmt: skip
    if pictures:
        _draw(case, dossier, tick)
    return dossier


def _draw(case: Case, dossier: Dossier, tick: Callable[[int, int], None] | None) -> None:
    """A picture of each place on a page."""
    maker: CropMaker | None = None
    hidden = _Hidden()
    for number, item in enumerate(dossier.items, 1):
        if tick:
            tick(number, len(dossier.items))
        if not item.finding.boxes:
            continue
        try:
            maker = maker or CropMaker()
            image = maker.crop(
                case.blob(item.reading),
                item.reading.coverage.path,
                item.finding,
                () if dossier.unmask else hidden.on(case, item),
            )
        except (OSError, ValueError, ReadError, UsageError) as error:
            dossier.undrawn.append(f"{item.finding.path}: {error}")
            continue
        f = item.finding
        words = f"Page {f.boxes[0].page} of {f.path} around the quote, which is framed"
        dossier.crops[item.id] = Picture(png(image), f"{item.id}.png", words)
    if maker:
        maker.close()


class _Hidden:
    """Where personal data stands on a page, so that its picture can be covered there."""

    def __init__(self) -> None:
        self._reading = -1
        self._layouts: list[Any] = []
        self._known: dict[int, list[Box]] = {}

    def on(self, case: Case, item: Item) -> list[Box]:
        """Boxes of personal data on the page of a finding. One reading is held at a time."""
        if self._reading != item.reading.id:
            reading = item.reading
            self._reading, self._known = reading.id, {}
            self._layouts = [
                thaw(k, reading.coverage.path, lambda: case.blob(reading)).layout for k in case.kept(reading.id)
            ]
        page = item.finding.boxes[0].page
        if page not in self._known:
            self._known[page] = list(self._found(page))
        return self._known[page]

    def _found(self, page: int) -> Iterator[Box]:
        for layout in self._layouts:
            for own, offset in zip(getattr(layout, "pages", ()), getattr(layout, "offsets", ()), strict=True):
                if own.number == page:
                    for start, end, _ in mask(own.text).spans:
                        yield from layout.boxes(offset + start, offset + end)[0]


def blocks(dossier: Dossier) -> Iterator[Block]:
    """The dossier from its first to its last part."""
    yield from _summary(dossier)
    yield Heading(1, "Findings", "findings")
    if not dossier.items:
        yield Para("No finding is left under what was asked for. What was read and what was not stands below.")
    facts = FactLookup(dossier.account)
    for number, item in enumerate(dossier.items, 1):
        yield from _finding(dossier, number, item, facts)
    yield from _drawn(dossier)
    yield from _unread(dossier)
    yield from _method(dossier)
    yield Heading(1, "Words", "words")
    yield Facts(_GLOSSARY)


def _summary(dossier: Dossier) -> Iterator[Block]:
    yield Heading(1, "Summary", "summary")
    states = Counter(c.state for c in dossier.coverage)
    files = len({i.finding.path for i in dossier.items})
    yield Para(
        f"{len(dossier.items)} place{'' if len(dossier.items) == 1 else 's'} in {files} document{'' if files == 1 else 's'} provide{'s' if len(dossier.items) == 1 else ''} for sorting people by race, ethnicity, skin colour or religion. "
        f"{len(dossier.coverage)} documents were taken in: "
        + ", ".join(f"{n} {s}" for s, n in states.items())
        + (
            ". What was not read is listed below and may hold more."
            if any(c.state != "read" for c in dossier.coverage)
            else "."
        ),
        True,
    )
    counts = Counter((i.finding.attribute.replace("_", " "), i.finding.role.replace("_", " ")) for i in dossier.items)
    if counts:
        yield Table(
            ("attribute", "what the place does", "places"), tuple((a, r, str(n)) for (a, r), n in counts.most_common())
        )
    decisions = Counter(i.decision or "open (nobody has decided)" for i in dossier.items)
    yield Facts(tuple((f"decision: {d}", str(n)) for d, n in decisions.most_common()))
    for a in agreement(dossier.judgements):
        yield Para(
            f"{a.first} and {a.second} both judged {a.both} places and agree on {a.agree}; Cohen's kappa {a.kappa if a.kappa is not None else 'is not defined'}."
        )
    yield Para(
        "A finding says what a text provides for. What that means in law is for people to judge. "
        + (
            "Personal data is shown as it stands."
            if dossier.unmask
            else "Personal data (numbers, addresses, names of individuals) is covered with ▇."
        )
    )


def _finding(dossier: Dossier, number: int, item: Item, facts: FactLookup) -> Iterator[Block]:
    f = item.finding
    place = place_words(f.page, f.line)
    yield Heading(
        2,
        f"{number}. {f.attribute.replace('_', ' ')}, {f.role.replace('_', ' ')}: {Path(f.path).name}, {place}",
        f"finding-{item.id}",
    )
    covered = (
        f.quote
        if dossier.unmask
        else mask(f.prefix + f.quote + f.suffix).text[len(f.prefix) : len(f.prefix) + len(f.quote)]
    )
    yield Quote(covered, f.marks)
    if item.id in dossier.crops:
        yield dossier.crops[item.id]
    plain = _plain(dossier)
    rows = [
        ("what it does", plain(f.gloss)),
        ("strength", f.strength + (f" ({f.strength_token})" if f.strength_token else "")),
    ]
    clause = " › ".join([*(plain(h) for h in f.clause.headings), *f.clause.owners]) or (f.clause.number or "")
    rows.append(("clause", clause))
    if f.groups:
        rows.append(("groups named", ", ".join(f.groups)))
    if f.confidence is not None:
        rows.append(("recognised", f"by OCR, mean confidence {f.confidence:.2f}"))
    rows += [(label, plain(words)) for label, words in facts.of(dossier.stated.get(item.reading.id, []))]
    for origin in dossier.origins.get(item.reading.sha256, []):
        rows.append(("source", _origin(origin, item)))
    rows.append(("SHA-256 of the source", item.reading.sha256))
    rows.append(("place in the text", f"characters {f.start} to {f.end} of the text with SHA-256 {f.text_sha256}"))
    rows.append(("why", plain("; ".join(f"{c.decides}: {c.text} ({c.where})" for c in f.cues[:8]))))
    rows.append(("rule", f"{f.rule}, {f.rule_digest[:16]}"))
    for j in item.judgements:
        rows.append((f"{j.decision} by {j.by}", f"{j.reason} ({j.at})"))
    if not item.judgements:
        rows.append(("reviewed", "by nobody yet"))
    rows.append(("id", item.id))
    yield Facts(tuple((a, b) for a, b in rows if b))


def _plain(dossier: Dossier) -> Callable[[str], str]:
    return lambda text: shown(text, dossier.unmask)


def _origin(origin: Origin, item: Item) -> str:
    captured = item.reading.coverage
    parts = [origin.path + item.reading.inner, f"added {origin.added} by {origin.by}"]
    if url := captured.url or origin.url:
        parts.append(f"from {url}")
    if when := captured.retrieved or origin.retrieved:
        parts.append(f"retrieved {when}")
    if origin.note:
        parts.append(origin.note)
    return "; ".join(parts)


def _behind(dossier: Dossier) -> list[Statement]:
    """Statements on the chains that end at a finding of this dossier; all others are in the package's records."""
    paths = {i.finding.path for i in dossier.items}
    ends = [s for s in dossier.account.statements if s.row.chain != "end" or s.evidence[0].path in paths]
    kept = dict.fromkeys(link for c in chains(ends, None) for link in c.links)
    return [s for s in ends if s in kept and s.row.line]


def _listed(dossier: Dossier) -> Iterator[Block]:
    """Organisations that are on a list, or were on one, wherever the documents name them."""
    listings = Listings(dossier.account)
    rows: dict[tuple[str, ...], None] = {}
    for s in dossier.account.statements:
        for node in (s.subject, s.object):
            match = listings.match(node)
            for status in listings.of(node, s):
                why = match.why if match else ""
                rows.setdefault((node.label, status.organisation.label, why, status.words, status.listing.source))
    yield Heading(2, "Lists", "lists")
    if rows:
        yield Table(("named", "organisation", "taken for it because of", "listed", "source"), tuple(rows))
    else:
        yield Para("No organisation that the documents name stands on a list that is known here.")


def _drawn(dossier: Dossier) -> Iterator[Block]:
    behind = _behind(dossier)
    yield Heading(1, "Who stands behind it", "chain")
    if behind:
        yield Picture(
            drawing.svg(behind, unmask=dossier.unmask).encode(),
            "chain.svg",
            "The chain from buyers over tenders and standards to what is specified, and who wrote the standards; the table says the same",
            "image/svg+xml",
        )
        rows = []
        for s in behind:
            e = s.evidence[0]
            rows.append(
                (
                    s.subject.label,
                    s.row.label + (f" ({s.qualifier})" if s.qualifier else ""),
                    s.object.label,
                    one_line(e.quote, dossier.unmask)[:240],
                    e.path_and_place,
                )
            )
        yield Table(("who", "does", "what", "quote", "place"), tuple(rows))
    else:
        yield Para("The documents name nobody who stands behind these places.")
    yield from _listed(dossier)
    offered = Listings(dossier.account).doubtful(dossier.account)
    if offered:
        yield Para("These names may mean organisations that are known here; that was not taken as made:")
        yield Bullets(tuple(f"{name} ~ {m.label}: {m.why}" for name, m in offered))
    yield Heading(1, "When", "timeline")
    events = timeline.events(dossier.account, dossier.unmask)
    if events:
        out = io.StringIO()
        timeline.svg(out, dossier.account, Settings(dossier.unmask))
        yield Picture(
            out.getvalue().encode(), "timeline.svg", "The events of the table below on a line of time", "image/svg+xml"
        )
        yield Table(("date", "what", "quote", "place"), tuple((e.date, e.what, e.quote[:200], e.place) for e in events))
    else:
        yield Para("The documents give no dates.")


def _unread(dossier: Dossier) -> Iterator[Block]:
    yield Heading(1, "What was not read", "unread")
    rows = [
        (c.path, c.state, "; ".join(f"{p.message}" for p in c.problems)[:600] or "", c.source_sha256 or "")
        for c in dossier.coverage
        if c.state != "read" or c.problems
    ]
    if rows:
        yield Table(("document", "state", "what is missing or doubtful", "SHA-256"), tuple(rows))
    else:
        yield Para(f"Nothing: all {len(dossier.coverage)} documents were read from their first to their last page.")
    if dossier.undrawn:
        yield Para("These places could not be drawn:")
        yield Bullets(tuple(dossier.undrawn))


def _method(dossier: Dossier) -> Iterator[Block]:
    yield Heading(1, "How this was made", "method")
    yield Para(
        "Each source was copied, its bytes hashed with SHA-256, and read by the reader for its format; pages without a usable text layer were recognised (OCR). Rules, which are data with test cases, "
        "mark words that speak of race, ethnicity, skin colour or religion and weigh what stands around them. No face, voice or picture of a person was looked at. Every quote was taken from the canonical text at the "
        "offsets given, and every action stands in a journal in which each entry is linked to the one before by its hash."
    )
    ocr = sorted({str(e.detail.get("ocr")) for e in dossier.journal if e.action == "read"})
    made = [e for e in dossier.journal if e.action != "dossier"]  # writing a dossier changes nothing that it tells
    last = made[-1]
    yield Facts(
        (
            ("program", f"clauselight {__version__}"),
            ("rules", "; ".join(dossier.decided_by) or "none"),
            ("recognition", ", ".join(ocr) or "none"),
            ("readers", ", ".join(sorted({c.reader for c in dossier.coverage if c.reader})) or "none"),
            ("journal", f"{len(made)} entries up to the last reading or judgement, {last.hash}"),
            ("as of", dossier.created),
        )
    )
