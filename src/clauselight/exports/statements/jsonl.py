"""JSON lines: one statement a line, then the coverage, then a summary."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Any, TextIO

from clauselight.exports.quotes import shown
from clauselight.exports.records import coverage_record
from clauselight.exports.registry import Output, Settings
from clauselight.graph.account import Account
from clauselight.graph.listings import Listings
from clauselight.model.statement import Node, Statement


def statement_record(statement: Statement, unmask: bool = False, listings: Listings | None = None) -> dict[str, Any]:
    """A statement with the keys of docs/reference/output.md."""
    evidence = []
    for place in statement.evidence:
        evidence.append(
            {
                "path": place.path,
                "page": place.page,
                "line": place.line,
                "boxes": [asdict(b) for b in place.boxes],
                "quote": shown(place.quote, unmask),
                "start": place.start,
                "end": place.end,
            }
        )
    return {
        "type": "statement",
        "predicate": statement.predicate,
        "subject": _node(statement.subject, statement, listings),
        "object": _node(statement.object, statement, listings),
        "date": statement.date,
        "qualifier": statement.qualifier,
        "role": statement.role,
        "order": statement.order,
        "value": statement.value,
        "evidence": evidence,
    }


_NODE = tuple(Node.__dataclass_fields__)


def _node(node: Node, statement: Statement, listings: Listings | None) -> dict[str, Any]:
    """A node; an organisation with why it is taken for the one of its id, or may be, and its lists then and today."""
    row: dict[str, Any] = {name: getattr(node, name) for name in _NODE}
    if listings and (match := listings.match(node)):
        row["resolution"] = asdict(match)
        row["lists"] = [status.record() for status in listings.of(node, statement)]
    return row


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write statements, coverage and a summary."""

    def line(record: object) -> None:
        stream.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")

    listings = Listings(account)
    for statement in account.statements:
        line(statement_record(statement, settings.unmask, listings))
    for coverage in account.coverage:
        line(coverage_record(coverage))
    counts = Counter(s.predicate for s in account.statements)
    line(
        {
            "type": "summary",
            "complete": account.complete,
            "statements": dict(counts),
            "sources": dict(Counter(c.state for c in account.coverage)),
            "no_rules": sum(bool(c.languages) for c in account.coverage),
        }
    )


OUTPUT = Output("jsonl", "statements", ".jsonl", False, write, "JSON lines: statements, coverage, and a summary")
