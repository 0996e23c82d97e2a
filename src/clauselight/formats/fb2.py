"""FictionBook (FB2): what is said of the book, then its paragraphs, verses and tables, with the lines of the source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats._svgtext import svg_tree
from clauselight.formats._zip import local
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.parts.inside import may_hold_text

MEDIA = "application/x-fictionbook+xml"
_MOST = 400_000_000
#: elements that are a paragraph each
_LINES = {
    "p",
    "v",
    "subtitle",
    "text-author",
    "date",
    "book-title",
    "keywords",
    "book-name",
    "publisher",
    "custom-info",
}


def claims(head: bytes, name: str) -> int:
    return 90 if b"<FictionBook" in head and not looks_binary(head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The whole book as one document. Pictures are named as not read."""
    if blob.size > _MOST:
        raise ReadError("too-large", f"a book of {blob.size:,} bytes; at most {_MOST:,} are read")
    root = svg_tree(blob.read())
    if root is None:
        raise ReadError("damaged", "the book cannot be read; open it in a reader of books and save it as EPUB")
    blocks, pictures, waiting = Blocks(), 0, [root]
    while waiting:
        node: Any = waiting.pop()
        name = local(node)
        if name == "binary":
            pictures += may_hold_text(node.text or "")
        elif name in _LINES:
            if text := " ".join("".join(node.itertext()).split()):
                blocks.paragraph(text, node.sourceline)
        elif name == "tr":
            blocks.table([[" ".join("".join(cell.itertext()).split()) for cell in node]])
        elif name:
            waiting += reversed(node)
    if pictures:
        message = f"{pictures} pictures inside the book were not read; save it as EPUB and check that"
        session.report.problem("pictures-inside", message)
    session.report.expect(len(blocks.text))
    yield blocks.document(blob.path, MEDIA, "fb2/1")


FORMAT = Format("fb2", MEDIA, claims, read, (".fb2",))
