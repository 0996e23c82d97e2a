"""Control characters are shown, never sent."""

from __future__ import annotations

import io

import pytest

from clauselight.exports.quotes import visible_lines
from clauselight.text.visible import visible, visible_bytes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("民族 é", "民族 é"),
        ("\x1b[31m\x07", "\\x1b[31m\\x07"),
        ("\x9b", "\\x9b"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("\u2028", "\\u2028"),
        (b"bad\xff\xffname".decode("utf-8", "surrogateescape"), "bad\\xff\\xffname"),
    ],
)
def test_each_is_shown(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_bytes_that_are_no_text_alone() -> None:
    assert visible_bytes("a\n\udcff") == "a\n\\xff"


def test_a_line_stays_one_line() -> None:
    stream = io.StringIO()
    lines = visible_lines(stream)
    lines.write("\nname\n2 findings\n")
    lines.write("\n")
    assert stream.getvalue() == "\nname\\n2 findings\n\n"
