"""What a case holds, reviewed: each finding with its id and with what people decided on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.case.orphans import Orphan, by_carrier, orphans
from clauselight.case.store import Case, Judgement, Reading
from clauselight.model import Finding
from clauselight.model.finding import LEVELS, Level
from clauselight.model.outcome import Outcome

#: word of ``--only`` -> what the judgements come to
ONLY = {"accepted": "accept", "rejected": "reject", "unsure": "unsure", "disputed": "disputed", "open": None}


@dataclass(frozen=True)
class ReviewedFinding:
    """A finding of a case with what was decided on it."""

    id: str
    finding: Finding
    reading: Reading
    judgements: tuple[Judgement, ...]
    decision: str | None
    #: judgements on findings that are no longer made, of places that are a part of this one; they decide nothing here
    carried: tuple[Orphan, ...] = ()

    @property
    def source(self) -> str:
        """SHA-256 of the bytes as they were taken in; of an archive where the finding is in one of its members."""
        return self.reading.sha256

    @property
    def member(self) -> str:
        """The path inside the archive, empty where the source is none."""
        return self.reading.inner


#: what came of a reading, and those of its findings that were asked for
Reviewed = tuple[Outcome, list[ReviewedFinding]]


def items(case: Case, level: Level = "finding", only: str | None = None) -> Iterator[Reviewed]:
    """Every reading with its findings at or above `level`, decided as `only` says; what is not read yet comes last."""
    given: dict[str, list[Judgement]] = {}
    for j in case.judgements():
        given.setdefault(j.finding, []).append(j)
    carried = by_carrier(orphans(case))
    least = LEVELS.index(level)
    for reading, ids, outcome in case.outcomes():
        chosen = []
        for name, finding in zip(ids, outcome.findings, strict=True):
            judged = given.get(name, [])
            decision = case.decision(judged)
            if LEVELS.index(finding.level) >= least and (only is None or decision == ONLY[only]):
                chosen.append(ReviewedFinding(name, finding, reading, tuple(judged), decision, carried.get(name, ())))
        yield outcome, chosen
    for coverage in case.unread():
        yield Outcome(coverage), []
