"""JSON lines: one object a line, findings first and then the coverage of their source; a summary at the end."""

from __future__ import annotations

import json
from collections import Counter
from typing import TextIO

from clauselight.exports.records import coverage_record, finding_record
from clauselight.exports.registry import Settings
from clauselight.model.outcome import Outcome


class JsonLines:
    """Writes and forgets: memory does not grow with the run."""

    def __init__(self, stream: TextIO, settings: Settings) -> None:
        self.stream = stream
        self.settings = settings
        self.states: Counter[str] = Counter()
        self.levels: Counter[str] = Counter()

    def write(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            self.levels[finding.level] += 1
            self._line(finding_record(finding, self.settings.unmask))
        self.states[outcome.coverage.state] += 1
        self._line(coverage_record(outcome.coverage))

    def _line(self, record: object) -> None:
        self.stream.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")

    def close(self, complete: bool) -> None:
        self._line(
            {
                "type": "summary",
                "complete": complete,
                "level": self.settings.level,
                "sources": dict(self.states),
                "findings": dict(self.levels),
            }
        )


EXPORT = ("jsonl", JsonLines)
