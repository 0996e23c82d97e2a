"""One given source to all its outcomes: its own, and those of what lies inside it at any depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from clauselight.formats.session import ReadOptions
from clauselight.model import Blob, Problem
from clauselight.model.coverage import State
from clauselight.model.outcome import Outcome, failed
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.options import Analysis
from clauselight.sources.archives import Member
from clauselight.sources.members import walk_members

#: reasons why a member cannot be read that lie in the member, not in the program
_UNREADABLE = {"encrypted", "no-7z"}


class SourceReader:
    """Reads sources and their members with one analysis and one set of options."""

    def __init__(self, analysis: Analysis, options: ReadOptions | None = None) -> None:
        self.analysis = analysis
        self.options = options or ReadOptions()

    def outcomes(self, blob: Blob, begin: Callable[[str], None] | None = None, skip: int = 0) -> Iterator[Outcome]:
        """Outcomes of a source and its members, in order; `begin` is called with the path of each before it is read.

        The first `skip` are left out: after a crash they are known already. Raises `OSError` where the source cannot
        be opened.
        """
        for number, member in enumerate(walk_members(blob)):
            if number < skip:
                continue
            if begin:
                begin(member.path)
            yield self._outcome(member)

    def _outcome(self, member: Member) -> Outcome:
        if member.blob is None:
            state: State = "unreadable" if member.reason in _UNREADABLE else "failed"
            return failed(member.path, 0, Problem(member.reason, member.message), state)
        outcome = analyse(member.blob, self.analysis, self.options)
        return _of_member(outcome, member) if member.url or member.retrieved or member.note else outcome


def _of_member(outcome: Outcome, member: Member) -> Outcome:
    """With what is known of the member besides its bytes: where and when it was captured, and what its name tried."""
    noted = (Problem("path-traversal", member.note),) if member.note else ()
    problems = (*outcome.coverage.problems, *noted)
    coverage = replace(outcome.coverage, problems=problems, url=member.url, retrieved=member.retrieved)
    return replace(outcome, coverage=coverage)
