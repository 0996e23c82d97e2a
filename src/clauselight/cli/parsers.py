"""How a verb and an action of ``clauselight case`` join the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Run = Callable[[argparse.Namespace], int]


def verb(verbs: Any, name: str, text: str, epilog: str, description: str | None = None) -> argparse.ArgumentParser:
    """A parser for a verb. `text` is its line in the list of verbs, `epilog` its examples and exit status."""
    raw = argparse.RawDescriptionHelpFormatter
    made: argparse.ArgumentParser = verbs.add_parser(
        name, help=text, description=description, epilog=epilog, formatter_class=raw
    )
    return made


def action(actions: Any, name: str, text: str, run: Run) -> argparse.ArgumentParser:
    """A parser for an action on the folder of a case."""
    made: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    made.add_argument("dir", metavar="DIR", help="the folder of the case")
    made.set_defaults(run=run)
    return made
