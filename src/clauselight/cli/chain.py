"""``clauselight chain``: from a buyer, a drafter or a vendor, over tender and standard, to the clause."""

from __future__ import annotations

import argparse
from typing import Any

from clauselight.cli import options, parsers, statements

_DESCRIPTION = """\
Tells, link by link and each with its quote, how an organisation, a tender or a standard comes to a clause that sorts
people: who buys → which tender → makes which standard binding → which clause; and who drafted it, and who claims to
meet it. A number without a year is taken for its newest edition. A newer edition is not taken to say what the older
one said."""

_EPILOG = """examples:
  clauselight chain case/ --to organisation
  clauselight chain case/ --to tender --attribute skin_colour
  clauselight chain case/ --to finding --format html -o chain.html

exit status: 0 chains, and all was read · 1 no chain · 2 usage · 3 something could not be read
"""


def register(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = parsers.verb(verbs, "chain", text, _EPILOG, _DESCRIPTION)
    options.add(p, "to")
    options.add_format(p, "chains")
    statements.add_questions(p)
    options.add_sources(p)
    p.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read and write; the return value is the exit status."""
    from clauselight.exports.chains import found

    return statements.answer(args, "chains", lambda account: bool(found(account, args.to)), args.to)
