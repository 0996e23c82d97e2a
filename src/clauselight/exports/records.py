"""Findings and coverage as plain records, the one form that every export is made from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from clauselight.exports.mask import Masked, mask
from clauselight.exports.registry import Item
from clauselight.model import Coverage, Finding


def _masked(text: str, unmask: bool) -> Masked:
    return Masked(text, ()) if unmask else mask(text)


def _points(numbers: dict[str, Any]) -> dict[str, Any]:
    """Points with four decimals: cues weigh thousandths, and words of persons count half."""
    return {name: round(n, 4) if isinstance(n, float) else n for name, n in numbers.items()}


def finding_record(finding: Finding, unmask: bool = False) -> dict[str, Any]:
    """A finding with the keys of docs/reference/output.md."""
    whole = finding.prefix + finding.quote + finding.suffix
    covered = _masked(whole, unmask)
    a, b = len(finding.prefix), len(finding.prefix) + len(finding.quote)
    spans = [[max(s, a) - a, min(e, b) - a, kind] for s, e, kind in covered.spans if s < b and e > a]
    clause = finding.clause
    return {
        "type": "finding",
        "path": finding.path,
        "page": finding.page,
        "line": finding.line,
        "end_line": finding.end_line,
        "boxes": [asdict(box) for box in finding.boxes],
        "clause": {
            "number": clause.number,
            "path": [_masked(h, unmask).text for h in clause.headings],
            "owners": list(clause.owners),
            "headers": list(clause.headers),
            "row": clause.row,
        },
        "attribute": finding.attribute,
        "groups": list(finding.groups),
        "role": finding.role,
        "strength": finding.strength,
        "strength_token": finding.strength_token,
        "polarity": finding.polarity,
        "level": finding.level,
        "quote": covered.text[a:b],
        "marks": [list(m) for m in finding.marks],
        "prefix": covered.text[:a],
        "suffix": covered.text[b:],
        "masked": spans,
        "start": finding.start,
        "end": finding.end,
        "text_sha256": finding.text_sha256,
        "source_sha256": finding.source_sha256,
        "rule": finding.rule,
        "rule_digest": finding.rule_digest,
        "cues": [{**asdict(cue), "text": _masked(cue.text, unmask).text} for cue in finding.cues],
        "gloss": _masked(finding.gloss, unmask).text,
        "confidence": finding.confidence,
        "support": finding.support and _points({**asdict(finding.support), "total": finding.support.total}),
        "against": finding.against and _points(asdict(finding.against)),
    }


def item_record(item: Item, unmask: bool = False) -> dict[str, Any]:
    """A finding of a case: its record, its id, and the judgements."""
    record = {
        **finding_record(item.finding, unmask),
        "id": item.id,
        "decision": item.decision,
        "judgements": [{"decision": j.decision, "reason": j.reason, "by": j.by, "at": j.at} for j in item.judgements],
    }
    carried = [orphan.record(lambda text: _masked(text, unmask).text) for orphan in item.carried]
    return {**record, "carried": carried} if carried else record


def coverage_record(coverage: Coverage) -> dict[str, Any]:
    """The account of one source as a record."""
    return {"type": "coverage", **asdict(coverage)}
