"""A timeline as text: one line an event, and below it what was read and what was not."""

from __future__ import annotations

from typing import TextIO

from clauselight.exports.coverage_footer import foot
from clauselight.exports.quotes import visible_lines
from clauselight.exports.registry import Output, Settings
from clauselight.exports.timeline import events
from clauselight.graph.account import Account


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """One line an event, then what was not read."""
    stream = visible_lines(stream)
    rows = events(account, settings.unmask)
    for event in rows:
        stream.write(f"{event.date:10}  {event.what}  [{event.place}]\n")
    if not rows:
        stream.write("0 events\n")
    foot(stream, account)


OUTPUT = Output("table", "timeline", ".txt", False, write, "for people: one line an event, with coverage")
