"""Chains as JSON lines: one chain a line, then a summary."""

from __future__ import annotations

import json
from typing import TextIO

from clauselight.exports.chains import found
from clauselight.exports.registry import Output, Settings
from clauselight.exports.statements.jsonl import statement_record
from clauselight.graph.account import Account
from clauselight.graph.listings import Listings


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write each chain with its end and its statements, then how many there are and what was not read."""
    rows = found(account, settings.to)
    listings = Listings(account)
    for chain in rows:
        links = [statement_record(s, settings.unmask, listings) for s in chain.links]
        end = {"kind": chain.end.kind, "name": chain.end.name, "label": chain.end.label, "id": chain.end.id}
        record = {"type": "chain", "end": end, "links": links}
        stream.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    unread = [c.path for c in account.coverage if c.state != "read"]
    summary = {"type": "summary", "complete": account.complete, "chains": len(rows), "unread": unread}
    stream.write(json.dumps(summary, ensure_ascii=False) + "\n")


OUTPUT = Output("jsonl", "chains", ".jsonl", False, write, "JSON lines: chains, and a summary")
