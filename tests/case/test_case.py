"""The case: incremental, append-only, shared by processes, and whole after any kill."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from clauselight.case import journal, search
from clauselight.case.intake import Intake, add
from clauselight.case.records import from_json, to_json
from clauselight.case.staleness import Keys, stale
from clauselight.case.status import kappa, status, twins
from clauselight.case.store import Case
from clauselight.case.update import Updated, run
from clauselight.cli import main
from clauselight.errors import UsageError
from clauselight.model import Finding
from clauselight.pipeline.snapshot import freeze, thaw
from clauselight.rules.find import Finder
from clauselight.rules.load import load

TENDER = "招标公告\n采购人：虚构市示例局\n平台应支持按民族对抓拍人员进行检索。\n"


def journal_of(case: Case) -> list[str]:
    return [e.action for e in journal.entries(case.db)]


def test_nothing_is_read_twice(folder: Path, finder: Finder) -> None:
    with Case(folder) as case:
        assert run(case, finder, ocr="never") == Updated()
        new = folder.parent / "new.txt"
        new.write_text(TENDER, encoding="utf-8")
        assert add(case, [str(new)]) == Intake(added=1)
        assert len(stale(case, Keys.now(finder, "never")).unread) == 1
        assert run(case, finder, ocr="never") == Updated(read=1)
        assert add(case, [str(new)]) == Intake(known=1)


def test_other_rules_are_decided_on_what_was_read(folder: Path) -> None:
    other = Finder(load([]))
    with Case(folder) as case:
        before = [(i, f) for r in case.readings() for i, f in case.findings(r.id)]
        keys = Keys.now(other, "never")
        changed = replace(keys, rules="other rules")
        assert len(stale(case, changed).redecide) == case.count_readings() and not stale(case, changed).reread
        with case.transaction():
            case.db.execute("UPDATE reading SET decided_by = 'older rules'")
        for path in (folder / "originals").rglob("*"):
            if path.is_file():
                path.unlink()  # nothing may be read again
        counts = run(case, other, ocr="never")
        assert counts == Updated(decided=case.count_readings())
        assert [(i, f) for r in case.readings() for i, f in case.findings(r.id)] == before


def test_only_what_recognition_read_is_read_again_when_it_changes(folder: Path, finder: Finder) -> None:
    with Case(folder) as case:
        with case.transaction():
            case.db.execute("UPDATE reading SET ocr_used = 1, ocr_version = 'rapidocr 0.0' WHERE id = 1")
        keys = Keys.now(finder, "never")
        found = stale(case, keys)
        if keys.ocr == "none":
            assert not found
        else:
            (why,) = found.reread.values()
            assert "recognition has changed" in why and not found.redecide
        with case.transaction():
            case.db.execute("UPDATE reading SET ocr_used = 0, ocr_version = '', reader_version = '0' WHERE id = 1")
        (why,) = stale(case, keys).reread.values()
        assert "the reader" in why


def test_the_same_bytes_and_the_same_text(folder: Path, finder: Finder) -> None:
    with Case(folder) as case:
        for name, text in (("a.txt", TENDER), ("b.txt", TENDER), ("c.txt", TENDER.replace("\n", "\r\n\r\n"))):
            (folder.parent / name).write_bytes(text.encode())
        counts = add(case, [str(folder.parent / n) for n in ("a.txt", "b.txt", "c.txt")])
        assert counts == Intake(added=2, same_bytes=1)
        run(case, finder, ocr="never")
        found = {t["kind"]: [Path(p).name for p in t["origins"]] for t in twins(case)}
        assert found == {"same bytes": ["a.txt", "b.txt"], "same text, other bytes": ["a.txt", "c.txt"]}


def test_the_journal_tells_what_was_changed(folder: Path) -> None:
    with Case(folder) as case:
        chain = journal.entries(case.db)
        assert [e.action for e in chain][:2] == ["init", "add"] and not journal.broken(chain)
        changed = [replace(e, by="somebody else") if e.seq == 2 else e for e in chain]
        assert journal.broken(changed) == ["entry 2 was changed"]
        assert journal.broken([chain[0], *chain[2:]]) and journal.broken([chain[1], chain[0], *chain[2:]])
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            case.db.execute("DELETE FROM journal WHERE seq = 1")


def test_judgements_stay_and_disagreement_shows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Case(folder) as case:
        ids = [i for r in case.readings() for i, f in case.findings(r.id) if f.level == "finding"][:4]
        for i, (a, b) in zip(
            ids, (("accept", "accept"), ("accept", "reject"), ("reject", "reject"), ("accept", "accept")), strict=True
        ):
            case.judge(i, a, "read it", "First")
            case.judge(i, b, "read it too", "Second")
        case.judge(ids[0], "unsure", "on second thought", "First")
        assert [j.decision for j in case.judgements(ids[0])] == ["accept", "accept", "unsure"]
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            case.db.execute("UPDATE judgement SET decision = 'accept'")
        with pytest.raises(UsageError, match="reason"):
            case.judge(ids[0], "accept", " ", "First")
        state = status(case, Keys("x", "auto", "y", "z"), cover=str)
        assert state["judged"] == {"disputed": 2, "reject": 1, "accept": 1}
        assert state["agreement"][0]["both"] == 4 and state["agreement"][0]["agree"] == 2
    assert main(["case", "findings", str(folder), "--only", "disputed", "--format", "jsonl"]) == 0
    assert capsys.readouterr().out.count('"decision":"disputed"') == 2
    assert main(["case", "judge", str(folder), "ffff", "accept", "--reason", "r", "--by", "me"]) == 2


def test_kappa_is_that_of_cohen() -> None:
    # the worked example of the literature: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no gives 0.4
    assert kappa([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15) == 0.4
    assert kappa([("y", "y")] * 3) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("民族", True),
        ("肤色", True),
        ("民", True),
        ("族", True),
        ("民族代码", True),
        ("族民", False),
        ('"人员对象"', True),
        ("Seamount Eagle", True),
        ("seamount 民族", False),
        ("膚色", True),
        ('"Eagle Seamount"', False),
        ("代码", True),
    ],
)
def test_search_finds_chinese_words_of_any_length(folder: Path, query: str, found: bool) -> None:
    with Case(folder) as case:
        hits = case.search(query)
        assert bool(hits) == found == bool(case.count(query))


def test_a_query_of_nothing_is_refused(folder: Path) -> None:
    with Case(folder) as case, pytest.raises(UsageError):
        case.search('"" ,,')
    assert search.query('a" OR b*') == '"a" "OR" "b"'  # nothing of FTS5's own language gets through


def test_documents_come_back_as_they_were(finder: Finder) -> None:
    from clauselight.api import read
    from clauselight.model import Blob

    samples = Path(__file__).parents[2] / "samples"
    for file in sorted(samples.rglob("*.*")):
        if file.suffix in (".md", ".txt", ".h", ".html", ".xsd", ".json"):
            document = read(file, ocr="never")
            again = thaw(freeze(document), document.path, lambda file=file: Blob(str(file), file=file))
            assert again.text == document.text and finder.findings(again) == finder.findings(document)
            for finding in finder.findings(document):
                assert from_json(Finding, to_json(finding)) == finding


def test_a_member_of_an_archive_and_a_web_archive(folder: Path, finder: Finder) -> None:
    pytest.importorskip("fastwarc")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = folder.parent / "page.warc.gz"
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
        body = BytesIO("<html><body><p>平台应支持按民族对抓拍人员进行检索。</p></body></html>".encode())
        record = writer.create_warc_record(
            "https://example.org/tender",
            "response",
            payload=body,
            http_headers=headers,
            warc_headers_dict={"WARC-Date": "2031-05-01T10:00:00Z"},
        )
        writer.write_record(record)
    with Case(folder) as case:
        add(case, [str(file)])
        run(case, finder, ocr="never")
        reading = next(r for r in case.readings() if r.inner.endswith("https://example.org/tender"))
        assert (reading.coverage.url, reading.coverage.retrieved) == (
            "https://example.org/tender",
            "2031-05-01T10:00:00Z",
        )
        assert [f.attribute for _, f in case.findings(reading.id)] == ["ethnicity"]
        assert b"<html>" in case.blob(reading).read()


def test_a_run_killed_at_any_moment_goes_on(tmp_path: Path, finder: Finder) -> None:
    """200 kills are in benchmarks/kill.py; here some, so that a regression shows."""
    sources = tmp_path / "in"
    sources.mkdir()
    for i in range(60):
        (sources / f"{i}.txt").write_text(f"第{i}号\n" + TENDER * (i % 7 + 1), encoding="utf-8")
    folder = tmp_path / "case"
    with Case.init(folder) as case:
        add(case, [str(sources)])
    command = [
        sys.executable,
        "-m",
        "clauselight",
        "case",
        "run",
        str(folder),
        "--jobs",
        "2",
        "--ocr",
        "never",
        "--quiet",
    ]
    chance = random.Random(7)
    for _ in range(8):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0.1, 1.2))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        with Case(folder) as case:
            assert case.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert not journal.broken(journal.entries(case.db))
    with Case(folder) as case:
        run(case, finder, jobs=2, ocr="never")
        assert case.db.execute("SELECT count(*), sum(state = 'read') FROM source").fetchone() == (60, 60)
        assert case.db.execute("SELECT count(*) FROM reading").fetchone()[0] == 60
        reads = [e.detail["sha256"] for e in journal.entries(case.db) if e.action == "read"]
        assert len(reads) == len(set(reads)) == 60
        assert case.count("民族") == 60


def test_two_runs_at_once_do_not_meet(folder: Path, finder: Finder) -> None:
    holder = (
        "import fcntl, os, sys; h = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT); "
        "fcntl.lockf(h, fcntl.LOCK_EX); print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(folder / ".run.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdin and process.stdout.readline() == "held\n"
    with Case(folder) as case:
        with pytest.raises(UsageError, match="another `case run`"):
            run(case, finder, ocr="never")
        process.kill()
        process.wait()
        assert run(case, finder, ocr="never") == Updated()  # the lock went with its holder


def test_workers_of_a_killed_run_do_not_hold_the_case(tmp_path: Path, finder: Finder) -> None:
    """Only the parent is killed; its workers may live a moment longer, and the next run does not wait for them."""
    (tmp_path / "in").mkdir()
    for i in range(200):
        (tmp_path / "in" / f"{i}.txt").write_text(f"第{i}号\n" + TENDER * 40, encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        add(case, [str(tmp_path / "in")])
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "clauselight",
                "case",
                "run",
                str(tmp_path / "case"),
                "--jobs",
                "2",
                "--ocr",
                "never",
                "--quiet",
            ],
            stdout=subprocess.DEVNULL,
        )
        for _ in range(600):
            if case.db.execute("SELECT count(*) FROM reading").fetchone()[0]:
                break
            time.sleep(0.02)
        process.kill()
        process.wait()
        run(case, finder, jobs=2, ocr="never")
        assert case.db.execute("SELECT count(*) FROM reading").fetchone()[0] == 200


def test_many_judges_at_once(folder: Path) -> None:
    with Case(folder) as case:
        name = next(i for r in case.readings() for i, _ in case.findings(r.id))
    command = [
        sys.executable,
        "-m",
        "clauselight",
        "case",
        "judge",
        str(folder),
        name,
        "accept",
        "--reason",
        "r",
        "--by",
    ]
    processes = [subprocess.Popen([*command, f"reviewer {i}"], stdout=subprocess.DEVNULL) for i in range(6)]
    assert [p.wait() for p in processes] == [0] * 6
    with Case(folder) as case:
        assert len(case.judgements(name)) == 6 and not journal.broken(journal.entries(case.db))


def test_a_case_of_a_newer_program_is_refused(folder: Path) -> None:
    with Case(folder) as case:
        case.db.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="newer"):
        Case(folder)
    with pytest.raises(UsageError, match="no case here"):
        Case(folder.parent)


@pytest.mark.parametrize("form", ["table", "jsonl", "sarif", "csv", "annotations"])
def test_exports_of_findings(form: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "findings", str(folder), "--format", form]) == 0
    assert "民族" in capsys.readouterr().out


def test_spreadsheets_and_columns_open_elsewhere(folder: Path) -> None:
    pytest.importorskip("openpyxl")
    import python_calamine

    assert main(["case", "findings", str(folder), "--format", "xlsx", "-o", str(folder / "f.xlsx")]) == 0
    book = python_calamine.CalamineWorkbook.from_path(str(folder / "f.xlsx"))
    rows = book.get_sheet_by_name("findings").to_python()
    with Case(folder) as case:
        count = case.db.execute("SELECT count(*) FROM finding WHERE level = 'finding'").fetchone()[0]
    assert len(rows) == count + 1 and rows[0][0] == "id"
    parquet = pytest.importorskip("pyarrow.parquet")
    assert main(["case", "findings", str(folder), "--format", "parquet", "-o", str(folder / "f.parquet")]) == 0
    assert parquet.read_table(folder / "f.parquet").num_rows == count


def test_who_and_timeline_of_a_case(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["case", "who", str(folder), "--format", "jsonl"]) == 0
    assert '"predicate":"mandates"' in capsys.readouterr().out
    assert main(["case", "chain", str(folder), "--to", "organisation"]) == 0
    assert main(["case", "timeline", str(folder)]) == 0
    assert "2033-02-10" in capsys.readouterr().out


def test_sarif_of_a_case_holds_to_the_published_schema(folder: Path, tmp_path: Path) -> None:
    import json

    import jsonschema

    assert main(["case", "findings", str(folder), "--format", "sarif", "-o", str(tmp_path / "f.sarif")]) == 0
    schema = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads((tmp_path / "f.sarif").read_text(encoding="utf-8")), schema)


def test_annotations_follow_the_recommendation(folder: Path, tmp_path: Path) -> None:
    """https://www.w3.org/TR/annotation-model/: an id, a type, targets with a source, selectors with their keys."""
    import json

    assert main(["case", "findings", str(folder), "--format", "annotations", "-o", str(tmp_path / "f.jsonld")]) == 0
    page = json.loads((tmp_path / "f.jsonld").read_text(encoding="utf-8"))
    assert (
        page["@context"][0] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage" and page["items"]
    )
    for note in page["items"]:
        assert note["type"] == "Annotation" and note["id"].startswith("urn:")
        text, original = note["target"]
        assert [s["type"] for s in text["selector"]] == ["TextQuoteSelector", "TextPositionSelector"] and original[
            "source"
        ].startswith("urn:sha256:")
        assert text["selector"][1]["end"] - text["selector"][1]["start"] == len(text["selector"][0]["exact"])
