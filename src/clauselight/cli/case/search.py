"""``clauselight case search``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from clauselight.cli import options, parsers


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "search", text, run)
    p.add_argument("query", metavar="QUERY", help="words that must all stand in a document")
    p.add_argument("--limit", type=int, default=20, metavar="N", help="at most so many (default: 20)")
    options.add(p, "json", "unmask", unmask="show personal data as it stands")


def run(args: argparse.Namespace) -> int:
    """Search; the return value is the exit status."""
    from clauselight.case.store import Case
    from clauselight.exports.mask import mask

    with Case(Path(args.dir)) as case:
        hits = case.search(args.query, args.limit)
        total = case.count(args.query)
        waiting = len(case.unread())
    rows = [
        {"path": h.path, "snippet": h.snippet if args.unmask else mask(h.snippet).text, "sha256": h.sha256}
        for h in hits
    ]
    if args.json:
        print(json.dumps({"total": total, "not_read_yet": waiting, "hits": rows}, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(f"{row['path']}\n    … {row['snippet']} …")
        shown = f", {len(rows)} shown" if total > len(rows) else ""
        print(f"{total} found{shown}" + (f"; {waiting} sources are not read yet" if waiting else ""))
    return 0 if hits else 1
