"""The text of Word 97 to 2003 ([MS-DOC]): the main text and, beside it, notes, headers, comments and boxes."""

from __future__ import annotations

import bisect
import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clauselight.formats._blocks import Blocks
from clauselight.parts.compound import CompoundFile

#: the mark of a text of Word, and the first version (97) that is written like this (2.5.2)
_MARK, _FIRST = b"\xec\xa5", 0xC1
_FLAGS, _SECOND_TABLE = 10, 0x0200
#: where the numbers begin that follow the base (2.5.1), and the place of the pieces among the pairs of 2.5.6
_BASE, _PIECES = 32, 33
#: lengths of the parts, in characters, by their place among the numbers (2.5.4), with what stands over each
_PARTS = (
    (3, ""),
    (4, "footnote"),
    (5, "page header or footer"),
    (7, "comment"),
    (8, "endnote"),
    (9, "text box"),
    (10, "text box"),
)
#: the kinds of entries of the list of pieces (2.9.38), and the mark of letters of one byte (2.9.73)
_PROPERTIES, _TABLE, _ONE_BYTE = 1, 2, 1 << 30
#: characters of all pieces together, as a multiple of the bytes of the file: pieces may share them
_MOST = 4
#: begin, separator and end of a field: between the first two stands what it does, then what it shows
_FIELD = re.compile("[\x13\x14\x15]")
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\x01\x02\x03\x04\x05\x06\x08\x0f\x10\x11\x12", ""),  # pictures, numbers of notes, separators
        **dict.fromkeys("\x0b\x0c\x0e", "\n"),  # ends of lines, pages and columns inside a paragraph
        "\x1e": "\u2011",
        "\x1f": "\u00ad",
        "\xa0": " ",
    }
)
#: where a cell ends, and how the end of a row is marked here, which is written like one
_CELL, _ROW = "\x07", "\x1d"
#: the end of a line inside a cell, and all ends that are told apart
_LINE, _ENDS = "\x0b", re.compile("[\r\x07]")
#: the place of the properties of paragraphs among the pairs, and the size of a page of them
_PARAGRAPHS, _PAGE = 13, 512
#: the properties of a paragraph that ends a row, and of one in a table (2.6.2: sprmPFTtp, sprmPFInTable)
_ENDS_ROW, _IN_TABLE = b"\x17\x24\x01", b"\x16\x24\x01"
#: the first byte of a paragraph in a table, that behind its last, and whether it ends a row
_Run = tuple[int, int, bool]


class Unlike(Exception):
    """The file is none of Word 97 to 2003, or its list of pieces is damaged."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters that stand together in the file."""

    length: int
    at: int
    one_byte: bool


def blocks_of(file: CompoundFile) -> Blocks:
    """The text part by part. Raises `Unlike`."""
    main = file.stream("WordDocument")
    if main[:2] != _MARK or _number(main, 2, "<H") < _FIRST:
        raise Unlike
    letters = _letters(main, file)
    blocks, at = Blocks(), 0
    for place, what in _PARTS:
        length = _count(main, place)
        _add(blocks, letters[at : at + length], what)
        at += length
    return blocks


def _number(data: bytes, at: int, form: str) -> int:
    try:
        return int(struct.unpack_from(form, data, at)[0])
    except struct.error as error:
        raise Unlike from error


def _numbers_at(main: bytes) -> int:
    """Where the four-byte numbers begin: behind the base and the two-byte ones."""
    return _BASE + 2 + 2 * _number(main, _BASE, "<H") + 2


def _count(main: bytes, place: int) -> int:
    if place >= _number(main, _numbers_at(main) - 2, "<H"):
        return 0
    count = _number(main, _numbers_at(main) + 4 * place, "<i")
    if count < 0:
        raise Unlike
    return count


def _pair(main: bytes, file: CompoundFile, place: int) -> bytes:
    """What a pair of the file's list (2.5.6) points to in the table."""
    table = file.stream("1Table" if _number(main, _FLAGS, "<H") & _SECOND_TABLE else "0Table")
    pairs = _numbers_at(main) + 4 * _number(main, _numbers_at(main) - 2, "<H") + 2
    start, size = (_number(main, pairs + 8 * place + 4 * n, "<I") for n in range(2))
    return table[start : start + size]


def _letters(main: bytes, file: CompoundFile) -> str:
    """All characters in their order, the ends of rows marked."""
    runs = _in_tables(main, _pair(main, file, _PARAGRAPHS))
    left = _MOST * len(main)
    out = []
    for piece in _pieces(_pair(main, file, _PIECES)):
        left -= piece.length
        width = 1 if piece.one_byte else 2
        data = main[piece.at : piece.at + piece.length * width]
        if left < 0 or len(data) < piece.length * width:
            raise Unlike
        text = data.decode("cp1252", "replace") if piece.one_byte else data.decode("utf-16-le", "replace")
        out.append(_told_apart(text, piece.at, width, runs) if runs else text)
    return "".join(out)


