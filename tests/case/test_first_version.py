"""A case and a package of the first version open, come up to date, and still verify (tests/data/first-version)."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from clauselight.case import journal
from clauselight.case.orphans import orphans
from clauselight.case.schema import STEPS
from clauselight.case.store import Case
from clauselight.case.update import Updated, run
from clauselight.cli import main
from clauselight.package.verify import verify
from clauselight.rules.find import Finder

FIRST = Path(__file__).parents[1] / "data" / "first-version"
#: of the first version's journal: `case journal --json` gave it
HEAD = "0ebad090ae1b154e90f36b1b867a9580a6a335f11b1efc0ec70d81301e63ca79"
JUDGED = ["0cb663d482fe7721", "9affcefa50f3b9f7", "08ae5309804cb41b", "6421c6bd91396507", "f3d48ae09555f61d"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    shutil.copytree(FIRST / "case", tmp_path / "case")
    return tmp_path / "case"


def ids(case: Case) -> list[str]:
    return [i for r in case.readings() for i, _ in case.findings(r.id)]


def test_it_is_a_case_of_the_first_schema() -> None:
    db = sqlite3.connect(f"file:{FIRST / 'case' / 'case.sqlite'}?mode=ro", uri=True)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'judged'").fetchone() == (0,)
    db.close()


def test_it_opens_and_is_brought_to_the_schema_of_now(old: Path) -> None:
    with Case(old) as case:
        assert case.db.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
        assert case.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert case.db.execute("PRAGMA foreign_key_check").fetchall() == []
        chain = case.entries()
        assert (len(chain), chain[-1].hash, journal.broken(chain)) == (23, HEAD, [])
        assert (case.count_sources(), case.count_origins(), case.count_readings()) == (10, 10, 11)


def test_what_was_judged_is_known_from_what_the_case_held(old: Path) -> None:
    with Case(old) as case:
        rows = case.db.execute("SELECT d.path, d.line, d.attribute FROM judged d ORDER BY d.judgement").fetchall()
        assert rows == [
            ("samples/case/DB99T_0001-2030.txt", 23, "ethnicity"),
            ("samples/case/DB99T_0001-2030.txt", 23, "ethnicity"),
            ("samples/case/tender_A.md", 15, "ethnicity"),
            ("samples/case/tender_B.md", 13, "skin_colour"),
            ("samples/case/tender_B.md", 13, "skin_colour"),
            ("papers.zip!/notice.txt", 3, "ethnicity"),
            ("samples/vendor_page.html", 16, "skin_colour"),
        ]
        for judged in case.judgements():
            finding = case.finding_named(judged.finding)[1]
            quote, start, end, text = case.db.execute(
                "SELECT d.quote, d.begins, d.ends, d.text_sha256 FROM judged d JOIN judgement j ON j.id = d.judgement "
                "WHERE j.finding = ? LIMIT 1",
                (judged.finding,),
            ).fetchone()
            assert (quote, start, end, text) == (finding.quote, finding.start, finding.end, finding.text_sha256)


def test_its_findings_keep_their_ids_when_they_are_decided_again(old: Path, finder: Finder) -> None:
    with Case(old) as case:
        before = ids(case)
        assert run(case, finder, ocr="never") == Updated(read=2, decided=9)
        # the text of its two web pages is another one now; what was judged there is shown with the same words
        assert len(set(before) - set(ids(case))) == 6
        assert [(o.finding, o.carried_by) for o in orphans(case)] == [("f3d48ae09555f61d", ("b22e69363f2eab46",))]
        assert run(case, finder, ocr="never") == Updated()
        assert {j.finding for j in case.judgements()} == set(JUDGED)
        assert journal.broken(case.entries()) == [] and case.entries()[22].hash == HEAD


def test_every_action_works_on_it(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(*words: str) -> str:
        assert main(["case", words[0], str(old), *words[1:]]) == 0
        return capsys.readouterr().out

    state = json.loads(ask("status", "--json"))
    stale = {"the reader html has changed (from 1 to 2)": 2, "the rules have changed": 9}
    assert (state["sources"], state["stale"], state["orphaned"]) == (10, stale, [])
    assert state["judged"] == {"accept": 2, "reject": 1, "disputed": 1, "unsure": 1}
    done = json.loads(ask("run", "--json", "--quiet", "--ocr", "never"))
    assert (done["read"], done["decided"]) == (2, 9)
    assert json.loads(ask("status", "--json"))["stale"] == {}
    assert "0cb663d482fe7721" in ask("findings", "--only", "accepted")
    assert "2 judgements so far: accept" in ask("judge", "6421", "accept", "--reason", "r", "--by", "C. Reviewer")
    assert "samples/case/tender_A.md" in ask("search", "民族")
    assert "虚构市示例局" in ask("who")
    assert "2033-02-10" in ask("timeline")
    assert "unbroken" in ask("status")
    assert len(ask("journal").splitlines()) == 23 + 11 + 1


def test_a_dossier_and_a_package_can_be_made_of_it(old: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["dossier", str(old), "-o", str(out), "--format", "md", "--bag", "--quiet"]) == 0
    report = verify(out)
    assert [i for i in report.items if i["status"] == "failed"] == []


def test_two_members_of_one_name_are_two_readings(old: Path) -> None:
    with Case(old) as case:
        one, two = (r for r in case.readings() if r.coverage.path.startswith("papers.zip"))
        assert (one.inner, two.inner) == ("!/notice.txt", "!/notice.txt#")
        assert [f.attribute for _, f in case.findings(one.id)] == ["ethnicity"]
        assert [f.attribute for _, f in case.findings(two.id)] == ["skin_colour"]
        assert "民族" in case.blob(one).read().decode()
        assert "肤色" in case.blob(two).read().decode()


def test_its_package_verifies_with_the_verifier_of_now(tmp_path: Path) -> None:
    shutil.copytree(FIRST / "package", tmp_path / "package")
    key = (FIRST / "public-key.txt").read_text(encoding="utf-8").strip()
    report = verify(tmp_path / "package", key=key)
    assert [i for i in report.items if i["status"] == "failed"] == []
    assert [i["status"] for i in report.items if i["check"] == "signature"] == ["verified"]
    changed = "0" * 64
    assert [i["check"] for i in verify(tmp_path / "package", key=changed).items if i["status"] == "failed"]


def test_its_package_verifies_with_the_verifier_that_came_along(tmp_path: Path) -> None:
    shutil.copytree(FIRST / "package", tmp_path / "package")
    command = [sys.executable, "-I", "-S", str(tmp_path / "package" / "verify.py"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert (done.returncode, report["failed"]) == (0, 0) and report["verified"] > 100
    (tmp_path / "package" / "data" / "judgements.jsonl").write_text("{}\n", encoding="utf-8")
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 1
