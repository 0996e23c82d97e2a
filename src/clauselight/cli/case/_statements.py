"""What the actions on the statements of a case share."""

from __future__ import annotations

import argparse
from pathlib import Path

from clauselight.cli import options, statements
from clauselight.cli.streams import colour, opened
from clauselight.exports.registry import AccountKind, Settings, outputs


def add_questions(parser: argparse.ArgumentParser, kind: AccountKind) -> None:
    """Add the options that every one of them takes."""
    options.add_format(parser, kind)
    statements.add_questions(
        parser,
        attribute="only documents that specify this attribute",
        standard="only statements on this standard",
        catalogue="organisations of your own; may be repeated",
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add where and how to write."""
    options.add(parser, "output", "unmask", unmask="show personal data as it stands")


def answer(args: argparse.Namespace, kind: AccountKind, to: str = "finding") -> int:
    """Write what the case states; the return value is the exit status, 1 where it states nothing of what was asked."""
    from clauselight.case.account import account_of
    from clauselight.case.store import Case

    output = outputs(kind)[args.format]
    with Case(Path(args.dir)) as case:
        account = account_of(case, statements.catalogues(args), statements.chosen(args))
    with opened(args.output, output) as stream:
        output.write(stream, account, Settings(args.unmask, colour(stream), to=to))
    return 0 if account.statements else 1
