"""Legacy files of Office, made record by record: presentations, and what workbooks say beside their cells."""

from __future__ import annotations

import struct

import pytest

from clauselight.errors import ReadError
from clauselight.formats._biff import add_xls, xlsb_comments, xlsb_headers
from clauselight.formats._blocks import Blocks
from clauselight.formats._rtfpacked import unpacked
from clauselight.formats.session import ReadReport, ReadSession
from clauselight.model import Blob
from clauselight.parts.compound import CompoundFile
from clauselight.pipeline.analyse import documents
from compound_files import compound


def record(kind: int, body: bytes, instance: int = 0, holds: bool = False) -> bytes:
    """A record of PowerPoint."""
    return struct.pack("<HHI", instance << 4 | (15 if holds else 0), kind, len(body)) + body


def slide_of_list(place: int, key: int) -> bytes:
    return record(0x03F3, struct.pack("<5I", place, 0, 0, key, 0))


def chars(text: str) -> bytes:
    return record(0x0FA0, text.encode("utf-16-le"))


def presentation(damaged: bool = False, encrypted: bool = False) -> bytes:
    """Two slides: the first has its text in the list, the second in itself, with a note and a comment."""
    comment = record(
        0x2EE0, record(0x0FBA, "me".encode("utf-16-le")) + record(0x0FBA, "ask".encode("utf-16-le"), 1), 0, True
    )
    objects = {
        2: record(0x03EE, b"", 0, True),
        3: record(0x03EE, record(0x0FA8, b"race of\x0beach") + record(0x138B, comment), 0, True),
        4: record(0x03F0, record(0x03F1, struct.pack("<2I", 257, 0)) + chars("said"), 0, True),
    }
    slides = slide_of_list(2, 256) + chars("faces\rby ethnicity") + slide_of_list(3, 257)
    lists = record(0x0FF0, slides, 0, True) + record(0x0FF0, slide_of_list(4, 0), 2, True)
    objects[1] = record(0x03E8, lists + record(0x0FD9, record(0x0FBA, "foot".encode("utf-16-le")), 0, True), 0, True)
    old = chars("an older version")
    data, places = old, {}
    for number, body in objects.items():
        places[number] = len(data)
        data += body
    directory = len(data)
    entries = struct.pack("<I", 4 << 20 | 1) + struct.pack("<4I", *(places[n] for n in (1, 2, 3, 4)))
    data += record(0x1772, entries)
    edit = len(data)
    data += record(0x0FF5, struct.pack("<7I", 0, 0, 0, directory, 1, 5, 0))
    user = struct.pack("<HHIIII", 0, 0x0FF6, 20, 20, 0xF3D1C4DF if encrypted else 0xE391C05F, 9 if damaged else edit)
    return compound({"PowerPoint Document": data, "Current User": user})


def read(name: str, data: bytes) -> tuple[list[tuple[str, int | None]], list[str]]:
    """Text and page of each block, and the problems."""
    blob = Blob(name, data=data)
    with ReadSession() as session:
        (document,) = documents(blob, session)[1]
    layout = document.layout
    units = [layout.unit(index) for index in range(len(layout))]
    return [(document.text[u.start : u.end], u.page) for u in units], [p.reason for p in session.report.problems]


def test_a_presentation_slide_by_slide_without_what_older_versions_said() -> None:
    assert read("a.ppt", presentation()) == (
        [("faces", 1), ("by ethnicity", 1), ("race of each", 2), ("ask", 2), ("said", 2), ("foot", None)],
        [],
    )


def test_of_a_damaged_presentation_all_text_is_read_and_that_is_said() -> None:
    texts, problems = read("renamed", presentation(damaged=True))
    assert ("by ethnicity", None) in texts and problems == ["damaged-part"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (presentation(encrypted=True), "encrypted"),
        (compound({"PP40": b"x"}), "unknown-format"),
        (presentation()[:700], "damaged"),
    ],
)
def test_a_presentation_that_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as error:
        read("a.ppt", data)
    assert error.value.reason == reason


