"""Messages of mail and of saved pages (RFC 5322, RFC 2045, RFC 2557): which parts are the text, and their letters."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message

from clauselight.formats._htmltext import HtmlText, declared_encoding, parse
from clauselight.text.decode import detect, is_utf8

#: the first line of a header: "From: a@example.org", or the line that a mailbox puts before it
_FIELD = re.compile(rb"(?:From [^\r\n]*\r?\n)?[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]")
#: charsets that are given under the name of a smaller one, as most Chinese mail does
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "us-ascii": "utf-8", "ks_c_5601-1987": "cp949"}
_TEXT = ("text/plain", "text/html")


def header_of(head: bytes) -> bytes | None:
    """The header in lower case, each field on a line of its own after a line end; None where bytes begin with none."""
    if not _FIELD.match(head):
        return None
    return b"\n" + re.split(rb"\r?\n\r?\n", head.lower(), maxsplit=1)[0]


def is_message(head: bytes) -> bool:
    """Whether bytes begin with the header of a message: it says who sent it, and of what it is made."""
    header = header_of(head)
    return (
        header is not None and b"\nfrom:" in header and (b"\ncontent-type:" in header or b"\nmime-version:" in header)
    )


def message_of(data: bytes) -> EmailMessage:
    """The message, however broken; what is wrong with it stands in its `defects`."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body_parts(message: EmailMessage) -> Iterator[Message]:
    """The body, then its other forms: the parts of text that a mail program shows one instead of another.

    Everything else in a message is a source of its own (`sources`).
    """
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return
    yield body
    waiting: list[tuple[Message, bool]] = [(message, False)]
    while waiting:
        part, form = waiting.pop()
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            inside = [p for p in part.get_payload() if isinstance(p, Message)]
            form = form or (part.get_content_type() == "multipart/alternative" and any(p is body for p in part.walk()))
            waiting += [(p, form) for p in reversed(inside)]
        elif form and part is not body and part.get_content_type() in _TEXT:
            yield part


def text_of(part: Message) -> str:
    """The letters of a part of text: by its charset, else by what its bytes are. HTML by its visible text."""
    if part.get_content_type() == "text/html":
        collector = HtmlText()
        if (root := parse(source_of(part).encode(), "utf-8")) is not None:
            collector.feed(root)
        return collector.text
    return source_of(part).replace("\r\n", "\n")


def source_of(part: Message) -> str:
    """A part of text as it is written, transfer encoding and charset undone."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    declared = str(part.get_content_charset() or "").lower()
    for name in (_LARGER.get(declared, declared), declared_encoding(data) or "", "utf-8" if is_utf8(data) else ""):
        try:
            if name:
                return data.decode(codecs.lookup(name).name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode(detect(data).name, "replace")
