"""Texts, presentations and drawings of OpenDocument (ODT, ODP, ODG): paragraphs, tables as rows, slides as pages.

Also notes, comments, deleted text, page headers, charts and properties, each under a heading that says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats._packwords import open_words
from clauselight.formats._zip import Package, local, opened, properties
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

_SUFFIXES = (".odt", ".ott", ".odm", ".odp", ".otp", ".odg", ".otg", ".odf", ".odc")
_KINDS = ("text", "presentation", "graphics", "chart", "formula", "image")
_MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument."
#: elements of text that stands beside the running text (OpenDocument 1.3, part 3), and what it is called
_BESIDE = {"note": "note", "annotation": "comment", "tracked-changes": "deleted text", "notes": "note"}
#: elements with nothing that is read: forms of presentation, and the signs that stand for a note in the text
_SKIPPED = {"note-citation", "bookmark-start", "creator", "date", "creator-initials", "annotation-end", "ruby-text"}
_SKIPPED |= {"change-info", "sender-initials", "meta-creator-string"}
_NO_TEXT = (
    r"mimetype|META-INF/.*|(?:.*/)?(?:settings|manifest|meta|styles)\.(?:xml|rdf)|Configurations2?/.*|Thumbnails/.*"
    r"|ObjectReplacements/.*|layout-cache|Fonts/.*|(?:.*/)?current\.xml|Versions/.*|VersionList\.xml|\[Content_Types\].*"
)


def claims(head: bytes, name: str) -> int:
    if not head.startswith(b"PK\x03\x04"):
        return 0
    own = any(_MIMETYPE + kind.encode() in head[:200] for kind in _KINDS)
    return 100 if own else (90 if name.endswith(_SUFFIXES) else 0)


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The text first, then what stands beside it, headers and footers, objects, properties."""
    with opened(blob) as archive:
        package = Package(archive, session)
        if "content.xml" not in package:
            raise ReadError("damaged", "no content.xml inside; the file is no OpenDocument file or was cut off")
        if _encrypted(package):
            raise ReadError("encrypted", "the file is encrypted; save it without its password and check it again")
        walk = Walk()
        for part in ["content.xml", *package.left(r".+/content\.xml")]:
            walk.what = None if part == "content.xml" else "object"
            root = package.xml(part, needed=part == "content.xml")
            walk.read(root)
            for body in bodies_of(root):
                package.also(part, open_words(body))
                package.elsewhere(outside_of(body))
        walk.headers(package.xml("styles.xml", text=False) if "styles.xml" in package else None)
        properties(package, walk.blocks, r"meta\.xml")
        package.rest(walk.blocks, _NO_TEXT)
    yield walk.blocks.document(blob.path, "application/vnd.oasis.opendocument.text", "odf/2")


def bodies_of(root: Any) -> list[Any]:
    """The bodies of a content.xml or of a flat file."""
    return [n for n in root if local(n) == "body"] if root is not None else []


def outside_of(body: Any) -> Iterator[str]:
    """The addresses of sections and pictures that lie outside of the file (OpenDocument 1.3, part 3, 5.4)."""
    for node in body.iter():
        if local(node) in ("section-source", "image", "object"):
            address = next((v for k, v in node.attrib.items() if k.endswith("}href")), "")
            if "://" in address or (local(node) == "section-source" and address):
                yield address


def _encrypted(package: Package) -> bool:
    name = "META-INF/manifest.xml"
    root = package.xml(name, text=False) if name in package else None
    return root is not None and any(local(n) == "encryption-data" for n in root.iter())


class Walk:
    """Collects the text of one or more trees of OpenDocument in `blocks`."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        #: what is being read, where it is not the running text
        self.what: str | None = None
        self._beside: list[tuple[Any, str]] = []
        self._slides = 0

    def read(self, root: Any) -> None:
        """One content.xml, then what stood beside its text."""
        if root is None:
            return
        own = self.what
        for body in bodies_of(root):
            self._blocks(body)
        self.blocks.page = None
        while self._beside:
            node, self.what = self._beside.pop(0)
            self._blocks(node)
        self.what = own

    def headers(self, root: Any) -> None:
        """Headers and footers of the pages, and what masters of slides show on each, which the styles hold."""
        for master in (n for n in root.iter() if local(n) == "master-page") if root is not None else ():
            for node in master:
                name = local(node)
                self.what = "page header" if name.startswith("header") else "master page"
                self.what = "page footer" if name.startswith("footer") else self.what
                self._blocks([node] if name != "notes" else node)

    def _blocks(self, parent: Any) -> None:
        for node in parent:
            name = local(node)
            if name in ("p", "h"):
                self._paragraph(node)
            elif name == "table" and self.what is None:
                self._table(node)
            elif name in _BESIDE and self.what != _BESIDE[name]:
                self._beside.append((node, _BESIDE[name]))
            elif name and name not in _SKIPPED:
                if name == "page":
                    self._slides += 1
                    self.blocks.page = self._slides
                self._blocks(node)

    def _paragraph(self, node: Any) -> None:
        inside: list[Any] = []
        text = "".join(self._letters(node, inside)).strip()
        if self.what is None:
            self.blocks.paragraph(text)
        elif text:
            self.blocks.beside(text, self.what)
        for frame in inside:  # text boxes that are anchored in the paragraph
            self._blocks(frame)

    def _letters(self, node: Any, inside: list[Any]) -> Iterator[str]:
        """The letters of a paragraph; frames in it are put into `inside`, notes beside."""
        yield node.text or ""
        for child in node:
            name = local(child)
            if name == "s":
                yield " " * min(200, int(_number(child)))
            elif name in ("tab", "line-break"):
                yield " "
            elif name in _BESIDE:
                self._beside.append((child, _BESIDE[name]))
            elif name in ("frame", "custom-shape", "rect", "g", "object", "text-box"):
                inside.append(child)
            elif name and name not in _SKIPPED:
                yield from self._letters(child, inside)
            yield child.tail or ""

    def _table(self, table: Any) -> None:
        self.blocks.table([list(self._cells(row)) for row in _rows(table)])

    def _cells(self, row: Any) -> Iterator[str]:
        for cell in row:
            if local(cell) in ("table-cell", "covered-table-cell"):
                inside: list[Any] = []
                paragraphs = (n for n in cell.iter() if local(n) in ("p", "h"))
                yield " ".join(t for t in ("".join(self._letters(p, inside)).strip() for p in paragraphs) if t)


def _rows(table: Any) -> Iterator[Any]:
    for node in table:
        if local(node) == "table-row":
            yield node
        elif local(node) in ("table-header-rows", "table-row-group", "table-rows"):
            yield from _rows(node)


def _number(node: Any) -> str:
    value = next((v for k, v in node.attrib.items() if k.endswith("}c")), "1")
    return value if value.isdigit() and len(value) < 6 else "1"


FORMAT = Format("odf", "application/vnd.oasis.opendocument.text", claims, read, (".odt", ".odp", ".odg"), version=2)
