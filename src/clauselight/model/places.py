"""A place in words, the same in every output."""

from __future__ import annotations


def place_words(page: int | None, line: int | None) -> str:
    """`page 3`, or without a page `line 7`, or nothing where neither is known."""
    if page is not None:
        return f"page {page}"
    return "" if line is None else f"line {line}"
