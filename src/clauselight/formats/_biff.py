"""What binary workbooks (XLS, [MS-XLS]; XLSB, [MS-XLSB]) say outside of their cells: comments, text boxes, headers."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

from clauselight.formats._blocks import Blocks
from clauselight.formats.session import ReadReport
from clauselight.parts.compound import CompoundFile

#: types of records of XLS
_BEGIN, _SHEET, _HEADER, _FOOTER, _NOTE, _TEXT, _MORE, _CHOICES = 0x809, 0x85, 0x14, 0x15, 0x1C, 0x1B6, 0x3C, 0x1BE
_PICTURES, _PAGE = 0xEB, 0x42
#: what a beginning says of itself: the version, and that it is of the book and not of a sheet
_NEW, _BOOK = 0x600, 5
#: the type of a comment in XLSB, and that of headers and footers as it is written
_COMMENT, _HEADERS = 637, b"\xdf\x03"
#: bytes at the end of a sheet in which headers and footers stand
_END_OF_SHEET = 1 << 16
#: the length of a string that is not there, and one that no string has
_NO_STRING, _TOO_LONG = 0xFFFFFFFF, 1 << 16
#: kinds of pictures in the list of drawings ([MS-ODRAW] 2.2.23)
_BLIPS = tuple(struct.pack("<H", n) for n in (0xF01A, 0xF01B, 0xF01C, 0xF01D, 0xF01E, 0xF01F, 0xF029, 0xF02A))


def add_xls(data: bytes, names: Sequence[str], blocks: Blocks, report: ReadReport) -> None:
    """Add what an XLS says beside its cells; `names` are those of the sheets, whose numbers are the pages."""
    for number, name in enumerate(names, 1):
        blocks.page = number
        blocks.beside(name, "name of a sheet")
    try:
        file = CompoundFile(data)
    except ValueError:  # the reader of the cells opened it, so it has sheets; what stands beside them is lost
        report.problem("damaged-part", "comments, headers and drawings cannot be looked for; save it as XLSX")
        return
    book = _Book(file.stream("Workbook") or file.stream("Book"), blocks)
    book.read()
    blocks.page = None
    if book.pictures:
        report.problem("pictures-inside", "pictures inside the file were not read; save it as XLSX and check that")
    objects = sorted({name.split("/")[0] for name in file.names if name.startswith("MBD")})
    if objects:
        message = f"{len(objects)} embedded objects were not read; save each as a file of its own and check that"
        report.problem("embedded-objects", message)


#: what places and formats a header or footer: "&L&8Annex &P"
_CODES = re.compile(r"&(?:[LCRPNDTAFZGBIUESXY]|\"[^\"]*\"|\d+|K[0-9A-F]{6})")


def without_codes(text: str) -> str:
    """A header or footer as people see it."""
    return _CODES.sub(" ", text).strip()


class _Book:
    """The records of one workbook."""

    def __init__(self, data: bytes, blocks: Blocks) -> None:
        self.pictures = False
        self._data = data
        self._blocks = blocks
        #: where each sheet begins, in the order of the book
        self._sheets: dict[int, int] = {}
        self._new = True
        self._code_page = "cp1252"
        self._waiting = 0

    def read(self) -> None:
        """Every record in order."""
        for at, kind, body in self._records():
            if kind == _BEGIN and len(body) >= 4:
                version, what = struct.unpack_from("<HH", body)
                self._new = version == _NEW if at == 0 else self._new  # sheets in an old book may say otherwise
                self._blocks.page = None if what == _BOOK else self._sheets.get(at, self._blocks.page)
            elif kind == _SHEET and len(body) >= 4:
                self._sheets[struct.unpack_from("<I", body)[0]] = len(self._sheets) + 1
            elif kind == _PAGE and len(body) >= 2:
                self._code_page = _codec(struct.unpack_from("<H", body)[0])
            elif kind == _PICTURES:
                self.pictures = self.pictures or any(mark in body for mark in _BLIPS)
            else:
                self._said(kind, body)

    def _records(self) -> Iterator[tuple[int, int, bytes]]:
        at = 0
        while at + 4 <= len(self._data):
            kind, size = struct.unpack_from("<HH", self._data, at)
            yield at, kind, self._data[at + 4 : at + 4 + size]
            at += 4 + size

    def _said(self, kind: int, body: bytes) -> None:
        if kind in (_HEADER, _FOOTER) and body:
            self._add(without_codes(self._text(body)), "page header or footer")
        elif kind == _NOTE and not self._new and len(body) > 6:
            self._add(body[6:].decode(self._code_page, "replace"), "comment")
        elif kind == _TEXT and len(body) >= 12:
            self._waiting = struct.unpack_from("<H", body, 10)[0]
        elif kind == _MORE and self._waiting:
            # the text follows its record; further pieces begin with their own mark
            text = _letters(body[1:], body[0] & 1, self._waiting) if body else ""
            self._waiting -= len(text)
            self._add(text, "comment or drawing")
        elif kind == _CHOICES and self._new:
            for text in _strings(body[4:], 4):
                self._add(text, "choices of a cell")
        if kind not in (_TEXT, _MORE):
            self._waiting = 0

    def _text(self, body: bytes) -> str:
        if not self._new:
            return body[1 : 1 + body[0]].decode(self._code_page, "replace")
        return next(_strings(body, 1), "")

    def _add(self, text: str, what: str) -> None:
        if text := " ".join(text.replace("\0", " ").split()):
            self._blocks.beside(text, what)


def _strings(body: bytes, count: int) -> Iterator[str]:
    """Strings that follow one another, each with its length and its width ([MS-XLS] 2.5.294)."""
    at = 0
    for _ in range(count):
        if at + 3 > len(body):
            return
        size, wide = struct.unpack_from("<HB", body, at)
        yield _letters(body[at + 3 :], wide & 1, size)
        at += 3 + size * (1 + (wide & 1))


def _letters(data: bytes, wide: int, count: int) -> str:
    return data[: 2 * count].decode("utf-16-le", "replace") if wide else data[:count].decode("latin-1")


def _codec(page: int) -> str:
    import codecs

    name = {936: "gb18030", 950: "big5", 10000: "mac_roman", 1200: "utf-16-le"}.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def xlsb_comments(data: bytes) -> Iterator[str]:
    """The comments of a part of an XLSB that holds comments and nothing else."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        if kind == _COMMENT and size >= 5:
            yield from _wide(data[at + 1 : at + size], 1)
        at += size


