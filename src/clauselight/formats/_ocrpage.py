"""One picture, read by OCR, as a page: text in rows, glyphs in page units, tables from ruled lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from clauselight.formats._columns import by_columns
from clauselight.formats._ocr import OcrLine, OcrPage, lines_of, mean_confidence, recognise, turned_back
from clauselight.formats._script import Lost, lost
from clauselight.formats._second import Reading, read_again
from clauselight.formats.session import ReadSession
from clauselight.structure.grids import Grid, RuledLine, grids, ruled_lines_of_picture
from clauselight.structure.pages import Glyph, PageText

#: what is said of a page that was read by OCR, and nothing of one that was not
OF_RECOGNITION = frozenset({"turned-page", "second-recogniser", "unreadable-lines", "low-confidence"})
#: mean confidence below which a page is reported as doubtful; clean scans read at 0.95 and more
_UNSURE = 0.75
#: confidence of a line below which every second one is wrong, and the share of such lines from which they are reported
_DOUBTED, _MANY = 0.9, 0.1


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page from OCR."""

    page: PageText
    text: str
    confidence: float
    #: most of what it saw was lost: the text holds remains
    unreadable: bool = False

    @property
    def letters(self) -> int:
        """How many letters and digits were read."""
        return sum(c.isalnum() for c in self.text)

    @property
    def read(self) -> bool:
        """Whether the page counts as read: it has letters or digits, and in a script that was known."""
        return not self.unreadable and self.letters > 0


def recognised_page(image: Any, number: int, session: ReadSession, scale: float) -> RecognisedPage:
    """Read an RGB array by OCR; `scale` is page units for one pixel. What is lost or doubtful is reported."""
    first = recognise(image, session.options)
    missed = lost(first.shapes)
    reading = Reading(first, missed)
    if missed.whole or missed.partly:
        reading = read_again(image, first, missed, session.options)
    _report(reading, number, session)
    rules = _rules(image, scale) if lines_of(reading.page) else ([], [])
    result = reading.page
    if not reading.engine and not _grids(*rules):  # the second recogniser orders its lines; cells are no columns
        result = replace(result, rows=by_columns(result.rows))
    result = turned_back(result, image.shape[:2])
    text, glyphs = _text(result, image.shape[0], scale)
    page = PageText(number, text, partial(_same, glyphs), partial(_grids, *rules))
    return RecognisedPage(page, text, result.confidence, reading.lost.whole)


def _text(page: OcrPage, height: int, scale: float) -> tuple[str, list[Glyph | None]]:
    pieces: list[str] = []
    glyphs: list[Glyph | None] = []
    for row in page.rows:
        for index, line in enumerate(row):
            if index:
                pieces.append("\t")
                glyphs.append(None)
            _add(line, height, scale, pieces, glyphs)
        pieces.append("\n")
        glyphs.append(None)
    return "".join(pieces).rstrip("\n"), glyphs


# --- what is said of a page ---


def _report(reading: Reading, number: int, session: ReadSession) -> None:
    """Everything that is not as it should be, in one place for pages of PDFs and for pictures."""
    report = session.report
    page, missed = reading.page, reading.lost
    if page.turned:
        report.problem("turned-page", f"page {number} was read turned by {90 * page.turned} degrees", number)
    if reading.engine:
        report.recognised_by(reading.engine)
        report.problem("second-recogniser", f"page {number} was read by {reading.engine}", number)
    if missed.whole:
        report.problem(
            "unreadable-script",
            f"page {number}: OCR does not know the script or the marks of its letters (of itself it reads Chinese, "
            f"Japanese and Latin letters without Vietnamese marks); {reading.advice}",
            number,
        )
    elif missed.partly:
        report.problem(
            "unreadable-lines",
            f"page {number}: {len(missed.shapes)} of {missed.lines} lines could not be read; they are faint or in a "
            f"script that OCR does not know; {reading.advice or 'look at them yourself'}",
            number,
        )
    elif doubt := _doubt(page, missed):
        report.problem("low-confidence", f"page {number}: {doubt}", number)


def _doubt(page: OcrPage, missed: Lost) -> str:
    """What OCR is not sure of on a page, empty where nothing is worth a look."""
    lines = lines_of(page)
    unsure = sum(mean_confidence([line]) < _DOUBTED for line in lines)
    said = []
    if lines and (page.confidence < _UNSURE or unsure > _MANY * len(lines)):
        said.append(f"OCR is unsure of {unsure} of {len(lines)} lines ({page.confidence:.2f} over the page)")
    if missed.shapes:
        said.append(f"{len(missed.shapes)} of {missed.lines} lines could not be read")
    return "; ".join(said)


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
