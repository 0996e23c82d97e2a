"""Spreadsheets (XLSX, XLSB, XLS, ODS): rows with their headers. The page is the sheet, the line is the row.

Also what stands outside of the cells; pictures and embedded files are named as not read.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clauselight.errors import ReadError
from clauselight.formats import _sheetparts, odf
from clauselight.formats._biff import add_xls
from clauselight.formats._blocks import Blocks
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
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(blob.read()))
    except (CalamineError, OSError, ValueError) as error:
        if _OPEN in blob.head(200):  # calamine takes no spaces between elements, nor other prefixes than the usual
            yield from odf.read(blob, session)
            return
        reason = "encrypted" if "assword" in str(error) or "ncrypt" in str(error) else "damaged"
        raise ReadError(reason, f"the spreadsheet cannot be opened: {error}") from error
    pieces: list[str] = []
    units: list[Unit] = []
    contexts: list[Context] = []
    at = 0
    for number, name in enumerate(book.sheet_names, 1):
        try:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except BaseException as error:
            if not _of_the_sheet(error):
                raise
            session.report.problem("damaged-part", f"sheet {name}: {error}", number)
            continue
        header: tuple[str, ...] = ()
        for line, row in enumerate(rows[:_MOST_ROWS], 1):
            cells = [str(c).strip() for c in row]
            if not any(cells):
                continue
            text = "\t".join(c.replace("\n", " ") for c in cells)
            units.append(Unit(at, at + len(text), line, line, number))
            contexts.append(Context("table", None, (name,), (), header, next((c for c in cells if c), None)))
            pieces += [text, "\n"]
            at += len(text) + 1
            if not header and sum(bool(c) for c in cells) >= 2:
                header = tuple(cells)
        if len(rows) > _MOST_ROWS:
            session.report.problem("too-many-rows", f"sheet {name}: only {_MOST_ROWS:,} rows were read", number)
    if blob.head(4) in (b"PK\x03\x04", MAGIC[:4]):
        beside = _beside(blob, book.sheet_names, session)
        units += [replace(u, start=u.start + at, end=u.end + at, line=None, end_line=None) for u in beside.units]
        contexts += beside.contexts
        pieces.append(beside.text)
    layout = BlockLayout(units or [Unit(0, 0)], contexts or [Context()])
    yield Document(
        blob.path,
        "application/vnd.ms-excel",
        "spreadsheet/3",
        "".join(pieces),
        layout,
        title=" ".join(book.sheet_names)[:120],
    )


def _of_the_sheet(error: BaseException) -> bool:
    """Whether an error of calamine is the fault of one sheet; its panics have no public class of their own."""
    return isinstance(error, ValueError) or type(error).__name__ in ("CalamineError", "PanicException")


def _beside(blob: Blob, names: Sequence[str], session: ReadSession) -> Blocks:
    """What stands outside of the cells."""
    blocks = Blocks()
    if blob.head(8) == MAGIC:
        add_xls(blob.read(), names, blocks, session.report)
        return blocks
    with opened(blob) as archive:
        package = Package(archive, session)
        if "content.xml" in package:
            _sheetparts.add_open(package, names, blocks)
        else:
            _sheetparts.add(package, names, blocks)
    return blocks


FORMAT = Format("xlsx", "application/vnd.ms-excel", claims, read, SUFFIXES, version=3)
