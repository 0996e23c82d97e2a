"""The shipped samples give what samples/README.md says. The scan is read by OCR."""

from __future__ import annotations

from pathlib import Path

import pytest

from clauselight.engines.work import work
from clauselight.formats._base import Reading
from clauselight.model import Blob
from clauselight.rules.find import Finder

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def found(finder: Finder, name: str) -> list[tuple[int | None, str, str, str]]:
    file = SAMPLES / name
    outcome = work(Blob(str(file), file=file), finder, Reading("auto"))
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
    outcome = work(Blob(str(file), file=file), finder, Reading("auto"))
    assert outcome.coverage.pages is not None
    assert outcome.coverage.pages.ocr == (1, 2, 3, 4) and not outcome.coverage.pages.unread
    rows = {(f.page, f.attribute) for f in outcome.findings if f.level == "finding"}
    assert rows == {(1, "ethnicity"), (1, "skin_colour"), (2, "ethnicity"), (2, "skin_colour"), (4, "race")}
    assert all(f.boxes and f.confidence and f.confidence > 0.8 for f in outcome.findings)
    row = next(f for f in outcome.findings if f.page == 2 and f.attribute == "skin_colour")
    assert "名称" in row.clause.headers and row.strength == "may"
