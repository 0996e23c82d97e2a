"""Pictures of the places: for each finding on a page, the page around it with its boxes drawn."""

from __future__ import annotations

import ctypes
import hashlib
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from clauselight.errors import UsageError
from clauselight.model import Blob, Box, Finding

_SCALE = 2.0
_MARGIN = 90.0
_Picture = tuple[Any, float, float, Callable[[Box], Box]]


class Crops:
    """Writes ``<name>-<hash of path>-p<page>-<number>.png`` into a folder; `skipped` names what could not be drawn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = 0
        self.skipped: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._maker = CropMaker()

    def draw(self, findings: list[Finding]) -> list[Path]:
        """The crops of the findings of one source. Sources inside archives are not drawn and are counted."""
        on_pages = [f for f in findings if f.boxes]
        if not on_pages:
            return []
        path = Path(on_pages[0].path)
        if not path.is_file():
            self.skipped.append(f"{on_pages[0].path}: inside an archive")
            return []
        blob = Blob(str(path), file=path)
        stem = f"{path.stem[:40]}-{hashlib.sha256(on_pages[0].path.encode()).hexdigest()[:8]}"
        out: list[Path] = []
        for number, finding in enumerate(on_pages, 1):
            file = self.folder / f"{stem}-p{finding.boxes[0].page}-{number:03}.png"
            with suppress(OSError, ValueError):
                self._maker.crop(blob, str(path), finding).save(file)
                out.append(file)
        self._maker.close()
        self.written += len(out)
        return out


class CropMaker:
    """Pictures of places in sources that need not be files, one page held at a time.

    Raises `UsageError` without the `ocr` extra.
    """

    def __init__(self) -> None:
        try:
            import PIL  # noqa: F401
        except ImportError as error:
            raise UsageError(
                "pictures of places (--images) need the `ocr` extra: pip install 'clauselight[ocr]'"
            ) from error
        self._held: tuple[str, int] | None = None
        self._picture: _Picture | None = None
        self._pdf: tuple[str, Any] | None = None

    def crop(self, blob: Blob, path: str, finding: Finding, hidden: Sequence[Box] = ()) -> Any:
        """The page around a finding with its boxes drawn, and with what lies in the boxes of `hidden` covered."""
        page = finding.boxes[0].page
        if self._held != (path, page):
            self._picture = _page_picture(blob, page, self._opened(blob, path))
            self._held = (path, page)
        assert self._picture is not None
        return _drawn(finding, self._picture, page, hidden)

    def _opened(self, blob: Blob, path: str) -> Any:
        """The PDF of a path, or None for a picture; one is open at a time."""
        if self._pdf and self._pdf[0] == path:
            return self._pdf[1]
        self.close()
        if blob.head(1024).find(b"%PDF-") < 0:
            return None
        self._pdf = (path, _open_pdf(blob))
        return self._pdf[1]

    def close(self) -> None:
        """Let go of the last source."""
        if self._pdf:
            self._picture, self._held = None, None
            self._pdf[1].close()
            self._pdf = None


def _open_pdf(blob: Blob) -> Any:
    from clauselight.formats.textlayer import open_pdf

    return open_pdf(blob)


def png(image: Any) -> bytes:
    """A picture as PNG with 128 colours: letters stay sharp, and a thousand pictures fit in one file."""
    from PIL import Image

    out = io.BytesIO()
    image.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _drawn(finding: Finding, picture: _Picture, page: int, hidden: Sequence[Box] = ()) -> Any:
    from PIL import ImageDraw

    image, scale, height, place = picture
    boxes = [place(b) for b in finding.boxes if b.page == page]
    top = int(max(0, (height - max(b.y1 for b in boxes) - _MARGIN) * scale))
    bottom = int(min(image.height, (height - min(b.y0 for b in boxes) + _MARGIN) * scale))
    part = image.crop((0, top, image.width, max(bottom, top + 1)))
    draw = ImageDraw.Draw(part, "RGBA")
    for box in (place(b) for b in hidden if b.page == page):
        draw.rectangle(
            (
                box.x0 * scale - 2,
                (height - box.y1) * scale - 2 - top,
                box.x1 * scale + 2,
                (height - box.y0) * scale + 2 - top,
            ),
            fill=(60, 60, 60, 255),
        )
    colour = {"finding": (200, 30, 30), "notice": (200, 130, 0), "mention": (90, 90, 90)}[finding.level]
    for box in boxes:
        corners = (
            box.x0 * scale - 3,
            (height - box.y1) * scale - 3 - top,
            box.x1 * scale + 3,
            (height - box.y0) * scale + 3 - top,
        )
        draw.rectangle(corners, fill=(*colour, 36), outline=(*colour, 255), width=2)
    return part


def _page_picture(blob: Blob, page: int, pdf: Any) -> _Picture:
    """The page as a picture, pixels of one page unit, the height in page units, and what turns a box with the page."""
    if pdf is not None:
        sheet = pdf[page - 1]
        scale = min(_SCALE, 3000 / max(sheet.get_size()))
        return sheet.render(scale=scale).to_pil().convert("RGB"), scale, sheet.get_height(), partial(_shown, sheet)
    from PIL import Image

    picture = Image.open(blob.open())
    picture.seek(page - 1)
    image = picture.convert("RGB")
    scale = min(1.0, 1600 / max(image.size))
    return image.resize((int(image.width * scale), int(image.height * scale))), scale, float(image.height), _same


def _same(box: Box) -> Box:
    return box


def _shown(sheet: Any, box: Box) -> Box:
    """A box in PDF user space as it lies on the page as shown: turned, and from its own corner."""
    import pypdfium2.raw as raw

    width, height = sheet.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()
    points = []
    for px, py in ((box.x0, box.y0), (box.x1, box.y1)):
        raw.FPDF_PageToDevice(sheet, 0, 0, int(width * 20), int(height * 20), 0, px, py, x, y)
        points.append((x.value / 20, height - y.value / 20))
    (ax, ay), (bx, by) = points
    return Box(box.page, min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
