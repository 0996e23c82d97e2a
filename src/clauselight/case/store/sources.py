"""Sources and their origins: bytes, each kept once, and every place, time and person that they were obtained from."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path

from clauselight.case.store.database import ORIGINALS, Database
from clauselight.model import Coverage, Problem

_NEW = ".new-"  # how the name of a file begins that is not whole yet


@dataclass(frozen=True, slots=True)
class Origin:
    """Where, when, how and by whom bytes were obtained. `added` and `retrieved` are ISO 8601, the first in UTC."""

    sha256: str
    path: str
    how: str
    added: str
    by: str
    note: str | None = None
    url: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file among the originals: its digest, its size in bytes, and whether its bytes are new to the case."""

    sha256: str
    size: int
    new: bool


class Sources(Database):
    """What a case is asked about its sources."""

    def original(self, sha256: str) -> Path:
        """Where the bytes of a source lie."""
        return self.folder / ORIGINALS / sha256[:2] / sha256

    def take(self, file: Path) -> TakenFile:
        """Copy a file among the originals. Raises `OSError`."""
        handle, name = tempfile.mkstemp(prefix=_NEW, dir=self.folder / ORIGINALS)
        try:
            sha256, size = _copied(file, handle)
            target = self.original(sha256)
            if target.exists():
                return TakenFile(sha256, size, False)
            target.parent.mkdir(exist_ok=True)
            Path(name).chmod(0o444)
            Path(name).replace(target)
            return TakenFile(sha256, size, True)
        finally:
            Path(name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what an `add` that was killed left half copied."""
        for left in (self.folder / ORIGINALS).glob(f"{_NEW}*"):
            left.unlink(missing_ok=True)

    def record_origin(self, origin: Origin, size: int) -> bool:
        """Record where bytes came from; False where just that is known already. The caller has begun a transaction."""
        self.db.execute("INSERT OR IGNORE INTO source (sha256, size) VALUES (?, ?)", (origin.sha256, size))
        cursor = self.db.execute(
            "INSERT OR IGNORE INTO origin (sha256, path, how, added, by, note, url, retrieved) "
            "SELECT ?, ?, ?, ?, ?, ?, ?, ? "
            # UNIQUE does not hold where the address is NULL
            "WHERE NOT EXISTS (SELECT 1 FROM origin WHERE sha256 = ? AND path = ? AND url IS ?)",
            (*astuple(origin), origin.sha256, origin.path, origin.url),
        )
        return cursor.rowcount > 0

    def origins(self, sha256: str) -> list[Origin]:
        """Every origin of a source, the first one first."""
        rows = self.db.execute(
            "SELECT sha256, path, how, added, by, note, url, retrieved FROM origin WHERE sha256 = ? ORDER BY id",
            (sha256,),
        )
        return [Origin(*r) for r in rows]

    def digests(self) -> list[str]:
        """The SHA-256 of every source."""
        return self._column("SELECT sha256 FROM source")

    def new_sources(self) -> list[str]:
        """The SHA-256 of the sources that are not read yet."""
        return self._column("SELECT sha256 FROM source WHERE state = 'new'")

    def mark_read(self, sha256: str) -> None:
        """A source is read now; the caller has begun a transaction."""
        self.db.execute("UPDATE source SET state = 'read' WHERE sha256 = ?", (sha256,))

    def unread(self) -> list[Coverage]:
        """Sources that were taken in and not read yet, as part of what is not known."""
        rows = self.db.execute("SELECT sha256, size FROM source WHERE state = 'new'").fetchall()
        why = (Problem("not-read-yet", "taken in and not read yet; `case run` reads it"),)
        return [Coverage(self.origins(s)[0].path, "failed", size=n, source_sha256=s, problems=why) for s, n in rows]

    def count_new_sources(self) -> int:
        """How many sources are not read yet."""
        return self._number("SELECT count(*) FROM source WHERE state = 'new'")

    def count_sources(self) -> int:
        """How many sources there are."""
        return self._number("SELECT count(*) FROM source")

    def count_origins(self) -> int:
        """How many origins all sources have together."""
        return self._number("SELECT count(*) FROM origin")

    def obtained_twice(self) -> list[str]:
        """The SHA-256 of the sources that have more than one origin."""
        return self._column("SELECT sha256 FROM origin GROUP BY sha256 HAVING count(*) > 1")


def _copied(file: Path, handle: int) -> tuple[str, int]:
    """Copy into an open file and sync it: the SHA-256 and the size in bytes."""
    digest = hashlib.sha256()
    with os.fdopen(handle, "wb") as out, file.open("rb") as stream:
        while data := stream.read(1 << 20):
            digest.update(data)
            out.write(data)
        size = out.tell()
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest(), size
