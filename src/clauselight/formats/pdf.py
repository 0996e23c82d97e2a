"""PDF: each page by its text layer, by OCR where that cannot be trusted; forms, notes, comments, bookmarks, XFA."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from clauselight.errors import ReadError
from clauselight.formats._pdfaside import Aside, in_user_space, is_moved, telling, with_regions
from clauselight.formats._pdfdrawn import Drawn, drawn_on
from clauselight.formats._pdfparts import PdfParts
from clauselight.formats._pdfstreams import undecodable
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadReport, ReadSession
from clauselight.formats.textlayer import TextLayer, canonical, judge, text_of
from clauselight.model import Blob, Document, PageCoverage
from clauselight.structure.grids import Grid
from clauselight.structure.pages import PagedLayout, PageText

if TYPE_CHECKING:
    from clauselight.formats._ocrpage import RecognisedPage

#: characters of text held at a time
_WINDOW = 2_000_000
#: pages in a row that cannot be opened, after which the page tree is not believed
_GIVE_UP = 40
_WHY = {
    "always": "OCR was asked for",
    "picture": "the page is a picture with no text layer of its own",
    "garbled": "its text layer is garbled",
    "drawings": "its letters are drawings, and not those that the text layer has",
    "outlines": "its letters are drawn, not written",
    "drawn": "it has few letters and many strokes, which may be text",
    "marks": "something is drawn on it, and nothing written",
}


def claims(head: bytes, name: str) -> int:
    return 100 if b"%PDF-" in head[:1024] else (40 if name.endswith(".pdf") else 0)


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Pages in order. A page that cannot be read is named in the coverage, the others are read."""
    layer = TextLayer(lambda: blob)
    session.hold(layer)
    if len(layer.pdf) == 0:
        raise ReadError("no-pages", "the PDF has no pages")
    tally = _Tally(len(layer.pdf), Aside(session))
    parts = PdfParts(layer, session.report)
    session.hold(parts)
    pages: list[PageText] = []
    offset = size = 0
    title = ""
    for page in _pages(layer, session, tally, parts):
        pages.append(page)
        title = title or _title(page)
        size += len(page.text) + 1
        if size >= _WINDOW:
            yield _document(blob, pages, offset)
            offset, size, pages = offset + size, 0, []
    tally.aside.report()
    if tally.blank:
        _doubt_blank(blob, session.report)
    session.report.pages = tally.coverage()
    beside = list(parts.documents(blob.path, title, offset + size))
    yield _document(blob, pages, offset, last=not beside)
    yield from beside


def _doubt_blank(blob: Blob, report: ReadReport) -> None:
    """Say so where pages look blank and contents of pages cannot be decoded."""
    count = undecodable(blob.read())
    if count:
        message = (
            f"contents of pages cannot be decoded ({count}), and such pages look blank; open it in another program, "
            "and if that shows more, save it anew and check that"
        )
        report.problem("damaged-part", message)


@dataclass(slots=True)
class _Tally:
    """Counts how pages were read."""

    total: int
    #: what OCR reads of pages that have a text layer
    aside: Aside
    text: int = 0
    ocr: list[int] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    confidence: list[float] = field(default_factory=list)
    #: how many pages began with the same letters
    seen: dict[str, int] = field(default_factory=dict)

    def no_end(self, number: int) -> bool:
        """Whether all of the last pages up to `number` are unread."""
        return len(self.unread) >= _GIVE_UP and self.unread[-_GIVE_UP] == number - _GIVE_UP + 1

    def coverage(self) -> PageCoverage:
        return PageCoverage(
            self.total, self.text, tuple(self.ocr), tuple(self.blank), tuple(self.unread), tuple(self.confidence)
        )


def _pages(layer: TextLayer, session: ReadSession, tally: _Tally, parts: PdfParts) -> Iterator[PageText]:
    for number in range(1, tally.total + 1):
        page = _page(layer, number, session, tally, parts)
        if tally.no_end(number) and not page.text:
            session.report.problem(
                "page-tree",
                f"the file claims {tally.total:,} pages; {_GIVE_UP} in a row up to page {number} cannot be opened; "
                "given up",
            )
            return
        session.passed(number, tally.total)
        yield page