def xlsb_headers(data: bytes) -> Iterator[str]:
    """Headers and footers of a sheet of an XLSB, which stand behind its cells. Its end is searched, not all of it."""
    end = data[-_END_OF_SHEET:]
    at = end.find(_HEADERS)
    while at >= 0:
        size, start = _number(end, at + len(_HEADERS), 4)
        yield from _wide(end[start + 2 : start + size], 6)
        at = end.find(_HEADERS, at + 1)


def _wide(body: bytes, count: int) -> Iterator[str]:
    """Strings behind their lengths; none where they do not fill the bytes, which then are something else."""
    found, at = [], 0
    for _ in range(count):
        size = struct.unpack_from("<I", body, at)[0] if at + 4 <= len(body) else _TOO_LONG
        at += 4
        if size != _NO_STRING:
            if size > _TOO_LONG or at + 2 * size > len(body):
                return
            found.append(body[at : at + 2 * size].decode("utf-16-le", "replace"))
            at += 2 * size
    if count == 1 or at == len(body):
        yield from found


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in seven bits a byte ([MS-XLSB] 2.1.4), and where it ends."""
    value = 0
    for index in range(most):
        byte = data[at] if at < len(data) else 0
        at += 1
        value |= (byte & 127) << (7 * index)
        if not byte & 128:
            break
    return value, at
