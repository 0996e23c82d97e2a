"""Findings as a spreadsheet (XLSX): one sheet of findings, one of what was read and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from clauselight.errors import UsageError
from clauselight.exports.clean import cell
from clauselight.exports.registry import Item, Output, Settings
from clauselight.exports.rows import columns, incomplete_row, row_of
from clauselight.model import Coverage

_COVERAGE = ("path", "state", "reader", "problems", "sha256")
#: rows of a sheet, its heading among them (ECMA-376; the limit of spreadsheet programs)
_MOST_ROWS = 1_048_576


class Xlsx:
    """Puts each row into a temporary file when it comes, and packs the files at the end: memory does not grow."""

    def __init__(self, stream: BinaryIO, settings: Settings) -> None:
        try:
            from openpyxl import Workbook
        except ImportError as error:
            raise UsageError("--format xlsx needs the `case` extra: pip install 'clauselight[case]'") from error
        self.stream = stream
        self.settings = settings
        self.book = Workbook(write_only=True)
        self.findings = _Sheets(self.book, "findings", columns(settings))
        self.coverage = _Sheets(self.book, "coverage", _COVERAGE)

    def write(self, coverage: Coverage, items: Sequence[Item]) -> None:
        self._begin()
        for item in items:
            self.findings.append(row_of(item, self.settings).values())
        problems = "; ".join(p.message for p in coverage.problems)
        account = (coverage.path, coverage.state, coverage.reader, problems, coverage.source_sha256)
        self.coverage.append([cell(value) for value in account])

    def close(self, complete: bool) -> None:
        self._begin()
        if not complete:
            self.findings.append(incomplete_row(self.settings).values())
        self.book.save(self.stream)

    def _begin(self) -> None:
        """Both sheets in their order. Not before there is something to write: a sheet left open is complained of."""
        self.findings.begin()
        self.coverage.begin()


class _Sheets:
    """Rows of clean cells under one heading; a sheet that is full is followed by another."""

    def __init__(self, book: Any, title: str, heading: Sequence[str]) -> None:
        self._book = book
        self._title = title
        self._heading = heading
        self._sheet: Any = None
        self._number = self._rows = 0

    def begin(self) -> None:
        """Begin the first sheet, unless it has begun."""
        if self._sheet is None:
            self._next()

    def _next(self) -> None:
        self._number += 1
        self._sheet = self._book.create_sheet(self._title + (f" {self._number}" if self._number > 1 else ""))
        self._sheet.append(list(self._heading))
        self._rows = 1

    def append(self, values: Iterable[object]) -> None:
        if self._rows == _MOST_ROWS:
            self._next()
        self._sheet.append(list(values))
        self._rows += 1


OUTPUT = Output("xlsx", "findings", ".xlsx", True, Xlsx, "a spreadsheet of findings and coverage (extra `case`)")
