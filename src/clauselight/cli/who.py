"""``clauselight who``: which organisations wrote, mandate and claim the standards that documents speak of."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clauselight.cli.check import reading_options

_DESCRIPTION = """Tells who stands behind the clauses: the standards, who drafted, proposed and issued them, what they replace and cite,
which tenders make them binding, which vendors claim to meet them. Every statement opens to the quote that says so.
Names of individuals are never taken out, and are masked in quotes."""

_EPILOG = """examples:
  clauselight who standards/ tenders/
  clauselight who standards/ --attribute skin_colour
  clauselight who . --organisation 示例 --format jsonl -o statements.jsonl

exit status: 0 statements, and all was read · 1 no statement · 2 usage · 3 something could not be read
"""


def add(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = verbs.add_parser(
        "who", help=text, description=_DESCRIPTION, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options(p, ("table", "jsonl", "ftm", "dot", "svg", "html"))
    p.set_defaults(run=run)


def options(p: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    """What every verb on statements takes."""
    p.add_argument(
        "--format",
        choices=formats,
        default="table",
        help="how to write the result (default: table)",
    )
    p.add_argument(
        "--attribute",
        metavar="NAME",
        help="only documents that specify this attribute (ethnicity, race, skin_colour, religion), and what is said of them",
    )
    p.add_argument("--organisation", metavar="NAME", help="only statements on organisations whose name holds NAME")
    p.add_argument(
        "--standard",
        metavar="NUMBER",
        help="only statements on this standard, in any printed form; without a year all editions",
    )
    p.add_argument(
        "--catalogue",
        metavar="FILE",
        action="append",
        default=[],
        help="organisations of your own, in the form of the shipped catalogue; may be repeated",
    )
    reading_options(p)


def run(args: argparse.Namespace) -> int:
    """Read, state and write; the return value is the exit status."""
    from clauselight.exports.statements import forms

    return answer(args, forms()[args.format], lambda account: bool(account.statements))


def answer(args: argparse.Namespace, form: Any, some: Callable[[Any], bool]) -> int:
    """Read sources, choose the statements asked for, and have `form` write them; the return value is the exit status."""
    from clauselight.api import Check
    from clauselight.cli.check import _bar, _colour, _deliberate, _output
    from clauselight.entities.catalogue import load
    from clauselight.entities.imported import joined
    from clauselight.entities.resolve import Resolver
    from clauselight.errors import UsageError
    from clauselight.exports.registry import Settings
    from clauselight.graph.account import Account
    from clauselight.graph.select import Question, select
    from clauselight.statements.extract import statements

    if args.jobs < 0:
        raise UsageError("--jobs takes a positive number")
    organisations = joined(load(tuple(Path(f) for f in args.catalogue)))
    resolver = Resolver(organisations)
    check = Check(
        args.paths,
        jobs=args.jobs or None,
        ocr=args.ocr,
        packs=args.packs,
        excludes=args.exclude,
        keep_coverage=True,
        grammar=statements,
    )
    with _output(args.output) as stream:
        bar = _bar(args, stream)
        check.on_progress(bar.update)
        found = []
        unread = 0
        complete = True
        outcomes: Any = check.outcomes()
        try:
            for outcome in outcomes:
                found += outcome.statements
                unread += outcome.coverage.state != "read" and not _deliberate(outcome)
        except KeyboardInterrupt:
            complete = False
            outcomes.close()
        finally:
            bar.close()
        found = resolver.resolve(found)
        kept = select(found, Question(args.attribute, args.organisation, args.standard))
        account = Account(kept, check.coverage, complete, organisations, resolver.matches(kept))
        form(stream, account, Settings(args.unmask, _colour(stream)))
    if not complete:
        print("clauselight: interrupted; what was found so far is written and said to be incomplete", file=sys.stderr)
        return 130
    return 3 if unread else (0 if some(account) else 1)
