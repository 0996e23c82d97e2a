"""Statements that a document makes of itself and of standards: identity, drafters, issuers, dates, citations, tenders, claims."""

from __future__ import annotations

from collections.abc import Sequence

from clauselight.model import Document, Finding
from clauselight.model.statement import Statement
from clauselight.statements import notices
from clauselight.statements.citations import uses
from clauselight.statements.dates import at_once, dated
from clauselight.statements.identity import identify
from clauselight.statements.numbers import numbers
from clauselight.statements.preface import preface, replacements
from clauselight.statements.prose import prose
from clauselight.statements.span import Span
from clauselight.statements.specifies import specifies
from clauselight.statements.tenders import field_of, tender

#: characters of a document that are read for statements; standards in the corpus reach 340,000
READ = 2_000_000


def statements(document: Document, findings: Sequence[Finding] = ()) -> list[Statement]:
    """Every statement of a document's text and findings, in order of place. Only the first window of a long one has a front."""
    if document.offset:
        return []
    span = Span.of(document, READ)
    found = list(numbers(span.text))
    notice = notices.notice(document)
    if notice:
        identity = notices.identity(document, notice)
        out = list(notices.parties(document, notice, identity))
    else:
        identity = identify(span, found, field_of(span, "name"), field_of(span, "number"))
        out = list(tender(span, identity, found))
    out += specifies(document.path, identity.node, findings)
    replaced = list(replacements(span, identity, found))
    when = list(dated(span, identity, found))
    out += [*preface(span, identity, found), *when, *at_once(span, when), *replaced]
    out += uses(span, identity, found, {s.object.label for s in replaced})
    told = {(s.predicate, s.subject.label, s.object.label) for s in out}
    out += [s for s in prose(span, identity, found) if (s.predicate, s.subject.label, s.object.label) not in told]
    return sorted(out, key=lambda s: (s.evidence[0].start, s.order or 0))
