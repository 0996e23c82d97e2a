"""What the first recogniser saw and could not read, read by the second: whole pages, or lines of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats import _tesseract
from clauselight.formats._ocr import OcrChar, OcrLine, OcrPage, box_turned_back, in_rows, lines_of, mean_confidence
from clauselight.formats._script import Box, Lost, Shape
from clauselight.formats._tesseract import LANGUAGES, Word
from clauselight.formats.session import ReadOptions

#: mean confidence, and share of letters of the script, below which what the second recogniser says is not believed;
#: right pages come at 0.85 and more, pages in another language of the same script at 0.5 and less
_SURE, _OWN_LETTERS = 0.65, 0.5
#: mean confidence of words from which a picture is clean enough
_CLEAN = 0.85
#: tried in turn where a page has too few letters to tell its script: those of our packs
_TRIED = ("Cyrillic", "Arabic")
_INSTALL = (
    "install tesseract and the language of the page (on Debian tesseract-ocr and tesseract-ocr-rus, -ara or -vie for "
    "Russian, Arabic or Vietnamese), and check it again"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A page after both recognisers."""

    page: OcrPage
    #: what neither could read
    lost: Lost
    #: the second recogniser as evidence names it, where it read something
    engine: str = ""
    #: what you can do about what is lost
    advice: str = ""


def read_again(image: Any, page: OcrPage, lost: Lost, options: ReadOptions) -> Reading:
    """Have the second recogniser read what was `lost` of a page of an RGB picture. It keeps what the first read well.

    Never raises: where there is no second recogniser, or it cannot read the page either, the advice says what to do.
    """
    try:
        with options.ocr_lock or nullcontext():
            return _whole(image, page, lost) if lost.whole else _lines(image, page, lost)
    except ReadError as error:
        return Reading(page, lost, advice=error.message)


# --- a whole page ---


def _whole(image: Any, page: OcrPage, lost: Lost) -> Reading:
    turns = page.turned
    scripts: Sequence[str] = ("Vietnamese",)
    if not lost.marks:
        told = _tesseract.seen(_grey(image))
        turns = told.turns if told else page.turned
        scripts = (told.script,) if told else _TRIED
    if advice := _missing(scripts):
        return Reading(page, lost, advice=advice)
    grey = _grey(image, turns)
    tries = [(script, _best(grey, LANGUAGES[script][0])) for script in scripts if not _missing((script,))]
    script, words = max(tries, key=lambda one: _worth(one[1]))
    lines = [_line(list(group)) for _, group in groupby(words, key=lambda w: w.line)]
    if not _believed(lines, script):
        return Reading(page, lost, advice=_unsure(script))
    again = OcrPage(tuple((line,) for line in lines), mean_confidence(lines), turns)
    size = image.shape[:2]
    seen = [replace(s, box=box_turned_back(s.box, page.turned, size)) for s in lost.shapes]
    placed = [replace(w, box=box_turned_back(w.box, turns, size)) for w in words]
    left = _left(replace(lost, shapes=tuple(seen)), placed)
    return Reading(again, left, _name(script), _unsure(script) if left.shapes else "")


def _best(grey: Any, language: str) -> list[Word]:
    """The words of a picture; where tesseract is not sure of them, perhaps those of one with less grain."""
    words = _tesseract.words(grey, language)
    if _worth(words) >= _CLEAN * sum(len(w.text) for w in words) > 0:
        return words
    import cv2

    return max(words, _tesseract.words(cv2.GaussianBlur(grey, (3, 3), 0), language), key=_worth)


def _worth(words: Sequence[Word]) -> float:
    return sum(w.confidence * len(w.text) for w in words)


def _left(lost: Lost, words: Sequence[Word]) -> Lost:
    """The lines in which the second recogniser found no word either."""
    empty = tuple(s for s in lost.shapes if not _inside(s.box, words))
    whole = sum(s.length for s in lost.shapes) / (lost.share or 1.0)
    return replace(lost, shapes=empty, share=sum(s.length for s in empty) / whole if whole else 0.0)


