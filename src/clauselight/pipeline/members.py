"""One given path to all its outcomes: the source itself, and what lies inside it at any depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from clauselight.errors import ReadError
from clauselight.formats.registry import OcrMode, Reading
from clauselight.model import Blob, Problem
from clauselight.pipeline.analyse import Keep, Outcome, failed, work
from clauselight.rules.find import Finder
from clauselight.sources.archives import DEEPEST, Budget, Member, container_kind, members
from clauselight.statements.specifies import Grammar


class SourceReader:
    """Reads sources with one rule book and one set of options."""

    def __init__(
        self,
        finder: Finder,
        ocr: OcrMode = "auto",
        lock: object | None = None,
        threads: int = 0,
        grammar: Grammar | None = None,
        keep: Keep | None = None,
    ) -> None:
        self.finder = finder
        self.ocr = ocr
        self.lock = lock
        self.threads = threads
        self.grammar = grammar
        self.keep = keep

    def outcomes(
        self,
        blob: Blob,
        begin: Callable[[str], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        skip: int = 0,
    ) -> Iterator[Outcome]:
        """Outcomes of a source and its members, in order; the first `skip` are left out (a run after a crash)."""
        for number, (inner, member) in enumerate(self._flat(blob, Budget(), 0)):
            if number < skip:
                _drop(inner)
                continue
            if begin:
                begin(member.path)
            if inner is None:
                state = "unreadable" if member.reason in ("encrypted", "no-7z") else "failed"
                yield failed(member.path, 0, member.reason, member.message, state)
                continue
            reading = Reading(self.ocr, self.lock, self.threads, progress=progress)
            try:
                outcome = work(inner, self.finder, reading, self.grammar, self.keep)
            finally:
                _drop(inner)
            if member.url or member.retrieved:
                outcome.coverage = replace(outcome.coverage, url=member.url, retrieved=member.retrieved)
            yield _noted(outcome, member.note)

    def _flat(
        self,
        blob: Blob,
        budget: Budget,
        depth: int,
        note: str = "",
        capture: tuple[str | None, str | None] = (None, None),
    ) -> Iterator[tuple[Blob | None, Member]]:
        kind = container_kind(blob) if blob.size else None
        if kind is None or kind == "eml":
            yield blob, Member(blob.path, blob, note=note, url=capture[0], retrieved=capture[1])
            if kind is None:
                return
        if depth >= DEEPEST:
            yield None, Member(blob.path, None, "too-deep", f"archives inside archives are opened {DEEPEST} deep")
            return
        try:
            for member in members(blob, kind, budget):
                if member.blob is None:
                    yield None, member
                elif budget.left <= 0:
                    _drop(member.blob)
                    yield (
                        None,
                        Member(
                            blob.path,
                            None,
                            "zip-bomb",
                            "the archive unpacks to more than may be read; the rest was not opened",
                        ),
                    )
                    return
                else:
                    taken = (member.url or capture[0], member.retrieved or capture[1])
                    yield from self._flat(member.blob, budget, depth + 1, member.note, taken)
        except ReadError as error:
            yield None, Member(blob.path, None, error.reason, error.message)


def _drop(blob: Blob | None) -> None:
    if blob is not None and blob.file is not None and "temporary" in blob.parents:
        blob.file.unlink(missing_ok=True)


def _noted(outcome: Outcome, note: str) -> Outcome:
    if not note:
        return outcome
    coverage = replace(outcome.coverage, problems=(*outcome.coverage.problems, Problem("path-traversal", note)))
    return replace(outcome, coverage=coverage)


def member_blob(outer: Blob, path: str) -> Blob:
    """The bytes of a member at any depth, by the path that its coverage gives. Raises `ReadError` where it is not there."""
    from clauselight.rules.pack import RuleBook

    reader = SourceReader(Finder(RuleBook(())))
    for inner, member in reader._flat(outer, Budget(), 0):
        if inner is not None and member.path == path and inner.path == path:
            return inner
        _drop(inner)
    raise ReadError("no-member", f"{path}: not in the archive")
