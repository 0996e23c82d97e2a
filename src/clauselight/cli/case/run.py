"""``clauselight case run``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clauselight.cli import options, parsers
from clauselight.cli.exits import INTERRUPTED, UNREAD
from clauselight.cli.progress import Bar

if TYPE_CHECKING:
    from clauselight.case.store import Case


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "run", text, run)
    options.add(p, "ocr", "packs", "jobs", "memory", "timeout", "password-file", "quiet", "json")


def run(args: argparse.Namespace) -> int:
    """Bring the case up to date; the return value is the exit status."""
    from clauselight.case.store import Case

    options.use_passwords(args)
    with Case(Path(args.dir)) as case:
        try:
            counts = _brought_up(args, case)
        except KeyboardInterrupt:
            print(
                "clauselight: interrupted; all that was read is kept, and the next `case run` goes on from here",
                file=sys.stderr,
            )
            return INTERRUPTED
        unread = case.count_not_read()
        found = case.count_findings()
    if args.json:
        print(json.dumps({**counts, "findings": found, "not_or_partly_read": unread}))
    else:
        print(
            f"{counts['read']} sources read, {counts['decided']} readings decided anew; {found} findings in the case, "
            f"{unread} readings not or only partly read"
        )
    return UNREAD if unread else 0


def _brought_up(args: argparse.Namespace, case: Case) -> dict[str, int]:
    from clauselight.case.update import run as bring_up

    with Bar(args.quiet, " sources", case.count_new_sources() or None) as bar:
        return bring_up(
            case,
            options.finder(args),
            jobs=options.jobs(args) or os.cpu_count() or 1,
            ocr=args.ocr,
            limits=options.limits(args, args.timeout),
            tick=lambda progress: bar.note(f"{progress.findings} findings", progress.files),
            decided=lambda number, of: bar.at(number, of, unit=" readings"),
        ).record()
