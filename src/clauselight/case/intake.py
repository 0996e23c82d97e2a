"""Taking files in: their bytes among the originals, and where, when and by whom they were obtained."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from clauselight.case import journal
from clauselight.case.store import Case, Origin, TakenFile
from clauselight.errors import UsageError
from clauselight.model import Blob
from clauselight.sources.walk import Found, walk
from clauselight.sources.written import is_ours
from clauselight.text.visible import visible_bytes

_NO_INPUT = "a case takes files; save standard input first, so that it can be said where it came from"
#: files recorded in one transaction and one journal entry; a kill loses at most the record of so many
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Obtained:
    """How files were obtained: by whom (None: the user's name), a note, and the address and time of one file."""

    by: str | None = None
    note: str | None = None
    url: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """How many files were new, known (the same bytes from the same place), new places of known bytes, and left out."""

    added: int = 0
    known: int = 0
    same_bytes: int = 0
    left_out: int = 0

    def record(self) -> dict[str, int]:
        """The counts by name, for JSON."""
        return asdict(self)

    def and_also(self, file: TakenFile, recorded: bool) -> Intake:
        """With one more file, of which the origin was recorded, or was known."""
        if file.new:
            return replace(self, added=self.added + 1)
        if recorded:
            return replace(self, same_bytes=self.same_bytes + 1)
        return replace(self, known=self.known + 1)


def add(
    case: Case, paths: list[str], obtained: Obtained | None = None, tick: Callable[[str], None] | None = None
) -> Intake:
    """Take files in. What cannot be opened is counted and recorded in the journal, the rest is taken.

    `tick` is called with the path of each file taken. Raises `UsageError` for standard input, and for an address of
    more than one file.
    """
    obtained = obtained or Obtained()
    if (obtained.url or obtained.retrieved) and (len(paths) != 1 or Path(paths[0]).is_dir()):
        raise UsageError("--url and --retrieved go with one file")
    if obtained.retrieved is not None:
        _check_time(obtained.retrieved)
    desk = _Desk(case, obtained)
    inside = Path(os.path.realpath(case.folder))
    for found in walk(paths):
        if found.path == "-":
            raise UsageError(_NO_INPUT)
        if Path(os.path.realpath(found.file)).is_relative_to(inside):  # unlike `resolve`, no loop of links ends it
            desk.leave_case()  # it lies in the folder that is added
            continue
        if desk.take(found) and tick:
            tick(found.path)
    desk.write()
    return desk.counts


def _check_time(text: str) -> None:
    """Raises `UsageError` for what is no time: once recorded it cannot be changed, and every dossier would need it."""
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        form = "write it as 2031-05-01 or 2031-05-01T10:00:00Z"
        raise UsageError(f"--retrieved {text}: no time in ISO 8601; {form}") from error


class _Desk:
    """Copies files at once and records them in batches, so that small files do not wait for the disk one by one."""

    def __init__(self, case: Case, obtained: Obtained) -> None:
        self.case = case
        self.obtained = obtained
        self.person = obtained.by or journal.who()
        self.counts = Intake()
        self.waiting: list[tuple[Origin, TakenFile]] = []
        self.left: list[dict[str, str]] = []
        self.itself = False

    def take(self, found: Found) -> bool:
        """Whether the file was taken."""
        if found.left_out:
            self._leave(visible_bytes(found.path), visible_bytes(found.left_out))
            return False
        try:
            if is_ours(Blob(found.path, file=found.file)):
                self._leave(visible_bytes(found.path), "this program wrote it; it quotes what was read")
                return False
            file = self.case.take(found.file)
        except OSError as error:
            self._leave(visible_bytes(found.path), str(error.strerror or error))
            return False
        o = self.obtained
        origin = Origin(
            file.sha256, visible_bytes(found.path), "file", journal.now(), self.person, o.note, o.url, o.retrieved
        )
        self.waiting.append((origin, file))
        if len(self.waiting) >= _BATCH:
            self.write()
        return True

    def leave_case(self) -> None:
        """Say once that the case is not taken into itself."""
        if not self.itself:
            self.itself = True
            self._leave(visible_bytes(str(self.case.folder)), "the case itself")

    def _leave(self, path: str, why: str) -> None:
        self.counts = replace(self.counts, left_out=self.counts.left_out + 1)
        self.left.append({"path": path, "why": why})

    def write(self) -> None:
        """Record what waits, with one entry in the journal."""
        with self.case.transaction():
            taken = []
            for origin, file in self.waiting:
                recorded = self.case.record_origin(origin, file.size)
                self.counts = self.counts.and_also(file, recorded)
                if recorded:
                    taken.append(_taken(origin, file))
            if taken or self.left:
                self.case.log("add", {"taken": taken, "left_out": self.left}, self.person)
        self.waiting, self.left = [], []


def _taken(origin: Origin, file: TakenFile) -> dict[str, Any]:
    """A file as the journal names it."""
    return {
        "path": origin.path,
        "sha256": origin.sha256,
        "size": file.size,
        "url": origin.url,
        "retrieved": origin.retrieved,
        "note": origin.note,
    }
