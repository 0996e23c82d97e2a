"""Each finding: the quote with the deciding words marked, its picture, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from clauselight.case.reviewed import ReviewedFinding
from clauselight.case.store import Origin
from clauselight.dossier.blocks import Block, Facts, Heading, Para, Quotation
from clauselight.dossier.gather import Dossier
from clauselight.dossier.orphaned import carried_rows
from clauselight.graph.facts import Fact
from clauselight.model import Finding
from clauselight.model.places import place_words

#: reasons that are named; further ones are in the records of the package
_REASONS = 8


def section(dossier: Dossier) -> Iterator[Block]:
    """All findings in the order of their sources."""
    yield Heading(1, "Findings", "findings")
    if not dossier.items:
        yield Para("No finding is left under what was asked for. What was read and what was not stands below.")
    for number, item in enumerate(dossier.items, 1):
        yield from _finding(dossier, number, item)


def _finding(dossier: Dossier, number: int, item: ReviewedFinding) -> Iterator[Block]:
    yield Heading(2, f"{number}. {_title(item.finding)}", f"finding-{item.id}")
    yield Quotation(_quoted(dossier, item.finding), item.finding.marks)
    if picture := dossier.pictures.crops.get(item.id):
        yield picture
    yield Facts(tuple(row for row in _facts(dossier, item) if row[1]))


def _title(f: Finding) -> str:
    what = f"{f.attribute}, {f.role}".replace("_", " ")
    return f"{what}: {Path(f.path).name}, {place_words(f.page, f.line)}"


def _quoted(dossier: Dossier, f: Finding) -> str:
    """The quote as shown. Personal data may begin before it or end after it: what is around it is masked with it."""
    start = len(f.prefix)
    return dossier.shown(f.prefix + f.quote + f.suffix)[start : start + len(f.quote)]


def _facts(dossier: Dossier, item: ReviewedFinding) -> Iterator[Fact]:
    yield from _deed(dossier, item.finding)
    own = dossier.stated.get(item.reading.id, ())
    for label, text in dossier.facts.of(own):
        yield label, dossier.shown(text)
    for origin in dossier.origins.get(item.reading.sha256, ()):
        yield "source", _origin(origin, item)
    yield from _anchor(item)
    yield from _reasons(dossier, item.finding)
    yield from _reviews(item)
    yield from carried_rows(item.carried, dossier.shown)
    yield "id", item.id


def _deed(dossier: Dossier, f: Finding) -> Iterator[Fact]:
    """What the place does and where in its document it is."""
    yield "what it does", dossier.shown(f.gloss)
    yield "strength", f.strength + (f" ({f.strength_token})" if f.strength_token else "")
    over = [*(dossier.shown(h) for h in f.clause.headings), *f.clause.owners]
    yield "clause", " › ".join(over) or (f.clause.number or "")
    yield "groups named", ", ".join(f.groups)
    if f.confidence is not None:
        yield "recognised", f"by OCR, mean confidence {f.confidence:.2f}"


def _origin(origin: Origin, item: ReviewedFinding) -> str:
    captured = item.reading.coverage
    parts = [origin.path + item.reading.inner, f"added {origin.added} by {origin.by}"]
    if url := captured.url or origin.url:
        parts.append(f"from {url}")
    if when := captured.retrieved or origin.retrieved:
        parts.append(f"retrieved {when}")
    if origin.note:
        parts.append(origin.note)
    return "; ".join(parts)


def _anchor(item: ReviewedFinding) -> Iterator[Fact]:
    f = item.finding
    yield "SHA-256 of the source", item.reading.sha256
    yield "place in the text", f"characters {f.start} to {f.end} of the text with SHA-256 {f.text_sha256}"


def _reasons(dossier: Dossier, f: Finding) -> Iterator[Fact]:
    yield "why", dossier.shown("; ".join(f"{c.decides}: {c.text} ({c.where})" for c in f.cues[:_REASONS]))
    yield "rule", f"{f.rule}, {f.rule_digest[:16]}"


def _reviews(item: ReviewedFinding) -> Iterator[Fact]:
    for j in item.judgements:
        yield f"{j.decision} by {j.by}", f"{j.reason} ({j.at})"
    if not item.judgements:
        yield "reviewed", "by nobody yet"
