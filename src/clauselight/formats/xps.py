"""XPS and OpenXPS: the glyphs of each page, runs on one base line joined to a line of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats._zip import Package, local, names_in, opened, properties
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

MEDIA = "application/oxps"
_PAGES = r".*\.fpage"
_NO_TEXT = (
    r"\[Content_Types\]\.xml|.*\.(?:rels|fdoc|fdseq|odttf|ttf|otf|ttc|icc|icm|frag|struct|dict|psf)|docProps/.*"
    r"|Metadata/.*|.*/Metadata/.*|.*PrintTicket.*|.*DiscardControl\.xml|Thumbnails/.*"
)
#: a part that is written in pieces ("1.fpage/[0].piece"), which streaming printers do (OPC, 14.2)
_PIECE = re.compile(r"\[\d+\](?:\.last)?\.piece$")
#: gap between runs, in sizes of the font, that parts words; and how wide a letter is about
_GAP, _NARROW = 0.28, 0.5
#: sizes of the font by which base lines of one line may differ
_ONE_LINE = 0.3
_COMMAS = re.compile(r"[,\s]+")


def claims(head: bytes, name: str) -> int:
    own = name.endswith((".xps", ".oxps")) or any(n.endswith((".fpage", ".fdseq")) for n in names_in(head))
    return 90 if head.startswith(b"PK\x03\x04") and own else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """All pages in the order of their names."""
    blocks = Blocks()
    with opened(blob) as archive:
        package = Package(archive, session)
        pages = package.matching(_PAGES)
        if not pages:
            why = "its pages are cut into pieces" if any(map(_PIECE.search, package.names)) else "no pages inside"
            raise ReadError("damaged", f"{why}; open it in its own program, save it as PDF and check that")
        for number, part in enumerate(pages, 1):
            blocks.page = number
            root = package.xml(part)
            for line in _lines(root) if root is not None else ():
                blocks.paragraph(line)
        blocks.page = None
        properties(package, blocks)
        package.account(_NO_TEXT)
    yield blocks.document(blob.path, MEDIA, "xps/1")


def _lines(page: Any) -> Iterator[str]:
    """The lines of a page: runs that follow one another on one base line, whatever canvas each stands on."""
    text, base, end = "", 0.0, 0.0
    for node in page.iter():
        if local(node) != "Glyphs" or not (letters := _letters(node)):
            continue
        x, y, size = _place(node)
        if not text or abs(y - base) > _ONE_LINE * size:
            if text.strip():
                yield text.strip()
            text, base = letters, y
        else:
            text += (" " if x - end > _GAP * size else "") + letters
        end = x + size * sum(_NARROW if c < "\u2e80" else 1.0 for c in letters)
    if text.strip():
        yield text.strip()


def _place(node: Any) -> tuple[float, float, float]:
    """Left edge, base line and size of a run on the page, by the matrices of all that it stands in (XPS 1.0, 14.4)."""
    x, y = _number(node.get("OriginX")), _number(node.get("OriginY"))
    size = _number(node.get("FontRenderingEmSize")) or 1.0
    while node is not None:
        parts = [_number(part) for part in _COMMAS.split(node.get("RenderTransform") or "") if part]
        if len(parts) == 6:
            a, b, c, d, right, down = parts
            x, y, size = a * x + c * y + right, b * x + d * y + down, size * abs(a * d - b * c) ** 0.5
        node = node.getparent()
    return x, y, size or 1.0


def _letters(node: Any) -> str:
    """The letters of a run; "{}" before a brace is an escape (XPS 1.0, 5.1)."""
    return str(node.get("UnicodeString") or "").removeprefix("{}")


def _number(written: str | None) -> float:
    try:
        return float(written or 0)
    except ValueError:
        return 0.0


FORMAT = Format("xps", MEDIA, claims, read, (".xps", ".oxps"))
