"""``clauselight timeline``: when standards were issued and took effect, and when those behind them came on lists."""

from __future__ import annotations

import argparse
from typing import Any

from clauselight.cli import options, parsers, statements

_DESCRIPTION = (
    "When standards were issued and took effect, and when the organisations behind them came on lists and left them."
)

_EPILOG = """examples:
  clauselight timeline standards/
  clauselight timeline standards/ --attribute skin_colour --format html -o timeline.html

exit status: 0 events, and all was read · 1 no event · 2 usage · 3 something could not be read
"""


def register(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = parsers.verb(verbs, "timeline", text, _EPILOG, _DESCRIPTION)
    options.add_format(p, "timeline")
    statements.add_questions(p)
    options.add_sources(p)
    p.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read and write; the return value is the exit status."""
    from clauselight.exports.timeline import events

    return statements.answer(args, "timeline", lambda account: bool(events(account)))
