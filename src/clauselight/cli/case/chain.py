"""``clauselight case chain``."""

from __future__ import annotations

import argparse
from typing import Any

from clauselight.cli import options, parsers
from clauselight.cli.case import _statements


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "chain", text, run)
    _statements.add_questions(p, "chains")
    options.add(p, "to", to="where the chains begin (default: whole chains by clause)")
    _statements.add_output(p)


def run(args: argparse.Namespace) -> int:
    """Write it; the return value is the exit status."""
    from clauselight.exports.chains import found

    return _statements.answer(args, "chains", lambda account: bool(found(account, args.to)), args.to)
