"""SVG: the text that is drawn, each text element as one line, with titles, descriptions and labels."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats._svgtext import svg_lines, svg_tree
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

_MOST = 100_000_000


def claims(head: bytes, name: str) -> int:
    if looks_binary(head):
        return 0
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start and b"<html" not in start):
        return 80
    return 60 if name.endswith(".svg") and start.startswith(b"<") else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Lines are those of the source. Letters that are drawn as outlines are no text, here or anywhere."""
    if blob.size > _MOST:
        raise ReadError("too-large", f"a drawing of {blob.size:,} bytes; at most {_MOST:,} are read")
    root = svg_tree(blob.read())
    if root is None:
        raise ReadError("damaged", "the drawing cannot be read; open it in a browser and save it as PDF")
    blocks = Blocks()
    for text, line in svg_lines(root):
        blocks.beside(text, "", line)
    # what is drawn takes most of the bytes, and gives no letters
    session.report.expect(len(blocks.text))
    yield blocks.document(blob.path, "image/svg+xml", "svg/1")


FORMAT = Format("svg", "image/svg+xml", claims, read, (".svg",))
