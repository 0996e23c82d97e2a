"""Messages of mail and of saved pages (RFC 5322, RFC 2045, RFC 2557): which parts are the text, and their letters."""

from __future__ import annotations

import codecs
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message

from clauselight.formats._htmltext import HtmlText, declared_encoding, parse
from clauselight.text.decode import detect, is_utf8

#: charsets that are given under the name of a smaller one, as most Chinese mail does
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "us-ascii": "utf-8", "ks_c_5601-1987": "cp949"}
_TEXT = ("text/plain", "text/html")
#: fields that hold no words of a message: people and their addresses, the way that it went, and how it is made
_NO_WORDS = re.compile(
    r"(?:x-|resent-|original-|apparently-|envelope-|errors-|reply-|delivered-|return-|mail-(?:followup|reply)-)*"
    r"(?:from|to|cc|bcc|sender|receiver|path|approved|author|original-to|receipt-to|disposition-notification-to)"
    r"|subject|date|(?:x-|resent-)?(?:message-id|date|received)|in-reply-to|references|mime-version"
    r"|content-(?!description).*|received-spf|.*-signature|arc-.*|authentication-results|domainkey.*|lines|status|x-uidl?"
    r"|x-mozilla-.*|thread-index|list-(?!id).*",
    re.IGNORECASE,
)
#: a run of letters and signs so long that it is no word but a key or a record of a program
_KEY = re.compile(r"[\x21-\x7e]{60,}")


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


def words_of_header(message: EmailMessage) -> list[tuple[str, str]]:
    """The subject, then each other field that has words, decoded, in the order of the header.

    Who wrote to whom is left out: it names people, and orders nothing.
    """
    fields = [(name, _value(name, raw)) for name, raw in message.raw_items()]
    subject = next((value for name, value in fields if name.lower() == "subject"), "")
    others = [(name, value) for name, value in fields if not _NO_WORDS.fullmatch(name) and value]
    return [("Subject", subject), *((name, value) for name, value in others if not _KEY.search(value))]


def _value(name: str, raw: object) -> str:
    """A field on one line, what is encoded (RFC 2047) or written in bytes as its letters."""
    written = " ".join(str(raw).split())
    data = written.encode("utf-8", "surrogateescape")
    if any("\udc80" <= c <= "\udcff" for c in written):
        written = data.decode("utf-8" if is_utf8(data) else detect(data).name, "replace")
    try:
        return " ".join(str(email.policy.default.header_factory(name, written)).split())
    except Exception:  # the parser of fields raises what it likes at broken ones
        return written


def around_parts(message: EmailMessage) -> Iterator[str]:
    """What stands before the first part and behind the last, here and in parts of parts, where it has words."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            yield from (text.strip() for text in (part.preamble, part.epilogue) if text and text.strip())
            waiting += [p for p in part.get_payload() if isinstance(p, Message)][::-1]


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
