"""``clauselight case who``."""

from __future__ import annotations

import argparse
from typing import Any

from clauselight.cli import parsers
from clauselight.cli.case import _statements


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "who", text, run)
    _statements.add_questions(p, "statements")
    _statements.add_output(p)


def run(args: argparse.Namespace) -> int:
    """Write it; the return value is the exit status."""
    return _statements.answer(args, "statements", lambda account: bool(account.statements))
