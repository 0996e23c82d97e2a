"""``clauselight who``: which organisations wrote, mandate and claim the standards that documents speak of."""

from __future__ import annotations

import argparse
from typing import Any

from clauselight.cli import options, parsers, statements

_DESCRIPTION = """\
Tells who stands behind the clauses: the standards, who drafted, proposed and issued them, what they replace and cite,
which tenders make them binding, which vendors claim to meet them. Every statement opens to the quote that says so.
Names of individuals are never taken out, and are masked in quotes."""

_EPILOG = """examples:
  clauselight who standards/ tenders/
  clauselight who standards/ --attribute skin_colour
  clauselight who . --organisation 示例 --format jsonl -o statements.jsonl

exit status: 0 statements, and all was read · 1 no statement · 2 usage · 3 something could not be read
"""


def register(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = parsers.verb(verbs, "who", text, _EPILOG, _DESCRIPTION)
    options.add_format(p, "statements")
    statements.add_questions(p)
    options.add_sources(p)
    p.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read, state and write; the return value is the exit status."""
    return statements.answer(args, "statements", lambda account: bool(account.statements))
