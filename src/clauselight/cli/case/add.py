"""``clauselight case add``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from clauselight.cli import options, parsers
from clauselight.cli.exits import UNREAD
from clauselight.cli.progress import Bar


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "add", text, run)
    p.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, an archive, a web archive (WARC, WACZ)")
    p.add_argument("--note", help="how it was obtained, in words")
    p.add_argument("--url", help="the address that one file was obtained from")
    p.add_argument("--retrieved", metavar="TIME", help="when it was obtained there, in ISO 8601")
    options.add(p, "by", "quiet", "json", by="who obtained it (default: the user's name)", quiet="no progress")


def run(args: argparse.Namespace) -> int:
    """Take files in; the return value is the exit status."""
    from clauselight.case.intake import Obtained
    from clauselight.case.intake import add as take
    from clauselight.case.store import Case

    with Bar(args.quiet, " files") as bar, Case(Path(args.dir)) as case:
        obtained = Obtained(args.by, args.note, args.url, args.retrieved)
        counts = take(case, args.paths, obtained, lambda _: bar.advance()).record()
    print(json.dumps(counts) if args.json else _words(counts))
    taken = counts["added"] or counts["known"] or counts["same_bytes"]
    return UNREAD if counts["left_out"] and not taken else 0


def _words(counts: dict[str, int]) -> str:
    left_out = " (why: clauselight case journal)" if counts["left_out"] else ""
    return (
        f"{counts['added']} new, {counts['same_bytes']} with bytes that were here already, {counts['known']} known, "
        f"{counts['left_out']} left out{left_out}"
    )
