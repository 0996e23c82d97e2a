"""What a page of a PDF shows beside the letters of its text layer: pictures, drawn letters, text said to be other.

Pictures that touch each other are one, as programs cut large ones into tiles. A picture over which the layer runs (a
scan with its text behind it, the ground of a slide) is left out where that has as many letters as such a place holds.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clauselight.parts.inside import SMALLEST

#: things drawn on a page that are looked at, and levels of groups of them
_MOST, _DEEPEST = 20_000, 4
#: points of the shorter and the longer side below which nothing is read
_LOW, _SHORT = 5.0, 20.0
#: pixels of the shorter side below which a picture is a rule
_THINNEST = 12
#: points between pictures that touch, and pictures from which all are taken as one
_GAP, _TILES = 1.5, 400
#: square points of a page that a letter of running text takes, at most, and letters below which nothing is covered
_A_LETTER, _FEW = 600.0, 20
#: bytes of a picture by which it is known again
_KNOWN_BY = 50_000_000
#: letters of drawn fonts that are kept, to be compared
_ENOUGH = 3000
#: width of a letter in sizes of its font; a text said to be another is in doubt where it has less than half as many
_WIDTH, _DOUBT = 0.5, 2.0

#: left, bottom, right, top in points
Rect = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page to be read by OCR, in its user space; `scale` is pixels of the picture for a point."""

    rect: Rect
    pixels: int
    scale: float
    #: what it is known by on other pages
    key: bytes = b""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything on a page that its text layer cannot answer for."""

    pictures: tuple[Region, ...]
    #: letters that the layer gives for fonts whose signs are drawings (Type 3), which may be any
    letters: str
    #: places whose text is said to be another (ActualText) that is far too short for them
    renamed: tuple[Region, ...]


def drawn_on(page: Any, textpage: Any) -> Drawn:
    """Look at everything drawn on an open page with its text page."""
    import pypdfium2.raw as raw

    tiles: list[Region] = []
    renamed: list[Region] = []
    letters: list[str] = []
    fonts: dict[int, bool] = {}
    for item, kind, matrix in _objects(page):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            tiles += _picture(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            if _is_drawing(item, fonts) and sum(map(len, letters)) < _ENOUGH:
                letters.append(_text_of(item, textpage))
            if raw.FPDFPageObj_CountMarks(item) > 0:
                renamed += _renamed(item, matrix)
    pictures = [r for r in _joined(tiles) if _may_hold_text(r) and not _covered(r, textpage)]
    return Drawn(tuple(pictures), "".join(letters), tuple(_joined(renamed)))


def letters_in(textpage: Any, rect: Rect) -> int:
    """How many letters of the text layer stand in a rectangle."""
    import pypdfium2.raw as raw

    left, bottom, right, top = rect
    return max(0, int(raw.FPDFText_GetBoundedText(textpage, left, top, right, bottom, None, 0)))


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Each thing on the page with its kind and what its group is moved by."""
    import pypdfium2.raw as raw

    waiting = [(page, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)]
    count = 0
    while waiting:
        group, matrix, depth = waiting.pop()
        size, get = (
            (raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
            if depth
            else (raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
        )
        for index in range(max(0, size(group))):
            count += 1
            if count > _MOST:
                return
            item = get(group, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                own = raw.FS_MATRIX()
                raw.FPDFPageObj_GetMatrix(item, own)
                waiting.append((item, _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix), depth + 1))
            else:
                yield item, kind, matrix


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _bounds(item: Any, matrix: Matrix) -> Rect | None:
    """The rectangle of a thing on the page."""
    import pypdfium2.raw as raw

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    a, b, c, d, e, f = matrix
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _picture(item: Any, matrix: Matrix) -> Iterator[Region]:
    import pypdfium2.raw as raw

    width, height = ctypes.c_uint(), ctypes.c_uint()
    rect = _bounds(item, matrix)
    if rect and raw.FPDFImageObj_GetImagePixelSize(item, width, height):
        scale = width.value / max(1.0, rect[2] - rect[0])
        size = raw.FPDFImageObj_GetImageDataRaw(item, None, 0)
        key = b""
        if 0 < size <= _KNOWN_BY:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFImageObj_GetImageDataRaw(item, buffer, size)
            key = hashlib.sha256(buffer.raw).digest()
        yield Region(rect, width.value * height.value, scale, key)


def _is_drawing(item: Any, fonts: dict[int, bool]) -> bool:
    """Whether the letters of a text are drawings: a font of Type 3 has neither name nor file (ISO 32000-1, 9.6.5).

    `fonts` keeps the answer for each font of the page.
    """
    import pypdfium2.raw as raw

    font = raw.FPDFTextObj_GetFont(item)
    if not font:
        return False
    address = ctypes.addressof(font.contents)
    if address not in fonts:
        size = ctypes.c_size_t()
        file = raw.FPDFFont_GetFontData(font, None, 0, size) and size.value
        fonts[address] = raw.FPDFFont_GetBaseFontName(font, None, 0) <= 1 and not file
    return fonts[address]


def _text_of(item: Any, textpage: Any) -> str:
    import pypdfium2.raw as raw

    size = raw.FPDFTextObj_GetText(item, textpage, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(item, textpage, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _renamed(item: Any, matrix: Matrix) -> Iterator[Region]:
    """The place of a text that the file says to be another, much shorter one."""
    import pypdfium2.raw as raw

    for index in range(max(0, raw.FPDFPageObj_CountMarks(item))):
        mark, size = raw.FPDFPageObj_GetMark(item, index), ctypes.c_ulong()
        if not raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, size):
            continue
        font = ctypes.c_float()
        rect = _bounds(item, matrix)
        if rect is None or not raw.FPDFTextObj_GetFontSize(item, font):
            continue
        height = max(1.0, rect[3] - rect[1])
        room = (rect[2] - rect[0]) / (_WIDTH * height)
        if room > _FEW and room > _DOUBT * (size.value // 2 - 1):
            yield Region(rect, SMALLEST, 0.0)


def _joined(regions: Sequence[Region]) -> list[Region]:
    """Regions that touch as one. So many that none can be told from another are one as well."""
    if len(regions) > _TILES:
        return [_union(regions)]
    out: list[Region] = []
    for region in regions:
        touching = [r for r in out if _touch(r.rect, region.rect)]
        out = [r for r in out if r not in touching] + [_union([*touching, region]) if touching else region]
    return out


def _touch(first: Rect, second: Rect) -> bool:
    return (
        first[0] - _GAP <= second[2]
        and second[0] - _GAP <= first[2]
        and first[1] - _GAP <= second[3]
        and second[1] - _GAP <= first[3]
    )


def _union(regions: Sequence[Region]) -> Region:
    rects = [r.rect for r in regions]
    rect = (min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects))
    key = hashlib.sha256(b"".join(sorted(r.key for r in regions))).digest()
    return Region(rect, sum(r.pixels for r in regions), max(r.scale for r in regions), key)


def _may_hold_text(region: Region) -> bool:
    left, bottom, right, top = region.rect
    sides = sorted((right - left, top - bottom))
    return (
        region.pixels >= SMALLEST and sides[0] >= _LOW and sides[1] >= _SHORT and sides[0] * region.scale >= _THINNEST
    )


def _covered(region: Region, textpage: Any) -> bool:
    left, bottom, right, top = region.rect
    return letters_in(textpage, region.rect) >= max(_FEW, (right - left) * (top - bottom) / _A_LETTER)
