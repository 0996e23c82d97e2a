"""Quotes as they are shown: personal data covered unless it is asked for, on one line, cut where there is no room."""

from __future__ import annotations

from typing import TextIO, cast

from clauselight.exports.mask import mask
from clauselight.text.visible import visible


def shown(text: str, unmask: bool) -> str:
    """The text with personal data covered, or as it is. The length stays the same."""
    return text if unmask else mask(text).text


def covered(text: str) -> str:
    """The text with personal data covered."""
    return shown(text, unmask=False)


def one_line(text: str, unmask: bool) -> str:
    """The same on one line: each stretch of white space is one space."""
    return " ".join(shown(text, unmask).split())


def cut(text: str, most: int) -> str:
    """At most `most` characters, and `…` where there were more."""
    return text[:most] + ("…" if len(text) > most else "")


class _Lines:
    """A stream for whole lines. A break inside of one came from a name or a quote, and is shown."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        line = text.strip("\n")
        before = len(text) - len(text.lstrip("\n")) if line else len(text)
        after = len(text) - before - len(line)
        return self._stream.write("\n" * before + visible(line) + "\n" * after)


def visible_lines(stream: TextIO) -> TextIO:
    """A stream that takes whole lines, one a write, and shows control characters and breaks inside them."""
    return stream if isinstance(stream, _Lines) else cast("TextIO", _Lines(stream))
