"""``clauselight lists``: sanctions, entity and covered lists that the user downloaded."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from clauselight.cli import options, parsers

_DESCRIPTION = """\
Keeps lists of organisations that you downloaded, for `who`, `chain` and `timeline` to tell who stood on them and
when. Nothing is downloaded here. Taken are FollowTheMoney JSON lines (as OpenSanctions publishes them), the US
Consolidated Screening List as CSV or JSON, and a CSV of your own with a column "name" (and list, since, until,
source, aliases). Persons, vessels and aircraft are left out and counted. An entry without a whole start date is kept
and shown as undated."""

_EPILOG = """examples:
  clauselight lists import consolidated.csv
  clauselight lists import us_dod_chinese_milcorps.ftm.json mylist.csv
  clauselight lists show --json
  clauselight lists remove mylist

Lists are kept in the user's data folder, or in the folder that the variable CLAUSELIGHT_LISTS names.
exit status: 0 done · 2 usage, or a file that is no list
"""


def register(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = parsers.verb(verbs, "lists", text, _EPILOG, _DESCRIPTION)
    p.add_argument(
        "action", choices=("import", "show", "remove"), help="bring files in, show what is kept, or forget lists"
    )
    p.add_argument("names", nargs="*", metavar="FILE|NAME", help="files to bring in, or names of lists to forget")
    p.add_argument("--name", help="name to keep one imported file under (default: its file name)")
    options.add(p, "json")
    p.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it; the return value is the exit status."""
    from dataclasses import asdict

    from clauselight.entities import imported
    from clauselight.errors import UsageError

    if args.action != "show" and not args.names:
        raise UsageError(f"lists {args.action} needs {'a file' if args.action == 'import' else 'the name of a list'}")
    if args.name and len(args.names) != 1:
        raise UsageError("--name goes with one file")
    failed = False
    shown = []
    if args.action == "remove":
        for name in args.names:
            imported.remove(name)
    elif args.action == "import":
        for name in args.names:
            try:
                shown.append(imported.bring_in(Path(name), args.name))
            except UsageError as error:  # the other files are still brought in
                failed = True
                print(f"clauselight: {error}", file=sys.stderr)
    else:
        shown = imported.shelf()
    if args.json:
        print(json.dumps([asdict(i) for i in shown], ensure_ascii=False, indent=1))
    else:
        for i in shown:
            out = ", ".join(f"{n} {k}" for k, n in i.skipped.items())
            print(
                f"{i.name}  {i.form}  {i.organisations} organisations, {i.listings} listings"
                + (f" ({i.undated} undated)" if i.undated else "")
                + (f"; left out: {out}" if out else "")
            )
            print(f"  brought in {i.imported}  sha256 {i.sha256}")
        if not shown and args.action == "show":
            print("no imported lists; the shipped catalogue is always used")
    return 2 if failed else 0
