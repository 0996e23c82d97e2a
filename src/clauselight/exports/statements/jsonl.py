"""JSON lines: one statement a line, then the coverage, then a summary."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Any, TextIO

from clauselight.exports.mask import mask
from clauselight.exports.records import coverage_record
from clauselight.exports.registry import Settings
from clauselight.graph.account import Account
from clauselight.graph.listings import Standings
from clauselight.model.statement import Node, Statement


def statement_record(statement: Statement, unmask: bool = False, standings: Standings | None = None) -> dict[str, Any]:
    """A statement with the keys of docs/reference/output.md."""
    evidence = []
    for place in statement.evidence:
        evidence.append(
            {
                "path": place.path,
                "page": place.page,
                "line": place.line,
                "boxes": [asdict(b) for b in place.boxes],
                "quote": place.quote if unmask else mask(place.quote).text,
                "start": place.start,
                "end": place.end,
            }
        )
    return {
        "type": "statement",
        "predicate": statement.predicate,
        "subject": _node(statement.subject, statement, standings),
        "object": _node(statement.object, statement, standings),
        "date": statement.date,
        "qualifier": statement.qualifier,
        "role": statement.role,
        "order": statement.order,
        "value": statement.value,
        "evidence": evidence,
    }


_NODE = tuple(Node.__dataclass_fields__)


def _node(node: Node, statement: Statement, standings: Standings | None) -> dict[str, Any]:
    """An organisation says why it is taken for the one of its id, or which one it may be, and its lists then and today."""
    row: dict[str, Any] = {name: getattr(node, name) for name in _NODE}
    if standings and (match := standings.match(node)):
        row["resolution"] = asdict(match)
        row["lists"] = [s.record() for s in standings.of(node, statement)]
    return row


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write statements, coverage and a summary."""

    def line(record: object) -> None:
        stream.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")

    standings = Standings(account)
    for statement in account.statements:
        line(statement_record(statement, settings.unmask, standings))
    for coverage in account.coverage:
        line(coverage_record(coverage))
    counts = Counter(s.predicate for s in account.statements)
    line(
        {
            "type": "summary",
            "complete": account.complete,
            "statements": dict(counts),
            "sources": dict(Counter(c.state for c in account.coverage)),
        }
    )


FORM = ("jsonl", write)
