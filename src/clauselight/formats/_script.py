"""Whether the recogniser knew the script of a page: how much of the text that it saw came out as letters.

A recogniser without Russian finds each line of a Russian page and makes dots of it. Such a page is not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

#: a shape is looked at if it is at least so many times longer than high
_LONG = 2.0
#: heights of text that a page must have before it is judged, and the share of it that letters and digits must fill;
#: pages that are read right fill 0.9 and more, a Russian one 0.04
_ENOUGH, _FILLED = 10.0, 0.4
#: Latin words that a page must have before they are judged, and the share of them that may have no vowel
_WORDS, _VOWELLESS = 20, 0.1
#: a line of contents, or one of leaders alone: what fills it is no text
_CONTENTS = re.compile(r"[^\W\d_].*\d\s*$|[.…·•_=~⋯-]{3}")


@dataclass(frozen=True, slots=True)
class Shape:
    """A place where the recogniser saw text: its length by its height, and what it read there."""

    length: float
    text: str


def unknown_script(shapes: Sequence[Shape]) -> bool:
    """Whether most of the text of a page was lost, or its marks were, as with Vietnamese."""
    long = [s for s in shapes if s.length >= _LONG]
    filled = [(s.length, _filled(s.text)) for s in long]
    kept = [
        (length, fill)
        for (length, fill), s in zip(filled, long, strict=True)
        if fill >= _FILLED * length or not _CONTENTS.search(s.text)
    ]
    whole = sum(length for length, _ in kept)
    if whole >= _ENOUGH and sum(fill for _, fill in kept) < _FILLED * whole:
        return True
    return _lost_marks([w for s in shapes for w in re.findall(r"[^\W\d_]{2,}", s.text)])


def _filled(text: str) -> float:
    """The heights of text that letters and digits take: a wide one one, another half of one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text if c.isalnum())


def _lost_marks(words: Sequence[str]) -> bool:
    latin = [w for w in words if w.islower() and all(ord(c) < 0x250 for c in w)]
    if len(latin) < _WORDS:
        return False
    bare = [unicodedata.normalize("NFD", w) for w in latin]
    return sum(not set(w) & set("aeiouyıøœæ") for w in bare) > _VOWELLESS * len(latin)
