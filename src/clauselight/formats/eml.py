"""E-mail (EML): subject and body in all its forms. Other parts and attachments are sources, see `sources`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauselight.formats._mail import body_parts, header_of, is_message, message_of, text_of
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
#: what is left out where two forms of a body are compared: everything but letters and digits
_NO_LETTER = re.compile(r"[\W_]+")

#: letters of a body in which the lines of its other form are looked for, beside its own lines
_COMPARED = 200_000


def claims(head: bytes, name: str) -> int:
    if looks_binary(head) or (header := header_of(head)) is None:
        return 0
    if name.endswith(".eml"):
        return 95
    found = sum(b"\n" + field in header for field in _HEADERS)
    return 80 if is_message(head) or (found >= 5 and header[1:].startswith((*_HEADERS, b"from "))) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Subject and body as one text. Of a second form of the body, what the first does not say."""
    data = blob.read()
    message = message_of(data)
    subject = str(message.get("subject", ""))
    parts = [text_of(part) for part in body_parts(message)]
    if not parts and message.get_content_maintype() == "multipart" and not message.is_multipart():
        session.report.problem("damaged", "the parts of the message cannot be told apart; it is read as it is written")
        parts = [text_of(message)]
    text = parts[0] if parts else ""
    for other in parts[1:]:
        text += added(other, text)
    session.report.expect(sum(map(len, parts)))
    whole = f"Subject: {subject}\n\n{text}".replace("\r\n", "\n")
    yield Document(
        blob.path,
        "message/rfc822",
        "eml/3",
        whole,
        LineLayout(whole, describer("prose", ""), kind="prose"),
        title=subject[:120],
    )


def added(other: str, text: str) -> str:
    """The lines of `other` whose letters do not stand in `text`."""
    said = _NO_LETTER.sub("", text)[:_COMPARED]
    own = {_NO_LETTER.sub("", line) for line in text.split("\n")}
    squeezed = ((line, _NO_LETTER.sub("", line)) for line in other.split("\n"))
    lines = [line for line, letters in squeezed if letters not in own and letters not in said]
    return "\n" + "\n".join(lines) if lines else ""


FORMAT = Format("eml", "message/rfc822", claims, read, (".eml",), version=3)
