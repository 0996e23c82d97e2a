"""Findings as CSV (RFC 4180), one a row; what was read and what was not is not in it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from clauselight.exports.registry import Item, Output, Settings
from clauselight.exports.rows import columns, incomplete_row, row_of
from clauselight.model import Coverage


class Csv:
    """Writes each row when it comes."""

    def __init__(self, stream: TextIO, settings: Settings) -> None:
        self.settings = settings
        self.writer = csv.DictWriter(stream, columns(settings))
        self.writer.writeheader()

    def write(self, coverage: Coverage, items: Sequence[Item]) -> None:
        self.writer.writerows(row_of(item, self.settings) for item in items)

    def close(self, complete: bool) -> None:
        if not complete:
            self.writer.writerow(incomplete_row(self.settings))


OUTPUT = Output("csv", "findings", ".csv", False, Csv, "one finding a row, without coverage")
