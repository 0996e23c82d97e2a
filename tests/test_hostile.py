"""Broken and hostile input: each gives a coverage entry with a reason, and the run goes on."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from builders import docx, eml, pdf
from clauselight.api import Check
from clauselight.model import Coverage, Finding

CLAUSE = "摄像机应能识别人员的民族。"


def run(path: Path, **options: object) -> tuple[list[Finding], dict[str, Coverage]]:
    check = Check([str(path)], jobs=1, ocr="never", **options)  # type: ignore[arg-type]
    findings = list(check)
    return findings, {c.path.removeprefix(str(path)).lstrip("/"): c for c in check.coverage}


def reasons(coverage: Coverage) -> set[str]:
    return {p.reason for p in coverage.problems}


def png_header(width: int, height: int) -> bytes:
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + body
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", 0)
        + b"IEND"
        + b"\xaeB`\x82"
    )


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("DOT", "."), data)
    return buffer.getvalue()


def test_one_folder_of_broken_files(tmp_path: Path) -> None:
    whole = pdf([[CLAUSE]])
    files = {
        "good.txt": CLAUSE.encode(),
        "empty.pdf": b"",
        "truncated.pdf": whole[:200],
        "notreally.pdf": b"just text, no PDF at all",
        "truncated.docx": docx([CLAUSE])[:150],
        "mislabelled.docx": CLAUSE.encode(),
        "mislabelled.txt": docx([CLAUSE]),
        "random.bin": bytes(range(256)) * 40,
        "huge.png": png_header(50_000, 50_000),
        "entities.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "'
        + b"x" * 50
        + b'"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>',
        "external.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        "badutf8.txt": "人脸".encode() + b"\xff\xfe\xff" + CLAUSE.encode(),
        "broken.zip": zipped(a=b"x")[:40],
        "broken.gz": gzip.compress(b"x" * 100)[:20],
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    findings, coverage = run(tmp_path)
    assert set(files) <= {name.split("!/")[0] for name in coverage}
    assert {f.path.rsplit("/", 1)[-1] for f in findings} >= {"good.txt", "mislabelled.docx", "mislabelled.txt"}
    assert coverage["good.txt"].state == "read"
    for name in ("empty.pdf", "truncated.pdf", "notreally.pdf", "truncated.docx", "huge.png", "broken.zip"):
        assert coverage[name].state in ("unreadable", "failed"), (name, coverage[name])
        assert coverage[name].problems
    assert reasons(coverage["huge.png"]) & {"picture-too-large", "needs-ocr"}
    assert coverage["random.bin"].state == "skipped"
    assert reasons(coverage["entities.xml"]) == {"xml-entities"}
    assert "none is fetched" in coverage["external.xml"].problems[0].message
    assert not any("root:" in f.quote for f in findings)


def test_huge_picture_is_refused_by_its_header(tmp_path: Path) -> None:
    (tmp_path / "huge.png").write_bytes(png_header(50_000, 50_000))
    check = Check([str(tmp_path)], jobs=1)
    assert not list(check)
    assert reasons(check.coverage[0]) == {"picture-too-large"}


def test_encrypted_pdf_is_named(tmp_path: Path) -> None:
    body = pdf([[CLAUSE]])
    encrypted = body.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/O<"
        + b"00" * 32
        + b">/U<"
        + b"11" * 32
        + b">/P -4>>/ID[<00><00>]",
    )
    (tmp_path / "secret.pdf").write_bytes(encrypted)
    _, coverage = run(tmp_path)
    assert reasons(coverage["secret.pdf"]) == {"encrypted"}
    assert coverage["secret.pdf"].state == "unreadable"


@pytest.mark.parametrize("tree", [b"/Count 2000000000", b"/Count 1/Kids[2 0 R]"])
def test_endless_page_trees_come_to_an_end(tree: bytes, tmp_path: Path) -> None:
    body = pdf([[CLAUSE]])
    (tmp_path / "endless.pdf").write_bytes(body.replace(b"/Count 1", tree, 1))
    (tmp_path / "good.txt").write_text(CLAUSE, encoding="utf-8")
    findings, coverage = run(tmp_path)
    assert coverage["good.txt"].state == "read"
    assert any(f.path.endswith("good.txt") for f in findings)
    assert coverage["endless.pdf"].problems or any(f.path.endswith("endless.pdf") for f in findings)


def test_zip_bomb_nested_and_traversal(tmp_path: Path) -> None:
    bomb = zipped(zeros=b"\0" * 80_000_000)
    (tmp_path / "bomb.zip").write_bytes(bomb)
    (tmp_path / "traversal.zip").write_bytes(zipped(**{"DOTDOT__DOTDOT__evil.txt": CLAUSE.encode()}))
    inner = CLAUSE.encode()
    for _ in range(8):
        inner = zipped(inner=inner)
    (tmp_path / "deep.zip").write_bytes(inner)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"\0" * 250_000_000))
    findings, coverage = run(tmp_path)
    assert reasons(coverage["bomb.zip!/zeros"]) == {"zip-bomb"}
    assert reasons(coverage["traversal.zip!/../../evil.txt"]) == {"path-traversal"}
    assert any(f.path.endswith("evil.txt") for f in findings)
    assert not (tmp_path.parent.parent / "evil.txt").exists()
    assert any(reasons(c) == {"too-deep"} for c in coverage.values())
    assert any(reasons(c) == {"zip-bomb"} for name, c in coverage.items() if name.startswith("bomb.gz"))


def test_archives_and_mail_are_opened(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(inner__aDOTtxt=CLAUSE.encode(), b=zipped(c=CLAUSE.encode())))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        info = tarfile.TarInfo("t.txt")
        info.size = len(CLAUSE.encode())
        archive.addfile(info, io.BytesIO(CLAUSE.encode()))
    (tmp_path / "b.tar.gz").write_bytes(buffer.getvalue())
    (tmp_path / "c.eml").write_bytes(eml(["see the attachment"], ("spec.docx", docx([CLAUSE]))))
    findings, coverage = run(tmp_path)
    assert [f.path.removeprefix(str(tmp_path) + "/") for f in findings] == [
        "a.zip!/inner/a.txt",
        "a.zip!/b!/c",
        "b.tar.gz!/t.txt",
        "c.eml!/spec.docx",
    ]
    assert all(c.state == "read" for c in coverage.values())


def test_seven_zip(tmp_path: Path) -> None:
    py7zr = pytest.importorskip("py7zr")
    with py7zr.SevenZipFile(tmp_path / "a.7z", "w") as archive:
        archive.writestr(CLAUSE, "spec.txt")
    findings, _ = run(tmp_path)
    assert [f.path.rsplit("!/", 1)[1] for f in findings] == ["spec.txt"]


@pytest.mark.parametrize(
    "unit", ["a" * 50, "(" * 50, "民族" * 25, "识别" * 20 + "、" * 10, "\\u6c11", "race " * 10, "S k i n "]
)
def test_one_very_long_line(unit: str, tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_text(unit * 60_000 + CLAUSE, encoding="utf-8")
    findings, coverage = run(tmp_path)
    assert coverage["line.txt"].state in ("read", "partly")
    assert any("民族" in f.quote for f in findings) or coverage["line.txt"].state == "partly"
    assert all(len(f.quote) <= 1500 for f in findings)
