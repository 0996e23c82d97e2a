"""Statements that a document makes of itself and of standards.

Identity, drafters, issuers, dates, citations, tenders, claims: one module each, in this order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from clauselight.model import Document, Finding
from clauselight.model.statement import Statement
from clauselight.statements import notices
from clauselight.statements.bundle import parts
from clauselight.statements.citations import uses
from clauselight.statements.dates import at_once, dated
from clauselight.statements.discourse import Discourse
from clauselight.statements.identity import Identity, identify
from clauselight.statements.numbers import numbers
from clauselight.statements.preface import preface, replacements
from clauselight.statements.prose import prose
from clauselight.statements.span import Span, span_of
from clauselight.statements.specifies import specifies
from clauselight.statements.tenders import fields_of, tender

#: characters of a document that are read for statements; standards in the corpus reach 340,000
READ = 2_000_000


def statements(document: Document, findings: Sequence[Finding] = ()) -> list[Statement]:
    """Every statement of a document's text and findings, in order of place; none of the later windows of a long one."""
    if document.offset:
        return []
    notice = notices.notice(document)
    if notice:
        discourse = discourse_of(document, notices.identity(document, notice))
        return _sorted(_joined(discourse, [*notices.parties(document, notice, discourse.itself)], findings))
    stated: list[Statement] = []
    for discourse, found in _parts(document, findings):
        stated += _joined(discourse, [*tender(discourse)], found)
    return _sorted(stated)


def discourse_of(document: Document, identity: Identity | None = None) -> Discourse:
    """The text of a document with its numbers; what it is, is read from the text where `identity` does not say so."""
    return _discourse(span_of(document, READ), identity)


def _discourse(span: Span, identity: Identity | None = None) -> Discourse:
    printed = tuple(numbers(span.text))
    return Discourse(span.document, span.plain, printed, identity or identify(span, printed, fields_of(span)))


def _parts(document: Document, findings: Sequence[Finding]) -> Iterator[tuple[Discourse, list[Finding]]]:
    """The document with its findings, or each standard of a bundle with those that lie in it."""
    whole = discourse_of(document)
    cuts = parts(whole, whole.numbers)
    if len(cuts) == 1:
        yield whole, list(findings)
        return
    begins = [whole.plain.starts[low] for low, _ in cuts[1:]]
    for index, cut in enumerate(cuts):
        yield _discourse(whole.part(*cut)), [f for f in findings if bisect_right(begins, f.start) == index]


def _joined(discourse: Discourse, parties: list[Statement], findings: Sequence[Finding]) -> Iterator[Statement]:
    """Statements of one text; those of sentences where no form or label has said so already."""
    specified = () if discourse.is_report else specifies(discourse, findings)
    stated = [*parties, *specified, *_of_text(discourse)]
    known = {_what(s) for s in stated}
    yield from stated
    yield from (s for s in prose(discourse) if _what(s) not in known)


def _sorted(each: Iterable[Statement]) -> list[Statement]:
    return sorted(each, key=lambda s: (s.evidence[0].start, s.order or 0))


def _of_text(discourse: Discourse) -> Iterator[Statement]:
    """Statements of forms and labels; those of sentences are read by `prose`."""
    replaced = list(replacements(discourse))
    days = list(dated(discourse))
    yield from preface(discourse)
    yield from days
    yield from at_once(discourse, days)
    yield from replaced
    yield from uses(discourse, {s.object.label for s in replaced})


def _what(statement: Statement) -> tuple[str, str, str]:
    return statement.predicate, statement.subject.label, statement.object.label
