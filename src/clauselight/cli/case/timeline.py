"""``clauselight case timeline``."""

from __future__ import annotations

import argparse
from typing import Any

from clauselight.cli import parsers
from clauselight.cli.case import _statements


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "timeline", text, run)
    _statements.add_questions(p, "timeline")
    _statements.add_output(p)


def run(args: argparse.Namespace) -> int:
    """Write it; the return value is the exit status."""
    from clauselight.exports.timeline import events

    return _statements.answer(args, "timeline", lambda account: bool(events(account)))
