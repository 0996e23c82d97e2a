"""``clauselight check``."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

_DESCRIPTION = """Reads files, folders and archives and shows every place where people are sorted by race, ethnicity, skin colour or religion:
the exact quote, where it stands, what it does, how strongly, why the program thinks so, and what it could not read."""

_EPILOG = """examples:
  clauselight check samples/
  clauselight check GA.pdf tender.docx --level mention
  clauselight check leak.zip --format jsonl -o findings.jsonl
  clauselight check scans/ --ocr always --images crops/
  git ls-files -z | xargs -0 clauselight check --format sarif -o clauselight.sarif

exit status: 0 nothing at that level and all was read · 1 findings · 2 usage · 3 nothing found, but something could not be read
"""


def add(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = verbs.add_parser(
        "check",
        help=text,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    p.add_argument(
        "--format",
        choices=("table", "jsonl", "sarif"),
        default="table",
        help="how to write the result (default: table)",
    )
    p.add_argument(
        "--level",
        choices=("finding", "notice", "mention"),
        default="finding",
        help="lowest level to show (default: finding)",
    )
    p.add_argument("--images", metavar="DIR", help="write a picture of each finding on a page, with its boxes drawn")
    p.add_argument(
        "--timeout",
        type=float,
        metavar="SECONDS",
        default=180.0,
        help="give a source up after this long without a page (default: 180)",
    )
    reading_options(p)
    p.set_defaults(run=run)


def reading_options(p: argparse.ArgumentParser) -> None:
    """What every verb takes that reads sources."""
    p.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, an archive, or - for standard input")
    p.add_argument("-o", "--output", metavar="FILE", default="-", help="write to FILE instead of standard output")
    p.add_argument(
        "--jobs", type=int, metavar="N", default=0, help="worker processes (default: as many as there are cores)"
    )
    p.add_argument(
        "--ocr",
        choices=("auto", "always", "never"),
        default="auto",
        help="when to recognise text in pictures (default: auto)",
    )
    p.add_argument(
        "--packs",
        metavar="DIR",
        action="append",
        default=[],
        help="a folder with rule packs of your own; may be repeated",
    )
    p.add_argument(
        "--exclude",
        metavar="PATTERN",
        action="append",
        default=[],
        help="leave out paths, as in .gitignore; may be repeated",
    )
    p.add_argument(
        "--unmask",
        action="store_true",
        help="show personal data (numbers, addresses, names of individuals) as it stands",
    )
    p.add_argument("--quiet", action="store_true", help="no progress bar")


def run(args: argparse.Namespace) -> int:
    """Check and write; the return value is the exit status."""
    from clauselight.api import Check
    from clauselight.errors import UsageError
    from clauselight.exports.registry import Settings, exports
    from clauselight.pipeline.options import Limits

    if args.jobs < 0:
        raise UsageError("--jobs takes a positive number")
    for folder in args.packs:
        if not Path(folder).is_dir():
            raise UsageError(f"--packs {folder}: no such folder")
    check = Check(
        args.paths, level=args.level, jobs=args.jobs or None, ocr=args.ocr, packs=args.packs, excludes=args.exclude,
        limits=Limits(silence=args.timeout), keep_coverage=False,
    )  # fmt: skip
    crops = _crops(args.images)
    with _output(args.output) as stream:
        settings = Settings(args.unmask, _colour(stream), shutil.get_terminal_size((110, 40)).columns, args.level)
        export = exports()[args.format](stream, settings)
        status = _run(check, export, crops, _bar(args, stream))
    if crops:
        print(
            f"{crops.written} pictures in {args.images}" + "".join(f"\nnot drawn: {s}" for s in crops.skipped[:20]),
            file=sys.stderr,
        )
    return status


def _run(check: Any, export: Any, crops: Any, bar: Any) -> int:
    found = unread = 0
    complete = True
    outcomes = check.outcomes()
    check.on_progress(bar.update)
    try:
        for outcome in outcomes:
            bar.clear()
            export.write(outcome)
            if crops:
                crops.draw(outcome.findings)
            found += len(outcome.findings)
            unread += outcome.coverage.state in ("partly", "failed", "unreadable", "skipped") and not _deliberate(
                outcome
            )
    except KeyboardInterrupt:
        complete = False
        outcomes.close()
    finally:
        bar.close()
    export.close(complete)
    if not complete:
        print("clauselight: interrupted; what was found so far is written and said to be incomplete", file=sys.stderr)
        return 130
    return 1 if found else (3 if unread else 0)


def _deliberate(outcome: Any) -> bool:
    """Left out because the user's own ignore rules say so, or because it is no document at all (a program, a font, a film)."""
    return any(
        p.reason == "not-a-document" or (p.reason == "left-out" and "ignore rule" in p.message)
        for p in outcome.coverage.problems
    )


def _crops(folder: str | None) -> Any:
    if folder is None:
        return None
    from clauselight.exports.crops import Crops

    return Crops(Path(folder))


@contextlib.contextmanager
def _output(name: str) -> Iterator[TextIO]:
    """The stream to write to. A file appears under its name only when it is whole."""
    if name == "-":
        with contextlib.suppress(AttributeError):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    part = Path(name + ".part")
    with part.open("w", encoding="utf-8", errors="replace") as stream:
        yield stream
    part.replace(name)


def _colour(stream: TextIO) -> bool:
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


class _NoBar:
    def update(self, progress: Any) -> None: ...

    def clear(self) -> None: ...

    def close(self) -> None: ...


class _Bar(_NoBar):
    """Bytes done of all, with pages, findings and the time left."""

    def __init__(self, total: int, files: int) -> None:
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # no thread beside forked workers
        form = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed} passed, {remaining} left] {postfix}"
        self.bar = tqdm(
            total=max(1, total),
            unit="B",
            unit_scale=True,
            file=sys.stderr,
            leave=False,
            bar_format=form,
            desc="reading",
        )
        self.files = files

    def update(self, progress: Any) -> None:
        self.bar.set_postfix_str(
            f"{progress.files}/{self.files} files, {progress.pages} pages, {progress.findings} found", refresh=False
        )
        self.bar.update(progress.bytes + progress.begun - self.bar.n)

    def clear(self) -> None:
        self.bar.clear()

    def close(self) -> None:
        self.bar.close()


def _bar(args: argparse.Namespace, stream: TextIO) -> _NoBar:
    if args.quiet or not sys.stderr.isatty() or "-" in args.paths:
        return _NoBar()
    from clauselight.sources.walk import walk

    sizes = [f.size for f in walk(args.paths, args.exclude) if not f.left_out]
    return _Bar(sum(sizes), len(sizes))
