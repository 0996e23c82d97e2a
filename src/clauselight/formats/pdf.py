"""PDF: every page by its text layer where that can be trusted, by OCR where it cannot."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats.registry import Format, Reading
from clauselight.model import Blob, Document, PageCoverage
from clauselight.structure.grids import Grid, RuledLine, grids
from clauselight.structure.pages import Glyph, PagedLayout, PageText
from clauselight.text.decode import everyday_share

#: characters of text held at a time
_WINDOW = 2_000_000
_FEW = 200
#: pages in a row that cannot be opened, after which the page tree is not believed
_GIVE_UP = 40


def claims(head: bytes, name: str) -> int:
    return 100 if b"%PDF-" in head[:1024] else (40 if name.endswith(".pdf") else 0)


def read(blob: Blob, reading: Reading) -> Iterator[Document]:
    """Pages in order. A page that cannot be read is named in the coverage, the others are read."""
    pdf = opened(blob)
    pages: list[PageText] = []
    tally = _Tally(len(pdf))
    offset = size = 0
    if len(pdf) == 0:
        raise ReadError("no-pages", "the PDF has no pages")
    for number in range(1, len(pdf) + 1):
        page = _page(pdf, number, reading, tally)
        if len(tally.unread) >= _GIVE_UP and tally.unread[-_GIVE_UP] == number - _GIVE_UP + 1 and not page.text:
            reading.problem(
                "page-tree",
                f"the file claims {len(pdf):,} pages; {_GIVE_UP} in a row up to page {number} cannot be opened; given up",
            )
            break
        if reading.progress:
            reading.progress(number, len(pdf))
        pages.append(page)
        size += len(page.text) + 1
        if size >= _WINDOW:
            yield _document(blob, pages, offset, last=False)
            offset, size, pages = offset + size, 0, []
    reading.pages = tally.coverage()
    yield _document(blob, pages, offset, last=True)


def _document(blob: Blob, pages: list[PageText], offset: int, *, last: bool) -> Document:
    text = "".join(p.text + "\n" for p in pages)
    title = next((line for p in pages[:1] for line in p.text.split("\n") if line.strip()), "")[:120]
    return Document(blob.path, "application/pdf", "pdf/1", text, PagedLayout(pages), offset, title, None, last)


def opened(blob: Blob) -> Any:
    """The file as pdfium opens it. Raises `ReadError` where it does not."""
    import pypdfium2 as pdfium

    try:
        return pdfium.PdfDocument(str(blob.file) if blob.file else blob.data)
    except pdfium.PdfiumError as error:
        text = str(error).lower()
        if "password" in text or "security" in text:
            raise ReadError("encrypted", "the PDF is encrypted; remove the password and check it again") from error
        raise ReadError("damaged", f"the PDF cannot be opened: {error}") from error


class _Tally:
    """Counts how pages were read."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.text = 0
        self.ocr: list[int] = []
        self.blank: list[int] = []
        self.unread: list[int] = []
        self.confidence: list[float] = []
        self.seen: dict[str, int] = {}

    def coverage(self) -> PageCoverage:
        return PageCoverage(
            self.total, self.text, tuple(self.ocr), tuple(self.blank), tuple(self.unread), tuple(self.confidence)
        )


def _page(pdf: Any, number: int, reading: Reading, tally: _Tally) -> PageText:
    import pypdfium2 as pdfium

    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        tally.unread.append(number)
        reading.problem("damaged-page", f"page {number} cannot be opened", number)
        return _nothing(number)
    try:
        raw = _raw_text(page)
        verdict = "always" if reading.ocr == "always" else judge(raw, page, tally.seen)
        if verdict == "good":
            tally.text += 1
            return PageText(
                number, canonical(raw), partial(layer_glyphs, pdf, number), partial(layer_grids, pdf, number), True
            )
        if verdict == "blank":
            tally.blank.append(number)
            return PageText(number, canonical(raw), partial(layer_glyphs, pdf, number), list, True)
        return _by_ocr(page, number, raw, verdict, reading, tally, pdf)
    finally:
        page.close()


def _nothing(number: int) -> PageText:
    return PageText(number, "", list, list)


def _by_ocr(page: Any, number: int, raw: str, verdict: str, reading: Reading, tally: _Tally, pdf: Any) -> PageText:
    kept = PageText(number, canonical(raw), partial(layer_glyphs, pdf, number), partial(layer_grids, pdf, number), True)
    if reading.ocr == "never":
        tally.unread.append(number)
        reading.problem("needs-ocr", f"page {number}: {_WHY[verdict]}, and OCR is off", number)
        return kept
    from clauselight.formats._ocr import DPI
    from clauselight.formats._ocrpage import recognised_page

    try:
        image = _render(page, DPI)
        result = recognised_page(image, number, reading, page.get_size()[1] / image.shape[0])
        if _moved(page):
            result = replace(result, page=_in_user_space(result.page, page))
    except ReadError as error:
        tally.unread.append(number)
        reading.problem(error.reason, f"page {number}: {_WHY[verdict]}; {error.message}", number)
        return kept
    if result.text.strip():
        tally.ocr.append(number)
        tally.confidence.append(result.confidence)
        if result.confidence < 0.75:
            reading.problem("low-confidence", f"page {number}: OCR is unsure of it ({result.confidence:.2f})", number)
    elif verdict == "picture":
        tally.unread.append(number)
        reading.problem("no-text-found", f"page {number}: a picture in which OCR found no text", number)
    else:
        tally.blank.append(number)
    return result.page


