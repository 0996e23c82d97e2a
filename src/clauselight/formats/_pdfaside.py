"""A page of a PDF that is read by its text layer, and by OCR where the layer cannot answer for what is drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from clauselight.errors import ReadError
from clauselight.formats._pdfdrawn import Drawn, Rect, Region, letters_in
from clauselight.formats.session import ReadReport, ReadSession
from clauselight.structure.pages import Glyph, PageText

if TYPE_CHECKING:
    from clauselight.formats._ocrpage import RecognisedPage

#: pictures of one file that are read
_MOST = 200
#: pixels of the longer side that a picture is read at, at most
_LONG = 4000
#: share of the page from which a picture is more than a sign, and what OCR doubts of it is worth a word
_LARGE = 0.05
#: letters in a row by which texts are compared, share of them that must be seen, and letters that tell something
_ROW, _SAME, _TELLING = 4, 0.5, 40
#: pages that are named one by one
_NAMED = 8


@dataclass(slots=True)
class Aside:
    """What was read, or left, beside the text layers of one file."""

    session: ReadSession
    #: pictures that were read, so that one on every page is read once
    known: set[bytes] = field(default_factory=set)
    read: int = 0
    #: why pictures were not read, by the pages on which they stand
    left: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    #: whether letters that are drawings were found to be what the layer says; None before they were looked at
    trusted: bool | None = None

    def new(self, drawn: Drawn) -> list[Region]:
        """The regions of a page that were not read on another."""
        out = [r for r in drawn.pictures if not r.key or r.key not in self.known]
        self.known.update(r.key for r in out)
        return [*out, *drawn.renamed]

    def refused(self, count: int) -> ReadError | None:
        """Why no more regions can be read, where they cannot."""
        if self.session.options.ocr == "never":
            return ReadError("needs-ocr", "OCR is off")
        if self.read + count > _MOST:
            return ReadError("too-many-pictures", f"at most {_MOST} of one file are read; print it in parts")
        from clauselight.formats._ocr import ready

        try:
            ready()
        except ReadError as error:
            return error
        self.read += count
        return None

    def leave(self, number: int, error: ReadError) -> None:
        """Keep that pictures of a page were not read."""
        self.left.setdefault((error.reason, error.message), []).append(number)

    def report(self) -> None:
        """Say what was left, once for each reason."""
        for (reason, message), pages in self.left.items():
            named = ", ".join(map(str, pages[:_NAMED])) + (" …" if len(pages) > _NAMED else "")
            told = f"pictures that may hold text, on {len(pages)} pages with text ({named}), were not read: {message}"
            self.session.report.problem(reason, told, pages[0] if len(pages) == 1 else None)

    def believes(self, drawn: Drawn, seen: str) -> bool:
        """Whether the letters that the layer gives for drawings are seen on the page."""
        self.trusted = same_letters(drawn.letters, seen)
        return self.trusted


def same_letters(said: str, seen: str) -> bool:
    """Whether most rows of letters of one text stand in the other."""
    first, second = ("".join(c for c in text.lower() if c.isalnum()) for text in (said, seen))
    rows = [first[at : at + _ROW] for at in range(len(first) - _ROW + 1)]
    return not rows or sum(row in second for row in rows) >= _SAME * len(rows)


def telling(drawn: Drawn) -> bool:
    """Whether enough letters of a page are drawings to look at them."""
    return sum(c.isalnum() for c in drawn.letters) >= _TELLING


def with_regions(page: Any, textpage: Any, own: PageText, regions: Sequence[Region], session: ReadSession) -> PageText:
    """The page with what OCR reads in the regions and the layer does not have, behind its own text."""
    texts: list[str] = []
    glyphs: list[Glyph | None] = []
    for region in regions:
        for text, line in _lines(page, textpage, own.number, region, session):
            texts.append(text)
            glyphs += [None, *line]
    if not texts:
        return own
    first = list(own.glyphs())
    return replace(own, text=own.text + "".join("\n" + t for t in texts), glyphs=lambda: [*first, *glyphs], layer=False)


def _lines(
    page: Any, textpage: Any, number: int, region: Region, session: ReadSession
) -> Iterator[tuple[str, list[Glyph | None]]]:
    """The lines that OCR reads in a region, but those that stand in the text layer at the same place."""
    with ReadSession(session.options) as inner:
        found = _recognised(page, region, number, inner)
    if found is None:
        session.report.problems += inner.report.problems
        return
    result, left, bottom = found
    _pass_on(inner.report, session.report, region, page, result)
    if not result.read:
        return
    moved = [
        g and replace(g, x0=g.x0 + left, x1=g.x1 + left, y0=g.y0 + bottom, y1=g.y1 + bottom)
        for g in result.page.glyphs()
    ]
    shown = PageText(number, result.page.text, lambda: moved, list)
    glyphs = list(in_user_space(shown, page).glyphs()) if is_moved(page) else moved
    at = 0
    for line in result.page.text.split("\n"):
        own = glyphs[at : at + len(line)]
        at += len(line) + 1
        boxes = [g for g in own if g is not None]
        letters = sum(c.isalnum() for c in line)
        if letters and boxes and letters_in(textpage, _around(boxes)) * 2 < letters:
            yield line, own


def _around(boxes: Sequence[Glyph]) -> Rect:
    return min(g.x0 for g in boxes), min(g.y0 for g in boxes), max(g.x1 for g in boxes), max(g.y1 for g in boxes)


def _pass_on(inner: ReadReport, report: ReadReport, region: Region, page: Any, result: RecognisedPage) -> None:
    """What OCR says of a region, where that is a picture with text and no sign or photograph."""
    width, height = page.get_size()
    left, bottom, right, top = region.rect
    large = (right - left) * (top - bottom) >= _LARGE * width * height
    for name in inner.recognisers:
        report.recognised_by(name)
    for problem in inner.problems:
        if (result.read or problem.reason == "unreadable-script") and large:
            report.problem(problem.reason, problem.message, problem.page)


def _recognised(
    page: Any, region: Region, number: int, session: ReadSession
) -> tuple[RecognisedPage, float, float] | None:
    """A region through OCR, and its left and lower side as the page is shown; None for one that is not shown."""
    from clauselight.formats._ocr import DPI
    from clauselight.formats._ocrpage import recognised_page

    width, height = page.get_size()
    left, bottom, right, top = _shown(page, region.rect)
    crop = (max(0.0, left), max(0.0, bottom), max(0.0, width - right), max(0.0, height - top))
    across, up = width - crop[0] - crop[2], height - crop[1] - crop[3]
    if min(across, up) < 1:
        return None
    scale = min(max(DPI / 72, region.scale), max(DPI / 72, _LONG / max(across, up)), _LONG * 2 / max(across, up))
    import pypdfium2 as pdfium

    try:
        shown = page.render(scale=scale, crop=crop, rev_byteorder=True, prefer_bgrx=False)
    except pdfium.PdfiumError as error:
        message = f"page {number}: a picture cannot be drawn: {error}; open the file and save the page as a picture"
        session.report.problem("damaged-page", message, number)
        return None
    with closing(shown) as bitmap:
        image = bitmap.to_numpy()[:, :, :3].copy()
    return recognised_page(image, number, session, 1 / scale), crop[0], crop[1]


# --- places of a page as it is shown ---------------------------------------------------------------------------------


def is_moved(page: Any) -> bool:
    """Whether the page is shown turned, or from a corner other than the origin."""
    return bool(page.get_rotation()) or any(abs(v) > 0.01 for v in page.get_cropbox()[:2])


def _shown(page: Any, rect: Rect) -> Rect:
    """A rectangle of the page's user space as it is shown, from the lower left corner, in points."""
    if not is_moved(page):
        return rect
    import pypdfium2.raw as raw

    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()
    found: list[tuple[float, float]] = []
    for across, up in ((rect[0], rect[1]), (rect[2], rect[3])):
        raw.FPDF_PageToDevice(page, 0, 0, int(width * 20), int(height * 20), 0, across, up, x, y)
        found.append((x.value / 20, height - y.value / 20))
    (ax, ay), (bx, by) = found
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def in_user_space(text: PageText, page: Any) -> PageText:
    """A page whose glyphs were measured as it is shown, measured as PDF counts. Its ruled tables are left out."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    x, y = ctypes.c_double(), ctypes.c_double()

    def point(left: float, up: float) -> tuple[float, float]:
        raw.FPDF_DeviceToPage(
            page, 0, 0, int(width * 20), int(height * 20), 0, int(left * 20), int((height - up) * 20), x, y
        )
        return x.value, y.value

    def glyph(g: Glyph | None) -> Glyph | None:
        if g is None:
            return None
        (ax, ay), (bx, by) = point(g.x0, g.y0), point(g.x1, g.y1)
        return Glyph(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), g.confidence)

    glyphs = [glyph(g) for g in text.glyphs()]
    return PageText(text.number, text.text, lambda: glyphs, list)
