"""Every path has one entry, and no link leads out of what was given."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from clauselight.sources.walk import walk


def entries(root: Path, *more: str) -> list[tuple[str, str]]:
    """Path below the root and reason; empty for a file to read."""
    return [
        (f.path.removeprefix(str(root)).lstrip("/"), f.reason if f.left_out else "") for f in walk([str(root), *more])
    ]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "given"
    (root / "sub").mkdir(parents=True)
    (root / "empty").mkdir()
    for name in ("a.txt", "sub/b.txt"):
        (root / name).write_text("x", encoding="utf-8")
    for name in (".git", ".hg", "sub/.svn"):
        (root / name).mkdir()
        (root / name / "inner.txt").write_text("x", encoding="utf-8")
    (tmp_path / "outside.txt").write_text("x", encoding="utf-8")
    (root / "out.txt").symlink_to(tmp_path / "outside.txt")
    (root / "out").symlink_to(tmp_path)
    (root / "in.txt").symlink_to("a.txt")
    (root / "loop").symlink_to(".")
    (root / "knot1").symlink_to("knot2")
    (root / "knot2").symlink_to("knot1")
    (root / "gone").symlink_to("nowhere")
    os.mkfifo(root / "fifo.txt")
    return root


def test_every_path_has_one_entry(tree: Path) -> None:
    assert entries(tree) == [
        (".git", "tool-folder"),
        (".hg", "tool-folder"),
        ("a.txt", ""),
        ("fifo.txt", "device"),
        ("gone", "left-out"),
        ("in.txt", ""),
        ("knot1", "left-out"),
        ("knot2", "left-out"),
        ("loop", "link"),
        ("out", "link-outside"),
        ("out.txt", "link-outside"),
        ("sub/.svn", "tool-folder"),
        ("sub/b.txt", ""),
    ]


def test_entries_are_the_paths_that_are_there(tree: Path) -> None:
    never = {".git", ".hg", ".svn"}
    there = []
    for base, folders, names in os.walk(tree):
        links = [f for f in folders if (Path(base) / f).is_symlink()]
        there += [str((Path(base) / n).relative_to(tree)) for n in [*names, *links, *never.intersection(folders)]]
        folders[:] = [f for f in folders if f not in never]
    assert sorted(path for path, _ in entries(tree)) == sorted(there)


def test_a_link_that_is_given_itself_is_followed(tree: Path) -> None:
    assert [f.left_out for f in walk([str(tree / "out.txt")])] == [None]


def test_a_link_to_what_is_given_as_well_is_read(tree: Path, tmp_path: Path) -> None:
    assert ("out.txt", "") in entries(tree, str(tmp_path / "outside.txt"))


def test_an_empty_folder_that_is_given_is_named(tmp_path: Path) -> None:
    assert [(f.path, f.reason, f.left_out) for f in walk([str(tmp_path)])] == [
        (str(tmp_path), "no-members", "the folder holds no file")
    ]


def test_an_ignore_file_that_is_not_understood_has_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").touch()  # as in a work tree beside another
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".gitignore").write_text("!\n", encoding="utf-8")
    given = [(f.path, f.left_out) for f in walk(["."], ignore_files=True)]
    assert given[0] == ("./.git", None)
    assert given[1][0] == "./.gitignore" and str(given[1][1]).startswith("ignore file not understood: ")
    assert [(f.path, f.left_out) for f in walk(["."])] == [("./.git", None), ("./.gitignore", None)]


def test_a_thousand_folders_deep(tmp_path: Path) -> None:
    at = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("d", dir_fd=at)
        inner = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=at))
    os.close(at)
    try:
        assert [path.rsplit("/", 1)[-1] for path, _ in entries(tmp_path)] == ["deep.txt"]
    finally:
        _flatten(tmp_path)


def _flatten(top: Path) -> None:
    """Take a deep tree away from its top: the clean-up of pytest recurses and cannot."""
    while (top / "d" / "d").exists():
        (top / "d" / "d").rename(top / "next")
        (top / "d").rmdir()
        (top / "next").rename(top / "d")


def test_a_socket_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("sock.txt")
        assert entries(tmp_path) == [("sock.txt", "device")]
