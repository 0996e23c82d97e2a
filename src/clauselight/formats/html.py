"""HTML and XHTML: the visible text with its lines, what stands beside it, and scripts as code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauselight.errors import ReadError
from clauselight.formats._htmltext import HtmlText, declared_encoding, parse
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.text.decode import detect, is_utf8

_MOST = 100_000_000
#: a tag without attributes, in which no text can stand
_BARE = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]*\s*/?>")


def claims(head: bytes, name: str) -> int:
    if looks_binary(head):
        return 0
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start):
        return 90
    return 55 if name.endswith((".html", ".htm", ".xhtml", ".shtml")) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The page as one document, then each script and style sheet. What is only drawn by a script is not seen here."""
    if blob.size > _MOST:
        raise ReadError("too-large", f"an HTML page of {blob.size:,} bytes; at most {_MOST:,} are read")
    data = blob.read()
    declared = declared_encoding(data)
    found = detect(data)
    session.report.encoding = declared if declared and found.certainty < 1 and not is_utf8(data) else found.name
    source = parse(data, session.report.encoding)
    collector = HtmlText()
    if source is not None:
        collector.feed(source)
        session.report.expect(len(_BARE.sub("", source).encode("utf-8", "replace")))
    collector.account(session.report)
    yield from collector.documents(blob.path, "text/html", "html/2", collector.title[:120])


FORMAT = Format("html", "text/html", claims, read, (".html", ".htm", ".xhtml"), version=2)
