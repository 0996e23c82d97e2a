"""``clauselight case findings``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from clauselight.cli import options, parsers
from clauselight.cli.exits import UNREAD
from clauselight.cli.streams import opened


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "findings", text, run)
    options.add_format(p, "findings", "how to write them")
    options.add(p, "level", "only", "output", "unmask", unmask="show personal data as it stands")


def run(args: argparse.Namespace) -> int:
    """Write the findings of the case; the return value is the exit status."""
    from clauselight.case.orphans import orphans
    from clauselight.case.reviewed import items
    from clauselight.case.store import Case
    from clauselight.exports.quotes import shown
    from clauselight.exports.registry import Settings, outputs
    from clauselight.model.coverage import NOTHING_MISSING

    output = outputs("findings")[args.format]
    found = unread = 0
    with Case(Path(args.dir)) as case, opened(args.output, output) as stream:
        writer = output.write(stream, Settings(args.unmask, level=args.level, reviewed=True))
        for outcome, chosen in items(case, args.level, args.only):
            writer.write(outcome.coverage, chosen)
            found += len(chosen)
            unread += outcome.coverage.state not in (*NOTHING_MISSING, "skipped")
        writer.close(True)
        lost = [orphan.words(lambda text: shown(text, args.unmask)) for orphan in orphans(case)]
    for line in lost:
        print(f"clauselight: judged, and no longer a finding: {line}", file=sys.stderr)
    return 0 if found else (UNREAD if unread else 1)
