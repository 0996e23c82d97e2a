"""Judgements whose finding is no longer made: rules change, what people decided stays.

Such a judgement is shown as orphaned, with what it was on. Where the place is part of a finding of now (the span was
changed, so its id is another one), the finding carries it: it shows the judgement, but is not judged by it. A person
judged other words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from clauselight.case.store import Case, JudgedFinding, Judgement
from clauselight.model import Finding

_QUOTE = 80  # characters of a quote that one line shows


@dataclass(frozen=True, slots=True)
class Orphan:
    """A finding that is no longer made, and what people decided on it.

    `judged` is None where the case does not know what it said: it went before the case kept that. `carried_by` are the
    ids of the findings of now that have a part of its place.
    """

    finding: str
    judgements: tuple[Judgement, ...]
    judged: JudgedFinding | None
    carried_by: tuple[str, ...] = ()

    @property
    def decisions(self) -> str:
        """What each person decided, in words."""
        return ", ".join(f"{j.decision} by {j.by}" for j in self.judgements)

    @property
    def place(self) -> str:
        """Where it was, in words."""
        if self.judged is None:
            return "place not known"
        j = self.judged
        at = f", page {j.page}" if j.page is not None else (f", line {j.line}" if j.line is not None else "")
        return j.path + at

    def words(self, cover: Callable[[str], str]) -> str:
        """All of it in one line; `cover` hides personal data in the quote."""
        quote = ""
        if self.judged:
            text = " ".join(cover(self.judged.quote).split())
            quote = f", {self.judged.attribute} “{text[:_QUOTE]}{'…' if len(text) > _QUOTE else ''}”"
        carried = f"; judged as part of {', '.join(self.carried_by)}" if self.carried_by else ""
        return f"{self.finding}: {self.place}{quote}: {self.decisions}{carried}"

    def record(self, cover: Callable[[str], str]) -> dict[str, Any]:
        """A plain record; `cover` hides personal data in the quote."""
        judged = self.judged
        said = asdict(judged) if judged else dict.fromkeys(JudgedFinding.__dataclass_fields__)
        return {
            "finding": self.finding,
            **said,
            "quote": cover(judged.quote) if judged else None,
            "judgements": [
                {"decision": j.decision, "reason": j.reason, "by": j.by, "at": j.at} for j in self.judgements
            ],
            "carried_by": list(self.carried_by),
        }


def orphans(case: Case) -> list[Orphan]:
    """Every orphan of a case, in the order of their first judgements."""
    judgements: dict[str, list[Judgement]] = {}
    judged: dict[str, JudgedFinding] = {}
    for judgement, said in case.judgements_without_finding():
        judgements.setdefault(judgement.finding, []).append(judgement)
        if said:
            judged[judgement.finding] = said
    return [
        Orphan(name, tuple(given), judged.get(name), _carried_by(case, judged.get(name)))
        for name, given in judgements.items()
    ]


def _carried_by(case: Case, judged: JudgedFinding | None) -> tuple[str, ...]:
    if judged is None:
        return ()
    beside = case.findings_of(judged.sha256, judged.inner, judged.attribute)
    return tuple(name for name, finding in beside if carries(finding, judged))


def carries(finding: Finding, judged: JudgedFinding) -> bool:
    """Whether a finding of now, in the same source, has a part of the judged place: one attribute, spans that overlap.

    Where a reader gives another text now, offsets say nothing any more; the same words on the same page do.
    """
    if finding.attribute != judged.attribute:
        return False
    if finding.text_sha256 != judged.text_sha256:
        return finding.quote == judged.quote and finding.page == judged.page
    return finding.start < judged.end and judged.start < finding.end


def by_carrier(found: list[Orphan]) -> dict[str, tuple[Orphan, ...]]:
    """The orphans that each finding of now carries, by its id."""
    carried: dict[str, tuple[Orphan, ...]] = {}
    for orphan in found:
        for name in orphan.carried_by:
            carried[name] = (*carried.get(name, ()), orphan)
    return carried
