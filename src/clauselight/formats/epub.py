"""EPUB: the chapters of the spine, each as a page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from clauselight.errors import ReadError
from clauselight.formats._htmltext import HtmlText, parse
from clauselight.formats._zip import member, opened
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document


def claims(head: bytes, name: str) -> int:
    return (
        100
        if head.startswith(b"PK\x03\x04")
        and (b"application/epub+zip" in head[:200] or b"META-INF/container.xml" in head or name.endswith(".epub"))
        else 0
    )


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """One document over all chapters."""
    from lxml import etree

    collector = HtmlText()
    with opened(blob) as archive:
        try:
            chapters = _spine(member, archive, etree)
        except (etree.XMLSyntaxError, AttributeError, KeyError) as error:
            raise ReadError("damaged", f"the book's table of contents cannot be read: {error}") from error
        for number, name in enumerate(chapters, 1):
            try:
                root = parse(member(archive, name), "utf-8")
            except ReadError as error:
                session.report.problem(error.reason, error.message, number)
                continue
            if root is not None:
                collector.headings = []
                collector.feed(root, number)
    yield collector.document(blob.path, "application/epub+zip", "epub/1", "")


def _spine(get: object, archive: object, etree: object) -> list[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)  # type: ignore[attr-defined]
    container = etree.fromstring(get(archive, "META-INF/container.xml"), parser)  # type: ignore[attr-defined,operator]
    package = container.find(".//{*}rootfile").get("full-path")
    root = etree.fromstring(get(archive, package), parser)  # type: ignore[attr-defined,operator]
    files = {item.get("id"): item.get("href") for item in root.iterfind(".//{*}manifest/{*}item")}
    base = posixpath.dirname(package)
    return [
        posixpath.normpath(posixpath.join(base, files[i.get("idref")])) for i in root.iterfind(".//{*}spine/{*}itemref")
    ]


FORMAT = Format("epub", "application/epub+zip", claims, read, (".epub",))
