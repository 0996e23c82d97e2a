"""Readings: one source, or one member of an archive, as it was read, and what it was read and decided with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from clauselight.case import journal, search
from clauselight.case.records import from_json, to_json
from clauselight.case.store.sources import Sources
from clauselight.model import Blob, Coverage
from clauselight.model.coverage import NOTHING_MISSING
from clauselight.pipeline.snapshot import text_of

OCR_UNUSED, OCR_USED, OCR_WANTED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Reading:
    """One source, or one member of an archive, as it was read.

    `inner` is the member's path inside the source, empty for the source itself. Of members of one archive that bear one
    name the second has `#` after it, the third `##`, in the order of the archive: two readings must not be one row.
    `walk_members` names them so, wherever they are read.
    """

    id: int
    sha256: str
    inner: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What a reading was made with, and with what its findings and statements were.

    `ocr_used` is `OCR_UNUSED`, `OCR_USED` or `OCR_WANTED` (needed and not to be had).
    """

    reader: str
    reader_version: str
    ocr_used: int
    ocr_version: str
    ocr_mode: str
    decided_by: str
    stated_by: str


_COLUMNS = "reader, reader_version, ocr_used, ocr_version, ocr_mode, decided_by, stated_by"
_MADE_WITH = " AND ".join(f"r.{column} = ?" for column in _COLUMNS.split(", "))


class Readings(Sources):
    """What a case is asked about its readings."""

    def readings(self) -> Iterator[Reading]:
        """Every reading in the order in which the sources came."""
        rows = self.db.execute(
            "SELECT r.id, r.sha256, r.inner_path, r.coverage FROM reading r "
            "ORDER BY (SELECT min(o.id) FROM origin o WHERE o.sha256 = r.sha256), r.id"
        )
        for r in rows:
            yield _reading(r)

    def reading(self, number: int) -> Reading:
        """The reading of an id that is there."""
        sql = "SELECT id, sha256, inner_path, coverage FROM reading WHERE id = ?"
        return _reading(self.db.execute(sql, (number,)).fetchone())

    def kept(self, reading: int) -> list[bytes]:
        """The documents of a reading, window by window."""
        return self._column("SELECT kept FROM document WHERE reading = ? ORDER BY part", reading)

    def blob(self, reading: Reading) -> Blob:
        """The bytes of a reading; of a member of an archive, the member's. Raises `ReadError` where it is not there."""
        outer = Blob(self.origins(reading.sha256)[0].path, file=self.original(reading.sha256))
        if not reading.inner:
            return outer
        from clauselight.sources.members import member_blob

        return member_blob(outer, outer.path + reading.inner)

    # --- writing: the caller has begun a transaction ---

    def add_reading(self, sha256: str, inner: str, coverage: Coverage, made: MadeWith, kept: list[bytes]) -> int:
        """Store a reading with its documents and their words; its id. The caller has begun a transaction."""
        texts = [text_of(k) for k in kept]
        gist = search.gist("".join(texts)) if texts else None
        row = self.db.execute(
            f"INSERT INTO reading (sha256, inner_path, path, state, coverage, text_sha256, read, gist, {_COLUMNS}) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(sha256, inner, coverage.path, coverage.state, to_json(coverage), coverage.text_sha256),
                *(journal.now(), gist),
                *astuple(made),
            ),
        )
        number = int(row.lastrowid or 0)
        for part, (document, text) in enumerate(zip(kept, texts, strict=True)):
            self.db.execute("INSERT INTO document VALUES (?, ?, ?)", (number, part, document))
            self._add_words(number, part, text)
        return number

    def forget_readings(self, sha256: str) -> None:
        """Remove the readings of a source with all that hangs on them. The caller has begun a transaction."""
        for old in self._column("SELECT id FROM reading WHERE sha256 = ?", sha256):
            self._forget_words(old)
        self.db.execute("DELETE FROM reading WHERE sha256 = ?", (sha256,))

    def mark_decided(self, reading: int, decided_by: str, stated_by: str) -> None:
        """What findings and statements of a reading are made with now. The caller has begun a transaction."""
        self.db.execute(
            "UPDATE reading SET decided_by = ?, stated_by = ? WHERE id = ?", (decided_by, stated_by, reading)
        )

    def set_coverage(self, reading: int, coverage: Coverage) -> None:
        """The account of a reading as rules of now make it. The caller has begun a transaction."""
        self.db.execute(
            "UPDATE reading SET state = ?, coverage = ? WHERE id = ?", (coverage.state, to_json(coverage), reading)
        )

    def _add_words(self, reading: int, part: int, text: str) -> None:
        row = (reading << 16 | part, search.pairs(text))
        self.db.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", row)

    def _forget_words(self, reading: int) -> None:
        """A contentless index forgets a row only when you give it what the row held."""
        for part, kept in enumerate(self.kept(reading)):
            row = (reading << 16 | part, search.pairs(text_of(kept)))
            self.db.execute("INSERT INTO words (words, rowid, body) VALUES ('delete', ?, ?)", row)

    # --- asking ---

    def made_with(self) -> list[MadeWith]:
        """Every way in which some reading was made; few, however many readings there are."""
        return [MadeWith(*r) for r in self.db.execute(f"SELECT DISTINCT {_COLUMNS} FROM reading")]

    def sources_made_with(self, made: MadeWith) -> list[str]:
        """The SHA-256 of the sources that were read and have a reading made so."""
        return self._column(
            "SELECT DISTINCT r.sha256 FROM reading r JOIN source s USING (sha256) "
            f"WHERE s.state = 'read' AND {_MADE_WITH}",
            *astuple(made),
        )

    def readings_made_with(self, made: MadeWith) -> list[tuple[int, str]]:
        """Ids of the readings made so, each with the SHA-256 of its source."""
        sql = f"SELECT r.id, r.sha256 FROM reading r WHERE {_MADE_WITH}"
        return self.db.execute(sql, astuple(made)).fetchall()

    def rule_digests(self) -> list[str]:
        """With what rules the findings of this case were decided."""
        return self._column("SELECT DISTINCT decided_by FROM reading ORDER BY 1")

    def counts_by_state(self) -> dict[str, int]:
        """How many readings there are of each state."""
        return self._counts("SELECT state, count(*) FROM reading GROUP BY state")

    def count_readings(self) -> int:
        """How many readings there are."""
        return self._number("SELECT count(*) FROM reading")

    def count_not_read(self) -> int:
        """How many readings are not, or only partly, read."""
        whole = ("skipped", *NOTHING_MISSING)
        marks = ", ".join("?" * len(whole))
        return self._number(f"SELECT count(*) FROM reading WHERE state NOT IN ({marks})", *whole)

    def texts_in_more_sources(self) -> list[list[str]]:
        """The paths of readings that have one text, but for spaces and punctuation, in different bytes."""
        gists = self._column(
            "SELECT gist FROM reading WHERE gist IS NOT NULL GROUP BY gist HAVING count(DISTINCT sha256) > 1"
        )
        return [self._column("SELECT path FROM reading WHERE gist = ? ORDER BY id", gist) for gist in gists]


def _reading(row: tuple[int, str, str, str]) -> Reading:
    return Reading(row[0], row[1], row[2], from_json(Coverage, row[3]))
