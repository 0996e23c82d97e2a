"""Saved web pages (MHTML): every part of text. The page is the number of the part, the line that of its source."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.formats._htmltext import HtmlText, parse
from clauselight.formats._mail import source_of
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.parts.mail import header_of, message_of
from clauselight.parts.written import not_given

SUFFIXES = (".mht", ".mhtml")


def claims(head: bytes, name: str) -> int:
    header = None if looks_binary(head) else header_of(head)
    if header is None or b"\ncontent-type:" not in header:
        return 0
    if name.endswith(SUFFIXES):
        return 98
    return 85 if b"multipart/related" in header and b"\nfrom:" not in header else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """All pages and frames in order, style sheets left out. What is no text is named as not read."""
    message = message_of(blob.read())
    collector = HtmlText()
    pictures = others = size = 0
    for number, part in enumerate((p for p in message.walk() if not p.is_multipart()), 1):
        kind, group = part.get_content_type(), part.get_content_maintype()
        if kind == "text/css" or group == "font":
            continue
        if group not in ("text", "multipart") and kind != "application/xhtml+xml":
            payload = part.get_payload(decode=True)
            left = not_given(iter([("", payload if isinstance(payload, bytes) else b"")]))
            pictures += left if group == "image" else 0
            others += left if group != "image" else 0
            continue
        source = source_of(part)
        size += len(source)
        if kind in ("text/html", "application/xhtml+xml"):
            collector.headings = []
            if (root := parse(source.encode("utf-8", "replace"), "utf-8")) is not None:
                collector.feed(root, number)
        else:
            collector.lines(source, number)
    if message.get_content_maintype() == "multipart" and not message.is_multipart():
        session.report.problem("damaged", "the parts of the page cannot be told apart; it is read as it is written")
    if pictures:
        session.report.problem("pictures-inside", f"{pictures} pictures inside the page were not read")
    if others:
        why = f"{others} files inside the page were not read; save each as a file of its own and check that"
        session.report.problem("embedded-objects", why)
    session.report.expect(size)
    collector.account(session.report)
    yield from collector.documents(blob.path, "multipart/related", "mhtml/2", str(message.get("subject", ""))[:120])


FORMAT = Format("mhtml", "multipart/related", claims, read, SUFFIXES, version=2)
