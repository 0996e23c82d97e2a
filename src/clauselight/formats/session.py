"""One reading of one source: what a reader is asked, what it reports besides text, and what it holds open.

A reader gets a `ReadSession`. It asks `session.options`, writes to `session.report`, and gives to `session.hold` what
must stay open as long as its documents are looked at: the boxes of a PDF are looked up only where something is found.
Whoever begins the session ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from clauselight.model import PageCoverage, Problem

OcrMode = Literal["auto", "always", "never"]
#: problems of one source that are kept; a broken PDF of 10,000 pages would report each page
_MOST_PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a reader is asked. `threads` is for OCR, 0 means one for each core.

    `ocr_lock` is held while a page goes through OCR: several processes at once are slower than one after the other.
    `progress` is called with the page just read and the number of pages, or with (0, 0) after a part of a source
    without pages.
    """

    ocr: OcrMode = "auto"
    ocr_lock: AbstractContextManager[object] | None = None
    threads: int = 0
    progress: Callable[[int, int], None] | None = None


@dataclass(slots=True)
class ReadReport:
    """What a reader says besides text."""

    encoding: str | None = None
    pages: PageCoverage | None = None
    #: bytes that should have given text, where that is not the whole file: the text parts of an archive, unpacked
    expected: int | None = None
    problems: list[Problem] = field(default_factory=list)
    #: recognisers besides the usual one that read something, by version and language
    recognisers: list[str] = field(default_factory=list)

    def recognised_by(self, name: str) -> None:
        """Keep the name of a recogniser, each once."""
        if name not in self.recognisers:
            self.recognisers.append(name)

    def expect(self, size: int) -> None:
        """Count `size` bytes of a part among those that should give text."""
        self.expected = (self.expected or 0) + size

    def problem(self, reason: str, message: str, page: int | None = None) -> None:
        """Record something that was not read or is doubtful. At most a thousand are kept."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(reason, message, page))


class Closeable(Protocol):
    """Anything with a handle to give back."""

    def close(self) -> object: ...


class ReadSession:
    """Options, report and open handles of one reading. After `close` the boxes of its documents cannot be looked up."""

    def __init__(self, options: ReadOptions | None = None) -> None:
        self.options = options or ReadOptions()
        self.report = ReadReport()
        self._held: list[Closeable] = []

    def hold(self, thing: Closeable) -> None:
        """Have `thing` closed when the session ends."""
        self._held.append(thing)

    def passed(self, page: int = 0, pages: int = 0) -> None:
        """Say that a page of so many, or a part of a source without pages, has been read."""
        if self.options.progress:
            self.options.progress(page, pages)

    def close(self) -> None:
        """Close what is held, the last first."""
        while self._held:
            self._held.pop().close()

    def __enter__(self) -> ReadSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
