"""SVG: the text that is drawn, each text element as one line, with titles, descriptions and labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats._svgtext import svg_lines, svg_tree
from clauselight.formats._zip import local
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.parts.inside import may_hold_text

_MOST = 100_000_000
_DATA = re.compile(r"\s*data:image/(?:png|jpe?g|gif|bmp|webp|tiff)[^,]*;base64,")


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
    pictures = sum(map(may_hold_text, _pictures(root)))
    if pictures:
        message = f"{pictures} pictures inside the drawing were not read; save it as PDF and check that"
        session.report.problem("pictures-inside", message)
    # what is drawn takes most of the bytes, and gives no letters
    session.report.expect(len(blocks.text))
    yield blocks.document(blob.path, "image/svg+xml", "svg/1")


def _pictures(root: Any) -> Iterator[str]:
    """The pictures that a drawing holds in itself, in base64."""
    for node in root.iter():
        if local(node) == "image":
            for key, value in node.attrib.items():
                if str(key).endswith("href") and (match := _DATA.match(str(value))):
                    yield str(value)[match.end() :]


FORMAT = Format("svg", "image/svg+xml", claims, read, (".svg",))
