"""``clauselight case init``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from clauselight.cli import options, parsers


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "init", text, run)
    p.add_argument("--title", default="", help="what the case is about (default: the folder's name)")
    options.add(p, "by")


def run(args: argparse.Namespace) -> int:
    """Begin the case; the return value is the exit status."""
    from clauselight.case.store import Case

    Case.init(Path(args.dir), args.title, args.by).close()
    print(f"a new case in {args.dir}; next: clauselight case add {args.dir} PATH...")
    return 0
