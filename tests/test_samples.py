"""The shipped samples give what samples/README.md says. The scan is read by OCR."""

from __future__ import annotations

from pathlib import Path

import pytest

from clauselight.formats.session import ReadOptions
from clauselight.model import Blob
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.options import Analysis
from clauselight.rules.find import Finder
from samples_shown import EXPECTED, ROOT, VERBS, shown

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def found(finder: Finder, name: str) -> list[tuple[int | None, str, str, str]]:
    file = SAMPLES / name
    outcome = analyse(Blob(str(file), file=file), Analysis(finder), ReadOptions("auto"))
    assert outcome.coverage.state == "read", outcome.coverage.problems
    return [(f.page or f.line, f.attribute, f.role, f.level) for f in outcome.findings if f.level != "mention"]


def test_the_tender(finder: Finder) -> None:
    rows = found(finder, "tender_example_city.md")
    assert [r for r in rows if r[3] == "finding"] == [
        (12, "ethnicity", "analytic_output", "finding"),
        (13, "skin_colour", "search_filter", "finding"),
        (14, "ethnicity", "alarm", "finding"),
        (28, "race", "analytic_output", "finding"),
    ]
    assert (20, "ethnicity", "identity_record", "notice") in rows


def test_the_header(finder: Finder) -> None:
    rows = found(finder, "example_sdk.h")
    assert {r[0] for r in rows if r[3] == "finding"} == {7, 10, 11, 12, 20, 21}
    assert {r[0] for r in rows if r[3] == "notice"} == {28}


def test_the_page(finder: Finder) -> None:
    assert [r[0] for r in found(finder, "vendor_page.html") if r[3] == "finding"] == [12, 16]


def test_the_scan(finder: Finder) -> None:
    pytest.importorskip("rapidocr")
    file = SAMPLES / "DB99T_0001-2030_scan.pdf"
    outcome = analyse(Blob(str(file), file=file), Analysis(finder), ReadOptions("auto"))
    assert outcome.coverage.pages is not None
    assert outcome.coverage.pages.ocr == (1, 2, 3, 4) and not outcome.coverage.pages.unread
    rows = {(f.page, f.attribute) for f in outcome.findings if f.level == "finding"}
    assert rows == {(1, "ethnicity"), (1, "skin_colour"), (2, "ethnicity"), (2, "skin_colour"), (4, "race")}
    assert all(f.boxes and f.confidence and f.confidence > 0.8 for f in outcome.findings)
    row = next(f for f in outcome.findings if f.page == 2 and f.attribute == "skin_colour")
    assert "名称" in row.clause.headers and row.strength == "may"


def test_the_case_gives_its_whole_chain() -> None:
    from clauselight.api import Check
    from clauselight.statements.extract import statements

    run = Check([SAMPLES / "case"], jobs=2, ocr="never", grammar=statements)
    rows = {(s.predicate, s.subject.label, s.object.label, s.qualifier) for o in run.outcomes() for s in o.statements}
    old, new = "DB99/T 0001-2030", "DB99/T 0001-2033"
    first, second = "虚构市一区视频分析平台采购项目", "虚构市二区前端摄像机采购项目"
    maker = "虚构海山数字技术股份有限公司"
    assert {
        ("drafted", maker, old, None), ("drafted", maker, new, None), ("replaces", new, old, None),
        ("specifies", old, "skin_colour", None), ("specifies", new, "skin_colour", None),
        ("specifies", old, "ethnicity", None), ("mandates", first, old, "dated"),
        ("mandates", second, "DB99/T 0001", "undated"), ("supplies", maker, first, None),
        ("purchases", "虚构市示例局一区分局", first, None), ("published_on", new, "2033-02-10", None),
        ("effective_on", new, "2033-05-01", None),
        ("claims_conformity", "Seamount Eagle platform (fictional)", old, "passed"),
        ("claims_conformity", "Seamount Eagle platform (fictional)", new, "planned"),
        ("claims_conformity", "eagle_sdk.h", old, "meets"),
    } <= rows  # fmt: skip
    assert not any(
        p == "specifies" and s == new and o == "ethnicity" for p, s, o, _ in rows
    )  # the successor dropped it


@pytest.mark.parametrize("what", [*VERBS, "check"])
def test_exactly_what_was_read_by_eye_is_said_of_the_samples(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a statement less, and not one more: each line was held against the samples."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("CLAUSELIGHT_LISTS", "no-lists")
    assert shown(what).splitlines() == (EXPECTED / f"{what}.txt").read_text(encoding="utf-8").splitlines()
