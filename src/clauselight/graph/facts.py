"""What a dossier says beside a finding of who is behind its document, and which lists these are on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from clauselight.graph.account import Account
from clauselight.graph.editions import Editions
from clauselight.graph.listings import Listings
from clauselight.model.statement import PREDICATES, PredicateRow, Statement

#: label and words
Fact = tuple[str, str]


class FactLookup:
    """The facts beside each finding of one account."""

    def __init__(self, account: Account) -> None:
        self._listings = Listings(account)
        self._editions = Editions(account.statements)
        self._elsewhere: dict[tuple[str, str], list[Statement]] = defaultdict(list)
        for s in account.statements:
            if s.row.elsewhere:
                self._elsewhere[s.object.series].append(s)

    def of(self, own: Sequence[Statement]) -> Iterator[Fact]:
        """Organisations, dates, other documents, lists; `own` are the statements of the document with the finding."""
        rows = [row for row in PREDICATES.values() if row.fact]
        for row in rows:
            if not row.day and not row.elsewhere:
                yield from _fact(row, [_named(s) for s in own if s.row is row], "; ")
        for row in rows:
            if row.day:
                yield from _fact(row, sorted({s.date for s in own if s.row is row and s.date}), ", ")
        for row in rows:
            if row.elsewhere:
                yield from _fact(row, self._said_elsewhere(row, own), "; ")
        for line in dict.fromkeys(self._lists(own)):
            yield "on a list", line

    def _said_elsewhere(self, row: PredicateRow, own: Sequence[Statement]) -> list[str]:
        """Who any document says it of, about the standard that holds the finding; each once."""
        standard = next((s.subject for s in own if s.row.chain == "end"), None)
        if standard is None:
            return []
        said = self._elsewhere.get(standard.series, ())
        about = [s for s in said if s.row is row and self._editions.covers(s.object, standard)]
        return list(dict.fromkeys(f"{s.subject.label} ({s.qualifier}; {s.evidence[0].path})" for s in about))

    def _lists(self, own: Sequence[Statement]) -> Iterator[str]:
        for s in own:
            for node in (s.subject, s.object):
                for status in self._listings.of(node, s):
                    source = status.listing.source
                    yield f"{node.label} = {status.organisation.label}: {status.words} [{source}]"


def _fact(row: PredicateRow, words: Sequence[str], between: str) -> Iterator[Fact]:
    if row.fact and words:
        yield row.fact, between.join(words)


def _named(s: Statement) -> str:
    return s.subject.label + (" … (breaks off)" if s.subject.truncated else "")
