"""Spreadsheets (XLSX, XLSB, XLS, ODS): rows with their headers. The page is the sheet, the line is the row.

Also what stands outside of the cells; pictures and embedded files are named as not read.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats import _sheetparts, odf
from clauselight.formats._biff import add_xls
from clauselight.formats._blocks import Blocks
from clauselight.formats._sparse import SparseBook
from clauselight.formats._zip import Package, names_in, opened
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, BlockLayout, Context, Document, Unit
from clauselight.parts.compound import MAGIC

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_OPEN = b"application/vnd.oasis.opendocument.spreadsheet"
#: legacy workbooks, those of Kingsoft among them, and the name of their stream where the first bytes show it
_LEGACY, _BOOK = (".xls", ".xlt", ".et", ".ett"), "Workbook\0".encode("utf-16-le")
_OTHERS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))
_MOST_ROWS = 2_000_000


def claims(head: bytes, name: str) -> int:
    if head.startswith(b"PK\x03\x04"):
        own = any(n.startswith("xl/") for n in names_in(head)) or name.endswith((".xlsx", ".xlsm", ".xlsb"))
        sheet = head[30:].startswith(b"mimetype" + _OPEN)
        return 100 if own or sheet else (90 if name.endswith(".ods") else 0)
    if not head.startswith(MAGIC):
        return 0
    # a text may hold a workbook
    return 100 if name.endswith(_LEGACY) else (92 if _BOOK in head and not any(o in head for o in _OTHERS) else 0)


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """All sheets as one document."""
    from python_calamine import CalamineWorkbook

    try:
        with _quiet():
            book = CalamineWorkbook.from_filelike(io.BytesIO(blob.read()))
    except BaseException as error:
        if not _of_the_file(error):
            raise
        if _OPEN in blob.head(200):  # calamine takes no spaces between elements, nor other prefixes than the usual
            yield from odf.read(blob, session)
            return
        locked = "assword" in str(error) or "ncrypt" in str(error)
        message = f"the spreadsheet cannot be opened: {'it is encrypted' if locked else error}; save it as XLSX again"
        raise ReadError("encrypted" if locked else "damaged", message) from error
    cells = _Cells()
    with _package(blob, session) as package:
        texts = package.size("xl/sharedStrings.xml") if package else 0
        sparse = SparseBook(package) if package and "xl/workbook.xml" in package else None
        for number, name in enumerate(book.sheet_names, 1):
            for line, row in _rows(book, name, number, sparse, session):
                cells.add(line, row, name, number)
        beside = _beside(blob, package, book.sheet_names, session)
    at = cells.at
    # styles and numbers take most of a small workbook; what should give letters is its list of texts
    session.report.expect(texts)
    units = [
        *cells.units,
        *(replace(u, start=u.start + at, end=u.end + at, line=None, end_line=None) for u in beside.units),
    ]
    contexts = [*cells.contexts, *beside.contexts]
    yield Document(
        blob.path,
        "application/vnd.ms-excel",
        "spreadsheet/4",
        "".join(cells.pieces) + beside.text,
        BlockLayout(units or [Unit(0, 0)], contexts or [Context()]),
        title=" ".join(book.sheet_names)[:120],
    )


class _Cells:
    """The rows of all sheets as text, each under the header of its sheet."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.units: list[Unit] = []
        self.contexts: list[Context] = []
        self.at = 0
        self._header: tuple[str, ...] = ()
        self._sheet = 0

    def add(self, line: int, cells: list[str], name: str, number: int) -> None:
        if number != self._sheet:
            self._sheet, self._header = number, ()
        text = "\t".join(c.replace("\n", " ") for c in cells)
        self.units.append(Unit(self.at, self.at + len(text), line, line, number))
        row = next((c for c in cells if c), None)
        self.contexts.append(Context("table", None, (name,), (), self._header, row))
        self.pieces += [text, "\n"]
        self.at += len(text) + 1
        if not self._header and sum(bool(c) for c in cells) >= 2:
            self._header = tuple(cells)


def _rows(
    book: Any, name: str, number: int, sparse: SparseBook | None, session: ReadSession
) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row of a sheet that has any; what is wrong with the sheet is reported."""
    why: object = ""
    if sparse is None or not sparse.needs(number):
        try:
            with _quiet():
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except BaseException as error:
            if not _of_the_file(error):
                raise
            why = error
        else:
            for line, row in enumerate(rows[:_MOST_ROWS], 1):
                cells = [str(c).strip() for c in row]
                if any(cells):
                    yield line, cells
            if len(rows) > _MOST_ROWS:
                session.report.problem("too-many-rows", f"sheet {name}: only {_MOST_ROWS:,} rows were read", number)
            return
    try:
        yield from sparse.rows(number) if sparse else ()
    except ReadError as error:
        why = why or error.message
    else:
        why = "" if sparse else why
    if why:
        session.report.problem("damaged-part", f"sheet {name}: {why}", number)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what calamine says of its own panics, with traces, from the terminal: the sheet is reported instead."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


@contextmanager
def _package(blob: Blob, session: ReadSession) -> Iterator[Package | None]:
    if blob.head(4) != b"PK\x03\x04":
        yield None
        return
    with opened(blob) as archive:
        yield Package(archive, session)


def _of_the_file(error: BaseException) -> bool:
    """Whether an error of calamine is the fault of the file; its panics have no public class of their own."""
    return isinstance(error, ValueError | OSError) or type(error).__name__ in ("CalamineError", "PanicException")


def _beside(blob: Blob, package: Package | None, names: Sequence[str], session: ReadSession) -> Blocks:
    """What stands outside of the cells."""
    blocks = Blocks()
    if package is None:
        if blob.head(8) == MAGIC:
            add_xls(blob.read(), names, blocks, session.report)
    elif "content.xml" in package:
        _sheetparts.add_open(package, names, blocks)
    else:
        _sheetparts.add(package, names, blocks)
    return blocks


FORMAT = Format("xlsx", "application/vnd.ms-excel", claims, read, SUFFIXES, version=4)
