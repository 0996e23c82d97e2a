"""Whatever a container is and whatever is wrong with it, it or its members have entries."""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
import zlib

import pytest

from builders import docx, xlsx
from clauselight.model import Blob
from clauselight.sources.archives import Budget
from clauselight.sources.aside import leftover, pointer
from clauselight.sources.kinds import container_kind
from clauselight.sources.members import walk_members


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(*members: tuple[str, bytes, str]) -> bytes:
    """Members as name, type of tar and what they hold or point to."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind, text in members:
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = text if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE) else ""
            info.size = len(text) if kind == tarfile.REGTYPE else 0
            archive.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


def record(kind: str, http: bytes, **fields: str) -> bytes:
    lines = [f"WARC-Type: {kind}", "WARC-Target-URI: https://example.org/a", "WARC-Date: 2031-01-01T00:00:00Z"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    if kind in ("response", "revisit"):
        lines.append("Content-Type: application/http; msgtype=response")
    head = "\r\n".join(["WARC/1.0", *lines, f"Content-Length: {len(http)}"])
    return head.encode() + b"\r\n\r\n" + http + b"\r\n\r\n"


def answer(body: bytes, status: str = "200 OK", **fields: str) -> bytes:
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def entries(name: str, data: bytes) -> list[tuple[str, str]]:
    return [(m.path, m.reason) for m in walk_members(Blob(name, data=data))]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.zip", zipped({}), [("a.zip", "no-members")]),
        ("a.zip", zipped({"d/": b""}), [("a.zip", "no-members")]),
        ("a.tar", tarred(), [("a.tar", "no-members")]),
        ("a.tar", tarred(("l", tarfile.SYMTYPE, "x")), [("a.tar!/l", "link"), ("a.tar", "no-members")]),
        (
            "a.tar",
            tarred(("f", tarfile.REGTYPE, "x"), ("h", tarfile.LNKTYPE, "f"), ("p", tarfile.FIFOTYPE, "")),
            [("a.tar!/f", ""), ("a.tar!/h", "link"), ("a.tar!/p", "device")],
        ),
        ("a.warc", b"", [("a.warc", "no-members")]),
        (
            "a.warc",
            record("response", answer(b"gone", "404 Not Found")),
            [("a.warc!/https://example.org/a", "no-capture"), ("a.warc", "no-members")],
        ),
        ("a.warc", record("revisit", b""), [("a.warc!/https://example.org/a", "revisit")]),
        ("a.warc", record("conversion", b"text"), [("a.warc!/https://example.org/a", "")]),
        ("a.warc", record("warcinfo", b"software: x"), [("a.warc", "no-members")]),
    ],
)
def test_a_container_is_never_passed_over(name: str, data: bytes, expected: list[tuple[str, str]]) -> None:
    assert entries(name, data) == expected


def test_an_archive_of_everything_has_one_entry_a_member() -> None:
    inner = {"empty.zip": zipped({}), "a.tar": tarred(("l", tarfile.SYMTYPE, "x")), "b.txt": b"", "word/c.txt": b"x"}
    paths = [path for path, _ in entries("a.zip", zipped(inner))]
    assert paths == ["a.zip!/empty.zip", "a.zip!/a.tar!/l", "a.zip!/a.tar", "a.zip!/b.txt", "a.zip!/word/c.txt"]


@pytest.mark.parametrize(
    "members",
    [
        {"word/spec.txt": b"x"},
        {"xl/spec.txt": b"x"},
        {"password/spec.txt": b"x"},
        {"META-INF/container.xml": b"<a/>", "spec.txt": b"x"},
        {"README": b"application/vnd.oasis.opendocument.text"},
        {"mimetype": b"text/plain", "spec.txt": b"x"},
        {"[Content_Types].xml": b"<Types/>", "lib/a.txt": b"x"},
    ],
)
def test_an_archive_is_no_document_for_the_names_in_it(members: dict[str, bytes]) -> None:
    for name in ("a.zip", "a.docx"):
        assert entries(name, zipped(members)) == [(f"{name}!/{member}", "") for member in members]


@pytest.mark.parametrize("data", [docx(["x"]), xlsx([["x"]]), zipped({"mimetype": b"application/epub+zip", "a": b""})])
def test_a_document_is_a_document_under_any_name(data: bytes) -> None:
    assert container_kind(Blob("a.zip", data=data)) == "document"


def test_a_zip_behind_a_program_is_opened_and_the_program_is_named() -> None:
    assert entries("a.exe", b"MZ" + b"\0" * 500 + zipped({"b.txt": b"x"})) == [("a.exe", ""), ("a.exe!/b.txt", "")]


def test_a_tar_that_is_broken_in_the_middle_says_so() -> None:
    first = tarred(("a.txt", tarfile.REGTYPE, "x"))[:1024]
    assert entries("a.tar", first + b"\xff" * 2048) == [("a.tar!/a.txt", ""), ("a.tar", "damaged")]


def test_a_record_that_is_cut_short_is_read_and_said() -> None:
    pytest.importorskip("fastwarc")
    whole = record("response", answer(b"x" * 1000))
    (member,) = walk_members(Blob("a.warc", data=whole[:-500]))
    assert member.blob is not None and member.blob.size == 504 and member.noted == "damaged"
    assert member.note == "the record is cut short: 504 of 1,000 bytes are there"


def _deflated(data: bytes) -> bytes:
    pack = zlib.compressobj(wbits=-15)
    return pack.compress(data) + pack.flush()


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"5\r\nclaus\r\n1\r\ne\r\n0\r\n\r\n", {"Transfer_Encoding": "chunked"}),
        (b"clause", {"Transfer_Encoding": "chunked"}),
        (_deflated(b"clause"), {"Content_Encoding": "deflate"}),
        (zlib.compress(b"clause"), {"Content_Encoding": "deflate"}),
    ],
)
def test_encodings_of_captures_are_undone(body: bytes, fields: dict[str, str]) -> None:
    pytest.importorskip("fastwarc")
    (member,) = walk_members(Blob("a.warc", data=record("response", answer(body, **fields))))
    assert member.blob is not None and member.blob.read() == b"clause"


@pytest.mark.parametrize(("coding", "module"), [("br", "brotli"), ("zstd", "backports.zstd")])
def test_newer_encodings_of_captures_are_undone_or_named(
    coding: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fastwarc")
    library = pytest.importorskip(module)
    packed = library.compress(b"clause" * 1000)
    data = record("response", answer(packed, Content_Encoding=coding))
    (member,) = walk_members(Blob("a.warc", data=data))
    assert member.blob is not None and member.blob.read() == b"clause" * 1000
    broken = record("response", answer(b"\xff" + packed[:9], Content_Encoding=coding))
    assert entries("a.warc", broken) == [("a.warc!/https://example.org/a", "damaged")]
    monkeypatch.setitem(sys.modules, module, None)
    package, _, name = module.rpartition(".")
    if package:
        monkeypatch.delattr(sys.modules[package], name)
    reason = {"br": "no-brotli", "zstd": "no-zstd"}[coding]
    assert entries("a.warc", data) == [("a.warc!/https://example.org/a", reason)]


def test_an_encoding_that_nothing_undoes_is_named() -> None:
    pytest.importorskip("fastwarc")
    data = record("response", answer(b"x", Content_Encoding="rot13"))
    assert entries("a.warc", data) == [("a.warc!/https://example.org/a", "unknown-encoding")]


MAIL = (
    b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n"
    b"--B\nContent-Type: text/plain\n\nbody\n--B\nContent-Type: text/plain; name=spec.txt\n"
    b"Content-Disposition: attachment; filename=spec.txt\n\nclause\n--B--\n"
)


def test_mail_is_told_by_its_header() -> None:
    assert entries("a.txt", MAIL) == [("a.txt", ""), ("a.txt!/spec.txt", "")]
    box = b"From a Mon Jan  1 00:00:00 2031\n" + MAIL + b"\nFrom b Mon Jan  1 00:00:00 2031\n" + MAIL
    assert entries("a.mbox", box) == [
        ("a.mbox!/message-1.eml", ""),
        ("a.mbox!/message-1.eml!/spec.txt", ""),
        ("a.mbox!/message-2.eml", ""),
        ("a.mbox!/message-2.eml!/spec.txt", ""),
    ]
    apple = f"{len(MAIL)}\n".encode() + MAIL + b"<plist/>"
    assert entries("1.emlx", apple) == [("1.emlx!/message.eml", ""), ("1.emlx!/message.eml!/spec.txt", "")]


def test_a_message_that_is_only_a_file_and_one_that_is_passed_on() -> None:
    only = b"From: a@example.org\nMIME-Version: 1.0\nContent-Type: application/pdf; name=s.pdf\n\nx"
    assert entries("a.eml", only) == [("a.eml", ""), ("a.eml!/s.pdf", "")]
    on = (
        b"From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=C\n\n--C\nContent-Type: text/plain\n\nx\n"
    )
    on += b"--C\nContent-Type: message/rfc822\n\n" + MAIL + b"\n--C--\n"
    assert entries("a.eml", on) == [
        ("a.eml", ""),
        ("a.eml!/forwarded-1.eml", ""),
        ("a.eml!/forwarded-1.eml!/spec.txt", ""),
    ]


def test_all_levels_have_one_budget() -> None:
    assert (Budget.of(10).left, Budget.of(2_000_000).left, Budget.of(10**12).left) == (
        200_000_000,
        400_000_000,
        20_000_000_000,
    )
    bomb = zipped({f"{n}.zip": zipped({"zeros": b"0" * 15_000_000}) for n in range(20)})
    found = list(walk_members(Blob("a.zip", data=bomb)))
    assert sum(m.blob.size for m in found if m.blob) <= 200_000_000 and found[-1].reason == "zip-bomb"


@pytest.mark.parametrize(
    ("name", "data", "is_left"),
    [
        (".DS_Store", b"\0\0\0\x01Bud1 and more", True),
        ("a/Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, True),
        ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), False),
        ("~$spec.docx", b"\x05Alice" + b" " * 156, True),
        ("~$spec.docx", zipped({"a": b"x"}), False),
        ("~$spec.txt", b"The camera shall tell the ethnicity.", False),
        (".DS_Store", b"The camera shall tell the ethnicity.", False),
        (".~lock.a.odt#", b",alice,host,01.01.2031 10:00,file:///home/alice;", True),
        ("._a.txt", b"\0\x05\x16\x07\0\x02\0\0", True),
    ],
)
def test_what_is_left_behind_is_told_by_name_and_content(name: str, data: bytes, is_left: bool) -> None:
    assert (leftover(Blob(name, data=data)) is not None) == is_left


@pytest.mark.parametrize(
    ("name", "data", "where"),
    [
        ("a.url", b"[InternetShortcut]\r\nURL=https://example.org/spec.pdf\r\n", "https://example.org/spec.pdf"),
        ("a.webloc", b'<plist version="1.0"><dict><key>URL</key><string>https://example.org/</string></dict></plist>', "https://example.org/"),
        ("a.gdoc", b'{"url": "https://example.org/d", "doc_id": "d"}', "https://example.org/d"),
        ("a.gdoc", b'{"doc_id": "d1"}', "d1"),
        ("a.gdoc", b"no pointer", None),
        ("a.txt", b"[InternetShortcut]\nURL=https://example.org/", None),
    ],
)  # fmt: skip
def test_pointers_say_where(name: str, data: bytes, where: str | None) -> None:
    assert pointer(Blob(name, data=data)) == where


def test_what_stands_in_a_zip_and_in_no_list_is_said() -> None:
    listed, hidden = zipped({"a.txt": b"a" * 30}), zipped({"b.txt": b"b" * 30})
    local = hidden[: hidden.index(b"PK\x01\x02")]
    at = listed.index(b"PK\x01\x02")
    data = bytearray(listed[:at] + local + listed[at:])
    end = data.rindex(b"PK\x05\x06")
    data[end + 16 : end + 20] = (at + len(local)).to_bytes(4, "little")
    found = [(m.path, m.reason, m.message) for m in walk_members(Blob("h.zip", data=bytes(data)))]
    said = "behind a.txt stand members that are in no list; repair a copy (`zip -FF`) and check that"
    assert found == [("h.zip!/a.txt", "", ""), ("h.zip", "damaged", said)]
    assert [m.reason for m in walk_members(Blob("l.zip", data=listed))] == [""]


def test_tape_archives_joined_end_to_end_are_all_opened() -> None:
    data = b""
    for name in ("a", "b"):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            info = tarfile.TarInfo(f"{name}.txt")
            info.size = 1
            archive.addfile(info, io.BytesIO(name.encode()))
        data += out.getvalue()
    assert {m.path: m.blob.read() for m in walk_members(Blob("j.tar", data=data)) if m.blob} == {
        "j.tar!/a.txt": b"a",
        "j.tar!/b.txt": b"b",
    }


def test_archives_joined_end_to_end_are_all_opened() -> None:
    data = zipped({"a.txt": b"a"}) + zipped({"b.txt": b"b"}) + zipped({"c.txt": b"c"})
    found = {m.path: m.blob.read() for m in walk_members(Blob("j.zip", data=data)) if m.blob}
    first = "j.zip!/in-front.zip!/in-front.zip!/a.txt"
    assert found == {first: b"a", "j.zip!/in-front.zip!/b.txt": b"b", "j.zip!/c.txt": b"c"}
