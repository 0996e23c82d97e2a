"""The findings of a run as outputs take them: with the ids that a case would give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from clauselight.case.orphans import Orphan
from clauselight.case.store import Judgement
from clauselight.model import Blob, Coverage, Finding
from clauselight.model.finding import finding_id


@dataclass(frozen=True)
class RunSource:
    """The file that findings were made in, or a member of it. Its digest is taken only when it is asked for."""

    file: str
    member: str
    #: SHA-256 of the bytes that were read: of the member, where there is one
    read: str

    @cached_property
    def sha256(self) -> str:
        """Of the file. Where it cannot be opened again, of the bytes that were read."""
        if not self.member:
            return self.read
        try:
            return Blob(self.file, file=Path(self.file)).sha256
        except OSError:
            return self.read


@dataclass(frozen=True)
class RunItem:
    """A finding that nobody has judged, since a run knows no reviewers."""

    finding: Finding
    place: RunSource
    decision: None = None
    judgements: Sequence[Judgement] = ()
    carried: Sequence[Orphan] = ()

    @property
    def id(self) -> str:
        """The id that a case gives it. Made when asked for, since a member of an archive needs the archive's digest."""
        return finding_id(self.finding, self.source, self.member)

    @property
    def source(self) -> str:
        """SHA-256 of the file."""
        return self.place.sha256

    @property
    def member(self) -> str:
        """The path inside the archive, empty where the file is none."""
        return self.place.member


class RunItems:
    """Takes the outcomes of a run in their order and gives their findings as items."""

    def __init__(self) -> None:
        self._archive = ""
        self._members: set[int] = set()

    def of(self, coverage: Coverage, findings: Sequence[Finding]) -> list[RunItem]:
        """The findings of one source. A second member of one name gets a ``#``, as in a case."""
        file, member = self._split(coverage.path)
        if file != self._archive:
            self._archive, self._members = file, set()
        while hash(member) in self._members:
            member += "#"
        self._members.add(hash(member))  # not the name: an archive may have a million
        source = RunSource(file, member, coverage.source_sha256 or "")
        return [RunItem(finding, source) for finding in findings]

    def _split(self, path: str) -> tuple[str, str]:
        """The file that a path lies in, and the rest of it. What is in no file, as in standard input, is whole."""
        if self._archive and path.startswith(self._archive + "!/"):
            return self._archive, path.removeprefix(self._archive)
        for mark in re.finditer("!/", path):
            if Path(path[: mark.start()]).is_file():
                return path[: mark.start()], path[mark.start() :]
        return path, ""
