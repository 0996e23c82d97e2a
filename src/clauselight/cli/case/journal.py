"""``clauselight case journal``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from clauselight.cli import options, parsers


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "journal", text, run)
    options.add(p, "json")


def run(args: argparse.Namespace) -> int:
    """Show the journal; the return value is the exit status, 3 where an entry was changed."""
    from clauselight.case import journal
    from clauselight.case.store import Case

    with Case(Path(args.dir)) as case:
        chain = journal.entries(case.db)
    wrong = journal.broken(chain)
    for entry in chain:
        if args.json:
            print(json.dumps(entry.record(), ensure_ascii=False))
        else:
            detail = json.dumps(entry.detail, ensure_ascii=False)[:160]
            print(f"{entry.seq:6} {entry.at} {entry.by:12} {entry.action:8} {detail}")
    for line in wrong:
        print(f"clauselight: {line}", file=sys.stderr)
    return 3 if wrong else 0
