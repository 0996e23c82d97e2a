"""The journal: every action, each entry linked to the one before by its hash. A stranger checks it so, too."""

from __future__ import annotations

import datetime
import getpass
import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One action."""

    seq: int
    at: str
    by: str
    action: str
    detail: dict[str, Any]
    previous: str
    hash: str

    def record(self) -> dict[str, Any]:
        """For export: what is hashed, and the hash."""
        return {
            "seq": self.seq,
            "at": self.at,
            "by": self.by,
            "action": self.action,
            "detail": self.detail,
            "previous": self.previous,
            "hash": self.hash,
        }


def now() -> str:
    """This moment in UTC."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def who() -> str:
    """The name that an action is recorded under where none is given."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def digest(previous: str, body: dict[str, Any]) -> str:
    """SHA-256 of the previous hash, a line feed, and the entry without hashes as JSON, keys sorted, no spaces."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def append(db: sqlite3.Connection, action: str, detail: dict[str, Any], by: str | None = None) -> Entry:
    """Add an entry; the caller's transaction must have begun with BEGIN IMMEDIATE, so that no two get one number."""
    row = db.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (row[0] + 1, row[1]) if row else (1, FIRST)
    body = {"seq": seq, "at": now(), "by": by or who(), "action": action, "detail": detail}
    entry = Entry(**body, previous=previous, hash=digest(previous, body))  # type: ignore[arg-type]
    db.execute(
        "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)",
        (seq, entry.at, entry.by, action, json.dumps(detail, ensure_ascii=False, sort_keys=True), previous, entry.hash),
    )
    return entry


def entries(db: sqlite3.Connection) -> list[Entry]:
    """All entries in order."""
    rows = db.execute("SELECT seq, at, by, action, detail, previous, hash FROM journal ORDER BY seq")
    return [Entry(r[0], r[1], r[2], r[3], json.loads(r[4]), r[5], r[6]) for r in rows]


def broken(chain: Iterable[Entry]) -> list[str]:
    """What is wrong with a journal: a wrong hash, a wrong link, a gap."""
    out: list[str] = []
    previous = FIRST
    for number, entry in enumerate(chain, 1):
        body = {"seq": entry.seq, "at": entry.at, "by": entry.by, "action": entry.action, "detail": entry.detail}
        if entry.seq != number:
            out.append(f"entry {entry.seq} stands where entry {number} should")
        if entry.previous != previous:
            out.append(f"entry {entry.seq} is not linked to the one before")
        if digest(entry.previous, body) != entry.hash:
            out.append(f"entry {entry.seq} was changed")
        previous = entry.hash
    return out