def _told_apart(text: str, at: int, width: int, runs: Sequence[_Run]) -> str:
    """The text with ends of rows, and of paragraphs inside a cell, told from ends of cells and of paragraphs."""

    def instead(mark: re.Match[str]) -> str:
        place = at + mark.start() * width
        index = bisect.bisect_right(runs, place, key=lambda run: run[0]) - 1
        if index < 0 or place >= runs[index][1]:
            return mark[0]
        ends_row = runs[index][2]
        return (_ROW if ends_row else mark[0]) if mark[0] == _CELL else _LINE

    return _ENDS.sub(instead, text)


def _in_tables(main: bytes, pages: bytes) -> list[_Run]:
    """The paragraphs in tables by the pages of properties (2.8.5), in order."""
    count = max(0, (len(pages) - 4) // 8)
    out: list[_Run] = []
    for index in range(count):
        page = (_number(pages, 4 * (count + 1) + 4 * index, "<I") & 0x3FFFFF) * _PAGE
        body = main[page : page + _PAGE]
        if len(body) == _PAGE:
            out += _in_tables_of(body)
    return sorted(out)


def _in_tables_of(body: bytes) -> Iterator[_Run]:
    """Those of one page (2.9.175)."""
    count = body[-1]
    if 4 * (count + 1) + 13 * count > len(body):
        return
    for index in range(count):
        at = 2 * body[4 * (count + 1) + 13 * index]
        size = 2 * body[at] - 1 if body[at] else 2 * body[at + 1] if at + 1 < len(body) else 0
        start = at + 1 if body[at] else at + 2
        properties = body[start : start + size]
        if at and (_ENDS_ROW in properties or _IN_TABLE in properties):
            first, after = struct.unpack_from("<II", body, 4 * index)
            yield first, after, _ENDS_ROW in properties


def _pieces(listed: bytes) -> Iterator[_Piece]:
    at = 0
    while listed[at : at + 1] == bytes([_PROPERTIES]):
        at += 3 + _number(listed, at + 1, "<H")
    size = _number(listed, at + 1, "<I")
    if listed[at : at + 1] != bytes([_TABLE]) or size > len(listed) - at - 5:
        raise Unlike
    body, count = listed[at + 5 : at + 5 + size], (size - 4) // 12
    for index in range(count):
        first, after = (_number(body, 4 * (index + n), "<i") for n in range(2))
        place = _number(body, 4 * (count + 1) + 8 * index + 2, "<I")
        if not 0 <= first <= after:
            raise Unlike
        one_byte = bool(place & _ONE_BYTE)
        where = (place & (_ONE_BYTE - 1)) // (2 if one_byte else 1)
        yield _Piece(after - first, where, one_byte)


def _add(blocks: Blocks, letters: str, what: str) -> None:
    """One part: its paragraphs, and the rows of its tables."""
    rows: list[list[str]] = []
    cells: list[str] = []
    text = ""
    marked = _ROW in letters
    for piece in re.split("([\r\x07\x1d])", _shown(letters)):
        if piece == _ROW or (piece == _CELL and not marked and cells and not text):
            rows.append(cells)
            cells, text = [], ""
        elif piece == _CELL:
            cells.append(" ".join(text.split()))
            text = ""
        elif piece != "\r":
            text += piece.translate(_SIGNS)
        elif cells:
            text += "\n"
        else:
            _paragraph(blocks, rows, text, what)
            text = ""
    _paragraph(blocks, rows, "\t".join([*cells, text]), what)


def _paragraph(blocks: Blocks, rows: list[list[str]], text: str, what: str) -> None:
    if rows:
        blocks.table(rows)
        rows.clear()
    for line in text.split("\n"):
        if line.strip() and what:
            blocks.beside(line.strip(), what)
        elif line.strip():
            blocks.paragraph(line.strip())


def _shown(letters: str) -> str:
    """The text without what fields do: of each what it shows, and all of one that shows nothing."""
    out: list[list[str]] = [[]]
    does: list[int | None] = []
    at = 0
    for mark in _FIELD.finditer(letters):
        out[-1].append(letters[at : mark.start()])
        at = mark.end()
        if mark[0] == "\x13":
            out.append([])
            does.append(None)
        elif mark[0] == "\x14" and does:
            does[-1] = len(out[-1])
        elif mark[0] == "\x15" and does:
            inside, shows = out.pop(), does.pop()
            out[-1] += inside if shows is None else inside[shows:]
    out[-1].append(letters[at:])
    return "".join("".join(part) for part in out)
