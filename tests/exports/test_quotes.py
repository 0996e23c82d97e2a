"""Quotes as they are shown."""

from __future__ import annotations

from clauselight.exports.quotes import cut, one_line, shown

QUOTE = "联系人：王示例，\n  电话 13800000000"


def test_personal_data_is_covered_letter_by_letter() -> None:
    assert shown(QUOTE, unmask=False) == "联系人：▇▇▇，\n  电话 ▇▇▇▇▇▇▇▇▇▇▇"
    assert shown(QUOTE, unmask=True) == QUOTE


def test_a_quote_on_one_line() -> None:
    assert one_line(QUOTE, unmask=False) == "联系人：▇▇▇， 电话 ▇▇▇▇▇▇▇▇▇▇▇"
    assert one_line("  a \t b\n", unmask=True) == "a b"


def test_only_what_is_cut_has_an_ellipsis() -> None:
    assert [cut("民族肤色", most) for most in (5, 4, 3, 0)] == ["民族肤色", "民族肤色", "民族肤…", "…"]
