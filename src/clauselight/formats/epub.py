"""EPUB: the chapters of the spine, each as a page, then every other document of the book, and what is said of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from clauselight.errors import ReadError
from clauselight.formats._htmltext import HtmlText, declared_encoding, parse
from clauselight.formats._svgtext import svg_lines, svg_tree
from clauselight.formats._zip import Package, local, opened
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_PAGES = r".*\.(?:x?html?|xml|svg|txt)"
#: what a book says of itself (Dublin Core in the package document, EPUB 3.3, 5.5.3)
_SAID = ("title", "subject", "description")
_NO_TEXT = (
    r"mimetype|META-INF/.*|.*\.(?:opf|ncx|css|ttf|otf|woff2?|ttc|pls|js|smil|xpgt|plist)|iTunes.*|.*/page-map\.xml"
    r"|.*/(?:toc|page)_?map\.xml"
)
_FONTS = (".ttf", ".otf", ".woff", ".woff2", ".ttc")


def claims(head: bytes, name: str) -> int:
    return (
        100
        if head.startswith(b"PK\x03\x04")
        and (b"application/epub+zip" in head[:200] or b"META-INF/container.xml" in head or name.endswith(".epub"))
        else 0
    )


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """One document over all chapters. Documents that the spine does not name come last: nobody is led to them."""
    collector = HtmlText()
    with opened(blob) as archive:
        package = Package(archive, session)
        locked = _encrypted(package)
        chapters = _spine(package, session, collector)
        for number, name in enumerate(dict.fromkeys((*chapters, *package.matching(_PAGES))), 1):
            if name in locked:
                package.data(name)
                session.report.problem("encrypted", f"{name} is encrypted; give a copy without protection", number)
            elif package.unread(name) and not name.startswith("META-INF/"):
                _page(package, name, number, collector, session)
        package.account(_NO_TEXT)
    collector.account(session.report)
    yield from collector.documents(blob.path, "application/epub+zip", "epub/2", "")


def _page(package: Package, name: str, number: int, collector: HtmlText, session: ReadSession) -> None:
    try:
        data = package.data(name)
    except ReadError as error:
        session.report.problem(error.reason, error.message, number)
        return
    session.report.expect(len(data))
    if name.lower().endswith(".svg"):
        root = svg_tree(data)
        collector.lines("\n".join(text for text, _ in svg_lines(root)) if root is not None else "", number)
    elif name.lower().endswith(".txt"):
        collector.lines(data.decode("utf-8", "replace"), number)
    elif (root := parse(data, declared_encoding(data) or "utf-8")) is not None:
        collector.headings = []
        collector.feed(root, number)


def _spine(package: Package, session: ReadSession, collector: HtmlText) -> list[str]:
    """The chapters in order. A chapter that is missing is said; a book without a table of contents has none."""
    book = _book(package)
    root = package.xml(book, text=False) if book in package else None
    if root is None:
        session.report.problem("damaged", "the book's table of contents cannot be read; its documents are read by name")
        return []
    for node in root.iter():
        if local(node) in _SAID and (text := (node.text or "").strip()):
            collector.lines(" ".join(text.split()))
    base = posixpath.dirname(book)
    files = {n.get("id"): n.get("href") or "" for n in root.iter() if local(n) == "item"}
    names = []
    for number, node in enumerate((n for n in root.iter() if local(n) == "itemref"), 1):
        href = files.get(node.get("idref"), "")
        found = next((n for n in (_joined(base, href), _joined(base, unquote(href))) if n in package), None)
        if found is None:
            why = f"chapter {number} ({href or 'without a file'}) is named in the book and is not in it"
            session.report.problem("damaged", why, number)
        else:
            names.append(found)
    return names


def _book(package: Package) -> str:
    """The package document: by the container, else by its ending."""
    root = package.xml(_CONTAINER, text=False) if _CONTAINER in package else None
    named = [n.get("full-path") or "" for n in root.iter() if local(n) == "rootfile"] if root is not None else []
    return next((n for n in (*named, *package.matching(r".*\.opf")) if n in package), "")


def _joined(base: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(base, href.split("#")[0]))


def _encrypted(package: Package) -> set[str]:
    """Parts that are encrypted; fonts that are only scrambled are not text."""
    root: Any = package.xml(_ENCRYPTION, text=False) if _ENCRYPTION in package else None
    names = (
        [unquote(n.get("URI") or "") for n in root.iter() if local(n) == "CipherReference"] if root is not None else []
    )
    return {name for name in names if not name.lower().endswith(_FONTS)}


FORMAT = Format("epub", "application/epub+zip", claims, read, (".epub",), version=2)
