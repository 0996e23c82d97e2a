"""Judgements: what people decided on findings, and what those findings said then. Nothing is changed or removed."""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.case import journal
from clauselight.case.store.findings import Findings
from clauselight.errors import UsageError
from clauselight.model import Finding

DECISIONS = ("accept", "reject", "unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decided on a finding."""

    finding: str
    decision: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class JudgedFinding:
    """What a finding said when it was judged; `start` and `end` count characters of the text with `text_sha256`."""

    sha256: str
    inner: str
    path: str
    page: int | None
    line: int | None
    attribute: str
    quote: str
    start: int
    end: int
    text_sha256: str


_JUDGEMENT = "j.finding, j.decision, j.reason, j.by, j.at"
_JUDGED = "d.sha256, d.inner_path, d.path, d.page, d.line, d.attribute, d.quote, d.begins, d.ends, d.text_sha256"


class Judgements(Findings):
    """What a case is asked about its judgements."""

    def judge(self, finding: str, decision: str, reason: str, by: str) -> Judgement:
        """Add a judgement. Raises `UsageError` for an unknown finding, a missing reason or name."""
        if decision not in DECISIONS:
            raise UsageError(f"{decision}: a decision is one of {', '.join(DECISIONS)}")
        if not reason.strip() or not by.strip():
            raise UsageError("a judgement needs a reason (--reason) and a name (--by)")
        with self.transaction():  # so that what is kept of the finding is what the person judged
            name, judged = self.finding_named(finding)
            judgement = Judgement(name, decision, reason.strip(), by.strip(), journal.now())
            self._keep(judgement, judged)
            detail = {"finding": name, "decision": decision, "reason": judgement.reason}
            self.log("judge", detail, judgement.by)
        return judgement

    def _keep(self, judgement: Judgement, judged: Finding) -> None:
        number = self.db.execute(
            "INSERT INTO judgement (finding, decision, reason, by, at) VALUES (?, ?, ?, ?, ?)",
            (judgement.finding, judgement.decision, judgement.reason, judgement.by, judgement.at),
        ).lastrowid
        self.db.execute(
            "INSERT INTO judged SELECT ?, r.sha256, r.inner_path, ?, ?, ?, ?, ?, ?, ?, ? "
            "FROM finding f JOIN reading r ON r.id = f.reading WHERE f.id = ? LIMIT 1",
            (
                number,
                *(judged.path, judged.page, judged.line, judged.attribute, judged.quote),
                *(judged.start, judged.end, judged.text_sha256),
                judgement.finding,
            ),
        )

    def judgements(self, finding: str | None = None) -> list[Judgement]:
        """All judgements in order of time, or those on one finding."""
        sql = f"SELECT {_JUDGEMENT} FROM judgement j"
        rows = self.db.execute(
            sql + (" WHERE finding = ?" if finding else "") + " ORDER BY id", (finding,) if finding else ()
        )
        return [Judgement(*r) for r in rows]

    def judgements_without_finding(self) -> list[tuple[Judgement, JudgedFinding | None]]:
        """Judgements on findings that are no longer made, with what these said as far as it is known."""
        rows = self.db.execute(
            f"SELECT {_JUDGEMENT}, {_JUDGED} FROM judgement j LEFT JOIN judged d ON d.judgement = j.id "
            "WHERE NOT EXISTS (SELECT 1 FROM finding f WHERE f.id = j.finding) ORDER BY j.id"
        )
        return [(Judgement(*r[:5]), None if r[5] is None else JudgedFinding(*r[5:])) for r in rows]

    def decision(self, given: list[Judgement]) -> str | None:
        """The latest judgements of all reviewers in one word: `disputed` where they differ, None without any."""
        latest = {j.by: j.decision for j in given}
        if not latest:
            return None
        return next(iter(latest.values())) if len(set(latest.values())) == 1 else "disputed"
