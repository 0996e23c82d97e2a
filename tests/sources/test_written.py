"""What this program wrote is known by a digest that only the user can have noted, and by nothing else."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from clauselight.cli import main
from clauselight.rules.cache import cache_folder
from clauselight.trusted import own_folder

CLAUSE = "摄像机应能识别人员的民族。\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test for what was written; the compiled scan stays where it is, and is trusted."""
    folder = tmp_path / "home" / "clauselight"
    folder.mkdir(mode=0o700, parents=True)
    with contextlib.suppress(OSError):
        shutil.copy(own_folder() / "scan.key", folder)
    monkeypatch.setenv("CLAUSELIGHT_CACHE", str(cache_folder()))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    return folder


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "tender.txt").write_text(CLAUSE, encoding="utf-8")
    return folder


def _states(given: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    capsys.readouterr()
    main(["check", str(given), "--format", "jsonl", "--jobs", "1"])
    rows = map(json.loads, capsys.readouterr().out.splitlines())
    return {Path(row["path"]).name: row["state"] for row in rows if row["type"] == "coverage"}


@pytest.mark.parametrize("form", ["jsonl", "sarif", "csv", "table", "xlsx", "parquet"])
def test_a_result_is_known_and_one_byte_more_makes_it_a_document(
    given: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    out = given / "renamed.txt"
    main(["check", str(given / "tender.txt"), "--format", form, "-o", str(given / f"out.{form}"), "--jobs", "1"])
    (given / f"out.{form}").rename(out)  # the name says nothing
    assert _states(given, capsys) == {"tender.txt": "read", "renamed.txt": "own_output"}
    with out.open("ab") as stream:
        stream.write(b" ")
    assert _states(given, capsys)["renamed.txt"] != "own_output"


def test_what_only_looks_like_a_result_is_read(given: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(given / "tender.txt"), "--format", "jsonl", "-o", str(given / "out.jsonl"), "--jobs", "1"])
    assert _states(given, capsys)["out.jsonl"] == "own_output"
    (home / "written").unlink()  # as on another machine
    assert _states(given, capsys)["out.jsonl"] == "read"


def test_a_list_that_others_may_write_counts_for_nothing(
    given: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(given / "tender.txt"), "--format", "jsonl", "-o", str(given / "out.jsonl"), "--jobs", "1"])
    (home / "written").chmod(0o666)
    assert _states(given, capsys)["out.jsonl"] == "read"


def test_the_file_that_is_being_written_is_said(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(given), "--format", "jsonl", "-o", str(given / "out.jsonl"), "--jobs", "1"])
    rows = [json.loads(line) for line in (given / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    part = next(row for row in rows if row["type"] == "coverage" and row["path"].endswith("out.jsonl.part"))
    assert (part["state"], part["problems"][0]["message"]) == ("own_output", "the file that this run writes")


def test_a_redirected_result_is_known_and_what_stood_before_is_not(
    given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [sys.executable, "-m", "clauselight", "check", str(given), "--format", "jsonl", "--jobs", "1"]
    with (given / "a.jsonl").open("wb") as stream:
        subprocess.run(command, stdout=stream, check=False)
    (given / "b.jsonl").write_text(CLAUSE, encoding="utf-8")
    with (given / "b.jsonl").open("ab") as stream:
        subprocess.run(command, stdout=stream, check=False)
    assert _states(given, capsys) == {"tender.txt": "read", "a.jsonl": "own_output", "b.jsonl": "read"}


def test_a_case_is_known_where_it_was_begun_and_a_copy_of_its_mark_hides_nothing(
    given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = given / "case"
    main(["case", "init", str(case)])
    main(["case", "add", str(case), str(given / "tender.txt")])
    (case / "mine.txt").write_text(CLAUSE, encoding="utf-8")
    assert _states(given, capsys) == {
        ".clauselight-case": "own_output",
        "case.sqlite": "own_output",
        "mine.txt": "read",
        "originals": "own_output",
        "tender.txt": "read",
    }
    evil = tmp_path / "evil"
    (evil / "originals").mkdir(parents=True)
    (evil / "originals" / "clause.txt").write_text(CLAUSE, encoding="utf-8")
    shutil.copy(case / ".clauselight-case", evil)
    assert _states(evil, capsys)["clause.txt"] == "read"


def test_a_case_takes_neither_itself_nor_results(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(given), "--format", "csv", "-o", str(given / "out.csv"), "--jobs", "1"])
    main(["case", "init", str(given / "case")])
    capsys.readouterr()
    assert main(["case", "add", str(given / "case"), str(given), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"added": 1, "known": 0, "same_bytes": 0, "left_out": 2}


def test_a_dossier_is_known_and_what_it_copied_is_a_document(
    given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, bag = tmp_path / "case", tmp_path / "bag"
    main(["case", "init", str(case)])
    main(["case", "add", str(case), str(given / "tender.txt")])
    main(["case", "run", str(case), "--jobs", "1"])
    main(["dossier", str(case), "-o", str(bag), "--bag", "--quiet"])
    states = _states(bag, capsys)
    copied = {p.name for part in ("originals", "texts") for p in (bag / "data" / part).rglob("*") if p.is_file()}
    assert {state for name, state in states.items() if name in copied} == {"read"}
    others = {name: state for name, state in states.items() if name not in copied and state != "own_output"}
    assert others == {"bagit.txt": "read", "judgements.jsonl": "read"}  # the same in any bag; and one that is empty
