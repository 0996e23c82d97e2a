"""What a document specifies of an attribute, from its findings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from clauselight.model import Finding
from clauselight.model.statement import Evidence, Node, Statement
from clauselight.statements.discourse import Discourse


def specifies(discourse: Discourse, findings: Sequence[Finding]) -> list[Statement]:
    """One statement for each attribute and role that the document provides for, with every place as evidence.

    What a standard quotes of another, named in the same line, that one provides for.
    """
    places: dict[tuple[str, str], list[Evidence]] = {}
    for f in findings:
        if f.level == "finding" and f.polarity == "provides" and not _is_quoted(discourse, f):
            place = Evidence(discourse.document.path, f.page, f.line, f.boxes, f.quote, f.start, f.end)
            places.setdefault((f.attribute, f.role), []).append(place)
    return [
        Statement("specifies", discourse.itself, Node("attribute", attribute, attribute), tuple(evidence), role=role)
        for (attribute, role), evidence in places.items()
    ]


def _is_quoted(discourse: Discourse, finding: Finding) -> bool:
    """Whether a finding ends in marks of quotation, in a line that names another standard before it."""
    at = bisect_left(discourse.plain.ends, finding.end)
    if at >= len(discourse.text) or not discourse.is_standard:
        return False
    number = discourse.last_inside(discourse.line(at, at + 1)[0], at)
    return number is not None and discourse.node(number) != discourse.itself and discourse.is_quoted(at)
