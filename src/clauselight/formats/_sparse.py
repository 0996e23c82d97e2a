"""Sheets of XLSX whose cells stand far apart, cell by cell: a reader of whole rectangles has no memory for them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._sheetparts import sheet_numbers
from clauselight.formats._zip import Package, local

#: cells of the rectangle around all cells of a sheet above which it is read cell by cell: each takes 32 bytes
_MOST_CELLS = 20_000_000
_WIDTH = 16_384
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d{1,7})\"")
#: a cell beyond the 26th column
_WIDE = re.compile(rb"\br=\"([A-Z]{2,3})\d")
_STRINGS = "xl/sharedStrings.xml"


class SparseBook:
    """The sheets of a workbook that are read cell by cell, by their numbers."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._parts = {number: part for part, number in sheet_numbers(package).items() if part in package}
        self._strings: list[str] | None = None

    def needs(self, number: int) -> bool:
        """Whether the rectangle around the cells of a sheet is too large to be held."""
        if number not in self._parts:
            return False
        try:
            data = self._package.peek(self._parts[number])
        except ReadError:
            return False
        last = max((int(m[1]) for m in _ROW.finditer(data, max(0, len(data) - _TAIL))), default=0)
        if last * _WIDTH <= _MOST_CELLS:
            return False
        return last * max((_column(m) for m in set(_WIDE.findall(data))), default=26) > _MOST_CELLS

    def rows(self, number: int) -> Iterator[tuple[int, list[str]]]:
        """Number and cells of each row; empty cells are left out. Raises `ReadError` where the sheet is damaged."""
        from lxml import etree

        if number not in self._parts:
            raise ReadError("damaged-part", "its part is missing")
        data = io.BytesIO(self._package.peek(self._parts[number]))
        last = 0
        try:
            for _, row in etree.iterparse(data, tag="{*}row", resolve_entities=False, no_network=True, huge_tree=True):
                last = int(row.get("r") or last + 1)
                cells = [text for cell in row if local(cell) == "c" and (text := self._value(cell).strip())]
                row.clear()
                if cells:
                    yield last, cells
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ReadError("damaged-part", str(error)) from error

    def _value(self, cell: Any) -> str:
        if cell.get("t") == "inlineStr":
            return "".join(n.text or "" for n in cell.iter() if local(n) == "t")
        value = next((n.text or "" for n in cell if local(n) == "v"), "")
        if cell.get("t") != "s":
            return value
        index = int(value) if value.strip().isdigit() else -1
        return self._shared()[index] if 0 <= index < len(self._shared()) else ""

    def _shared(self) -> list[str]:
        if self._strings is None:
            root = self._package.xml(_STRINGS, text=False) if _STRINGS in self._package else None
            items = [n for n in root if local(n) == "si"] if root is not None else []
            self._strings = ["".join(n.text or "" for n in item.iter() if local(n) == "t") for item in items]
        return self._strings


#: bytes at the end of a sheet in which its last rows stand
_TAIL = 1 << 20


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