def biff(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def test_beside_the_cells_of_an_old_workbook() -> None:
    begin = struct.pack("<HH", 0x600, 5)
    sheet = biff(0x809, struct.pack("<HH", 0x600, 16)) + biff(0x14, struct.pack("<HB", 9, 0) + b"&Lby race")
    sheet += biff(0x1B6, struct.pack("<5H2H", 0, 0, 0, 0, 0, 9, 0)) + biff(
        0x3C, b"\1" + "ethnicity".encode("utf-16-le")
    )
    sheet += biff(0x0A, b"")
    head = biff(0x809, begin)
    book = head + biff(0x85, struct.pack("<II", len(head) + 12, 0)) + sheet
    blocks, report = Blocks(), ReadReport()
    add_xls(compound({"Workbook": book, "MBD01/x": b"1"}), ["faces"], blocks, report)
    texts = [
        (blocks.text[u.start : u.end], u.page, c.headings) for u, c in zip(blocks.units, blocks.contexts, strict=True)
    ]
    assert texts == [
        ("faces", 1, ("name of a sheet",)),
        ("by race", 1, ("page header or footer",)),
        ("ethnicity", 1, ("comment or drawing",)),
    ]
    assert [p.reason for p in report.problems] == ["embedded-objects"]


def test_beside_the_cells_of_a_binary_workbook() -> None:
    letters = "race".encode("utf-16-le")
    assert list(xlsb_comments(b"\xfd\x04\x0d\0" + struct.pack("<I", 4) + letters)) == ["race"]
    none = struct.pack("<I", 0xFFFFFFFF)
    body = b"\0\0" + struct.pack("<I", 4) + letters + none * 5
    assert list(xlsb_headers(b"\1\2\3\xdf\x03" + bytes([len(body)]) + body)) == ["race"]


@pytest.mark.parametrize(
    ("name", "streams"),
    [
        ("a.xls", {"Workbook": biff(0x809, b"\0" * 16) + biff(0x2F, b"\0" * 6)}),
        ("a.xlsx.xls", {"EncryptedPackage": b"x"}),
        ("a.doc", {"WordDocument": b"\0" * 11 + b"\1" + b"\0" * 20}),
        ("a.docx", {"EncryptedPackage": b"x"}),
        ("b.docx", {"ENCRYPTEDPACKAGE": b"x"}),
    ],
)
def test_encrypted_files_are_said_to_be(name: str, streams: dict[str, bytes]) -> None:
    with pytest.raises(ReadError) as error:
        read(name, compound(streams))
    assert error.value.reason == "encrypted"


def test_chains_that_run_in_a_circle_or_out_of_the_file_end() -> None:
    data = bytearray(compound({"a": b"x" * 5000}))
    assert CompoundFile(bytes(data)).stream("a") == b"x" * 5000
    table = (struct.unpack_from("<I", data, 76)[0] + 1) * 512
    for at in range(table, table + 512, 4):
        struct.pack_into("<I", data, at, 1)
    assert len(CompoundFile(bytes(data)).stream("a")) <= 5000


def test_every_form_of_the_body_of_a_message_of_outlook() -> None:
    def message(**bodies: bytes) -> bytes:
        names = {"subject": "0037001F", "text": "1000001F", "page": "10130102", "rich": "10090102"}
        parts = {f"__substg1.0_{names[name]}": data for name, data in bodies.items()}
        return compound({"__properties_version1.0": b"\0", **parts})

    subject = "tender".encode("utf-16-le")
    page = "<p>民族</p>".encode("gb18030")
    plain = b"{\\rtf1\\ansi race\\par}"
    rich = struct.pack("<2I", len(plain) + 12, len(plain)) + b"MELA" + b"\0" * 4 + plain
    whole = message(subject=subject, text="faces".encode("utf-16-le"), page=page, rich=rich)
    assert "".join(f"{text}|" for text, _ in read("a.msg", whole)[0]) == "Subject: tender||faces|民族|race|"
    assert read("renamed", message(rich=rich))[0][2:] == [("race", None), ("", None)]


def test_packed_rtf_is_unpacked() -> None:
    # the example of [MS-OXRTFCP] 4.1.1
    head = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af8"
    packed = bytes.fromhex(head + "20686865 6c0900206263 77 6f726c647d0a800fa0".replace(" ", ""))
    assert unpacked(packed).startswith(b"{\\rtf1\\ansi\\ansicpg125")
