"""What pages have in common, born digital or scanned: characters with boxes, lines, paragraphs, tables, clauses."""

from __future__ import annotations

import bisect
import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from clauselight.model import Box, Context, Unit
from clauselight.structure.clauses import clause_heading, heading_path
from clauselight.structure.grids import Grid

#: the beginning of an item, a caption or a note, before which no sentence runs on:
#: "• ", "（3）", "a)", "表 B.1", "注1", "NOTE"
_ITEM = re.compile(
    r"\s*(?:[★▲※●•·\-–—*]|[（(]?\d{1,3}[）)]|[a-z][)）]|表\s*[A-Z]?[.\d]|图\s*[A-Z]?[.\d]|注[\d：:]|Table\s|Figure\s|NOTE)"
)
#: the end of a sentence, or the leader of a table of contents: "…的民族。", "5 功能要求 ........ 12"
_TAIL = re.compile(r"[。；;：:！？!?]$|\.{4,}\s*\d*$")


@dataclass(frozen=True, slots=True)
class Glyph:
    """Where one character of a page stands, in page units from the lower left corner; None for one without ink."""

    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float | None = None


@dataclass(slots=True)
class PageText:
    """The text of one page and, on demand, its glyphs (one for each character, None without ink) and ruled tables."""

    number: int
    text: str
    glyphs: Callable[[], Sequence[Glyph | None]]
    grids: Callable[[], list[Grid]]
    #: whether the glyphs come from the file's own text layer, and so can be had from it again without OCR
    layer: bool = False


class PagedLayout:
    """Paragraphs of pages as units; worked out when first asked for."""

    def __init__(self, pages: Sequence[PageText]) -> None:
        self.pages = pages
        self.offsets: list[int] = []
        at = 0
        for page in pages:
            self.offsets.append(at)
            at += len(page.text) + 1

    @cached_property
    def _units(self) -> list[Unit]:
        return [u for page, offset in zip(self.pages, self.offsets, strict=True) for u in paragraphs(page, offset)] or [
            Unit(0, 0)
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [u.start for u in self._units]

    def __len__(self) -> int:
        return len(self._units)

    def unit(self, index: int) -> Unit:
        return self._units[index]

    def index_at(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self._starts, offset) - 1)

    def _page(self, offset: int) -> tuple[PageText, int]:
        index = max(0, bisect.bisect_right(self.offsets, offset) - 1)
        return self.pages[index], self.offsets[index]

    def _line(self, index: int) -> str:
        if not 0 <= index < len(self._units):
            return ""
        unit = self._units[index]
        page, offset = self._page(unit.start)
        return page.text[unit.start - offset : unit.end - offset].split("\n", 1)[0]

    def context(self, index: int) -> Context:
        number, headings = heading_path(self._line, index)
        unit = self._units[index]
        table = self._table(unit)
        if table:
            return Context("table", number, headings, (), table[0], table[1])
        return Context("prose", number, headings)

    def _table(self, unit: Unit) -> tuple[tuple[str, ...], str | None] | None:
        """Headers of the ruled table that a unit stands in, and the first cell of its row."""
        page, offset = self._page(unit.start)
        grids = page.grids()
        if not grids:
            return None
        glyphs = page.glyphs()
        own = next((g for g in glyphs[unit.start - offset : unit.end - offset] if g), None)
        if own is None:
            return None
        x, y = (own.x0 + own.x1) / 2, (own.y0 + own.y1) / 2
        for grid in grids:
            cell = grid.cell(x, y)
            if cell:
                cells = _cell_texts(page.text, glyphs, grid)
                heads = tuple(cells.get((0, c), "") for c in range(len(grid.xs) - 1)) if cell[0] else ()
                return heads, cells.get((cell[0], 0)) or cells.get((cell[0], 1))
        return None

    def lines(self, start: int, end: int) -> tuple[int | None, int | None]:
        """Pages have no lines that count."""
        return None, None

    def boxes(self, start: int, end: int) -> tuple[tuple[Box, ...], float | None]:
        """One box for each line that a stretch of text covers, and the mean confidence of its characters from OCR."""
        out: list[Box] = []
        sure: list[float] = []
        at = start
        while at < end:
            page, offset = self._page(at)
            stop = min(end, offset + len(page.text))
            found, confidences = _line_boxes(page, at - offset, stop - offset)
            out += found
            sure += confidences
            at = max(stop + 1, at + 1)
        return tuple(out), round(statistics.fmean(sure), 4) if sure else None


def _cell_texts(text: str, glyphs: Sequence[Glyph | None], grid: Grid) -> dict[tuple[int, int], str]:
    cells: dict[tuple[int, int], str] = {}
    for char, glyph in zip(text, glyphs, strict=False):
        if glyph is None or char.isspace():
            continue
        cell = grid.cell((glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2)
        if cell:
            cells[cell] = cells.get(cell, "") + char
    return cells


def _line_boxes(page: PageText, start: int, end: int) -> tuple[list[Box], list[float]]:
    boxes: list[Box] = []
    confidences: list[float] = []
    glyphs = page.glyphs()
    run: list[Glyph] = []

    def close() -> None:
        if run:
            boxes.append(
                Box(
                    page.number,
                    round(min(g.x0 for g in run), 2),
                    round(min(g.y0 for g in run), 2),
                    round(max(g.x1 for g in run), 2),
                    round(max(g.y1 for g in run), 2),
                )
            )
            run.clear()

    for index in range(start, min(end, len(page.text))):
        if page.text[index] in "\n\t":
            close()
            continue
        glyph = glyphs[index] if index < len(glyphs) else None
        if glyph is None:
            continue
        run.append(glyph)
        if glyph.confidence is not None:
            confidences.append(glyph.confidence)
    close()
    return boxes, confidences


def paragraphs(page: PageText, offset: int) -> list[Unit]:
    """Lines of a page joined where a sentence runs on: not before a heading or an item, nor after a short line."""
    lines = page.text.split("\n")
    widths = sorted((_width(line) for line in lines if line.strip()), reverse=True)
    full = 0.72 * widths[len(widths) // 8] if widths else 0
    units: list[Unit] = []
    at = start = offset
    for index, line in enumerate(lines):
        end = at + len(line)
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if not line.strip():
            start = end + 1
        elif not _runs_on(line, following, full):
            units.append(Unit(start, end, None, None, page.number))
            start = end + 1
        at = end + 1
    if start < at - 1 and page.text[start - offset :].strip():
        units.append(Unit(start, at - 1, None, None, page.number))
    return units


def _width(line: str) -> int:
    return sum(2 if c > "\u2e7f" else 1 for c in line)


def _runs_on(line: str, following: str, full: float) -> bool:
    if not following.strip() or "\t" in line or _TAIL.search(line.rstrip()):
        return False
    if _ITEM.match(following) or _short_heading(line) or clause_heading(following):
        return False
    if line.rstrip().endswith(".") and following[:1].isupper():
        return False
    return _width(line) >= full


def _short_heading(line: str) -> bool:
    return bool(clause_heading(line)) and _width(line) < 44
