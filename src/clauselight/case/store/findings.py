"""Findings and statements of readings, as they were decided last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.case.records import from_json, to_json
from clauselight.case.store.readings import Reading, Readings
from clauselight.errors import UsageError
from clauselight.model import Finding
from clauselight.model.finding import finding_id
from clauselight.model.outcome import Outcome
from clauselight.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on one reading."""

    findings: tuple[Finding, ...]
    statements: tuple[Statement, ...]


class Findings(Readings):
    """What a case is asked about its findings and statements."""

    def findings(self, reading: int) -> list[tuple[str, Finding]]:
        """The findings of a reading with their ids."""
        rows = self.db.execute("SELECT id, record FROM finding WHERE reading = ? ORDER BY number", (reading,))
        return [(r[0], from_json(Finding, r[1])) for r in rows]

    def statements(self, reading: int) -> list[Statement]:
        """The statements of a reading."""
        rows = self._column("SELECT record FROM statement WHERE reading = ? ORDER BY number", reading)
        return [from_json(Statement, record) for record in rows]

    def outcomes(self) -> Iterator[tuple[Reading, list[str], Outcome]]:
        """Every reading with the ids of its findings, and what came of it as a run would give it."""
        for reading in self.readings():
            rows = self.findings(reading.id)
            outcome = Outcome(reading.coverage, [f for _, f in rows], self.statements(reading.id))
            yield reading, [i for i, _ in rows], outcome

    def finding_named(self, name: str) -> tuple[str, Finding]:
        """The finding of an id or of its unambiguous beginning. Raises `UsageError`."""
        ids = self._column("SELECT DISTINCT id FROM finding WHERE id LIKE ? LIMIT 3", name.replace("%", "") + "%")
        if not ids:
            raise UsageError(f"no finding {name}; `clauselight case findings {self.folder}` lists them")
        if len(ids) > 1:
            raise UsageError(f"{name} begins more than one finding: {', '.join(ids)}")
        (record, *_) = self._column("SELECT record FROM finding WHERE id = ?", ids[0])
        return ids[0], from_json(Finding, record)

    def findings_of(self, sha256: str, inner: str, attribute: str) -> list[tuple[str, Finding]]:
        """The findings of one attribute in a source or a member, with their ids."""
        rows = self.db.execute(
            "SELECT f.id, f.record FROM finding f JOIN reading r ON r.id = f.reading "
            "WHERE r.sha256 = ? AND r.inner_path = ? AND f.attribute = ? ORDER BY f.number",
            (sha256, inner, attribute),
        )
        return [(r[0], from_json(Finding, r[1])) for r in rows]

    def replace_decided(self, reading: Reading, decided: Decided) -> None:
        """Put findings and statements in the place of those of before. The caller has begun a transaction."""
        self.db.execute("DELETE FROM finding WHERE reading = ?", (reading.id,))
        self.db.execute("DELETE FROM statement WHERE reading = ?", (reading.id,))
        self.db.executemany(
            "INSERT INTO finding (id, reading, number, level, attribute, record) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (finding_id(f, reading.sha256, reading.inner), reading.id, n, f.level, f.attribute, to_json(f))
                for n, f in enumerate(decided.findings)
            ],
        )
        self.db.executemany(
            "INSERT INTO statement (reading, number, predicate, record) VALUES (?, ?, ?, ?)",
            [(reading.id, n, s.predicate, to_json(s)) for n, s in enumerate(decided.statements)],
        )

    def counts_by_level(self) -> dict[str, int]:
        """How many findings there are of each level."""
        return self._counts("SELECT level, count(*) FROM finding GROUP BY level")

    def count_findings(self) -> int:
        """How many findings of the level `finding` there are."""
        return self._number("SELECT count(*) FROM finding WHERE level = 'finding'")

    def count_statements(self) -> int:
        """How many statements there are."""
        return self._number("SELECT count(*) FROM statement")
