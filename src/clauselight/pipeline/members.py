"""One given source to all its outcomes: its own, and those of what lies inside it at any depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from clauselight.formats.session import ReadOptions
from clauselight.model import Blob, Coverage, Problem
from clauselight.model.coverage import State
from clauselight.model.outcome import Outcome, failed
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.options import Analysis
from clauselight.sources.archives import Member
from clauselight.sources.aside import leftover, pointer
from clauselight.sources.members import walk_members
from clauselight.sources.written import is_ours

#: the state of a member without bytes, by its reason; what is not here lies in the program, and is ``failed``
_STATES: dict[str, State] = {
    **dict.fromkeys(
        ("encrypted", "no-cryptography", "no-7z", "no-warc", "no-brotli", "no-zstd", "unknown-encoding"), "unreadable"
    ),
    **dict.fromkeys(("no-members", "continuation", "embedded-objects", "no-body"), "unreadable"),
    **dict.fromkeys(("link", "device", "no-capture", "revisit"), "skipped"),
}


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
            return _of_member(_without_bytes(member), member)
        if is_ours(member.blob):
            return _of_member(_our_own(member.blob), member)
        if words := leftover(member.blob):
            return _of_member(_left_behind(member.blob, words), member)
        outcome = analyse(member.blob, self.analysis, self.options)
        if where := pointer(member.blob):
            outcome = _pointing(outcome, where)
        if member.part:
            outcome = _illustrating(outcome)
        return _of_member(outcome, member)


def _without_bytes(member: Member) -> Outcome:
    return failed(member.path, 0, Problem(member.reason, member.message), _STATES.get(member.reason, "failed"))


def _our_own(blob: Blob) -> Outcome:
    """Nothing of it is read again."""
    problem = Problem(
        "own-output", "this program wrote it, as the digest shows that was noted then; it quotes what was read"
    )
    return Outcome(Coverage(blob.path, "own_output", size=blob.size, source_sha256=blob.sha256, problems=(problem,)))


def _left_behind(blob: Blob, words: str) -> Outcome:
    """Nothing of it is read: a lock names a person."""
    problem = Problem("leftover", f"{words}; it holds no document")
    return Outcome(Coverage(blob.path, "leftover", size=blob.size, source_sha256=blob.sha256, problems=(problem,)))


def _pointing(outcome: Outcome, where: str) -> Outcome:
    """What it says was read like any text; the document that it names was not, and nothing here fetches one."""
    message = f"points to {where[:300]}; save that document as a file and check it"
    kept = tuple(p for p in outcome.coverage.problems if p.reason != "not-a-document")
    coverage = replace(outcome.coverage, state="pointer", problems=(*kept, Problem("pointer", message)))
    return replace(outcome, coverage=coverage)


def _illustrating(outcome: Outcome) -> Outcome:
    """A picture in a document is mostly a photograph: that OCR saw no text in it makes nobody look again."""
    coverage = outcome.coverage
    if coverage.reader != "image" or [p.reason for p in coverage.problems] != ["no-text-found"]:
        return outcome
    problem = Problem("no-text-in-picture", coverage.problems[0].message)
    return replace(outcome, coverage=replace(coverage, state="read", pages=None, problems=(problem,)))


def _of_member(outcome: Outcome, member: Member) -> Outcome:
    """With what is known of the member besides its bytes: where and when it was captured, what its name tried, and
    what is missing of it."""
    if not (member.url or member.retrieved or member.note):
        return outcome
    noted = (Problem(member.noted, member.note),) if member.note else ()
    coverage = outcome.coverage
    short = bool(noted) and member.noted != "path-traversal" and coverage.state == "read"
    return replace(
        outcome,
        coverage=replace(
            coverage,
            state="partly" if short else coverage.state,
            problems=(*coverage.problems, *noted),
            url=member.url,
            retrieved=member.retrieved,
        ),
    )