# --- some lines of a page ---


def _lines(image: Any, page: OcrPage, lost: Lost) -> Reading:
    grey = _only(_grey(image, page.turned), lost.shapes)
    script = "Vietnamese"
    if not lost.marks:
        told = _tesseract.seen(grey)
        script = told.script if told and not told.turns else ""
    if advice := _missing((script,)):
        return Reading(page, lost, advice=advice)
    words = _tesseract.words(grey, LANGUAGES[script][0])
    found = {shape: _line(inside) for shape in lost.shapes if (inside := _inside(shape.box, words))}
    read = {shape: line for shape, line in found.items() if _believed([line], script)}
    if not read:
        return Reading(page, lost, advice=_unsure(script))
    kept = [line for line in lines_of(page) if not any(_within(line, shape.box) for shape in read)]
    lines = [*kept, *read.values()]
    again = replace(page, rows=in_rows(lines), confidence=mean_confidence(lines))
    left = _left(lost, [word for word in words if any(_inside(shape.box, [word]) for shape in read)])
    return Reading(again, left, _name(script), _unsure(script) if left.shapes else "")


def _only(grey: Any, shapes: Sequence[Shape]) -> Any:
    """The picture with nothing in it but these lines."""
    import numpy as np

    out = np.full_like(grey, 255)
    for shape in shapes:
        left, top, right, bottom = (max(0, int(v)) for v in shape.box)
        out[top : bottom + 1, left : right + 1] = grey[top : bottom + 1, left : right + 1]
    return out


def _inside(box: Box, words: Sequence[Word]) -> list[Word]:
    x0, y0, x1, y1 = box
    return [w for w in words if x0 <= (w.box[0] + w.box[2]) / 2 <= x1 and y0 <= (w.box[1] + w.box[3]) / 2 <= y1]


def _within(line: OcrLine, box: Box) -> bool:
    x = (line.left + max(c.x1 for c in line.chars)) / 2
    y = (line.top + line.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


# --- both ---


def _line(words: Sequence[Word]) -> OcrLine:
    """A line of words, each character with the rectangle of its word: tesseract tells no finer one."""
    chars: list[OcrChar] = []
    for word in words:
        if chars:
            chars.append(replace(chars[-1], char=" ", x0=chars[-1].x1))
        chars += [OcrChar(char, *word.box, word.confidence) for char in word.text]
    return OcrLine(tuple(chars))


def _believed(lines: Sequence[OcrLine], script: str) -> bool:
    letters = [c.char for line in lines for c in line.chars if c.char.isalpha()]
    own = LANGUAGES[script][1]
    fitting = sum(unicodedata.name(c, "").startswith(own) for c in letters)
    return bool(letters) and mean_confidence(lines) >= _SURE and fitting >= _OWN_LETTERS * len(letters)


def _missing(scripts: Sequence[str]) -> str:
    """What to install before one of these scripts can be read; nothing where one can be."""
    program = _tesseract.program()
    if program is None:
        return _INSTALL
    known = [LANGUAGES[script][0] for script in scripts if script in LANGUAGES]
    if not known:
        return "look at it yourself: tesseract cannot tell the script, or has no language for it"
    if any(language in program.languages for language in known):
        return ""
    packages = " or ".join(f"tesseract-ocr-{language}" for language in known)
    return f"install the language of tesseract for it (on Debian {packages}), and check it again"


def _unsure(script: str) -> str:
    return f"tesseract, with {LANGUAGES[script][0]}, is not sure of it either: look at it yourself"


def _name(script: str) -> str:
    program = _tesseract.program()
    return program.name(LANGUAGES[script][0]) if program else ""


def _grey(image: Any, turns: int = 0) -> Any:
    import cv2
    import numpy as np

    return np.ascontiguousarray(np.rot90(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), turns))
