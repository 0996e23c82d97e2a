"""The order of recognised lines on a page with columns: down one column, then down the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clauselight.formats._ocr import OcrLine, in_rows, slope_of

Rows = tuple[tuple[OcrLine, ...], ...]
#: lines that a column has, and how many heights of text most of them are long: less is a table or a list
_LINES, _LONG = 5, 7.0
#: share of the lines of a column that begin at one place; share of the lines that may cross a gutter (titles, notes)
_FLUSH, _CROSSING = 0.45, 0.2
#: share of the width that each side has, and heights of text that both stand beside each other
_SIDE, _BESIDE = 0.2, 4.0
#: columns within columns that are looked for
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its sides as they are on the page set straight."""

    line: OcrLine
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def by_columns(rows: Rows) -> Rows:
    """The lines of a page column by column; as they are where there is no gutter between two columns of running text.

    Lines across a gutter (titles) cut the page into bands, and each band is read by itself.
    """
    lines = [line for row in rows for line in row]
    slope = slope_of(lines)
    ordered = _ordered([_placed(line, slope) for line in lines], _DEPTH)
    return rows if ordered is None else ordered


def _placed(line: OcrLine, slope: float) -> _Placed:
    first, last = line.chars[0], line.chars[-1]
    right = max(c.x1 for c in line.chars)
    height = min(c.y1 - c.y0 for c in (first, last))
    middle = (first.y0 + first.y1) / 2 - slope * first.x0
    lean = slope * middle  # a page that runs down to the right leans to the left further down
    return _Placed(line, line.left + lean, middle - height / 2, right + lean, middle + height / 2)


def _ordered(lines: list[_Placed], depth: int) -> Rows | None:
    """None where these lines are no columns."""
    at = _gutter(lines) if depth else None
    if at is None:
        return None
    across = sorted((one for one in lines if one.left < at < one.right), key=lambda one: one.middle)
    out: list[tuple[OcrLine, ...]] = []
    above = float("-inf")
    for cut in [*across, None]:
        below = cut.middle if cut else float("inf")
        band = [one for one in lines if above < one.middle < below and not one.left < at < one.right]
        for side in ([one for one in band if one.right <= at], [one for one in band if one.left >= at]):
            out += _ordered(side, depth - 1) or in_rows([one.line for one in side])
        if cut:
            out.append((cut.line,))
        above = below
    return tuple(out)


def _gutter(lines: Sequence[_Placed]) -> float | None:
    """Where a strip between two columns of running text is that few lines cross."""
    if len(lines) < 2 * _LINES:
        return None
    height = sorted(one.bottom - one.top for one in lines)[len(lines) // 2]
    low, high = min(one.left for one in lines), max(one.right for one in lines)
    best: tuple[int, float] | None = None
    for at in sorted({one.left - 0.3 * height for one in lines}):
        if not low + _SIDE * (high - low) < at < high - _SIDE * (high - low):
            continue
        left, right = [one for one in lines if one.right <= at], [one for one in lines if one.left >= at]
        crossing = len(lines) - len(left) - len(right)
        if crossing > _CROSSING * len(lines) or not (_runs(left, height) and _runs(right, height)):
            continue
        if _beside(left, right) >= _BESIDE * height and (best is None or crossing < best[0]):
            best = crossing, at
    return best and best[1]


def _runs(lines: Sequence[_Placed], height: float) -> bool:
    """Whether lines are a column of running text: long, and flush at one side."""
    if len(lines) < _LINES:
        return False
    flush = max(sum(abs(one.left - other.left) < height for one in lines) for other in lines)
    long = sorted(one.right - one.left for one in lines)[len(lines) // 2]
    return flush >= _FLUSH * len(lines) and long > _LONG * height


def _beside(left: Sequence[_Placed], right: Sequence[_Placed]) -> float:
    top = max(min(one.top for one in side) for side in (left, right))
    bottom = min(max(one.bottom for one in side) for side in (left, right))
    return bottom - top
