"""Pictures of pages: PNG, JPEG, TIFF with many pages, BMP, WebP. Their text is read by OCR, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._ink import LONG_SIDE, has_ink
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document, PageCoverage
from clauselight.structure.pages import PagedLayout, PageText

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
#: PNG, JPEG, TIFF in both byte orders, BigTIFF, BMP
_MAGIC = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"BM")


def claims(head: bytes, name: str) -> int:
    if head.startswith(_MAGIC[:5]) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return 100
    return 60 if head.startswith(b"BM") and name.endswith(".bmp") else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Each frame as a page."""
    if session.options.ocr == "never":
        session.report.pages = PageCoverage(1, unread=(1,))
        raise ReadError("needs-ocr", "a picture, and OCR is off")
    from clauselight.formats._ocr import MOST_PIXELS, ready

    ready()
    from PIL import Image, ImageSequence

    Image.MAX_IMAGE_PIXELS = None  # the size is checked here, with a message that says so
    try:
        picture = Image.open(blob.open())
    except (OSError, ValueError, SyntaxError) as error:
        raise ReadError("damaged", f"the picture cannot be opened: {error}") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise ReadError(
            "picture-too-large", f"{picture.width} x {picture.height} pixels; at most {MOST_PIXELS:,} are read"
        )
    pages: list[PageText] = []
    ocr: list[int] = []
    blank: list[int] = []
    unread: list[int] = []
    confidence: list[float] = []
    try:
        for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
            shown = _shown(frame)
            page = _frame(shown, number, session)
            pages.append(page.page)
            (ocr if page.read else unread if page.unreadable or _inked(shown) else blank).append(number)
            if page.read:
                confidence.append(page.confidence)
            elif number in unread and not page.unreadable:
                session.report.problem("no-text-found", f"page {number}: a picture in which OCR found no text", number)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        unread.append(len(pages) + 1)
        session.report.problem("damaged", f"page {len(pages) + 1} cannot be decoded: {error}", len(pages) + 1)
    session.report.pages = PageCoverage(len(pages), 0, tuple(ocr), tuple(blank), tuple(unread), tuple(confidence))
    text = "".join(p.text + "\n" for p in pages)
    yield Document(
        blob.path,
        "image/*",
        "image/1",
        text,
        PagedLayout(pages),
        title=pages[0].text.split("\n")[0][:120] if pages else "",
    )


def _frame(frame: Any, number: int, session: ReadSession) -> Any:
    import numpy as np

    from clauselight.formats._ocrpage import recognised_page

    image = np.ascontiguousarray(np.asarray(frame))
    scale = _enlarged(image.shape)
    if scale != 1:
        import cv2

        image = cv2.resize(
            image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        )
    return recognised_page(image, number, session, 1 / scale)


def _shown(frame: Any) -> Any:
    """A frame as RGB, as it is seen. Of itself Pillow makes 16 bits white, and what can be seen through black."""
    from PIL import Image

    if frame.mode.startswith(("I", "F")):
        import numpy as np

        levels = np.nan_to_num(np.asarray(frame).astype(np.float64))
        low, high = float(levels.min()), float(levels.max())
        return Image.fromarray(((levels - low) * (255 / max(1e-9, high - low))).astype(np.uint8)).convert("RGB")
    if not frame.has_transparency_data:
        return frame.convert("RGB")
    clear = frame.convert("RGBA")
    papers = [Image.alpha_composite(Image.new("RGBA", clear.size, colour), clear) for colour in ("white", "black")]
    seen = [paper.convert("RGB") for paper in papers]
    return next((picture for picture in seen if _inked(picture)), seen[0])  # on black: letters that are white


def _inked(frame: Any) -> bool:
    """Whether anything is to be seen on a frame."""
    grey = frame.convert("L")
    grey.thumbnail((LONG_SIDE, LONG_SIDE), reducing_gap=None)
    return has_ink(grey.tobytes(), grey.width)


def _enlarged(shape: tuple[int, ...]) -> float:
    """The factor by which a very large picture is reduced before OCR."""
    longest = max(shape[:2])
    return 4000 / longest if longest > 4000 else 1.0


FORMAT = Format("image", "image/*", claims, read, SUFFIXES, version=2)
