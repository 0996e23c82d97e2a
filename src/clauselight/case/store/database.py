"""One database: how it is opened, brought to the schema of now, and written to all or nothing."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clauselight.case import journal
from clauselight.case.schema import STEPS
from clauselight.errors import UsageError

DATABASE = "case.sqlite"
ORIGINALS = "originals"
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "temp_store = MEMORY",
    "mmap_size = 268435456",
)


class Database:
    """An open case database. Several processes may have one open; writing waits for its turn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / DATABASE).is_file():
            raise UsageError(f"{folder}: no case here; begin one with: clauselight case init {folder}")
        self.db = connect(folder / DATABASE)
        migrate(self.db, folder)

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and one writer at a time."""
        with transaction(self.db):
            yield

    def meta(self, key: str, default: str = "") -> str:
        """A setting of the case."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else default

    def set_meta(self, key: str, value: str) -> None:
        """Keep a setting; the caller has begun a transaction."""
        self.db.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
        )

    def log(self, action: str, detail: dict[str, Any], by: str | None = None) -> journal.Entry:
        """Add an entry to the journal; the caller has begun a transaction."""
        return journal.append(self.db, action, detail, by)

    def entries(self) -> list[journal.Entry]:
        """The journal: every action in order."""
        return journal.entries(self.db)

    def _number(self, sql: str, *values: object) -> int:
        return int(self.db.execute(sql, values).fetchone()[0])

    def _column(self, sql: str, *values: object) -> list[Any]:
        return [r[0] for r in self.db.execute(sql, values)]

    def _counts(self, sql: str) -> dict[str, int]:
        return dict(self.db.execute(sql).fetchall())


def connect(file: Path) -> sqlite3.Connection:
    """Open a database file, or begin one."""
    if _on_read_only_disk(file):
        return _connect_to_read(file)
    db = sqlite3.connect(file, timeout=60, isolation_level=None)
    for pragma in _PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    return db


def _on_read_only_disk(file: Path) -> bool:
    """Whether the disk takes nothing from anybody, as a medium that evidence was written to once."""
    try:
        return bool(os.statvfs(file).f_flag & os.ST_RDONLY)
    except (OSError, AttributeError):  # not there yet; Windows does not say
        return False


def _connect_to_read(file: Path) -> sqlite3.Connection:
    """Open a database that cannot change, without the files that readers and writers share beside it.

    Raises `UsageError` where a writer left part of the case in such a file: what is shown would be older than the case.
    """
    log = file.with_name(f"{file.name}-wal")
    if log.exists() and log.stat().st_size:
        raise UsageError(
            f"{file.parent}: the disk is read-only, and the last run on this case did not end: "
            "copy the case to a folder of your own, and run it again there"
        )
    db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    db.execute("PRAGMA temp_store = MEMORY")
    return db


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; inside another transaction, a part of that."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def migrate(db: sqlite3.Connection, folder: Path) -> None:
    """Apply the schema steps that the database lacks, each all or nothing. Raises `UsageError` for a newer schema."""
    version = _version(db)
    if version > len(STEPS):
        raise UsageError(
            f"{folder}: the case was written by a newer Clauselight (schema {version}, this one knows {len(STEPS)})"
        )
    while version < len(STEPS):
        with transaction(db):
            if _version(db) == version:  # nobody was quicker
                for command in _commands(STEPS[version]):
                    db.execute(command)
                db.execute(f"PRAGMA user_version = {version + 1}")
        version += 1


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _commands(script: str) -> Iterator[str]:
    command = ""
    for line in script.splitlines():
        command += line + "\n"
        if sqlite3.complete_statement(command):
            yield command
            command = ""
