"""``clauselight check``."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clauselight.cli import options, parsers
from clauselight.cli.exits import UNREAD, hidden, interrupted, unread
from clauselight.cli.progress import ReadingBar
from clauselight.cli.streams import colour, opened

if TYPE_CHECKING:
    from clauselight.api import Check
    from clauselight.exports.crops import Crops
    from clauselight.exports.registry import FindingsWriter

_DESCRIPTION = """\
Reads files, folders and archives and shows every place where people are sorted by race, ethnicity, skin colour or
religion: the exact quote, where it stands, what it does, how strongly, why the program thinks so, and what it could
not read."""

_EPILOG = """examples:
  clauselight check samples/
  clauselight check GA.pdf tender.docx --level mention
  clauselight check leak.zip --format jsonl -o findings.jsonl
  clauselight check scans/ --ocr always --images crops/
  git ls-files -z | xargs -0 clauselight check --format sarif -o clauselight.sarif

exit status: 0 nothing at that level and all was read · 1 findings · 2 usage ·
3 nothing found, but something could not be read
"""


def register(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = parsers.verb(verbs, "check", text, _EPILOG, _DESCRIPTION)
    options.add_format(p, "findings")
    options.add(p, "level")
    p.add_argument("--images", metavar="DIR", help="write a picture of each finding on a page, with its boxes drawn")
    options.add(p, "timeout")
    options.add_sources(p)
    p.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check and write; the return value is the exit status."""
    from clauselight.exports.registry import Settings, outputs

    options.use_passwords(args)
    check = _check(args)
    crops = _crops(args.images)
    output = outputs("findings")[args.format]
    with opened(args.output, output) as stream:
        columns = shutil.get_terminal_size((110, 40)).columns
        writer = output.write(stream, Settings(args.unmask, colour(stream), columns, args.level))
        with ReadingBar(args) as bar:
            status = _write(check, writer, crops, bar)
    if crops:
        skipped = "".join(f"\nnot drawn: {s}" for s in crops.skipped[:20])
        print(f"{crops.written} pictures in {args.images}{skipped}", file=sys.stderr)
    return status


def _check(args: argparse.Namespace) -> Check:
    from clauselight.api import Check
    from clauselight.errors import UsageError

    jobs = options.jobs(args)
    for folder in args.packs:
        if not Path(folder).is_dir():
            raise UsageError(f"--packs {folder}: no such folder")
    return Check(
        args.paths,
        level=args.level,
        jobs=jobs,
        ocr=args.ocr,
        packs=args.packs,
        excludes=args.exclude,
        limits=options.limits(args, args.timeout),
        keep_coverage=False,
        ignore_files=True,
    )


def _write(check: Check, writer: FindingsWriter, crops: Crops | None, bar: ReadingBar) -> int:
    """Write source by source; the return value is the exit status."""
    from clauselight.exports.run import RunItems

    found = missing = read = left_out = 0
    complete = True
    items = RunItems()
    outcomes = check.outcomes()
    check.on_progress(bar.update)
    try:
        for outcome in outcomes:
            bar.clear()
            writer.write(outcome.coverage, items.of(outcome.coverage, outcome.findings))
            if crops:
                crops.draw(outcome.findings)
            found += len(outcome.findings)
            missing += unread(outcome.coverage)
            left_out += hidden(outcome.coverage)
            read += outcome.coverage.state != "skipped"
    except KeyboardInterrupt:
        complete = False
        outcomes.close()  # type: ignore[attr-defined]
    finally:
        bar.close()
    writer.close(complete)
    if not complete:
        return interrupted()
    # where rules left everything out, nothing was looked at, and that is not "nothing found"
    return 1 if found else (UNREAD if missing or (left_out and not read) else 0)


def _crops(folder: str | None) -> Crops | None:
    if folder is None:
        return None
    from clauselight.exports.crops import Crops

    return Crops(Path(folder))
