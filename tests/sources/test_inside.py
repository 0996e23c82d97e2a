"""Parts of documents that are sources of their own, and that none falls between the reader and the members."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
from collections.abc import Callable

import pytest

from builders import docx, xlsx
from clauselight.formats.session import ReadOptions
from clauselight.model import Blob
from clauselight.pipeline.members import SourceReader
from clauselight.pipeline.options import Analysis
from clauselight.rules.find import Finder
from clauselight.sources.members import member_blob, walk_members
from compound_files import compound
from pictures import png


def packed(base: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


@pytest.fixture
def entries(finder: Finder) -> Callable[[Blob], list[tuple[str, str, list[str]]]]:
    """Path, state and problems of each outcome, without OCR."""
    reader = SourceReader(Analysis(finder), ReadOptions("never"))

    def run(blob: Blob) -> list[tuple[str, str, list[str]]]:
        found = [outcome.coverage for outcome in reader.outcomes(blob)]
        return [(c.path, c.state, [p.reason for p in c.problems]) for c in found]

    return run


Entries = Callable[[Blob], list[tuple[str, str, list[str]]]]
BOOK = xlsx([["faces", "by ethnicity"]])
NATIVE = (
    b"\0" * 6
    + b"spec.txt\0C:\\spec.txt\0"
    + b"\0" * 4
    + struct.pack("<I", 3)
    + b"C:\0"
    + struct.pack("<I", 4)
    + b"race"
)


def test_a_logo_is_no_reason_for_anything(entries: Entries) -> None:
    data = packed(docx(["x"]), **{"word/media/i.png": png(32, 32), "docProps/thumbnail.png": png(400, 400)})
    assert entries(Blob("a.docx", data=data)) == [("a.docx", "read", [])]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", packed(docx(["x"]), **{"word/media/i.png": png(200, 100)})),
        ("a.xlsx", packed(xlsx([["x"]]), **{"xl/media/i.png": png(200, 100)})),
    ],
)
def test_a_picture_that_may_hold_a_clause_has_an_entry_of_its_own(name: str, data: bytes, entries: Entries) -> None:
    own, picture = entries(Blob(name, data=data))
    assert own == (name, "read", [])
    assert picture[0].startswith(f"{name}!/") and picture[1:] == ("unreadable", ["needs-ocr"])


def test_what_no_reader_takes_is_named_unless_it_is_small(entries: Entries) -> None:
    small = b"\1\0\0\0" + b"\0" * 4 + struct.pack("<4i", 0, 0, 30, 30) + b"\0" * 16 + b" EMF"
    large = b"\1\0\0\0" + b"\0" * 4 + struct.pack("<4i", 0, 0, 900, 900) + b"\0" * 16 + b" EMF"
    data = packed(docx(["x"]), **{"word/media/a.emf": small, "word/media/b.emf": large})
    assert entries(Blob("a.docx", data=data)) == [("a.docx", "partly", ["pictures-inside"])]


def test_documents_in_documents_are_read(entries: Entries) -> None:
    objects = {"word/embeddings/a.xlsx": BOOK, "word/embeddings/b.bin": compound({"Package": BOOK, "x": b"y"})}
    data = packed(docx(["x"]), **objects, **{"word/embeddings/c.bin": compound({"Equation Native": b"x"})})
    whole = Blob("a.docx", data=data)
    inside = ["a.docx!/word/embeddings/a.xlsx", "a.docx!/word/embeddings/b.bin!/Package"]
    assert entries(whole) == [("a.docx", "partly", ["embedded-objects"]), *((path, "read", []) for path in inside)]
    assert [member_blob(whole, path).read() for path in inside] == [BOOK, BOOK]


def test_files_in_legacy_documents_are_read() -> None:
    data = compound({"ObjectPool/\x01Ole10Native": NATIVE, "WordDocument": b"x"})
    found = {m.path: m.blob.read() for m in walk_members(Blob("a.doc", data=data)) if m.blob}
    assert found == {"a.doc": data, "a.doc!/ObjectPool/spec.txt": b"race"}


def test_attachments_of_outlook_are_read_or_named(entries: Entries) -> None:
    wide = {"__substg1.0_0037001F": "tender", "__substg1.0_1000001F": "Dear all"}
    file = "__attach_version1.0_#00000000"
    parts = {name: text.encode("utf-16-le") for name, text in wide.items()}
    parts |= {f"{file}/__substg1.0_37010102": BOOK, f"{file}/__substg1.0_3707001F": "a.xlsx".encode("utf-16-le")}
    parts |= {"__attach_version1.0_#00000001/__substg1.0_3705001F": b"x\0"}
    assert entries(Blob("a.msg", data=compound(parts))) == [
        ("a.msg", "read", []),
        ("a.msg!/a.xlsx", "read", []),
        ("a.msg!/attachment-2", "unreadable", ["embedded-objects"]),
    ]


PAGE = (
    b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n\n<p>x</p>\n--B\n"
)
PAGE += b"Content-Type: image/png\nContent-Location: https://example.org/i.png\nContent-Transfer-Encoding: base64\n\n"


@pytest.mark.parametrize("size", [200, 20])
def test_pictures_that_are_written_into_a_text(size: int, entries: Entries) -> None:
    picture, packed_picture = png(size, size), base64.encodebytes(png(size, size))
    old = b"{\\nonshppict{\\pict\\wmetafile8 " + b"00" * 50 + b"}}"
    texts = {
        "a.rtf": b"{\\rtf1 x{\\*\\shppict{\\pict\\pngblip " + picture.hex().encode() + b"}}" + old + b"}",
        "b.rtf": b"{\\rtf1 x{\\pict\\pngblip\\bin%d " % len(picture) + picture + b"}}",
        "a.ipynb": json.dumps(
            {"cells": [{"source": "x", "outputs": [{"data": {"image/png": packed_picture.decode()}}]}]}
        ).encode(),
        "a.mhtml": PAGE + packed_picture + b"\n--B--\n",
        "page": PAGE + packed_picture + b"\n--B--\n",
    }
    for name, data in texts.items():
        own, *inside = entries(Blob(name, data=data))
        assert own == (name, "read", [])
        assert [entry[1:] for entry in inside] == [("unreadable", ["needs-ocr"])] * (size == 200)


def test_a_document_in_an_object_of_rtf_is_read(entries: Entries) -> None:
    data = b"{\\rtf1 x{\\object\\objemb{\\*\\objdata " + (b"\1\5\0\0" * 3 + BOOK).hex().encode() + b"}}}"
    assert entries(Blob("a.rtf", data=data)) == [("a.rtf", "read", []), ("a.rtf!/object-1", "read", [])]
