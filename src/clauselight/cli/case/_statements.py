"""What the actions on the statements of a case share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from clauselight.cli import options, statements
from clauselight.cli.exits import UNREAD, unread
from clauselight.cli.streams import colour, opened
from clauselight.exports.registry import AccountKind, Settings, outputs

if TYPE_CHECKING:
    from clauselight.graph.account import Account


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


def answer(args: argparse.Namespace, kind: AccountKind, some: Callable[[Account], bool], to: str = "finding") -> int:
    """Write what the case states; the return value is the exit status.

    Where `some` finds nothing it is 1, and 3 where something in the case could not be read.
    """
    from clauselight.case.account import account_of
    from clauselight.case.store import Case

    output = outputs(kind)[args.format]
    with Case(Path(args.dir)) as case:
        account = account_of(case, statements.catalogues(args), statements.chosen(args))
    with opened(args.output, output) as stream:
        output.write(stream, account, Settings(args.unmask, colour(stream), to=to))
    if some(account):
        return 0
    return UNREAD if any(unread(coverage) for coverage in account.coverage) else 1
