"""Taking files in: what is new, what is known, what is left out, and what the journal says of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clauselight.case.intake import Intake, Obtained, add
from clauselight.case.store import Case
from clauselight.errors import UsageError


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, text in (("a.txt", "one"), ("b.txt", "one"), ("c.txt", "two")):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    return tmp_path / "in"


def test_files_are_counted_and_each_origin_is_kept(files: Path, tmp_path: Path) -> None:
    taken: list[str] = []
    with Case.init(tmp_path / "case", by="A. Reviewer") as case:
        assert add(case, [str(files)], Obtained("A. Reviewer", "by hand"), taken.append) == Intake(2, 0, 1, 0)
        assert [Path(p).name for p in taken] == ["a.txt", "b.txt", "c.txt"]
        entry = case.entries()[-1]
        assert (entry.action, entry.by) == ("add", "A. Reviewer")
        assert [t["note"] for t in entry.detail["taken"]] == ["by hand"] * 3
        assert add(case, [str(files)]) == Intake(known=3)
        assert len(case.entries()) == 2  # nothing new is no action


def test_the_same_file_from_an_address_is_another_origin(files: Path, tmp_path: Path) -> None:
    with Case.init(tmp_path / "case") as case:
        add(case, [str(files / "a.txt")])
        obtained = Obtained("B. Reviewer", url="https://example.org/a", retrieved="2031-05-01T10:00:00Z")
        assert add(case, [str(files / "a.txt")], obtained) == Intake(same_bytes=1)
        first, second = case.origins(case.digests()[0])
        assert (first.url, second.url, second.by) == (None, "https://example.org/a", "B. Reviewer")


def test_what_cannot_be_opened_is_left_out_and_said(files: Path, tmp_path: Path) -> None:
    with Case.init(tmp_path / "case") as case:
        (files / "gone.txt").symlink_to("nowhere")
        counts = add(case, [str(files / "a.txt"), str(files / "gone.txt")])
        assert counts == Intake(added=1, left_out=1)
        assert counts.record() == {"added": 1, "known": 0, "same_bytes": 0, "left_out": 1}
        (left,) = case.entries()[-1].detail["left_out"]
        assert left["path"].endswith("gone.txt") and left["why"]


def test_the_case_takes_in_nothing_of_itself(files: Path) -> None:
    with Case.init(files / "case") as case:
        assert add(case, [str(files)]) == Intake(2, 0, 1, left_out=1)
        assert case.entries()[-1].detail["left_out"] == [{"path": str(files / "case"), "why": "the case itself"}]


def test_odd_names_loops_and_links_out_end_nothing_and_are_said(files: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("not given", encoding="utf-8")
    (files / "outside.txt").symlink_to(tmp_path / "outside.txt")
    (files / "loopa").symlink_to("loopb")
    (files / "loopb").symlink_to("loopa")
    (files / "self").symlink_to(".")
    Path(os.fsdecode(os.fsencode(files) + b"/bad\xff\xfename.txt")).write_text("three", encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        assert add(case, [str(files)]) == Intake(added=3, same_bytes=1, left_out=4)
        detail = case.entries()[-1].detail
        assert [Path(t["path"]).name for t in detail["taken"]] == ["a.txt", "b.txt", r"bad\xff\xfename.txt", "c.txt"]
        assert {Path(e["path"]).name for e in detail["left_out"]} == {"loopa", "loopb", "outside.txt", "self"}
        assert b"not given" not in {case.original(d).read_bytes() for d in case.digests()}


@pytest.mark.parametrize(
    ("paths", "obtained", "why"),
    [
        (["in"], Obtained(url="https://example.org/"), "go with one file"),
        (["in/a.txt", "in/b.txt"], Obtained(retrieved="2031-05-01"), "go with one file"),
        (["-"], Obtained(), "save standard input first"),
    ],
)
def test_what_cannot_be_said_where_it_came_from_is_refused(
    paths: list[str], obtained: Obtained, why: str, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Case.init(tmp_path / "case") as case, pytest.raises(UsageError, match=why):
        add(case, paths, obtained)
    with Case(tmp_path / "case") as case:
        assert case.count_sources() == 0


def test_many_files_are_recorded_in_batches(tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    for i in range(450):
        (tmp_path / "many" / f"{i:03}.txt").write_text(str(i), encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        assert add(case, [str(tmp_path / "many")]) == Intake(added=450)
        assert [len(e.detail["taken"]) for e in case.entries() if e.action == "add"] == [200, 200, 50]
