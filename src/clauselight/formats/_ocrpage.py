"""One picture, read by OCR, as a page: text in rows, glyphs in page units, tables from ruled lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from clauselight.formats._ocr import OcrLine, recognise
from clauselight.formats._script import unknown_script
from clauselight.formats.session import ReadSession
from clauselight.structure.grids import Grid, RuledLine, grids, ruled_lines_of_picture
from clauselight.structure.pages import Glyph, PageText


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page from OCR."""

    page: PageText
    text: str
    confidence: float
    #: most of what it saw was lost: the text holds remains
    unreadable: bool = False

    @property
    def read(self) -> bool:
        """Whether the page counts as read: it has letters or digits, and in a script that was known."""
        return not self.unreadable and any(c.isalnum() for c in self.text)


def recognised_page(image: Any, number: int, session: ReadSession, scale: float) -> RecognisedPage:
    """Read an RGB array by OCR; `scale` is page units for one pixel."""
    result = recognise(image, session.options)
    if result.turned:
        session.report.problem("turned-page", f"page {number} was read turned by {90 * result.turned} degrees", number)
    height = image.shape[0]
    pieces: list[str] = []
    glyphs: list[Glyph | None] = []
    for row in result.rows:
        for index, line in enumerate(row):
            if index:
                pieces.append("\t")
                glyphs.append(None)
            _add(line, height, scale, pieces, glyphs)
        pieces.append("\n")
        glyphs.append(None)
    text = "".join(pieces).rstrip("\n")
    rules = _rules(image, scale) if text else ([], [])
    page = PageText(number, text, partial(_same, glyphs), partial(_grids, *rules))
    unreadable = unknown_script(result.shapes)
    if unreadable:
        session.report.problem(
            "unreadable-script",
            f"page {number}: OCR does not know the script or the marks of its letters (it reads Chinese, Japanese and "
            "plain Latin letters). Install a program that does, such as tesseract with the language, make a PDF with "
            "a text layer by it, and give that",
            number,
        )
    return RecognisedPage(page, text, result.confidence, unreadable)


def _same(glyphs: list[Glyph | None]) -> list[Glyph | None]:
    return glyphs


def _grids(across: list[RuledLine], down: list[RuledLine]) -> list[Grid]:
    return grids(across, down, near=4.0)


def _rules(image: Any, scale: float) -> tuple[list[RuledLine], list[RuledLine]]:
    across, down = ruled_lines_of_picture(image)
    scaled = [[RuledLine(r.at * scale, r.low * scale, r.high * scale) for r in rules] for rules in (across, down)]
    return scaled[0], scaled[1]


def _add(line: OcrLine, height: int, scale: float, pieces: list[str], glyphs: list[Glyph | None]) -> None:
    for char in line.chars:
        if len(char.char) != 1 or char.char in "\r\n":
            continue
        pieces.append(char.char)
        glyphs.append(
            Glyph(
                char.x0 * scale,
                (height - char.y1) * scale,
                char.x1 * scale,
                (height - char.y0) * scale,
                char.confidence,
            )
        )
