"""What a source holds at any depth, and the files that are made on the way."""

from __future__ import annotations

import gc
import io
import warnings
import zipfile
from pathlib import Path

import pytest

from builders import eml
from clauselight.errors import ReadError
from clauselight.formats.registry import format_of
from clauselight.model import Blob
from clauselight.sources import archives
from clauselight.sources.members import member_blob, walk_members


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return buffer.getvalue()


@pytest.fixture
def unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where large members go; every member is large."""
    monkeypatch.setattr(archives, "_IN_MEMORY", 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_plain_source_holds_itself() -> None:
    blob = Blob("a.txt", data=b"text")
    assert [(m.path, m.blob) for m in walk_members(blob)] == [("a.txt", blob)]


def test_members_come_in_order_and_archives_inside_are_opened() -> None:
    blob = Blob("a.zip", data=zipped(one_txt=b"1", b_zip=zipped(two_txt=b"2"), three_txt=b"3"))
    assert [m.path for m in walk_members(blob)] == ["a.zip!/one.txt", "a.zip!/b.zip!/two.txt", "a.zip!/three.txt"]


def test_a_message_is_read_itself_and_then_its_attachments() -> None:
    blob = Blob("a.eml", data=eml(["body"], ("b.txt", b"attached")))
    assert [m.path for m in walk_members(blob)] == ["a.eml", "a.eml!/b.txt"]


def test_a_broken_archive_inside_is_named_and_the_next_member_is_read() -> None:
    blob = Blob("a.zip", data=zipped(b_zip=zipped(two_txt=b"2")[:40], three_txt=b"3"))
    assert [(m.path, m.reason) for m in walk_members(blob)] == [("a.zip!/b.zip", "damaged"), ("a.zip!/three.txt", "")]


def test_a_large_member_is_a_file_until_the_next_one(unpacked: Path) -> None:
    files: list[Path] = []
    for member in walk_members(Blob("a.zip", data=zipped(one_txt=b"1", two_txt=b"2"))):
        assert member.blob is not None and member.blob.file is not None
        assert [f.exists() for f in files] == [False] * len(files)
        assert member.blob.file.exists()
        files.append(member.blob.file)
    assert len(files) == 2
    assert list(unpacked.iterdir()) == []


def test_the_file_of_an_archive_inside_an_archive_is_removed(unpacked: Path) -> None:
    outer = Blob("a.zip", data=zipped(b_zip=zipped(one_txt=b"1")))
    assert [m.path for m in walk_members(outer)] == ["a.zip!/b.zip!/one.txt"]
    assert list(unpacked.iterdir()) == []


def test_attachments_of_a_large_message_inside_an_archive_are_read(unpacked: Path) -> None:
    outer = Blob("a.zip", data=zipped(b_eml=eml(["body"], ("c.txt", b"attached"))))
    assert [(m.path, m.reason) for m in walk_members(outer)] == [("a.zip!/b.eml", ""), ("a.zip!/b.eml!/c.txt", "")]


def test_a_member_by_its_path_keeps_its_file_as_long_as_it_is_held(unpacked: Path) -> None:
    outer = Blob("a.zip", data=zipped(b_zip=zipped(one_txt=b"1", two_txt=b"2")))
    blob = member_blob(outer, "a.zip!/b.zip!/two.txt")
    assert (blob.path, blob.read()) == ("a.zip!/b.zip!/two.txt", b"2")
    assert list(unpacked.iterdir()) == [blob.file]
    del blob
    gc.collect()
    assert list(unpacked.iterdir()) == []


def test_a_member_of_a_7z_archive_by_its_path_has_bytes(tmp_path: Path) -> None:
    py7zr = pytest.importorskip("py7zr")
    with py7zr.SevenZipFile(tmp_path / "a.7z", "w") as archive:
        archive.writestr("text", "one.txt")
    assert member_blob(Blob("a.7z", file=tmp_path / "a.7z"), "a.7z!/one.txt").read() == b"text"


def test_a_member_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ReadError) as error:
        member_blob(Blob("a.zip", data=zipped(one_txt=b"1")), "a.zip!/two.txt")
    assert error.value.reason == "no-member"


def test_members_of_one_path_have_paths_of_their_own_and_are_read_by_their_names() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for text in (b"a,b\n1,2\n", b"c,d\n3,4\n", b"e,f\n5,6\n"):
            archive.writestr("t.csv", text)
    outer = Blob("a.zip", data=buffer.getvalue())
    members = list(walk_members(outer))
    assert [m.path for m in members] == ["a.zip!/t.csv", "a.zip!/t.csv#", "a.zip!/t.csv##"]
    blobs = [m.blob for m in members if m.blob is not None]
    assert [b.path for b in blobs] == [m.path for m in members]
    assert {form.name for blob in blobs if (form := format_of(blob))} == {"delimited"}
    assert member_blob(outer, "a.zip!/t.csv##").read() == b"e,f\n5,6\n"
