"""Findings as rows and annotations: ids, columns, interruptions, and memory that does not grow."""

from __future__ import annotations

import csv
import gc
import io
import json
import tracemalloc
import warnings
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from clauselight.case.intake import Obtained, add
from clauselight.case.orphans import Orphan
from clauselight.case.reviewed import items
from clauselight.case.store import Case, Judgement
from clauselight.case.update import run
from clauselight.cli import main
from clauselight.exports.findings import parquet, xlsx
from clauselight.exports.findings.annotations import collection
from clauselight.exports.registry import Item, Settings, outputs
from clauselight.exports.rows import COLUMNS, columns
from clauselight.exports.run import RunItems
from clauselight.formats.session import ReadOptions
from clauselight.model import Blob, Coverage, Finding
from clauselight.model.outcome import Outcome
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.options import Analysis
from clauselight.rules.find import Finder

CLAUSE = "摄像机应能识别人员的民族。\n"
SETTINGS = Settings()
_LEVEL = columns(SETTINGS).index("level")


@dataclass(frozen=True)
class Judged:
    """An item of an invented case."""

    finding: Finding
    id: str = "0123456789abcdef"
    source: str = "ab" * 32
    member: str = ""
    decision: str | None = "accept"
    judgements: tuple[Judgement, ...] = (
        Judgement("0123456789abcdef", "accept", "=1+1", "A. Reviewer", "2031-01-01T00:00:00Z"),
    )
    carried: tuple[Orphan, ...] = ()


@pytest.fixture(scope="module")
def outcome(finder: Finder) -> Outcome:
    return analyse(Blob("a.txt", data=CLAUSE.encode()), Analysis(finder), ReadOptions("never"))


def written(name: str, outcome: Outcome, items: list[Any], settings: Settings, complete: bool = True) -> str:
    stream = io.StringIO()
    writer = outputs("findings")[name].write(stream, settings)
    writer.write(outcome.coverage, items)
    writer.close(complete)
    return stream.getvalue()


def of_run(outcome: Outcome) -> list[Any]:
    return list(RunItems().of(outcome.coverage, outcome.findings))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- ids ---


def archive(file: Path, *members: tuple[str, bytes]) -> bytes:
    with zipfile.ZipFile(file, "w") as pack, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two members of one name are what is wanted
        for name, data in members:
            pack.writestr(name, data)
    return file.read_bytes()


