"""``clauselight case judge``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from clauselight.cli import parsers


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "judge", text, run)
    p.add_argument("finding", metavar="FINDING", help="the id of a finding, or its beginning")
    p.add_argument("decision", choices=("accept", "reject", "unsure"), help="the decision")
    p.add_argument("--reason", default="", help="why (required)")
    p.add_argument("--by", default="", help="the reviewer's name (required)")


def run(args: argparse.Namespace) -> int:
    """Record the judgement; the return value is the exit status."""
    from clauselight.case.store import Case

    with Case(Path(args.dir)) as case:
        judgement = case.judge(args.finding, args.decision, args.reason, args.by)
        given = case.judgements(judgement.finding)
    count = f"{len(given)} judgement{'s' if len(given) > 1 else ''} so far: {case.decision(given)}"
    print(f"{judgement.finding}: {judgement.decision} by {judgement.by} ({count})")
    return 0