def _moved(page: Any) -> bool:
    """Whether the page is shown turned, or from a corner other than the origin."""
    return bool(page.get_rotation()) or any(abs(v) > 0.01 for v in page.get_cropbox()[:2])


def _in_user_space(text: PageText, page: Any) -> PageText:
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


_WHY = {
    "always": "OCR was asked for",
    "picture": "the page is a picture with no text layer of its own",
    "garbled": "its text layer is garbled",
    "outlines": "its letters are drawn, not written",
}


def _render(page: Any, dpi: int) -> Any:
    """The page as an RGB array, small enough to hold."""
    from clauselight.formats._ocr import MOST_PIXELS

    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > MOST_PIXELS / 4:
        scale = (MOST_PIXELS / 4 / max(1.0, width * height)) ** 0.5
    if scale * min(width, height) < 50:
        raise ReadError("page-too-large", f"the page measures {width:.0f} x {height:.0f} points")
    return page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()[:, :, :3].copy()


# --- the text layer --------------------------------------------------------------------------------------------------


def _raw_text(page: Any) -> str:
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(textpage)
        if count <= 0:
            return ""
        buffer = ctypes.create_string_buffer((count + 1) * 2)
        got = raw.FPDFText_GetText(textpage, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        return buffer.raw[: max(0, got - 1) * 2].decode("utf-16-le", "replace")
    finally:
        textpage.close()


def canonical(raw: str) -> str:
    """The page's text with plain line ends and nothing else changed."""
    return raw.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def judge(text: str, page: Any, seen: dict[str, int]) -> str:
    """``good``, ``blank``, or why the text layer will not do: ``picture``, ``garbled``, ``outlines``."""
    letters = re.sub(r"\s", "", text)
    if garbled(letters):
        return "garbled"
    if len(letters) > _FEW:
        return "good"
    key = letters[:80]
    seen[key] = seen.get(key, 0) + 1
    pictures, paths = _ink(page)
    if pictures >= 0.5 or (pictures >= 0.2 and not letters):
        return "picture"
    if not letters:
        return "outlines" if paths > 40 else ("picture" if pictures > 0.03 else "blank")
    if seen[key] > 1 and paths > 400:
        return "outlines"
    return "good"


def garbled(letters: str) -> bool:
    """Whether characters are the remains of a font without a usable ToUnicode table."""
    if len(letters) < 12:
        return False
    sample = letters[:3000]
    bad = sum(unicodedata.category(c) in ("Co", "Cn", "Cc") or c == "\ufffd" for c in sample if c != "\ufffe")
    if bad > 0.15 * len(sample):
        return True
    chinese = [c for c in sample if "\u3400" <= c <= "\u9fff"]
    if len(chinese) >= 30:
        return everyday_share(chinese) < 0.6
    latin = [c.lower() for c in sample if c.isascii() and c.isalpha()]
    symbols = sum(not c.isalnum() for c in sample)
    if len(latin) >= 80 and len(latin) > 0.5 * len(sample):
        return not 0.2 <= sum(c in "aeiouy" for c in latin) / len(latin) <= 0.68
    return (
        len(sample) > 80
        and symbols > 0.75 * len(sample)
        and sample.count(".") < 0.4 * len(sample)
        and sample.count("_") < 0.3 * len(sample)
    )


def _ink(page: Any) -> tuple[float, int]:
    """Share of the page that pictures cover, and how many drawn paths there are."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    covered, paths = 0.0, 0
    for index, item in enumerate(page.get_objects(max_depth=3)):
        if index > 20_000:
            break
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        elif item.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING):
            paths += 1
    return covered / max(1.0, width * height), paths


@lru_cache(maxsize=64)
def layer_glyphs(pdf: Any, number: int) -> Sequence[Glyph | None]:
    """A rectangle for each character of the canonical page text."""
    import pypdfium2.raw as raw

    page = pdf[number - 1]
    textpage = page.get_textpage()
    out: list[Glyph | None] = []
    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    text = _raw_text(page)
    index = 0
    for position, char in enumerate(text):
        has_box = raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        index += 2 if ord(char) > 0xFFFF else 1
        if char == "\r" and text[position + 1 : position + 2] == "\n":
            continue
        if not has_box or char.isspace() or char == "\ufffe":
            out.append(None)
        else:
            out.append(Glyph(left.value, bottom.value, right.value, top.value))
    textpage.close()
    page.close()
    return out


@lru_cache(maxsize=64)
def layer_grids(pdf: Any, number: int) -> list[Grid]:
    """Ruled tables of a page from its drawn paths."""
    import pypdfium2.raw as raw

    page = pdf[number - 1]
    across: list[RuledLine] = []
    down: list[RuledLine] = []
    for index, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if index > 5000:
            break
        x0, y0, x1, y1 = item.get_bounds()
        width, height = x1 - x0, y1 - y0
        if height <= 2.5 and width > 8:
            across.append(RuledLine((y0 + y1) / 2, x0, x1))
        elif width <= 2.5 and height > 4:
            down.append(RuledLine((x0 + x1) / 2, y0, y1))
        elif width > 8 and height > 6:
            across += [RuledLine(y0, x0, x1), RuledLine(y1, x0, x1)]
            down += [RuledLine(x0, y0, y1), RuledLine(x1, y0, y1)]
    page.close()
    return grids(across, down)


FORMAT = Format("pdf", "application/pdf", claims, read, (".pdf",))
