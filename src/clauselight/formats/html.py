"""HTML and XHTML: the visible text, with the line of the source that each block stands on."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.errors import ReadError
from clauselight.formats._htmltext import HtmlText, declared_encoding, parse
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.text.decode import detect, is_utf8

_MOST = 100_000_000


def claims(head: bytes, name: str) -> int:
    if looks_binary(head):
        return 0
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start):
        return 90
    return 55 if name.endswith((".html", ".htm", ".xhtml", ".shtml")) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """One document. Scripts and styles are left out; what is only shown by a script cannot be seen here."""
    if blob.size > _MOST:
        raise ReadError("too-large", f"an HTML page of {blob.size:,} bytes; at most {_MOST:,} are read")
    data = blob.read()
    declared = declared_encoding(data)
    found = detect(data)
    session.report.encoding = declared if declared and found.certainty < 1 and not is_utf8(data) else found.name
    root = parse(data, session.report.encoding)
    collector = HtmlText()
    title = ""
    if root is not None:
        title = (root.findtext(".//title") or "").strip()[:120]
        collector.feed(root)
    yield collector.document(blob.path, "text/html", "html/1", title)


FORMAT = Format("html", "text/html", claims, read, (".html", ".htm", ".xhtml"))
