"""Findings as W3C Web Annotations: several selectors on one target, so that the place is found again by more than one way.

https://www.w3.org/TR/annotation-model/ (REC 2017-02-23); page fragments by RFC 8118.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from clauselight.exports.records import finding_record
from clauselight.model import Box

if TYPE_CHECKING:
    from clauselight.exports.case import Item


def annotation(item: Item, unmask: bool = False) -> dict[str, Any]:
    """One finding: the canonical text with TextQuote and TextPosition selectors, and the page of the original with its boxes.

    The quote is masked unless `unmask`; its digest is that of the quote as it stands, so that it can be checked all the same.
    """
    import hashlib

    f = item.finding
    record = finding_record(f, unmask)
    text = {
        "source": f"urn:sha256:{f.text_sha256}",
        "type": "SpecificResource",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": record["quote"],
                "prefix": record["prefix"],
                "suffix": record["suffix"],
            },
            {"type": "TextPositionSelector", "start": f.start, "end": f.end},
        ],
        "clauselight:quoteSha256": hashlib.sha256(f.quote.encode("utf-8", "surrogatepass")).hexdigest(),
        "clauselight:masked": record["masked"],
    }
    page: dict[str, Any] = {"source": f"urn:sha256:{item.reading.sha256}", "type": "SpecificResource"}
    if item.reading.inner:
        page["clauselight:member"] = item.reading.inner
    if f.page is not None:
        page["selector"] = [
            {
                "type": "FragmentSelector",
                "conformsTo": "http://tools.ietf.org/rfc/rfc8118",
                "value": _fragment(f.page, b),
                "clauselight:box": [b.x0, b.y0, b.x1, b.y1],
            }
            for b in f.boxes
        ] or [
            {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc8118", "value": f"page={f.page}"}
        ]
    elif f.line is not None:
        page["selector"] = [
            {
                "type": "FragmentSelector",
                "conformsTo": "http://tools.ietf.org/rfc/rfc5147",
                "value": f"line={f.line - 1},{f.end_line or f.line}",
            }
        ]
    bodies: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "classifying", "value": value}
        for value in (f.attribute, f.role, f.strength, f.level, f.polarity)
    ]
    bodies.append({"type": "TextualBody", "purpose": "describing", "value": record["gloss"], "language": "en"})
    bodies += [
        {
            "type": "TextualBody",
            "purpose": "assessing",
            "value": f"{j.decision}: {j.reason}",
            "creator": j.by,
            "created": j.at,
        }
        for j in item.judgements
    ]
    return {
        "id": f"urn:clauselight:finding:{item.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": bodies,
        "target": [text, page],
    }


def _fragment(page: int, box: Box) -> str:
    return f"page={page}&viewrect={box.x0:.0f},{box.y0:.0f},{box.x1 - box.x0:.0f},{box.y1 - box.y0:.0f}"


def collection(items: Iterable[Item], unmask: bool = False) -> dict[str, Any]:
    """All findings as one AnnotationPage."""
    context = ["http://www.w3.org/ns/anno.jsonld", {"clauselight": "https://clauselight.example/ns#"}]
    return {"@context": context, "type": "AnnotationPage", "items": [annotation(i, unmask) for i in items]}
