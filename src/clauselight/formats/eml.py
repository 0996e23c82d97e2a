"""E-mail (EML): the header where it has words, and the body in all its forms with what stands around its parts.

Other parts and attachments are sources, see `sources`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauselight.errors import ReadError
from clauselight.formats._mail import around_parts, body_parts, text_of, words_of_header
from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document, LineLayout
from clauselight.parts.mail import header_of, is_message, message_of
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
    """Header and body as one text. Of a second form of the body, what the first does not say."""
    try:
        message = message_of(blob.read())
    except ReadError as error:
        session.report.problem(error.reason, f"{error.message}; here it is read as it is written")
        yield from text_documents(blob, session, "eml/4", "message/rfc822", "prose")
        return
    header = words_of_header(message)
    parts = [text_of(part) for part in body_parts(message)]
    if not parts and message.get_content_maintype() == "multipart" and not message.is_multipart():
        session.report.problem("damaged", "the parts of the message cannot be told apart; it is read as it is written")
        parts = [text_of(message)]
    text = parts[0] if parts else ""
    for other in parts[1:]:
        text += added(other, text)
    beside = "\n".join(around_parts(message))
    session.report.expect(sum(map(len, (*parts, beside))))
    text += added(beside, text)
    fields = "".join(f"{name}: {value}\n" for name, value in header)
    whole = f"{fields}\n{text}".replace("\r\n", "\n")
    yield Document(
        blob.path,
        "message/rfc822",
        "eml/4",
        whole,
        LineLayout(whole, describer("prose", ""), kind="prose"),
        title=header[0][1][:120],
    )


def added(other: str, text: str) -> str:
    """The lines of `other` whose letters do not stand in `text`."""
    said = _NO_LETTER.sub("", text)[:_COMPARED]
    own = {_NO_LETTER.sub("", line) for line in text.split("\n")}
    squeezed = ((line, _NO_LETTER.sub("", line)) for line in other.split("\n"))
    lines = [line for line, letters in squeezed if letters not in own and letters not in said]
    return "\n" + "\n".join(lines) if lines else ""


FORMAT = Format("eml", "message/rfc822", claims, read, (".eml",), version=4)
