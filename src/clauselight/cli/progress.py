"""The bar that shows how far a verb has come."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from clauselight.pipeline.schedule import Progress


class Bar:
    """A bar on standard error where that is a terminal and `quiet` was not asked for; nothing elsewhere."""

    def __init__(self, quiet: bool, unit: str = "it", total: int | None = None, what: str = "", **style: Any) -> None:
        self._bar: Any = None
        if quiet or not sys.stderr.isatty():
            return
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # no thread beside forked workers
        self._bar = tqdm(total=total, unit=unit, desc=what or None, file=sys.stderr, leave=False, **style)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def advance(self, by: int = 1) -> None:
        """So many more are done."""
        if self._bar is not None:
            self._bar.update(by)

    def at(self, done: int, total: int, what: str | None = None, unit: str | None = None) -> None:
        """So many of `total` are done, of something else than before where `what` or `unit` says so."""
        if self._bar is None:
            return
        self._bar.n, self._bar.total = done, total
        if what is not None:
            self._bar.desc = what
        if unit is not None:
            self._bar.unit = unit
        self._bar.refresh()

    def note(self, text: str, done: int) -> None:
        """A few words behind the bar, with how many are done."""
        if self._bar is not None:
            self._bar.set_postfix_str(text, refresh=False)
            self._bar.update(done - self._bar.n)

    def clear(self) -> None:
        """Take the bar away until it next moves, so that something can be written."""
        if self._bar is not None:
            self._bar.clear()

    def close(self) -> None:
        """Take the bar away for good."""
        if self._bar is not None:
            self._bar.close()


class ReadingBar(Bar):
    """Bytes read of all bytes of the sources, with pages, findings and the time left."""

    _FORM = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} [{elapsed} passed, {remaining} left] {postfix}"

    def __init__(self, args: argparse.Namespace) -> None:
        self._files = 0
        quiet = args.quiet or "-" in args.paths  # nobody knows how much will come
        total = 1
        if not quiet and sys.stderr.isatty():
            from clauselight.sources.walk import walk

            sizes = [found.size for found in walk(args.paths, args.exclude, args.verb == "check") if not found.left_out]
            self._files, total = len(sizes), max(1, sum(sizes))
        super().__init__(quiet, "B", total, "reading", unit_scale=True, bar_format=self._FORM)

    def update(self, progress: Progress) -> None:
        """Show the counts of a run."""
        counts = f"{progress.files}/{self._files} files, {progress.pages} pages, {progress.findings} found"
        self.note(counts, progress.bytes + progress.begun)
