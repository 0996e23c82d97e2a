"""Cells from ruled lines: the same for a drawn page and for a scan, which only find their lines differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_NEAR = 3.0


@dataclass(frozen=True, slots=True)
class RuledLine:
    """A straight line: `at` is its y (or x), it runs from `low` to `high`. Upward y, as in PDF."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: row edges from top to bottom, column edges from left to right."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """(row, column) of a point, or None outside."""
        row = next((i for i, (a, b) in enumerate(zip(self.ys, self.ys[1:], strict=False)) if b <= y <= a), None)
        column = next((i for i, (a, b) in enumerate(zip(self.xs, self.xs[1:], strict=False)) if a <= x <= b), None)
        return None if row is None or column is None else (row, column)


def grids(horizontal: list[RuledLine], vertical: list[RuledLine], near: float = _NEAR) -> list[Grid]:
    """The ruled tables that lines form: at least two rows and two columns. Lines that touch belong together."""
    out: list[Grid] = []
    for group_h, group_v in _connected(_joined(horizontal, near), _joined(vertical, near), near):
        ys = tuple(sorted(_distinct([h.at for h in group_h], near), reverse=True))
        xs = tuple(sorted(_distinct([v.at for v in group_v], near)))
        if len(ys) >= 3 and len(xs) >= 3:
            out.append(Grid(ys, xs))
    return out


def _joined(rules: list[RuledLine], near: float) -> list[RuledLine]:
    """Pieces of one line as one line."""
    out: list[RuledLine] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / near), r.low)):
        if out and abs(out[-1].at - rule.at) <= near and rule.low <= out[-1].high + 2 * near:
            out[-1] = RuledLine(out[-1].at, min(out[-1].low, rule.low), max(out[-1].high, rule.high))
        else:
            out.append(rule)
    return out


def _connected(
    horizontal: list[RuledLine], vertical: list[RuledLine], near: float
) -> list[tuple[list[RuledLine], list[RuledLine]]]:
    groups: list[tuple[list[RuledLine], list[RuledLine]]] = []
    left = list(horizontal)
    while left:
        hs, vs = [left.pop()], []
        grew = True
        while grew:
            grew = False
            for v in vertical:
                if v not in vs and any(_cross(h, v, near) for h in hs):
                    vs.append(v)
                    grew = True
            for h in list(left):
                if any(_cross(h, v, near) for v in vs):
                    hs.append(h)
                    left.remove(h)
                    grew = True
        groups.append((hs, vs))
    return groups


def _cross(h: RuledLine, v: RuledLine, near: float) -> bool:
    return h.low - near <= v.at <= h.high + near and v.low - near <= h.at <= v.high + near


def _distinct(values: list[float], near: float) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > near:
            out.append(value)
    return out


def ruled_lines_of_picture(image: Any) -> tuple[list[RuledLine], list[RuledLine]]:
    """Long straight lines of a picture of a page, in pixels with y upward from the lower edge."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    out: list[list[RuledLine]] = []
    for across in (True, False):
        length = max(30, (width if across else height) // 40)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if across else (1, length))
        lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines)
        rules: list[RuledLine] = []
        for x, y, w, h, _area in stats[1 : min(count, 400)]:
            if (w if across else h) >= 1.5 * length:
                rules.append(
                    RuledLine(height - y - h / 2, x, x + w)
                    if across
                    else RuledLine(x + w / 2, height - y - h, height - y)
                )
        out.append(rules)
    return out[0], out[1]
