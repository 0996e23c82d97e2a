"""Messages of mail (RFC 5322, RFC 2045): what begins with a header, what is a mailbox, and a message taken apart.

What looks for sources and the readers of mail must say the same of the same bytes, so both ask here.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage

from clauselight.errors import ReadError

#: the first line of a header: "From: a@example.org"
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]")
#: the line that a mailbox puts before each message (RFC 4155): "From a@example.org Thu Jan  1 00:00:00 2030"
_BEFORE = re.compile(rb"From [^\r\n]*\r?\n(?=[A-Za-z>][A-Za-z0-9-]*:|From )")
#: an empty line, and behind it text that is not the next message
_BODY = re.compile(rb"\n\r?\n\s*(?!From |\s)[\s\S]")
_EMPTY = re.compile(rb"\r?\n\r?\n")


def header_of(head: bytes) -> bytes | None:
    """The header in lower case, each field on a line of its own after a line end; None where bytes begin with none.

    The line of a mailbox before it may stand there too, but for a listing of one.
    """
    before = _BEFORE.match(head)
    if not _FIELD.match(head, before.end() if before else 0) or _is_listing(head):
        return None
    return b"\n" + _EMPTY.split(head.lower(), maxsplit=1)[0]


def is_message(head: bytes) -> bool:
    """Whether bytes begin with the header of a message: it says who sent it, and of what it is made."""
    header = header_of(head)
    return (
        header is not None and b"\nfrom:" in header and (b"\ncontent-type:" in header or b"\nmime-version:" in header)
    )


def is_mailbox(head: bytes) -> bool:
    """Whether bytes begin as a file of messages, each behind a line that says from whom it came."""
    return _BEFORE.match(head) is not None and is_message(head)


def _is_listing(head: bytes) -> bool:
    """Whether headers follow on headers and no message says anything: a table of a mailbox, and none."""
    return _BEFORE.match(head) is not None and _EMPTY.search(head) is not None and not _BODY.search(head)


def message_of(data: bytes) -> EmailMessage:
    """The message, however broken; what is wrong with it stands in its `defects`.

    Raises `ReadError` where its parts lie in one another without end.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except RecursionError as error:
        raise ReadError("too-deep", DEEP) from error
    assert isinstance(message, EmailMessage)
    return message


#: what is said where parts lie in one another without end
DEEP = "its parts lie in one another hundreds deep; open it in a mail program, save the parts and check those"
