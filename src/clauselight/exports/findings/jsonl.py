"""JSON lines: one object a line, findings first and then the coverage of their source; a summary at the end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, TextIO

from clauselight.exports.records import coverage_record, finding_record, item_record
from clauselight.exports.registry import Item, Output, Settings
from clauselight.model import Coverage
from clauselight.model.provisions import provisions


class JsonLines:
    """Writes and forgets: memory does not grow with the run."""

    def __init__(self, stream: TextIO, settings: Settings) -> None:
        self.stream = stream
        self.settings = settings
        self.states: Counter[str] = Counter()
        self.levels: Counter[str] = Counter()
        self.no_rules = 0
        self.provisions = 0

    def write(self, coverage: Coverage, items: Sequence[Item]) -> None:
        for item in items:
            self.levels[item.finding.level] += 1
            self._line(self._record(item))
        self.provisions += provisions(item.finding for item in items)
        self.states[coverage.state] += 1
        self.no_rules += bool(coverage.languages)
        self._line(coverage_record(coverage))

    def _record(self, item: Item) -> dict[str, Any]:
        if self.settings.reviewed:
            return item_record(item, self.settings.unmask)
        return finding_record(item.finding, self.settings.unmask)

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
                "no_rules": self.no_rules,
                "provisions": self.provisions,
            }
        )


OUTPUT = Output("jsonl", "findings", ".jsonl", False, JsonLines, "JSON lines: findings, coverage, and a summary")
