"""E-mail (EML): header lines and the body. Attachments are sources of their own, see `sources.archives`."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator

from clauselight.formats._htmltext import HtmlText, parse
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document, LineLayout
from clauselight.structure.describe import describer

_HEADERS = (
    b"from:",
    b"to:",
    b"subject:",
    b"received:",
    b"date:",
    b"message-id:",
    b"mime-version:",
    b"return-path:",
    b"delivered-to:",
)


def claims(head: bytes, name: str) -> int:
    if (
        looks_binary(head)
        or b":" not in head[:40]
        or not head[:60].lower().startswith((*_HEADERS, b"from ", b"x-", b"delivered", b"subject"))
    ):
        return 0
    lines = [line.lower() for line in head[:3000].split(b"\n")]
    found = sum(any(line.startswith(h) for line in lines) for h in _HEADERS)
    return 95 if name.endswith(".eml") and found >= 2 else (80 if found >= 5 and lines[0].startswith(_HEADERS) else 0)


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Subject and body as one text; an HTML body by its visible text."""
    message = email.message_from_bytes(blob.read(), policy=email.policy.default)
    subject = str(message.get("subject", ""))
    body = message.get_body(preferencelist=("plain", "html"))
    text = ""
    if body is not None:
        try:
            text = str(body.get_content())
        except (LookupError, ValueError) as error:
            session.report.problem("bad-body", f"the body cannot be decoded: {error}")
        if body.get_content_type() == "text/html" and text:
            collector = HtmlText()
            root = parse(text.encode("utf-8", "replace"), "utf-8")
            if root is not None:
                collector.feed(root)
            text = "".join(collector.pieces)
    whole = f"Subject: {subject}\n\n{text}".replace("\r\n", "\n")
    yield Document(
        blob.path,
        "message/rfc822",
        "eml/1",
        whole,
        LineLayout(whole, describer("prose", ""), kind="prose"),
        title=subject[:120],
    )


FORMAT = Format("eml", "message/rfc822", claims, read, (".eml",))
