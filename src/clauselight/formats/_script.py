"""Whether the recogniser knew the script of a page: how much of the text that it saw came out as letters.

A recogniser without Russian finds each line of a Russian page and makes dots of it. Such a page is not read, and one
that is Russian in part is read in part.
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
#: share of the text of a page that must be lost before the page is read in part; stamps and signatures are less
_REAL_SHARE = 0.05
#: confidence below which a line is no reading: at less than 0.5 the recogniser itself drops it, and what it makes of a
#: script that it does not know comes at 0.5 to 0.6 where a scan is noisy; right lines come at 0.9 and more
_NO_READING = 0.65
#: Latin words that a page must have before they are judged, and the share of them that may have no vowel
_WORDS, _VOWELLESS = 20, 0.1
#: a line of contents, or one of leaders alone: what fills it is no text
_CONTENTS = re.compile(r"[^\W\d_].*\d\s*$|[.…·•_=~⋯-]{3}")


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A place where the recogniser saw text: its length by its height, what it read there, and how sure it is (0..1).

    `box` is left, top, right and bottom in pixels of the picture.
    """

    length: float
    text: str
    score: float = 1.0
    box: Box = (0.0, 0.0, 0.0, 0.0)

    @property
    def letters(self) -> str:
        """What counts as read: nothing where the recogniser itself hardly believes it."""
        return self.text if self.score >= _NO_READING else ""


@dataclass(frozen=True, slots=True)
class Lost:
    """What a recogniser saw on a page and could not read."""

    #: the lines that were lost, each at least twice as long as high
    shapes: tuple[Shape, ...]
    #: how many such lines the page has, and the share of their length that was lost, 0..1
    lines: int
    share: float
    #: the letters are known, their marks are not: Vietnamese
    marks: bool = False

    @property
    def whole(self) -> bool:
        """Whether most of the page was lost, so that the rest is no text of it."""
        return self.share > 1 - _FILLED and self._length >= _ENOUGH

    @property
    def partly(self) -> bool:
        """Whether a real part of the page was lost."""
        return self.share >= _REAL_SHARE and self._length >= _ENOUGH

    @property
    def _length(self) -> float:
        return sum(s.length for s in self.shapes)


def lost(shapes: Sequence[Shape]) -> Lost:
    """The lines of a page of which less than a part came out as letters; lines of contents and leaders are none."""
    long = [s for s in shapes if s.length >= _LONG]
    kept = [s for s in long if not _blank(s) or not _CONTENTS.search(s.letters)]
    whole = sum(s.length for s in kept)
    if _lost_marks([w for s in shapes for w in re.findall(r"[^\W\d_]{2,}", s.letters)]):
        gone = [s for s in kept if not any(unicodedata.east_asian_width(c) in "WF" for c in s.text)]
        return Lost(tuple(gone), len(kept), _share(sum(s.length for s in gone), whole), marks=True)
    gone = [s for s in kept if _blank(s)]
    share = _share(sum(s.length for s in gone), whole)
    if whole >= _ENOUGH and sum(_filled(s.letters) for s in kept) < _FILLED * whole:
        gone, share = kept, 1.0  # what is left of some lines is no reason to believe the page
    return Lost(tuple(gone), len(kept), share)


def unknown_script(shapes: Sequence[Shape]) -> bool:
    """Whether most of the text of a page was lost, or its marks were, as with Vietnamese."""
    return lost(shapes).whole


def _blank(shape: Shape) -> bool:
    return _filled(shape.letters) < _FILLED * shape.length


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _filled(text: str) -> float:
    """The heights of text that letters and digits take: a wide one one, another half of one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text if c.isalnum())


def _lost_marks(words: Sequence[str]) -> bool:
    latin = [w for w in words if w.islower() and all(ord(c) < 0x250 for c in w)]
    if len(latin) < _WORDS:
        return False
    bare = [unicodedata.normalize("NFD", w) for w in latin]
    return sum(not set(w) & set("aeiouyıøœæ") for w in bare) > _VOWELLESS * len(latin)
