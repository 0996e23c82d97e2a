"""``clauselight chain``: from a buyer, a drafter or a vendor, over tender and standard, to the clause."""

from __future__ import annotations

import argparse
from typing import Any

from clauselight.cli import who

_DESCRIPTION = """Tells, link by link and each with its quote, how an organisation, a tender or a standard comes to a clause that sorts people:
who buys → which tender → makes which standard binding → which clause; and who drafted it, and who claims to meet it.
A number without a year is taken for its newest edition. A newer edition is not taken to say what the older one said."""

_EPILOG = """examples:
  clauselight chain case/ --to organisation
  clauselight chain case/ --to tender --attribute skin_colour
  clauselight chain case/ --to finding --format html -o chain.html

exit status: 0 chains, and all was read · 1 no chain · 2 usage · 3 something could not be read
"""


def add(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = verbs.add_parser(
        "chain",
        help=text,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    p.add_argument(
        "--to",
        choices=("finding", "organisation", "standard", "tender"),
        default="finding",
        help="where the chains begin that end at a clause: at each organisation, standard or tender; finding: every whole chain, by clause (default)",
    )
    who.options(p, ("table", "jsonl", "svg", "html"))
    p.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read and write; the return value is the exit status."""
    from clauselight.exports.chains import found, writer

    return who.answer(args, writer(args.format, args.to), lambda account: bool(found(account, args.to)))