def _title(page: PageText) -> str:
    return next((line for line in page.text.split("\n") if line.strip()), "")[:120]


def _document(blob: Blob, pages: list[PageText], offset: int, *, last: bool = False) -> Document:
    text = "".join(p.text + "\n" for p in pages)
    title = _title(pages[0]) if pages else ""
    return Document(blob.path, "application/pdf", "pdf/4", text, PagedLayout(pages), offset, title, None, last)


def _page(layer: TextLayer, number: int, session: ReadSession, tally: _Tally, parts: PdfParts) -> PageText:
    import pypdfium2 as pdfium

    try:
        page = layer.pdf[number - 1]
    except pdfium.PdfiumError:
        tally.unread.append(number)
        session.report.problem("damaged-page", f"page {number} cannot be opened", number)
        return PageText(number, "", list, list)
    with closing(page):
        text = _page_text(page, layer, number, session, tally)
        parts.page(page, number, text.text)
        return text


def _page_text(page: Any, layer: TextLayer, number: int, session: ReadSession, tally: _Tally) -> PageText:
    with closing(page.get_textpage()) as textpage:
        raw = text_of(textpage)
        verdict = "always" if session.options.ocr == "always" else judge(raw, page, tally.seen)
        if verdict == "good":
            return _with_drawn(page, textpage, _by_layer(layer, number, raw), tally)
    if not any(c.isalnum() for c in raw) and verdict in ("blank", "always", "picture", "outlines"):
        if not _inked(page):
            tally.blank.append(number)
            return _by_layer(layer, number, raw, grids=list)
        verdict = "marks" if verdict == "blank" else verdict
    read_again = _by_ocr(page, number, (verdict, raw), session, tally)
    return read_again or _by_layer(layer, number, raw)


def _with_drawn(page: Any, textpage: Any, own: PageText, tally: _Tally) -> PageText:
    """A page by its text layer, and what is drawn on it by OCR."""
    aside = tally.aside
    drawn = drawn_on(page, textpage)
    if telling(drawn) and aside.trusted is not True and (other := _unlike(page, own, drawn, tally)):
        return other
    regions = aside.new(drawn)
    error = aside.refused(len(regions)) if regions else None
    if error:
        aside.leave(own.number, error)
    before = own
    own = with_regions(page, textpage, own, regions, aside.session) if regions and not error else own
    if own is before:
        tally.text += 1
    else:
        tally.ocr.append(own.number)
        found = [g.confidence for g in own.glyphs() if g is not None and g.confidence is not None]
        tally.confidence.append(sum(found) / max(1, len(found)))
    return own


def _unlike(page: Any, own: PageText, drawn: Drawn, tally: _Tally) -> PageText | None:
    """The page by OCR where its letters are drawings and are not what the layer says; None where they are.

    Once they are found to be, no other page is looked at: such letters throughout a file come from one program.
    """
    aside = tally.aside
    if aside.trusted is None and (error := aside.refused(0)):
        aside.trusted = True
        message = f"page {own.number}: its letters are drawings (a font of Type 3), whose text cannot be checked"
        aside.session.report.problem("drawn-text", f"{message}: {error.message}", own.number)
        return None
    trial = _Tally(1, aside)
    with ReadSession(aside.session.options) as session:
        seen = _by_ocr(page, own.number, ("drawings", own.text), session, trial)
    if seen is None or not trial.ocr or aside.believes(drawn, seen.text):
        return None
    aside.session.report.problems += session.report.problems
    tally.ocr += trial.ocr
    tally.confidence += trial.confidence
    return seen


def _by_layer(layer: TextLayer, number: int, raw: str, grids: Callable[[], list[Grid]] | None = None) -> PageText:
    tables = grids or partial(layer.grids, number)
    return PageText(number, canonical(raw), partial(layer.glyphs, number), tables, True)


