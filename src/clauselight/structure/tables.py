"""Tables in plain text and Markdown: rows by pipes, tabs or runs of spaces."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

from clauselight.model import Context, LineLayout
from clauselight.model.document import Columns

#: the gap between two cells of a table in plain text: "race  string", "民族\u3000\u3000字符"
_GAP = re.compile(r"\s{2,}|\u3000{2,}")


def split_row(line: str) -> list[str] | None:
    """The cells of a line that is a table row by pipes, tabs or runs of spaces; None where it is no row."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") >= 2:
        return [c.strip() for c in stripped.strip("|").split("|")]
    if "\t" in stripped:
        return [c.strip() for c in stripped.split("\t")]
    cells = _GAP.split(stripped)
    return cells if len(cells) >= 3 else None


def text_table(layout: LineLayout, index: int) -> tuple[tuple[str, ...], str | None] | None:
    """(column headers, row header) if the line is a table row with rows of as many cells beside it."""
    cells = split_row(layout.line(index))
    if cells is None or len(cells) < 2:
        return None
    first = index
    while first > 0 and index - first < 200:
        above = split_row(layout.line(first - 1))
        if above is None or abs(len(above) - len(cells)) > (0 if "|" in layout.line(index) else 1):
            break
        first -= 1
    if first == index and split_row(layout.line(index + 1)) is None:
        return None
    header = split_row(layout.line(first)) or []
    return (tuple(header) if first != index else (), cells[0] if cells else None)


def in_columns(columns: Columns) -> Callable[[LineLayout, int], Context]:
    """Describes the lines of a delimited table: each knows the header of the file, also in a later window of it."""

    def describe(layout: LineLayout, index: int) -> Context:
        cells = next(csv.reader([layout.line(index)], delimiter=columns.delimiter), [])
        below = index > 0 or layout.first_line > 1
        return Context("table", None, (), (), columns.header if below else (), cells[0] if cells else None)

    return describe
