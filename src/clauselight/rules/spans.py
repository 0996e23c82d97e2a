"""Stretches of a text that do not overlap, each found by halving, so that a line of a megabyte costs no more a word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Spans:
    """Stretches in order, none of which overlaps another."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    @classmethod
    def of(cls, matches: Iterable[re.Match[str]]) -> Spans:
        """The stretches of the matches of one expression, which come in order and apart."""
        spans = cls()
        for match in matches:
            spans._starts.append(match.start())
            spans._ends.append(match.end())
        return spans

    def around(self, start: int, end: int) -> bool:
        """Whether one of them holds all of ``start:end``."""
        index = bisect_right(self._starts, start)
        return index > 0 and end <= self._ends[index - 1]

    def take(self, start: int, end: int) -> bool:
        """Add a stretch if no part of it is taken yet; whether it was."""
        after = bisect_left(self._starts, end)
        if after and self._ends[after - 1] > start:
            return False
        self._starts.insert(after, start)
        self._ends.insert(after, end)
        return True
