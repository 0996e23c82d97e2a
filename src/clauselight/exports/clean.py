"""Streams that let nothing pass that would move, hide or turn round what is read: for every output, by its form.

Names, quotes, notes and reasons come from outside. A quote with a sign of right-to-left writing, a file name with an
escape, a note with a division of lines must not change what a page or a line says. In JSON such a character is written
as an escape, which keeps the value; in pages and drawings it is shown as one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO, cast

from clauselight.text.visible import json_visible, lines_visible


class _Clean:
    """A stream of text that passes each write through a function. All else is the stream's own."""

    def __init__(self, stream: TextIO, clean: Callable[[str], str]) -> None:
        self._stream = stream
        self._clean = clean

    def write(self, text: str) -> int:
        return self._stream.write(self._clean(text))

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


#: by the suffix of an output's files: how its text is made clean
_CLEANERS: dict[str, Callable[[str], str]] = {
    ".jsonl": json_visible,
    ".json": json_visible,
    ".jsonld": json_visible,
    ".sarif": json_visible,
    ".html": lines_visible,
    ".svg": lines_visible,
    ".dot": lines_visible,
}
#: the head of every page: a browser that opens it fetches nothing and runs nothing, whatever a quote may hold
PAGE_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"
)
#: what a spreadsheet would take a value for that begins so, in half or full width
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def clean_stream(stream: TextIO, suffix: str) -> TextIO:
    """The stream as an output with that suffix may use it."""
    clean = _CLEANERS.get(suffix[suffix.rfind(".") :])
    return cast("TextIO", _Clean(stream, clean)) if clean else stream


def cell(value: object) -> object:
    """A value for a cell of a table: visible, and with an apostrophe in front where it would be a formula."""
    if not isinstance(value, str):
        return value
    text = lines_visible(value)
    return "'" + text if text.lstrip().startswith(_FORMULA) or text[:1] in ("\t", "\n") else text
