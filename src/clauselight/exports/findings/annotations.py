"""Findings as W3C Web Annotations: several selectors on one target, so that a place is found again in several ways.

https://www.w3.org/TR/annotation-model/ (REC 2017-02-23); fragments of pages by RFC 8118, of lines by RFC 5147.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from clauselight.exports.records import finding_record
from clauselight.exports.registry import Item, Output, Settings
from clauselight.model import Coverage, Finding

_PAGES = "http://tools.ietf.org/rfc/rfc8118"
_LINES = "http://tools.ietf.org/rfc/rfc5147"
_HEAD = {
    "@context": ["http://www.w3.org/ns/anno.jsonld", {"clauselight": "https://clauselight.example/ns#"}],
    "type": "AnnotationPage",
}


class Annotations:
    """Writes each annotation into the page when it comes: the very bytes that `json.dump` gives for the whole."""

    def __init__(self, stream: TextIO, settings: Settings) -> None:
        self.stream = stream
        self.settings = settings
        self.empty = True
        stream.write(_indented(_HEAD, "").removesuffix("\n}") + ',\n "items": [')

    def write(self, coverage: Coverage, items: Sequence[Item]) -> None:
        for item in items:
            self.stream.write("\n  " if self.empty else ",\n  ")
            self.stream.write(_indented(annotation(item, self.settings.unmask), "  "))
            self.empty = False

    def close(self, complete: bool) -> None:
        self.stream.write("]" if self.empty else "\n ]")
        self.stream.write("\n}" if complete else ',\n "clauselight:complete": false\n}')


def _indented(value: object, margin: str) -> str:
    """JSON as a part of a larger one. Strings of JSON hold no line feed, so the margin goes between values only."""
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + margin)


def collection(items: Iterable[Item], unmask: bool = False) -> dict[str, Any]:
    """All findings as one AnnotationPage."""
    return {**_HEAD, "items": [annotation(i, unmask) for i in items]}


def annotation(item: Item, unmask: bool = False) -> dict[str, Any]:
    """One finding: its place in the canonical text by quote and offsets, in the original by page and boxes or by line.

    The quote is masked unless `unmask`; its digest is that of the quote unmasked, so that it can still be checked.
    """
    record = finding_record(item.finding, unmask)
    return {
        "id": f"urn:clauselight:finding:{item.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": list(_bodies(item, record["gloss"])),
        "target": [_text(item.finding, record), _original(item)],
    }


def _bodies(item: Item, gloss: str) -> Iterator[dict[str, Any]]:
    """What the finding is, what it means, and what people decided on it."""
    f = item.finding
    for value in (f.attribute, f.role, f.strength, f.level, f.polarity):
        yield {"type": "TextualBody", "purpose": "classifying", "value": value}
    yield {"type": "TextualBody", "purpose": "describing", "value": gloss, "language": "en"}
    for j in item.judgements:
        yield {
            "type": "TextualBody",
            "purpose": "assessing",
            "value": f"{j.decision}: {j.reason}",
            "creator": j.by,
            "created": j.at,
        }


def _text(finding: Finding, record: dict[str, Any]) -> dict[str, Any]:
    quote = {key: record[name] for key, name in (("exact", "quote"), ("prefix", "prefix"), ("suffix", "suffix"))}
    return {
        "source": f"urn:sha256:{finding.text_sha256}",
        "type": "SpecificResource",
        "selector": [
            {"type": "TextQuoteSelector", **quote},
            {"type": "TextPositionSelector", "start": finding.start, "end": finding.end},
        ],
        "clauselight:quoteSha256": hashlib.sha256(finding.quote.encode("utf-8", "surrogatepass")).hexdigest(),
        "clauselight:masked": record["masked"],
    }


def _original(item: Item) -> dict[str, Any]:
    page: dict[str, Any] = {"source": f"urn:sha256:{item.source}", "type": "SpecificResource"}
    if item.member:
        page["clauselight:member"] = item.member
    if selectors := _fragments(item.finding):
        page["selector"] = selectors
    return page


def _fragments(f: Finding) -> list[dict[str, Any]]:
    """The page with each box on it, or the page, or lines, which RFC 5147 counts from 0.

    RFC 8118 measures `viewrect` from the top left of the page as it is shown, turned and cut; a finding has its boxes
    in PDF user space, and not the page. A box is given as it is known, and no other number for it.
    """
    if f.page is not None and f.boxes:
        return [{**_fragment(_PAGES, f"page={b.page}"), "clauselight:box": [b.x0, b.y0, b.x1, b.y1]} for b in f.boxes]
    if f.page is not None:
        return [_fragment(_PAGES, f"page={f.page}")]
    if f.line is not None:
        return [_fragment(_LINES, f"line={f.line - 1},{f.end_line or f.line}")]
    return []


def _fragment(standard: str, value: str) -> dict[str, Any]:
    return {"type": "FragmentSelector", "conformsTo": standard, "value": value}


OUTPUT = Output("annotations", "findings", ".jsonld", False, Annotations, "W3C Web Annotations as one AnnotationPage")
