"""What the verbs on statements share: who, chain and timeline, over sources and over a case."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clauselight.cli import options
from clauselight.cli.exits import UNREAD, interrupted, unread
from clauselight.cli.progress import ReadingBar
from clauselight.cli.streams import colour, opened
from clauselight.exports.registry import AccountKind, Settings, outputs

if TYPE_CHECKING:
    from clauselight.api import Check
    from clauselight.graph.account import Account
    from clauselight.model.statement import Statement


def add_questions(parser: argparse.ArgumentParser, **words: str) -> None:
    """Add the options that ask for a part of the statements; `words` replaces the help of some."""
    options.add(parser, "attribute", "organisation", "standard", "catalogue", **words)


def catalogues(args: argparse.Namespace) -> tuple[Path, ...]:
    """The user's own files with organisations."""
    return tuple(Path(name) for name in args.catalogue)


def chosen(args: argparse.Namespace) -> Callable[[Sequence[Statement]], list[Statement]]:
    """What leaves the statements that were asked for."""
    from clauselight.graph.select import Question, select

    question = Question(args.attribute, args.organisation, args.standard)
    return lambda statements: select(statements, question)


def answer(args: argparse.Namespace, kind: AccountKind, some: Callable[[Account], bool], to: str = "finding") -> int:
    """Read sources and write what they state; the return value is the exit status, 1 where `some` finds nothing."""
    from clauselight.api import Check
    from clauselight.statements.extract import statements

    options.use_passwords(args)
    check = Check(
        args.paths,
        jobs=options.jobs(args),
        ocr=args.ocr,
        packs=args.packs,
        excludes=args.exclude,
        limits=options.limits(args),
        grammar=statements,
    )
    output = outputs(kind)[args.format]
    with opened(args.output, output) as stream:
        account = _read(args, check)
        output.write(stream, account, Settings(args.unmask, colour(stream), to=to))
    if not account.complete:
        return interrupted()
    if any(unread(coverage) for coverage in account.coverage):
        return UNREAD
    return 0 if some(account) else 1


def _read(args: argparse.Namespace, check: Check) -> Account:
    """All that the sources state, with organisations resolved, as far as it was asked for."""
    from clauselight.entities.catalogue import load
    from clauselight.entities.imported import joined
    from clauselight.entities.resolve import Resolver
    from clauselight.graph.account import Account

    organisations = joined(load(catalogues(args)))
    resolver = Resolver(organisations)
    stated: list[Statement] = []
    complete = True
    with ReadingBar(args) as bar:
        check.on_progress(bar.update)
        outcomes = check.outcomes()
        try:
            for outcome in outcomes:
                stated += outcome.statements
        except KeyboardInterrupt:
            complete = False
            outcomes.close()  # type: ignore[attr-defined]
    kept = chosen(args)(resolver.resolve(stated))
    return Account(kept, check.coverage, complete, organisations, resolver.matches(kept))
