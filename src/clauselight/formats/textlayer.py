"""The text layer of a PDF: its text, whether that can be trusted, and where its characters and ruled tables are."""

from __future__ import annotations

import ctypes
import logging
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any, TypeVar

from clauselight import passwords
from clauselight.errors import ReadError
from clauselight.model import Blob
from clauselight.structure.grids import Grid, RuledLine, grids
from clauselight.structure.pages import Glyph
from clauselight.text.decode import everyday_share

T = TypeVar("T")
#: letters of a page above which it is taken for written text, without a look at pictures
_FEW = 200
#: strokes on a page of few letters from which they may be letters drawn as outlines
_MANY_STROKES = 400
#: pieces of one path that count as a stroke: a letter has ten to forty, and a path may be a whole page of them
_PIECES = 20
#: answers kept by a layer: glyphs and tables of the pages that were asked for last
_RECENT = 128


class TextLayer:
    """Glyphs and ruled tables of one PDF, looked up when they are asked for.

    Opens the file when it is first needed and holds it until `close`; after that it gives only what it looked up last.
    `original` gives the bytes. Whatever opens them raises `ReadError` where pdfium cannot.
    """

    def __init__(self, original: Callable[[], Blob]) -> None:
        self._original = original
        self._pdf: Any = None
        self._closed = False
        self._recent: dict[tuple[str, int], Any] = {}

    @property
    def pdf(self) -> Any:
        """The document as pdfium opens it. Raises `ValueError` after `close`."""
        if self._closed:
            raise ValueError("the PDF is closed; its boxes cannot be looked up any more")
        if self._pdf is None:
            self._pdf = open_pdf(self._original())
        return self._pdf

    def glyphs(self, number: int) -> Sequence[Glyph | None]:
        """A rectangle for each character of the text of a page, None for one without ink. Pages count from 1."""
        return self._recall("glyphs", number, _glyphs)

    def grids(self, number: int) -> list[Grid]:
        """Ruled tables of a page from its drawn paths."""
        return self._recall("grids", number, _grids)

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None

    def _recall(self, what: str, number: int, look: Callable[[Any], T]) -> T:
        key = (what, number)
        if key not in self._recent:
            with closing(self.pdf[number - 1]) as page:
                answer = look(page)
            if len(self._recent) >= _RECENT:
                del self._recent[next(iter(self._recent))]
            self._recent[key] = answer
        found: T = self._recent[key]
        return found


def open_pdf(blob: Blob) -> Any:
    """The file as pdfium opens it. Raises `ReadError` where it does not."""
    import pypdfium2 as pdfium

    logging.getLogger("pypdfium2").propagate = False  # it warns of what is told in the coverage
    for password in (None, *passwords.given()):
        try:
            return pdfium.PdfDocument(str(blob.file) if blob.file else blob.data, password=password)
        except pdfium.PdfiumError as error:
            text = str(error).lower()
            if "password" not in text and "security" not in text:
                raise ReadError("damaged", f"the PDF cannot be opened: {error}") from error
    raise ReadError("encrypted", f"the PDF is encrypted; {passwords.NEXT_STEP}")


# --- text ------------------------------------------------------------------------------------------------------------


def text_of(textpage: Any) -> str:
    """The text of an open text page as pdfium gives it."""
    import pypdfium2.raw as raw

    count = raw.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = ctypes.create_string_buffer((count + 1) * 2)
    got = raw.FPDFText_GetText(textpage, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    return buffer.raw[: max(0, got - 1) * 2].decode("utf-16-le", "replace")


def canonical(raw: str) -> str:
    """The page's text with plain line ends and nothing else changed."""
    return raw.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


# --- whether it can be trusted ---------------------------------------------------------------------------------------


def judge(text: str, page: Any, seen: dict[str, int]) -> str:
    """``good``, ``blank``, or why the text layer will not do: ``picture``, ``garbled``, ``outlines``.

    ``drawn`` is a page of few letters and many strokes, which are a drawing, or text under a running head.

    `seen` counts the pages that began with the same letters: a watermark is on every page.
    """
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
    if paths > _MANY_STROKES:
        return "outlines" if seen[key] > 1 else "drawn"
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
    if len(latin) >= 80 and len(latin) > 0.5 * len(sample):
        return not 0.2 <= sum(c in "aeiouy" for c in latin) / len(latin) <= 0.68
    return _mostly_symbols(sample)


def _mostly_symbols(sample: str) -> bool:
    """Whether a text is made of symbols, but for the leaders of a table of contents and the blanks of a form."""
    symbols = sum(not c.isalnum() for c in sample)
    return (
        len(sample) > 80
        and symbols > 0.75 * len(sample)
        and sample.count(".") < 0.4 * len(sample)
        and sample.count("_") < 0.3 * len(sample)
    )


def _ink(page: Any) -> tuple[float, int]:
    """Share of the page that pictures cover, and how many strokes are drawn: paths, long ones by their pieces."""
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
            paths += max(1, raw.FPDFPath_CountSegments(item) // _PIECES)
    return covered / max(1.0, width * height), paths


# --- where its characters and tables are -----------------------------------------------------------------------------


def _glyphs(page: Any) -> Sequence[Glyph | None]:
    with closing(page.get_textpage()) as textpage:
        return list(_boxes(textpage, text_of(textpage)))


def _boxes(textpage: Any, text: str) -> Iterator[Glyph | None]:
    """One for each character of the canonical text; pdfium counts UTF-16 units of the raw one."""
    import pypdfium2.raw as raw

    left, right, bottom, top = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    index = 0
    for position, char in enumerate(text):
        has_box = raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        index += 2 if ord(char) > 0xFFFF else 1
        if char == "\r" and text[position + 1 : position + 2] == "\n":
            continue
        if not has_box or char.isspace() or char == "\ufffe":
            yield None
        else:
            yield Glyph(left.value, bottom.value, right.value, top.value)


def _grids(page: Any) -> list[Grid]:
    """From thin paths, which are lines, and from rectangles, whose four sides are."""
    import pypdfium2.raw as raw

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
    return grids(across, down)
