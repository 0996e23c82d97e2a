"""Word 97 to 2003, made byte by byte: the text piece by piece, its parts, tables and fields."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.formats._word import Unlike, blocks_of
from clauselight.formats.session import ReadSession
from clauselight.model import Blob
from clauselight.parts.compound import CompoundFile
from clauselight.pipeline.analyse import documents
from compound_files import compound

#: the part that a length stands for, by its place among the numbers
MAIN, FOOTNOTES, HEADERS, COMMENTS, ENDNOTES, BOXES = 3, 4, 5, 7, 8, 9


def word(parts: dict[int, str], pieces: int = 1, ends: tuple[int, ...] = (), **wrong: int) -> bytes:
    """A file of these parts, its letters in so many pieces, every second one of one byte a letter where that does.

    `ends` are the places of letters that end a row, or of a line end in a cell. `wrong` are numbers of the head to
    write instead.
    """
    text = "".join(parts[place] for place in sorted(parts))
    size = max(1, -(-len(text) // pieces))
    body, listed, starts, places = b"", b"", [0], []
    head = 1024
    for number in range(pieces):
        part = text[number * size : (number + 1) * size]
        narrow = number % 2 == 1 and part.isascii()
        place = head + len(body)
        places += [(place + index * (1 if narrow else 2), 1 if narrow else 2) for index in range(len(part))]
        body += part.encode("cp1252" if narrow else "utf-16-le")
        listed += struct.pack("<HIH", 0, place * 2 | 1 << 30 if narrow else place, 0)
        starts.append(starts[-1] + len(part))
    plain = struct.pack(f"<{len(starts)}i", *starts) + listed
    clx = b"\1" + struct.pack("<H", 3) + b"abc" + b"\2" + struct.pack("<I", len(plain)) + plain
    page = _page([(*places[end], text[end] == "\x07") for end in ends])
    at_page = -(-(head + len(body)) // 512)
    table = clx + struct.pack("<iiI", 0, 1 << 20, at_page)
    numbers = [0] * 22
    for place, part in parts.items():
        numbers[place] = len(part)
    pairs = [(0, 0)] * 93
    pairs[33], pairs[13] = (0, len(clx)), (len(clx), 12)
    fib = struct.pack("<2sH6xH20x", b"\xec\xa5", wrong.get("version", 0xC1), 0x0200)
    fib += struct.pack("<H28x", 14) + struct.pack("<H22i", 22, *numbers)
    fib += struct.pack("<H", 93) + b"".join(struct.pack("<II", *pair) for pair in pairs)
    main = (fib.ljust(head, b"\0") + body).ljust(at_page * 512, b"\0") + page
    return compound({"WordDocument": main, "1Table": table[: wrong.get("table", len(table))]})


def _page(ends: list[tuple[int, int, bool]]) -> bytes:
    """A page of properties of paragraphs in which those at these places end a row, or only stand in a table."""
    bounds = [at for place, width, _ in ends for at in (place, place + width)] or [0]
    kinds = [kind for _, _, row in ends for kind in (100 if row else 110, 0)][: len(bounds) - 1]
    page = struct.pack(f"<{len(bounds)}I", *bounds) + b"".join(bytes([kind]).ljust(13, b"\0") for kind in kinds)
    rows, cells = b"\x03\0\0\x17\x24\x01", b"\0\x03\0\0\x16\x24\x01"
    return page.ljust(200, b"\0") + rows.ljust(20, b"\0") + cells.ljust(291, b"\0") + bytes([len(kinds)])


def read(data: bytes) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Text, kind, headings and headers of each block."""
    blocks = blocks_of(CompoundFile(data))
    rows = zip(blocks.units, blocks.contexts, strict=True)
    return [(blocks.text[u.start : u.end], c.kind, c.headings, c.headers) for u, c in rows]


@pytest.mark.parametrize("pieces", [1, 2, 3, 7])
def test_every_part_is_read_with_what_it_is(pieces: int) -> None:
    parts = {
        MAIN: "5 要求\rThe camera shall output \x1frace\x1e.\r",
        FOOTNOTES: "\x02 by ethnicity\r",
        HEADERS: "head\r\rfoot\r",
        COMMENTS: "\x05religion\r",
        ENDNOTES: "end\r",
        BOXES: "skin colour\r",
    }
    assert [(text, headings) for text, _, headings, _ in read(word(parts, pieces))] == [
        ("5 要求", ("5 要求",)),
        ("The camera shall output \u00adrace\u2011.", ("5 要求",)),
        ("by ethnicity", ("footnote",)),
        ("head", ("page header or footer",)),
        ("foot", ("page header or footer",)),
        ("religion", ("comment",)),
        ("end", ("endnote",)),
        ("skin colour", ("text box",)),
    ]


TABLE = "before\rfield\x07kind\x07\x07race\x07\x07\x07two\rlines\x07x\x07\x07after\r"
#: where the rows end, and a line inside a cell
ROWS = tuple(TABLE.index(word) + len(word) for word in ("kind\x07", "race\x07\x07", "two", "x\x07"))


@pytest.mark.parametrize("pieces", [1, 4])
def test_tables_are_rows_under_their_header(pieces: int) -> None:
    header = ("field", "kind")
    assert read(word({MAIN: TABLE}, pieces, ROWS)) == [
        ("before", "prose", (), ()),
        ("field\tkind", "table", ("before",), ()),
        ("race\t", "table", ("before",), header),
        ("two lines\tx", "table", ("before",), header),
        ("after", "prose", (), ()),
    ]


def test_without_the_marks_of_rows_an_empty_cell_ends_one() -> None:
    assert [text for text, *_ in read(word({MAIN: "a\x07b\x07\x07c\x07d\x07\x07e\r"}))] == ["a\tb", "c\td", "e"]


@pytest.mark.parametrize(
    ("letters", "shown"),
    [
        ('by \x13HYPERLINK "x"\x14race\x15.', "by race."),
        ("a\x13PAGE\x15b", "aPAGEb"),
        ("\x13IF \x13X\x14no\x15 \x14yes \x13Y\x14\x01inner\x15\x15", "yes inner"),
        ("\x15a\x14b\x13c", "abc"),
    ],
)
def test_of_a_field_what_it_shows_is_read(letters: str, shown: str) -> None:
    assert [text for text, *_ in read(word({MAIN: letters + "\r"}))] == [shown]


def test_such_a_file_needs_no_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with ReadSession() as session:
        (document,) = documents(Blob("a.doc", data=word({MAIN: "by race\r"})), session)[1]
    assert (document.text, document.reader, session.report.problems) == ("by race\n", "doc/2", [])


@pytest.mark.parametrize("wrong", [{"version": 0x68}, {"table": 8}, {"table": 0}])
def test_older_and_damaged_files_are_left_to_the_converter(wrong: dict[str, int]) -> None:
    with pytest.raises(Unlike):
        read(word({MAIN: "by race\r"}, **wrong))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 4000), st.integers(0, 255))
def test_a_changed_byte_gives_a_text_or_is_told(at: int, byte: int) -> None:
    data = bytearray(word({MAIN: TABLE, HEADERS: "head\r"}, 3, ROWS))
    data[at % len(data)] = byte
    try:
        file = CompoundFile(bytes(data))
    except ValueError:
        return
    try:
        text = blocks_of(file).text
    except Unlike:
        return
    assert len(text) <= 8 * len(data)
