"""The case folder on disk: the database, the originals under their SHA-256, and what is asked of them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauselight.case import journal, search
from clauselight.case.records import from_json
from clauselight.case.schema import STEPS
from clauselight.errors import UsageError
from clauselight.model import Blob, Coverage, Finding
from clauselight.model.statement import Statement
from clauselight.pipeline.analyse import Outcome

DATABASE = "case.sqlite"
ORIGINALS = "originals"
#: hits that are put in order; of a word that stands in more documents the first so many are, or search would slow as the case grows
_RANKED = 2000
DECISIONS = ("accept", "reject", "unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decided on a finding."""

    finding: str
    decision: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where, when, how and by whom bytes were obtained."""

    sha256: str
    path: str
    how: str
    added: str
    by: str
    note: str | None = None
    url: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One source, or one member of an archive, as it was read."""

    id: int
    sha256: str
    inner: str
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A document that a search found."""

    path: str
    snippet: str
    sha256: str


class Case:
    """An open case. Several processes may have one open; writing waits for its turn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / DATABASE).is_file():
            raise UsageError(f"{folder}: no case here; begin one with: clauselight case init {folder}")
        self.db = _connect(folder / DATABASE)
        _migrate(self.db, folder)

    @classmethod
    def init(cls, folder: Path, title: str = "", by: str | None = None) -> Case:
        """Begin a case. Raises `UsageError` where there is one, or anything else."""
        if (folder / DATABASE).exists():
            raise UsageError(f"{folder}: there is a case here already")
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(f"{folder}: not empty; a case wants a folder of its own")
        (folder / ORIGINALS).mkdir(parents=True, exist_ok=True)
        db = _connect(folder / DATABASE)
        _migrate(db, folder)
        with _transaction(db):
            db.execute("INSERT INTO meta VALUES ('title', ?)", (title or folder.name,))
            journal.append(db, "init", {"title": title or folder.name}, by)
        db.close()
        return cls(folder)

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and one writer at a time."""
        with _transaction(self.db):
            yield

    # --- small things ---

    def meta(self, key: str, default: str = "") -> str:
        """A setting of the case."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting; the caller has begun a transaction."""
        self.db.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
        )

    def original(self, sha256: str) -> Path:
        """Where the bytes of a source lie."""
        return self.folder / ORIGINALS / sha256[:2] / sha256

    def blob(self, reading: Reading) -> Blob:
        """The bytes of a reading; of a member of an archive, the member's."""
        path = reading.coverage.path
        outer = Blob(path.removesuffix(reading.inner), file=self.original(reading.sha256))
        if not reading.inner:
            return outer
        from clauselight.pipeline.members import member_blob

        return member_blob(outer, path)

    # --- taking in ---

    def take(self, file: Path) -> tuple[str, int, bool]:
        """Copy a file among the originals: its digest, its size, and whether its bytes are new here. Raises `OSError`."""
        folder = self.folder / ORIGINALS
        digest = hashlib.sha256()
        handle, name = tempfile.mkstemp(prefix=".new-", dir=folder)
        try:
            with os.fdopen(handle, "wb") as out, file.open("rb") as stream:
                while data := stream.read(1 << 20):
                    digest.update(data)
                    out.write(data)
                size = out.tell()
                out.flush()
                os.fsync(out.fileno())
            target = self.original(digest.hexdigest())
            if target.exists():
                return digest.hexdigest(), size, False
            target.parent.mkdir(exist_ok=True)
            Path(name).chmod(0o444)
            Path(name).replace(target)
            return digest.hexdigest(), size, True
        finally:
            Path(name).unlink(missing_ok=True)

    def record_origin(self, origin: Origin, size: int) -> bool:
        """Record where bytes came from; False where just that is known already. The caller has begun a transaction."""
        self.db.execute("INSERT OR IGNORE INTO source (sha256, size) VALUES (?, ?)", (origin.sha256, size))
        cursor = self.db.execute(
            "INSERT OR IGNORE INTO origin (sha256, path, how, added, by, note, url, retrieved) SELECT ?, ?, ?, ?, ?, ?, ?, ? "
            "WHERE NOT EXISTS (SELECT 1 FROM origin WHERE sha256 = ? AND path = ? AND url IS ?)",
            (
                origin.sha256, origin.path, origin.how, origin.added, origin.by, origin.note, origin.url, origin.retrieved,
                origin.sha256, origin.path, origin.url,
            ),
        )  # fmt: skip
        return cursor.rowcount > 0

    # --- asking ---

    def origins(self, sha256: str) -> list[Origin]:
        """Every origin of a source, the first one first."""
        rows = self.db.execute(
            "SELECT sha256, path, how, added, by, note, url, retrieved FROM origin WHERE sha256 = ? ORDER BY id",
            (sha256,),
        )
        return [Origin(*r) for r in rows]

    def readings(self) -> Iterator[Reading]:
        """Every reading in the order in which the sources came."""
        rows = self.db.execute(
            "SELECT r.id, r.sha256, r.inner_path, r.coverage FROM reading r ORDER BY (SELECT min(o.id) FROM origin o WHERE o.sha256 = r.sha256), r.id"
        )
        for r in rows:
            yield Reading(r[0], r[1], r[2], from_json(Coverage, r[3]))

    def findings(self, reading: int) -> list[tuple[str, Finding]]:
        """The findings of a reading with their ids."""
        rows = self.db.execute("SELECT id, record FROM finding WHERE reading = ? ORDER BY number", (reading,))
        return [(r[0], from_json(Finding, r[1])) for r in rows]

    def statements(self, reading: int) -> list[Statement]:
        """The statements of a reading."""
        rows = self.db.execute("SELECT record FROM statement WHERE reading = ? ORDER BY number", (reading,))
        return [from_json(Statement, r[0]) for r in rows]

    def kept(self, reading: int) -> list[bytes]:
        """The documents of a reading, window by window."""
        return [r[0] for r in self.db.execute("SELECT kept FROM document WHERE reading = ? ORDER BY part", (reading,))]

    def outcomes(self) -> Iterator[tuple[Reading, list[str], Outcome]]:
        """Every reading with the ids of its findings, and what came of it as a run would give it."""
        for reading in self.readings():
            found = self.findings(reading.id)
            yield (
                reading,
                [i for i, _ in found],
                Outcome(reading.coverage, [f for _, f in found], self.statements(reading.id)),
            )

    def unread(self) -> list[Coverage]:
        """Sources that were taken in and not read yet, as part of what is not known."""
        rows = self.db.execute("SELECT sha256, size FROM source WHERE state = 'new'").fetchall()
        from clauselight.model import Problem

        why = (Problem("not-read-yet", "taken in and not read yet; `case run` reads it"),)
        return [Coverage(self.origins(s)[0].path, "failed", size=n, source_sha256=s, problems=why) for s, n in rows]

    def search(self, text: str, limit: int = 20) -> list[SearchHit]:
        """Documents in which all words stand, the best of the first 2,000 first. Raises `UsageError` for a query of nothing."""
        asked = search.query(text)
        if not asked:
            raise UsageError(f"nothing to search for in {text!r}: give words, or a phrase in quotes")
        rows = self.db.execute(
            "SELECT rowid FROM (SELECT rowid, rank AS best FROM words WHERE words MATCH ? LIMIT ?) ORDER BY best LIMIT ?",
            (asked, _RANKED, limit),
        ).fetchall()
        return [hit for (row,) in rows if (hit := self._hit(row >> 16, row & 0xFFFF, text))]

    def count(self, text: str) -> int:
        """In how many windows of documents all words stand."""
        return int(
            self.db.execute("SELECT count(*) FROM words WHERE words MATCH ?", (search.query(text),)).fetchone()[0]
        )

    def _hit(self, reading: int, part: int, text: str) -> SearchHit | None:
        from clauselight.pipeline.snapshot import text_of

        row = self.db.execute(
            "SELECT r.path, r.sha256, d.kept FROM reading r JOIN document d ON d.reading = r.id AND d.part = ? WHERE r.id = ?",
            (part, reading),
        ).fetchone()
        return SearchHit(row[0], search.snippet(text_of(row[2]), text), row[1]) if row else None

    # --- judging ---

    def finding_named(self, name: str) -> tuple[str, Finding]:
        """The finding of an id or of its unambiguous beginning. Raises `UsageError`."""
        rows = self.db.execute(
            "SELECT DISTINCT id FROM finding WHERE id LIKE ? LIMIT 3", (name.replace("%", "") + "%",)
        ).fetchall()
        if not rows:
            raise UsageError(f"no finding {name}; `clauselight case findings {self.folder}` lists them")
        if len(rows) > 1:
            raise UsageError(f"{name} begins more than one finding: {', '.join(r[0] for r in rows)}")
        row = self.db.execute("SELECT record FROM finding WHERE id = ?", rows[0]).fetchone()
        return rows[0][0], from_json(Finding, row[0])

    def judge(self, finding: str, decision: str, reason: str, by: str) -> Judgement:
        """Add a judgement. Raises `UsageError` for an unknown finding, a missing reason or name."""
        if decision not in DECISIONS:
            raise UsageError(f"{decision}: a decision is one of {', '.join(DECISIONS)}")
        if not reason.strip() or not by.strip():
            raise UsageError("a judgement needs a reason (--reason) and a name (--by)")
        name, _ = self.finding_named(finding)
        judgement = Judgement(name, decision, reason.strip(), by.strip(), journal.now())
        with self.transaction():
            self.db.execute(
                "INSERT INTO judgement (finding, decision, reason, by, at) VALUES (?, ?, ?, ?, ?)",
                (name, decision, judgement.reason, judgement.by, judgement.at),
            )
            journal.append(
                self.db, "judge", {"finding": name, "decision": decision, "reason": judgement.reason}, judgement.by
            )
        return judgement

    def judgements(self, finding: str | None = None) -> list[Judgement]:
        """All judgements in order of time, or those on one finding."""
        sql = "SELECT finding, decision, reason, by, at FROM judgement"
        rows = self.db.execute(
            sql + (" WHERE finding = ?" if finding else "") + " ORDER BY id", (finding,) if finding else ()
        )
        return [Judgement(*r) for r in rows]

    def decision(self, given: list[Judgement]) -> str | None:
        """What the latest judgements of all reviewers come to: one word, `disputed` where they differ, None without any."""
        latest = {j.by: j.decision for j in given}
        if not latest:
            return None
        return next(iter(latest.values())) if len(set(latest.values())) == 1 else "disputed"


def _connect(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=60, isolation_level=None)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "temp_store = MEMORY",
        "mmap_size = 268435456",
    ):
        db.execute(f"PRAGMA {pragma}")
    return db


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    if db.in_transaction:  # part of a larger one
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _migrate(db: sqlite3.Connection, folder: Path) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        raise UsageError(
            f"{folder}: the case was written by a newer Clauselight (schema {version}, this one knows {len(STEPS)})"
        )
    while version < len(STEPS):
        with _transaction(db):
            if db.execute("PRAGMA user_version").fetchone()[0] == version:  # nobody was quicker
                for command in _commands(STEPS[version]):
                    db.execute(command)
                db.execute(f"PRAGMA user_version = {version + 1}")
        version += 1


def _commands(script: str) -> Iterator[str]:
    command = ""
    for line in script.splitlines():
        command += line + "\n"
        if sqlite3.complete_statement(command):
            yield command
            command = ""


def record(value: Any) -> str:
    """A plain value as JSON for a column."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
