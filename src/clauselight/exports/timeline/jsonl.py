"""A timeline as JSON lines: one event a line, then a summary."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TextIO

from clauselight.exports.registry import Output, Settings
from clauselight.exports.timeline import events
from clauselight.graph.account import Account


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """One event a line, then a summary."""
    for event in events(account, settings.unmask):
        stream.write(json.dumps({"type": "event", **asdict(event)}, ensure_ascii=False) + "\n")
    unread = [c.path for c in account.coverage if c.state != "read"]
    stream.write(
        json.dumps({"type": "summary", "complete": account.complete, "unread": unread}, ensure_ascii=False) + "\n"
    )


OUTPUT = Output("jsonl", "timeline", ".jsonl", False, write, "JSON lines: events, and a summary")
