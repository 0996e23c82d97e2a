"""Lines of a page with columns come column by column; lines of tables and of plain pages stay in their rows."""

from __future__ import annotations

import math

import pytest

from clauselight.formats._columns import by_columns
from clauselight.formats._ocr import OcrChar, OcrLine, in_rows


def line(text: str, left: float, top: float, slope: float = 0.0) -> OcrLine:
    """A line of characters 10 wide and 20 high, on a page that runs down to the right by `slope`."""
    cosine = math.cos(math.atan(slope))
    x, y = cosine * (left - slope * top), cosine * (top + slope * left)
    return OcrLine(
        tuple(
            OcrChar(c, x + 10 * i, y + slope * 10 * i, x + 10 * i + 10, y + slope * 10 * i + 20, 0.99)
            for i, c in enumerate(text)
        )
    )


def ordered(lines: list[OcrLine]) -> list[str]:
    return ["\t".join(one.text for one in row) for row in by_columns(in_rows(lines))]


LEFT = [f"left {n} shall classify each person" for n in range(6)]
RIGHT = [f"right {n} keeps records thirty days" for n in range(6)]


def columns(top: float = 0, slope: float = 0.0) -> list[OcrLine]:
    return [
        line(text, left, top + 30 * n, slope) for left, side in ((0, LEFT), (400, RIGHT)) for n, text in enumerate(side)
    ]


@pytest.mark.parametrize("slope", [0.0, 0.02, -0.02, 0.05])
def test_two_columns(slope: float) -> None:
    assert ordered(columns(slope=slope)) == [*LEFT, *RIGHT]


def test_a_title_over_both_columns_cuts_the_page() -> None:
    title, second = "A title that runs over both of the columns of the page", "A second title over both of the columns"
    lines = [line(title, 50, 0), *columns(40), line(second, 100, 240), *columns(280)]
    assert ordered(lines) == [title, *LEFT, *RIGHT, second, *LEFT, *RIGHT]


def test_columns_of_other_heights() -> None:
    lines = [line(text, 0, 30 * n) for n, text in enumerate(LEFT)]
    lines += [line(text, 400, 10 + 26 * n) for n, text in enumerate([*RIGHT, *RIGHT])]
    assert ordered(lines) == [*LEFT, *RIGHT, *RIGHT]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [line(text, 0, 30 * n) for n, text in enumerate(LEFT + RIGHT)],
        # short cells are a table
        [line(text, left, 30 * n) for n in range(8) for left, text in ((0, f"field {n}"), (400, "text"))],
        # so is one long column beside one of short cells
        [line(text, left, 30 * n) for n, one in enumerate(LEFT) for left, text in ((0, str(n)), (100, one))],
        # few lines are none
        [line(text, left, 30 * n) for left, side in ((0, LEFT), (400, RIGHT)) for n, text in enumerate(side[:4])],
        # text under text is none
        [
            line(text, left, top + 30 * n)
            for left, top, side in ((0, 0, LEFT), (400, 300, RIGHT))
            for n, text in enumerate(side)
        ],
    ],
)
def test_what_is_no_column_stays(lines: list[OcrLine]) -> None:
    rows = in_rows(lines)
    assert by_columns(rows) == rows
