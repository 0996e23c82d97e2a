"""Judgements whose finding is no longer made are shown with what they were on, and decide nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from clauselight.case.intake import add
from clauselight.case.orphans import Orphan, carries, orphans
from clauselight.case.reviewed import items
from clauselight.case.staleness import Keys
from clauselight.case.status import status
from clauselight.case.store import Case, JudgedFinding
from clauselight.case.update import run
from clauselight.cli import main
from clauselight.dossier.blocks import Manuscript
from clauselight.dossier.forms import forms
from clauselight.dossier.gather import gather
from clauselight.dossier.sections import blocks
from clauselight.exports.records import item_record
from clauselight.model import Document, Finding
from clauselight.rules.find import Finder

LINE = "平台应支持按民族对抓拍人员进行检索。"
TENDER = f"招标公告\n采购人：虚构市示例局\n{LINE}\n联系电话13800000000，应能按民族检索人脸。\n"


class Narrower(Finder):
    """Rules that change: spans of findings, or no finding at all, where a word is in the quote."""

    def __init__(self, finder: Finder, wider: int | None) -> None:
        fewer = finder.book.packs[: -1 if wider else -2]  # each has a digest of its own
        super().__init__(replace(finder.book, packs=fewer))
        self._finder = finder
        self._wider = wider

    def findings(self, document: Document) -> list[Finding]:
        """Those of before, wider by some characters, or none."""
        if self._wider is None:
            return []
        return [self._changed(f, document.text) for f in self._finder.findings(document)]

    def _changed(self, finding: Finding, text: str) -> Finding:
        end = min(len(text), finding.end + (self._wider or 0))
        return replace(finding, end=end, quote=text[finding.start : end])


@pytest.fixture
def judged(tmp_path: Path, finder: Finder) -> Iterator[Case]:
    """A case of one tender with two findings, the first of them judged twice, the second once."""
    (tmp_path / "tender.txt").write_text(TENDER, encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        add(case, [str(tmp_path / "tender.txt")])
        run(case, finder, ocr="never")
        first, second = ids(case)
        case.judge(first, "accept", "clause read", "A. Reviewer")
        case.judge(first, "reject", "not so", "B. Reviewer")
        case.judge(second, "accept", "it too", "A. Reviewer")
        yield case


def ids(case: Case) -> list[str]:
    return [i for r in case.readings() for i, _ in case.findings(r.id)]


def test_no_judgement_is_orphaned_while_its_finding_is_made(judged: Case) -> None:
    assert orphans(judged) == []
    assert judged.judgements_without_finding() == []


def test_a_finding_that_is_gone_leaves_its_judgements_with_what_they_were_on(judged: Case, finder: Finder) -> None:
    first, second = ids(judged)
    (_, before), _ = judged.findings(1)
    run(judged, Narrower(finder, None), ocr="never")
    assert ids(judged) == []
    assert len(judged.judgements()) == 3
    found = orphans(judged)
    assert [(o.finding, o.decisions, o.carried_by) for o in found] == [
        (first, "accept by A. Reviewer, reject by B. Reviewer", ()),
        (second, "accept by A. Reviewer", ()),
    ]
    said = found[0].judged
    assert said is not None
    assert (said.attribute, said.line, said.quote) == ("ethnicity", 3, before.quote)
    assert (said.start, said.end, said.text_sha256) == (before.start, before.end, before.text_sha256)
    assert found[0].place == f"{before.path}, line 3"


def test_what_has_gone_is_there_again_when_the_rules_are(judged: Case, finder: Finder) -> None:
    run(judged, Narrower(finder, None), ocr="never")
    run(judged, finder, ocr="never")
    assert orphans(judged) == []
    (_, (first, second)) = next(items(judged))
    assert (first.decision, second.decision) == ("disputed", "accept")


def test_a_wider_finding_carries_the_judgement_and_is_not_judged_by_it(judged: Case, finder: Finder) -> None:
    first, second = ids(judged)
    run(judged, Narrower(finder, 1), ocr="never")
    now = ids(judged)
    assert {first, second}.isdisjoint(now)
    assert [o.carried_by for o in orphans(judged)] == [(now[0],), (now[1],)]
    (_, rows) = next(items(judged))
    assert [(i.decision, i.judgements) for i in rows] == [(None, ()), (None, ())]
    assert [o.finding for o in rows[0].carried] == [first]
    record = item_record(rows[0])
    assert record["decision"] is None and record["carried"][0]["finding"] == first
    assert [i.id for _, found in items(judged, only="accepted") for i in found] == []


SAID = JudgedFinding("s", "", "a.txt", None, 1, "ethnicity", "q", 10, 20, "t")


@pytest.mark.parametrize(
    ("start", "end", "attribute", "text", "answer"),
    [
        (10, 20, "ethnicity", "t", True),
        (0, 30, "ethnicity", "t", True),
        (12, 14, "ethnicity", "t", True),
        (19, 25, "ethnicity", "t", True),
        (20, 25, "ethnicity", "t", False),  # beside it
        (0, 10, "ethnicity", "t", False),
        (10, 20, "race", "t", False),
        (10, 20, "ethnicity", "another text", False),
    ],
)
def test_only_a_place_that_overlaps_in_the_same_text_carries(
    start: int, end: int, attribute: str, text: str, answer: bool, finder: Finder
) -> None:
    from clauselight.formats.session import ReadOptions
    from clauselight.model import Blob
    from clauselight.pipeline.analyse import analyse
    from clauselight.pipeline.options import Analysis

    (made, *_) = analyse(Blob("a.txt", data=TENDER.encode()), Analysis(finder), ReadOptions("never")).findings
    finding = replace(made, start=start, end=end, attribute=attribute, text_sha256=text)
    assert carries(finding, SAID) is answer


def test_status_lists_orphans_apart_and_covers_personal_data(judged: Case, finder: Finder) -> None:
    run(judged, Narrower(finder, None), ocr="never")
    state = status(judged, Keys.now(finder, "never"), cover=lambda text: text.replace("13800000000", "▇"))
    assert state["judged"] == {}
    assert [(o["attribute"], o["line"], o["carried_by"]) for o in state["orphaned"]] == [
        ("ethnicity", 3, []),
        ("ethnicity", 4, []),
    ]
    assert [j["decision"] for j in state["orphaned"][0]["judgements"]] == ["accept", "reject"]
    assert "13800000000" not in json.dumps(state, ensure_ascii=False)


def test_the_command_line_loses_no_judgement(judged: Case, finder: Finder, capsys: pytest.CaptureFixture[str]) -> None:
    first, _ = ids(judged)
    run(judged, Narrower(finder, 1), ocr="never")
    now = ids(judged)
    assert main(["case", "status", str(judged.folder)]) == 0
    told = capsys.readouterr().out
    assert re.search(rf"orphaned +{first}: .*tender.txt, line 3, ethnicity “.*民族.*”: accept by A. Reviewer", told)
    assert main(["case", "findings", str(judged.folder), "--format", "csv"]) == 0
    warned = capsys.readouterr().err.splitlines()
    assert len(warned) == 2 and warned[0].endswith(f"judged as part of {now[0]}")
    assert main(["case", "findings", str(judged.folder)]) == 0
    assert f"open; judged as part of it: {first} accept by A. Reviewer" in capsys.readouterr().out


def page(case: Case) -> str:
    """The dossier of a case as Markdown."""
    manuscript = Manuscript("t", "2031-01-01T00:00:00Z", tuple(blocks(gather(case))))
    return forms()["md"].render(manuscript).decode()


def test_the_dossier_names_their_number_and_what_they_were_on(judged: Case, finder: Finder) -> None:
    before = page(judged)
    assert "no longer" not in before and "judged as part" not in before
    run(judged, Narrower(finder, 1), ocr="never")
    after = page(judged)
    assert "2 judged places are no longer findings, since the rules or the reading of the source changed." in after
    assert "judged as part of this" in after and "accept by A. Reviewer: clause read" in after
    assert "13800000000" not in after
    run(judged, Narrower(finder, None), ocr="never")
    gone = page(judged)
    assert "2 judged places are no longer findings" in gone and "tender.txt, line 3" in gone


def test_a_judgement_of_which_nothing_is_known_is_shown_as_that(judged: Case, finder: Finder) -> None:
    """A case of before may have lost the finding before it kept what was judged."""
    with judged.transaction():
        judged.db.execute(
            "INSERT INTO judgement (finding, decision, reason, by, at) VALUES ('ffff', 'accept', 'r', 'C', 't')"
        )
    (orphan,) = orphans(judged)
    assert (orphan.judged, orphan.place, orphan.carried_by) == (None, "place not known", ())
    assert orphan.words(str) == "ffff: place not known: accept by C"
    assert orphan.record(str)["quote"] is None
    assert "place not known" in page(judged)


def test_a_long_quote_is_cut_in_a_line(judged: Case) -> None:
    orphan = Orphan("f", tuple(judged.judgements()[:1]), replace(SAID, quote="民" * 100))
    assert f"“{'民' * 80}…”" in orphan.words(str)
