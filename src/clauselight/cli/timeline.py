"""``clauselight timeline``: when the standards were issued and took effect, and when those behind them came on lists."""

from __future__ import annotations

import argparse
from typing import Any

from clauselight.cli import who

_EPILOG = """examples:
  clauselight timeline standards/
  clauselight timeline standards/ --attribute skin_colour --format html -o timeline.html

exit status: 0 events, and all was read · 1 no event · 2 usage · 3 something could not be read
"""


def add(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = verbs.add_parser(
        "timeline",
        help=text,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        description="When standards were issued and took effect, and when the organisations behind them came on lists and left them.",
    )
    who.options(p, ("table", "jsonl", "svg", "html"))
    p.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read and write; the return value is the exit status."""
    from clauselight.exports.timeline import TIMELINES, events

    return who.answer(args, TIMELINES[args.format], lambda account: bool(events(account)))
