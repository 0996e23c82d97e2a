"""Dates in every printed form."""

from __future__ import annotations

import pytest

from clauselight.statements.dates import dates


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
