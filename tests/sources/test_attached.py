"""Files attached to a PDF are sources of their own, by the list of files or by a page."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from builders import pdf
from clauselight.model import Blob
from clauselight.pipeline.members import SourceReader
from clauselight.pipeline.options import Analysis
from clauselight.rules.find import Finder
from clauselight.sources import attached
from clauselight.sources.archives import Budget
from clauselight.sources.members import member_blob, walk_members

CLAUSE = "摄像机应能识别人员的民族。"


def made(listed: dict[str, bytes], pinned: dict[str, bytes] | None = None, pages: int = 1) -> bytes:
    document = pdfium.PdfDocument.new()
    for name, data in listed.items():
        document.new_attachment(name).set_data(data)
    for _ in range(pages):
        page = document.new_page(200, 200)
        for name, data in (pinned or {}).items():
            note = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_FILEATTACHMENT)
            wide = (name + "\0").encode("utf-16-le")
            buffer = (raw.FPDF_WCHAR * (len(wide) // 2)).from_buffer_copy(wide)
            pdfium.PdfAttachment(raw.FPDFAnnot_AddFileAttachment(note, buffer), document).set_data(data)
            raw.FPDFPage_CloseAnnot(note)
        page.close()
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


def members(data: bytes, name: str = "a.pdf") -> dict[str, bytes | str]:
    found = walk_members(Blob(name, data=data))
    return {m.path: m.blob.read() if m.blob is not None else m.reason for m in found}


def test_listed_and_pinned_files_are_members_behind_the_pdf() -> None:
    data = made({"附件.txt": b"one"}, {"note.txt": b"two"})
    assert members(data) == {"a.pdf": data, "a.pdf!/附件.txt": b"one", "a.pdf!/note.txt": b"two"}
    assert member_blob(Blob("a.pdf", data=data), "a.pdf!/note.txt").read() == b"two"


def test_files_of_one_name_keep_apart_and_one_file_is_read_once() -> None:
    data = made({}, {"a.txt": b"one"}, pages=3)
    assert list(members(data)) == ["a.pdf", "a.pdf!/a.txt"]
    data = made({"a.txt": b"one"}, {"a.txt": b"two"})
    assert members(data) == {"a.pdf": data, "a.pdf!/a.txt": b"one", "a.pdf!/a-2.txt": b"two"}


def test_a_name_that_points_outside_is_noted_and_one_without_letters_counted() -> None:
    found = list(walk_members(Blob("a.pdf", data=made({"../../x.txt": b"one", "/": b"two"}))))
    assert [(m.path, m.reason, bool(m.note)) for m in found[1:]] == [
        ("a.pdf!/../../x.txt", "", True),
        ("a.pdf!/attachment-2", "", False),
    ]


def test_a_file_that_cannot_be_taken_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(attachment: object) -> bytes:
        raise pdfium.PdfiumError("no data")

    data = made({"a.txt": b"one"})
    monkeypatch.setattr(pdfium.PdfAttachment, "get_data", broken)
    assert members(data) == {"a.pdf": data, "a.pdf!/a.txt": "damaged"}


def test_pdf_in_pdf_goes_as_deep_as_archives_do() -> None:
    data = made({"inner.txt": CLAUSE.encode()})
    for depth in range(6):
        data = made({f"{depth}.pdf": data})
    found = list(walk_members(Blob("a.pdf", data=data)))
    assert [m.reason for m in found] == ["", "", "", "", "", "", "too-deep"]


def test_members_of_one_pdf_share_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clauselight.sources.members.Budget.of", lambda size: Budget(5))
    found = list(walk_members(Blob("a.pdf", data=made({"a.txt": b"one", "b.txt": b"two", "c.txt": b"three"}))))
    assert [(m.path, m.reason) for m in found[1:]] == [("a.pdf!/a.txt", ""), ("a.pdf!/", "zip-bomb")]


def test_a_zip_behind_a_pdf_is_opened_still() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("b.txt", "two")
    data = made({"a.txt": b"one"}) + packed.getvalue()
    assert list(members(data)) == ["a.pdf", "a.pdf!/a.txt", "a.pdf!/b.txt"]


def test_pages_are_opened_only_where_a_file_may_be_attached_to_one() -> None:
    def pinned(data: bytes) -> bool:
        return attached._may_be_pinned(Blob("a.pdf", data=data))

    def objects(body: bytes) -> bytes:
        return b"1 0 obj <</Type/ObjStm/Filter/FlateDecode/Length 9>>stream\r\n" + body + b"\nendstream"

    assert not pinned(pdf([["a page"]]))
    assert pinned(b"%PDF-1.7 /Subtype/FileAttachment")
    assert pinned(objects(zlib.compress(b"<</Subtype/FileAttachment>>")))
    assert not pinned(objects(zlib.compress(b"<</Subtype/Link>>")))
    assert pinned(objects(b"not deflated"))
    assert pinned(objects(zlib.compress(b"")) + b"/Encrypt")


def test_a_broken_pdf_has_one_entry() -> None:
    assert list(members(b"%PDF-1.7 and no more")) == ["a.pdf"]


def test_a_clause_in_an_attached_file_is_found(finder: Finder) -> None:
    outcomes: Callable[[Blob], object] = SourceReader(Analysis(finder)).outcomes
    found = list(outcomes(Blob("a.pdf", data=made({"a.txt": CLAUSE.encode()}))))  # type: ignore[call-overload]
    assert [(o.coverage.path, o.coverage.state, len(o.findings)) for o in found] == [
        ("a.pdf", "read", 0),
        ("a.pdf!/a.txt", "read", 1),
    ]
