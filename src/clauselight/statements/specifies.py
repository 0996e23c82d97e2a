"""What a document specifies of an attribute, from its findings."""

from __future__ import annotations

from collections.abc import Sequence

from clauselight.model import Finding
from clauselight.model.statement import Evidence, Node, Statement


def specifies(path: str, subject: Node, findings: Sequence[Finding]) -> list[Statement]:
    """One statement for each attribute and role that the document provides for, with every place as evidence."""
    places: dict[tuple[str, str], list[Evidence]] = {}
    for f in findings:
        if f.level == "finding" and f.polarity == "provides":
            place = Evidence(path, f.page, f.line, f.boxes, f.quote, f.start, f.end)
            places.setdefault((f.attribute, f.role), []).append(place)
    return [
        Statement("specifies", subject, Node("attribute", attribute, attribute), tuple(evidence), role=role)
        for (attribute, role), evidence in places.items()
    ]
