"""Dates in every printed form."""

from __future__ import annotations

import pytest

from clauselight.pipeline.examples import text_document
from clauselight.statements.dates import dates
from clauselight.statements.extract import statements


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2030年1月5日", "2030-01-05"),
        ("2030-01-05", "2030-01-05"),
        ("2030年1月", "2030-01"),
        ("January 5, 2030", "2030-01-05"),
        ("5th January 2030", "2030-01-05"),
        ("Nov. 2030", "2030-11"),
        ("issued in 2030", "2030"),
        ("01/2030", "2030-01"),
        ("Edition 2030-01", "2030-01"),
    ],
)
def test_a_printed_form_leads_to_one_date(printed: str, iso: str) -> None:
    assert [when.iso for when in dates(printed)] == [iso]


@pytest.mark.parametrize("printed", ["2030.13.01", "2030-01-32", "2030.00.15"])
def test_what_is_no_day_of_the_calendar_is_none(printed: str) -> None:
    assert list(dates(printed)) == []


def told(text: str) -> set[tuple[str, str, str]]:
    """What a text says of days."""
    found = statements(text_document(text, "page.txt"))
    return {(s.predicate, s.subject.label, s.object.label) for s in found if s.row.day}


@pytest.mark.parametrize(
    "text",
    [
        "The Seamount Eagle platform passed DB99/T 0001-2030 in June 2031.",
        "Seamount's platform, tested to DB99/T 0001-2030, was released in June 2031.",
        "Seamount tested DB99/T 0001-2030 on a platform released in June 2031.",
        "Seamount helped draft DB99/T 0001-2030 and published in June 2031 a report.",
        "A report on DB99/T 0001-2030 was published in June 2031.",
        "The tender under DB99/T 0001-2030 was issued on June 5, 2031.",
        "Published in June 2031, the report quotes DB99/T 0001-2030.",
        "Seamount adopted DB99/T 0001-2030 in June 2031.",
        "Seamount passes DB99/T 0001-2030\nPublished: 5 June 2031\nBy our reporters",
        "示例平台通过DB99/T 0001-2030检测，2031年6月正式发布。",
        "2031年6月正式发布的示例平台符合DB99/T 0001-2030。",
        "示例平台通过DB99/T 0001-2030检测\n发布日期：2031-06-05 来源：示例网\n",
        "符合DB99/T 0001-2030的示例系统于2031年6月5日发布。",
    ],
)
def test_the_day_of_a_product_a_report_or_a_page_is_no_day_of_the_standard(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "DB99/T 0001-2030 passed in June 2031.",
        "DB99/T 0001-2030, Video example systems, was published in June 2031.",
        "DB99/T 0001-2030 (published in June 2031) is a local standard.",
        "Cameras must meet DB99/T 0001-2030, which was published in June 2031.",
        "Cameras must meet DB99/T 0001-2030. The standard was issued in June 2031.",
        "The Example Ministry passed DB99/T 0001-2030 in June 2031.",
        "The Example Ministry issued DB99/T 0001-2030 in June 2031.",
        "DB99/T 0001-2030《示例视频系统》于2031年6月正式发布。",
        "示例平台须符合DB99/T 0001-2030。该标准于2031年6月发布。",
        "2031年6月，示例局正式发布地方标准DB99/T 0001-2030。",
    ],
)
def test_the_day_of_a_standard(text: str) -> None:
    assert {(p, s) for p, s, _ in told(text)} == {("published_on", "DB99/T 0001-2030")}


def test_the_label_of_a_day_of_effect_is_of_the_number_before_it() -> None:
    text = "Standard ID: DB99/T 0001-2030\nDate of Implementation: 2033-05-01\n"
    assert ("effective_on", "DB99/T 0001-2030", "2033-05-01") in told(text)
