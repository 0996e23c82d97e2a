"""The same from Python: `check` yields typed findings, `read` gives a document."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from clauselight.errors import ReadError
from clauselight.formats.session import OcrMode, ReadOptions, ReadSession
from clauselight.model import Blob, Coverage, Document, Finding
from clauselight.model.finding import LEVELS, Level
from clauselight.model.outcome import Outcome, StatementReader
from clauselight.pipeline.analyse import documents
from clauselight.pipeline.options import Analysis, Limits, RunOptions
from clauselight.pipeline.pool import Pool
from clauselight.pipeline.schedule import Progress
from clauselight.rules.find import Finder
from clauselight.rules.load import load
from clauselight.sources.walk import Found, walk


class Check:
    """One run over sources. Iterate over it for findings, or over `outcomes()` for findings with their coverage.

    `coverage` holds the account of every source once it has been passed; `keep_coverage=False` leaves that out for very
    long runs. `grammar` reads statements from each document. With `ignore_files` those
    of the work tree that the current folder is in apply; no others ever do.
    """

    def __init__(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        level: Level = "finding",
        jobs: int | None = None,
        ocr: OcrMode = "auto",
        packs: Iterable[str | os.PathLike[str]] = (),
        excludes: Iterable[str] = (),
        limits: Limits | None = None,
        keep_coverage: bool = True,
        grammar: StatementReader | None = None,
        ignore_files: bool = False,
    ) -> None:
        self.level = level
        self.coverage: list[Coverage] = []
        self._keep = keep_coverage
        self._paths = [os.fspath(p) for p in paths]
        self._excludes = list(excludes)
        self._ignore_files = ignore_files
        finder = Finder(load([Path(p) for p in packs]))
        self.book = finder.book
        options = RunOptions(jobs or os.cpu_count() or 1, ocr, limits or Limits())
        self._pool = Pool(Analysis(finder, grammar), options)

    @property
    def progress(self) -> Progress:
        """Counts of what has been done so far."""
        return self._pool.progress

    def on_progress(self, function: Callable[[Progress], None]) -> None:
        """Have `function` called with the counts again and again while the run goes on."""
        self._pool.tick = function

    def outcomes(self) -> Iterator[Outcome]:
        """Each source with its findings at or above the level, in the order of the sources."""
        spooled: list[Path] = []
        founds = _with_input(walk(self._paths, self._excludes, self._ignore_files), spooled)
        first = next(founds, None)  # a path that does not exist is reported before workers start
        self._pool.analysis.finder.warm()
        least = LEVELS.index(self.level)
        try:
            for outcome in self._pool.run(_chain(first, founds)):
                if self._keep:
                    self.coverage.append(outcome.coverage)
                kept = [f for f in outcome.findings if LEVELS.index(f.level) >= least]
                yield Outcome(outcome.coverage, kept, outcome.statements)
        finally:
            self._pool.close()
            for file in spooled:
                file.unlink(missing_ok=True)

    def __iter__(self) -> Iterator[Finding]:
        for outcome in self.outcomes():
            yield from outcome.findings


def _chain(first: Found | None, rest: Iterator[Found]) -> Iterator[Found]:
    if first is not None:
        yield first
    yield from rest


def _with_input(founds: Iterator[Found], spooled: list[Path]) -> Iterator[Found]:
    """Standard input as a file of its own, so that a worker can read it; the caller removes what is in `spooled`."""
    for found in founds:
        if found.path != "-":
            yield found
            continue
        with tempfile.NamedTemporaryFile(prefix="clauselight-stdin-", delete=False) as file:
            spooled.append(Path(file.name))
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield replace(found, file=spooled[-1], size=spooled[-1].stat().st_size)


def check(
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str],
    *,
    level: Level = "finding",
    jobs: int | None = None,
    ocr: OcrMode = "auto",
    packs: Iterable[str | os.PathLike[str]] = (),
) -> Check:
    """Find the clauses that sort people in files, folders and archives.

    Iterating over the result gives `Finding` values; afterwards ``.coverage`` says what was read and what was not.
    Raises `UsageError` for a path that does not exist and `PackError` for packs that cannot be used.
    """
    given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    return Check(given, level=level, jobs=jobs, ocr=ocr, packs=packs)


def read(path: str | os.PathLike[str], *, ocr: OcrMode = "auto") -> Document:
    """The document that a file holds: canonical text, units, and for each stretch its place.

    A text too long to hold at once comes as its first window; `read_all` gives every window. Raises `ReadError` where
    nothing reads it.
    """
    return next(read_all(path, ocr=ocr))


def read_all(path: str | os.PathLike[str], *, ocr: OcrMode = "auto") -> Iterator[Document]:
    """Every window of a document in order. Raises `ReadError` where nothing reads it.

    A PDF stays open for its boxes until its documents are let go.
    """
    blob = Blob(os.fspath(path), file=Path(path))
    form, texts = documents(blob, ReadSession(ReadOptions(ocr)))
    if form is None:
        raise ReadError("unknown-format", f"{path}: no reader for this kind of file")
    yield from texts
