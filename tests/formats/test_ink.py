"""Only a page without ink is blank."""

from __future__ import annotations

import random

import pytest

from clauselight.formats._ink import has_ink

WIDTH, HEIGHT = 120, 160


def sheet(paper: int, *marks: tuple[int, int, int, int], ink: int = 0) -> bytes:
    """A page in one grey, with rectangles (left, top, width, height) in another."""
    rows = [bytearray([paper]) * WIDTH for _ in range(HEIGHT)]
    for left, top, width, height in marks:
        for row in rows[top : top + height]:
            row[left : left + width] = bytes([ink]) * width
    return b"".join(rows)


@pytest.mark.parametrize(
    ("grey", "inked"),
    [
        (b"", False),
        (sheet(255), False),
        (sheet(0), False),
        (sheet(200), False),
        (sheet(255, (50, 50, 1, 4)), True),
        (sheet(255, (50, 50, 4, 1)), True),
        (sheet(0, (50, 50, 1, 4), ink=255), True),
        (sheet(255, (50, 50, 1, 4), ink=216), False),
        (sheet(255, (50, 50, 1, 4), ink=215), True),
        (sheet(255, (50, 50, 3, 3), (20, 20, 3, 3)), False),
        (sheet(255, *((50 + i, 50 + i, 1, 1) for i in range(4))), True),
        (sheet(255, *((50 + i, 50 - i, 1, 1) for i in range(4))), True),
        (sheet(255, *((50 + i, 50 + i, 1, 1) for i in range(3))), False),
        # the end of a row and the beginning of the next are no line
        (sheet(255, (WIDTH - 2, 50, 2, 1), (0, 51, 2, 1)), False),
    ],
)
def test_ink(grey: bytes, inked: bool) -> None:
    assert has_ink(grey, WIDTH) == inked


def test_the_grain_of_a_scan_is_no_ink() -> None:
    grain = random.Random(1)
    assert not has_ink(bytes(min(255, max(0, round(grain.gauss(235, 11)))) for _ in range(WIDTH * HEIGHT)), WIDTH)
