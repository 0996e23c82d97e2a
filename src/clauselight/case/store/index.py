"""Search in the texts of a case."""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.case import search
from clauselight.case.store.database import Database
from clauselight.errors import UsageError
from clauselight.pipeline.snapshot import text_of

#: hits that are put in order; of a word in more documents the first so many are, or search would slow as the case grows
_RANKED = 2000


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that a search found."""

    path: str
    snippet: str
    sha256: str


class Search(Database):
    """What a case is asked about its words."""

    def search(self, text: str, limit: int = 20) -> list[SearchHit]:
        """Documents that hold all words, the best of the first 2,000 first. Raises `UsageError` for an empty query."""
        asked = search.query(text)
        if not asked:
            raise UsageError(f"nothing to search for in {text!r}: give words, or a phrase in quotes")
        rows = self._column(
            "SELECT rowid FROM (SELECT rowid, rank AS best FROM words WHERE words MATCH ? LIMIT ?) "
            "ORDER BY best LIMIT ?",
            asked,
            _RANKED,
            limit,
        )
        return [hit for row in rows if (hit := self._hit(row >> 16, row & 0xFFFF, text))]

    def count(self, text: str) -> int:
        """How many windows of documents hold all words."""
        (number,) = self._column("SELECT count(*) FROM words WHERE words MATCH ?", search.query(text))
        return int(number)

    def _hit(self, reading: int, part: int, text: str) -> SearchHit | None:
        row = self.db.execute(
            "SELECT r.path, r.sha256, d.kept FROM reading r JOIN document d ON d.reading = r.id AND d.part = ? "
            "WHERE r.id = ?",
            (part, reading),
        ).fetchone()
        return SearchHit(row[0], search.snippet(text_of(row[2]), text), row[1]) if row else None