def test_a_run_gives_the_ids_of_a_case(tmp_path: Path, finder: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, members, two members of one name, members of members, and a folder that looks like an archive."""
    monkeypatch.chdir(tmp_path)
    inner = archive(tmp_path / "inner.zip", ("b.txt", CLAUSE.encode()))
    Path("inner.zip").unlink()
    Path("in").mkdir()
    archive(Path("in/z.zip"), ("a.txt", CLAUSE.encode()), ("a.txt", CLAUSE.encode()), ("inner.zip", inner))
    Path("in/odd!").mkdir()
    Path("in/odd!/c.txt").write_text(CLAUSE, encoding="utf-8")
    Path("in/d.txt").write_text("2 " + CLAUSE, encoding="utf-8")
    assert main(["check", "in", "--quiet", "--format", "csv", "-o", "run.csv"]) == 1
    with Case.init(Path("case")) as case:
        add(case, ["in"], Obtained("tester"))
        run(case, finder, ocr="never")
        wanted = {(item.finding.path, item.id) for _, chosen in items(case) for item in chosen}
    got = [(row["path"], row["id"]) for row in rows(Path("run.csv").read_text(encoding="utf-8"))]
    assert len(got) == len(wanted) == 5
    assert set(got) == wanted


def test_an_annotation_of_a_member_names_the_archive(tmp_path: Path, finder: Finder) -> None:
    data = archive(tmp_path / "z.zip", ("a.txt", CLAUSE.encode()))
    out = tmp_path / "out.jsonld"
    assert main(["check", str(tmp_path / "z.zip"), "--quiet", "--format", "annotations", "-o", str(out)]) == 1
    (note,) = json.loads(out.read_text(encoding="utf-8"))["items"]
    original = note["target"][1]
    assert original["source"] == f"urn:sha256:{Blob('z.zip', data=data).sha256}"
    assert original["clauselight:member"] == "!/a.txt"


def test_what_cannot_be_opened_again_has_the_digest_of_what_was_read(outcome: Outcome) -> None:
    (item,) = of_run(outcome)
    gone = replace(item, place=replace(item.place, file="gone.zip", member="!/a.txt"))
    assert gone.source == item.source == outcome.coverage.source_sha256


# --- rows ---


def test_a_row_of_a_run_has_no_columns_for_reviewers(outcome: Outcome) -> None:
    (row,) = rows(written("csv", outcome, of_run(outcome), SETTINGS))
    assert list(row) == [c for c in COLUMNS if c not in ("decision", "reviewers", "reasons")]
    assert (row["path"], row["line"], row["attribute"], row["level"]) == ("a.txt", "1", "ethnicity", "finding")
    assert row["source_sha256"] == outcome.coverage.source_sha256


def test_a_row_of_a_case_has_them(outcome: Outcome) -> None:
    (row,) = rows(written("csv", outcome, [Judged(outcome.findings[0])], Settings(reviewed=True)))
    assert tuple(row) == COLUMNS
    assert (row["id"], row["decision"], row["reviewers"]) == ("0123456789abcdef", "accept", "A. Reviewer: accept")


def test_formulas_are_text_and_what_is_empty_is_empty(outcome: Outcome) -> None:
    finding = replace(outcome.findings[0], gloss="@SUM(A1)", groups=())
    (row,) = rows(written("csv", outcome, [Judged(finding)], Settings(reviewed=True)))
    assert (row["reasons"], row["gloss"], row["groups"]) == ("'=1+1", "'@SUM(A1)", "")


def test_json_lines_of_a_case_say_what_was_decided(outcome: Outcome) -> None:
    lines = written("jsonl", outcome, [Judged(outcome.findings[0])], Settings(reviewed=True)).splitlines()
    finding, coverage, summary = map(json.loads, lines)
    assert (finding["id"], finding["decision"], finding["judgements"][0]["reason"]) == (
        "0123456789abcdef",
        "accept",
        "=1+1",
    )
    assert (coverage["type"], summary["type"], summary["findings"]) == ("coverage", "summary", {"finding": 1})


@pytest.mark.parametrize("count", [0, 1, 3])
def test_annotations_are_written_as_json_writes_them(count: int, outcome: Outcome) -> None:
    judged = [Judged(outcome.findings[0])] * count
    text = written("annotations", outcome, judged, SETTINGS)
    assert text == json.dumps(collection(judged), ensure_ascii=False, indent=1)


# --- interruptions ---


def test_csv_says_that_it_is_incomplete(outcome: Outcome) -> None:
    *_, last = rows(written("csv", outcome, of_run(outcome), SETTINGS, complete=False))
    assert (last["id"], last["level"], last["gloss"]) == (
        "",
        "incomplete",
        "the run was interrupted: what would come below is missing",
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("table", "Stopped before the end"),
        ("jsonl", '"complete":false'),
        ("sarif", '"executionSuccessful": false'),
        ("annotations", '"clauselight:complete": false'),
    ],
)
def test_texts_say_that_they_are_incomplete(name: str, words: str, outcome: Outcome) -> None:
    assert words in written(name, outcome, of_run(outcome), SETTINGS, complete=False)
    assert words not in written(name, outcome, of_run(outcome), SETTINGS)


def test_binary_outputs_say_that_they_are_incomplete(outcome: Outcome) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    table = pytest.importorskip("pyarrow.parquet")
    levels = []
    for name in ("xlsx", "parquet"):
        stream = io.BytesIO()
        writer = outputs("findings")[name].write(stream, SETTINGS)
        writer.write(outcome.coverage, of_run(outcome))
        writer.close(False)
        levels.append(
            [row["level"] for row in table.read_table(stream).to_pylist()]
            if name == "parquet"
            else [row[_LEVEL] for row in openpyxl.load_workbook(stream)["findings"].values][1:]
        )
    assert levels == [["finding", "incomplete"]] * 2


# --- size ---


class _Nowhere(io.StringIO):
    def write(self, text: str) -> int:
        return len(text)


class _NoBytes(io.BytesIO):
    def write(self, data: Any) -> int:
        return len(data)


@pytest.mark.parametrize("name", ["csv", "jsonl", "annotations", "xlsx", "parquet"])
def test_memory_does_not_grow_with_the_run(name: str, outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("openpyxl")
    monkeypatch.setattr(parquet, "_GROUP", 50)
    made = outputs("findings")[name]
    writer = made.write(_NoBytes() if made.binary else _Nowhere(), SETTINGS)
    found = of_run(outcome)

    def write(times: int) -> int:
        for _ in range(times):
            writer.write(outcome.coverage, found)
        gc.collect()  # also what the interpreter keeps of freed tuples for later
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        before = write(200)
        grown = write(600) - before
    finally:
        tracemalloc.stop()
    writer.close(True)
    assert grown < 40_000  # one row of 600 kept as text would be over 400,000


def test_a_full_sheet_is_followed_by_another(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 3)
    stream = io.BytesIO()
    writer = outputs("findings")["xlsx"].write(stream, SETTINGS)
    found: list[Item] = of_run(outcome) * 5
    writer.write(outcome.coverage, found)
    writer.close(True)
    book = openpyxl.load_workbook(stream)
    assert [(s.title, s.max_row) for s in book] == [
        ("findings", 3),
        ("coverage", 2),
        ("findings 2", 3),
        ("findings 3", 2),
    ]


def test_control_characters_make_no_broken_sheet(outcome: Outcome) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    stream = io.BytesIO()
    writer = outputs("findings")["xlsx"].write(stream, SETTINGS)
    writer.write(Coverage("a\x01b.txt", "failed"), [])
    writer.close(True)
    assert openpyxl.load_workbook(stream)["coverage"]["A2"].value == "a\\x01b.txt"


def test_sarif_counts_what_it_leaves_out(outcome: Outcome, monkeypatch: pytest.MonkeyPatch) -> None:
    from clauselight.exports.findings import sarif
    from clauselight.model import Problem

    monkeypatch.setattr(sarif, "_MOST_NOTES", 2)
    coverage = Coverage("a.txt", "partly", problems=tuple(Problem("reader-error", str(n)) for n in range(5)))
    log = json.loads(written("sarif", Outcome(coverage), [], SETTINGS))
    notes = [n["message"]["text"] for n in log["runs"][0]["invocations"][0]["toolExecutionNotifications"]]
    assert notes == ["a.txt: 0", "a.txt: 1", "3 further problems are left out; --format jsonl names every one"]
