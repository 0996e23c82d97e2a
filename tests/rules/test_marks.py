"""What a tender says of its marks."""

from __future__ import annotations

import pytest

from clauselight.rules.marks import mark_meanings


@pytest.mark.parametrize(("between", "meanings"), [(24, {"▲": "shall"}), (25, {})])
def test_a_meaning_is_looked_for_in_24_characters(between: int, meanings: dict[str, str]) -> None:
    assert mark_meanings("▲" + "，" * between + "必须满足") == meanings


def test_a_mark_that_rejects_stays_one() -> None:
    assert mark_meanings("★项为实质性要求。★项评分。▲项扣分。") == {"★": "shall", "▲": "should"}
    assert mark_meanings("★项评分。★项为实质性要求。") == {"★": "shall"}


def test_text_without_marks_says_nothing() -> None:
    assert mark_meanings("必须满足，否则扣分。") == {}
