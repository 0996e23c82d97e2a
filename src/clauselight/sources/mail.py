"""What is inside messages: attachments, forwarded messages, and the messages of a mailbox."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message

from clauselight.errors import ReadError
from clauselight.model import Blob
from clauselight.parts.mail import DEEP, message_of
from clauselight.sources.archives import Budget, Member, inner

_NEXT = re.compile(rb"(?:\A|\r?\n)From [^\r\n]*\r?\n(?=[A-Za-z>][A-Za-z0-9-]*:|From )")

#: a message written out again has its fields on the lines that they had
_AS_IT_IS = email.policy.default.clone(refold_source="none")


def eml_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """Every part of a message but the body, which is read as the message itself."""
    try:
        for number, part in enumerate(_attached(message_of(blob.read())), 1):
            path, note = inner(blob, _name(part, number))
            payload = _payload(part)
            budget.left -= len(payload)
            yield Member(path, Blob(path, data=payload), note=note)
    except RecursionError as error:
        raise ReadError("too-deep", DEEP) from error


def mbox_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """The messages of a mailbox (RFC 4155), each a message of its own."""
    data = blob.read()
    starts = [m.end() for m in _NEXT.finditer(data)]
    ends = [*[m.start() for m in _NEXT.finditer(data)][1:], len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        path = f"{blob.path}!/message-{number}.eml"
        budget.left -= end - start
        yield Member(path, Blob(path, data=data[start:end]))


def emlx_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """The message of a file of Apple Mail: its length stands in the first line, and a property list behind it."""
    data = blob.read()
    length, _, rest = data.partition(b"\n")
    path = f"{blob.path}!/message.eml"
    message = rest[: int(length)]
    budget.left -= len(message)
    yield Member(path, Blob(path, data=message))


def _attached(message: EmailMessage) -> Iterator[Message]:
    """The parts that are no containers and not the body, in order. Of the body's alternatives one is read.

    A message whose parts cannot be told apart is read as it is written, so it is no part of its own.
    """
    body = message.get_body(preferencelist=("plain", "html"))
    waiting: list[tuple[Message, bool]] = [(message, False)]
    while waiting:
        part, of_body = waiting.pop()
        if part is body or (of_body and part.get_content_type() in ("text/plain", "text/html")):
            continue
        if part.get_content_maintype() != "multipart" or not part.is_multipart():
            if part is not message or part.get_content_maintype() != "multipart":
                yield part
            continue
        inside = [p for p in part.get_payload() if isinstance(p, Message)]
        other = of_body or (part.get_content_type() == "multipart/alternative" and _holds(part, body))
        waiting += [(p, other) for p in reversed(inside)]


def _holds(part: Message, body: Message | None) -> bool:
    return body is not None and any(p is body for p in part.walk())


def _name(part: Message, number: int) -> str:
    name = part.get_filename()
    if part.get_content_type() == "message/rfc822":
        name = name or f"forwarded-{number}"
        return name if name.lower().endswith(".eml") else name + ".eml"
    return name or f"attachment-{number}"


def _payload(part: Message) -> bytes:
    """The bytes of a part. A message inside is given whole, so that it is read as one."""
    if part.is_multipart():
        return b"".join(p.as_bytes(policy=_AS_IT_IS) for p in part.get_payload() if isinstance(p, Message))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
