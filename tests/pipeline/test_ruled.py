"""A source in a language without rules: its state, what is said of it, and how it is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clauselight.case.intake import add
from clauselight.case.store import Case
from clauselight.case.update import run
from clauselight.cli import main
from clauselight.model import Coverage, PageCoverage, Problem
from clauselight.pipeline.ruled import judged
from clauselight.rules.find import Finder
from clauselight.rules.load import load
from clauselight.text.unruled import Share

KOREAN = "카메라는 얼굴에서 성별, 나이와 민족을 식별하고 경찰에 알려야 한다.\n"
ENGLISH = "The pump shall be set up in a dry room, at least two metres from the wall.\n"
WORDS = (
    "for which there are no rules: it was read, and no rule judges it; have somebody read it who knows the language, "
    "or check a translation, or give rules of your own with --packs"
)
PACK = """\
code: ko
name: Korean
scripts: [{range: '\\uac00-\\ud7a3'}]
neutral: 펌프는 마른 방에 둔다.
"""


def test_most_of_it_without_rules_is_no_rules_and_a_part_is_partly() -> None:
    read = Coverage("a.txt", "read")
    whole, part = judged(read, [Share("ko", 0.9)]), judged(read, [Share("ko", 0.2), Share("th", 0.1)])
    assert (whole.state, whole.languages) == ("no_rules", ("ko",))
    assert (part.state, part.languages) == ("partly", ("ko", "th"))
    assert whole.problems == (Problem("no-rules", f"about 90% of its letters read as Korean, {WORDS}"),)
    assert part.problems[0].message.startswith(
        "about 20% of its letters read as Korean, about 10% of its letters read as"
    )


def test_what_was_said_before_is_taken_back_where_rules_are_there_now() -> None:
    kept = (Problem("doubtful-encoding", "it may be another"),)
    before = judged(Coverage("a.txt", "read", problems=kept), [Share("ko", 1.0)])
    assert judged(before, []) == Coverage("a.txt", "read", problems=kept)
    unread = Coverage("a.pdf", "partly", pages=PageCoverage(2, 1, unread=(2,)))
    assert judged(judged(unread, [Share("ko", 0.2)]), []) == unread
    assert judged(Coverage("a.bin", "failed"), [Share("ko", 1.0)]).state == "failed"


def test_check_counts_it_says_it_and_ends_with_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "annex.txt").write_text(KOREAN, encoding="utf-8")
    (tmp_path / "plain.txt").write_text(ENGLISH, encoding="utf-8")
    assert main(["check", str(tmp_path), "--jobs", "1"]) == 3
    shown = capsys.readouterr().out
    assert "No findings at level “finding” in what was read; 1 file is in a language without rules" in shown
    assert "1 read, 0 read in part, 0 unreadable, 0 failed, 0 skipped, 1 in a language without rules" in shown
    assert main(["check", str(tmp_path), "--jobs", "1", "--format", "jsonl"]) == 3
    *_, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert (summary["no_rules"], summary["sources"]) == (1, {"no_rules": 1, "read": 1})


def test_a_case_tells_it_and_forgets_it_when_it_gets_rules(tmp_path: Path, finder: Finder) -> None:
    (tmp_path / "annex.txt").write_text(KOREAN, encoding="utf-8")
    pack = tmp_path / "packs" / "ko"
    pack.mkdir(parents=True)
    (pack / "language.yaml").write_text(PACK, encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        add(case, [str(tmp_path / "annex.txt")])
        run(case, finder)
        assert (case.counts_by_state(), case.count_not_read()) == ({"no_rules": 1}, 1)
        run(case, Finder(load([tmp_path / "packs"])))
        assert (case.counts_by_state(), case.count_not_read()) == ({"read": 1}, 0)
        assert [r.coverage.problems for r in case.readings()] == [()]