def _by_ocr(page: Any, number: int, judged: tuple[str, str], session: ReadSession, tally: _Tally) -> PageText | None:
    """The page by OCR; None where that is off, cannot be done, or finds less than the text layer has.

    `judged` is why the page is recognised, and its text layer.
    """
    report = session.report
    verdict = judged[0]
    if session.options.ocr == "never" and verdict == "drawn":
        _keep_drawn(number, "and OCR is off", report, tally)
        return None
    if session.options.ocr == "never":
        tally.unread.append(number)
        report.problem("needs-ocr", f"page {number}: {_WHY[verdict]}, and OCR is off", number)
        return None
    from clauselight.formats._ocr import DPI, ready
    from clauselight.formats._ocrpage import recognised_page

    try:
        ready()
        image = _render(page, DPI)
        result = recognised_page(image, number, session, page.get_size()[1] / image.shape[0])
        if is_moved(page):
            result = replace(result, page=in_user_space(result.page, page))
    except ReadError as error:
        if verdict == "drawn":
            _keep_drawn(number, error.message, report, tally)
            return None
        tally.unread.append(number)
        report.problem(error.reason, f"page {number}: {_WHY[verdict]}; {error.message}", number)
        return None
    return _taken(result, number, judged, report, tally)


def _keep_drawn(number: int, why: str, report: ReadReport, tally: _Tally) -> None:
    """A page of a drawing by its text layer, with the doubt that OCR would settle."""
    tally.text += 1
    report.problem("drawn-text", f"page {number}: {_WHY['drawn']}; {why}", number)


def _taken(
    result: RecognisedPage, number: int, judged: tuple[str, str], report: ReadReport, tally: _Tally
) -> PageText | None:
    """The recognised page, or None where its text layer says more; the tally says which."""
    from clauselight.formats._ocrpage import OF_RECOGNITION

    verdict, raw = judged
    written = sum(c.isalnum() for c in raw)
    if verdict == "drawn" and not result.unreadable and result.letters <= 2 * written:
        tally.text += 1  # labels of a drawing, which the layer has right; what OCR doubts of them is of no account
        report.problems[:] = [p for p in report.problems if p.page != number or p.reason not in OF_RECOGNITION]
        return None
    if verdict == "always" and (result.unreadable or result.letters < written / 2):
        tally.text += 1
        report.problem(
            "text-layer-kept",
            f"page {number}: OCR found {result.letters} letters where the text layer has {written}; that is read",
            number,
        )
        return None
    if result.unreadable:
        tally.unread.append(number)
    elif result.read:
        tally.ocr.append(number)
        tally.confidence.append(result.confidence)
    else:
        tally.unread.append(number)
        report.problem("no-text-found", f"page {number}: {_WHY[verdict]}, and OCR found no text on it", number)
    # a few right letters are worth more than what OCR made of a script that it does not know
    return None if written and verdict not in ("garbled", "drawings") and not result.read else result.page


def _inked(page: Any) -> bool:
    """Whether anything can be seen on a page. One that cannot be drawn, for its size or damage, counts as seen."""
    import pypdfium2 as pdfium

    from clauselight.formats._ink import LONG_SIDE, has_ink

    width, height = page.get_size()
    scale = LONG_SIDE / max(1.0, width, height)
    if min(width, height) * scale < 1:
        return True
    try:
        shown = page.render(scale=scale, grayscale=True)
    except pdfium.PdfiumError:
        return True
    with closing(shown) as bitmap:
        grey = bytes(bitmap.buffer)
        rows = range(0, bitmap.height * bitmap.stride, bitmap.stride)
        return has_ink(b"".join(grey[at : at + bitmap.width] for at in rows), bitmap.width)


def _render(page: Any, dpi: int) -> Any:
    """The page as an RGB array, small enough to hold."""
    from clauselight.formats._ocr import MOST_PIXELS

    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > MOST_PIXELS / 4:
        scale = (MOST_PIXELS / 4 / max(1.0, width * height)) ** 0.5
    if scale * min(width, height) < 50:
        raise ReadError("page-too-large", f"the page measures {width:.0f} x {height:.0f} points")
    with closing(page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)) as bitmap:
        return bitmap.to_numpy()[:, :, :3].copy()


FORMAT = Format("pdf", "application/pdf", claims, read, (".pdf",), version=4)
