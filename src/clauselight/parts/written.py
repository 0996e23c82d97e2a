"""Pictures and objects that are written into a text: hexadecimal in RTF, base64 in notebooks, parts of a saved page.

The reader of such a text and what looks for sources inside of documents take them from here, so that each is either a
source of its own, too small for a clause, or counted as not read.
"""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from clauselight.parts.inside import is_source, passed_over
from clauselight.parts.mail import message_of

#: bytes of a text that is looked through
_MOST = 200_000_000
#: a picture or an object of RTF; the second form of a picture, for old programs, is left out
_RTF_PART = re.compile(rb"(?<!\\nonshppict\{)\\(pict|objdata)(?![a-zA-Z])")
#: its bytes: 40 and more in hexadecimal, or as many raw ones as are said
_RTF_BYTES = re.compile(rb"\\bin(\d{1,9}) |((?:[0-9A-Fa-f]{2}[\r\n\t ]*){40,})")
#: what an embedded object may hold whole
_WHOLE = re.compile(rb"%PDF-|PK\x03\x04|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
#: the head of a saved page (RFC 2557)
_RELATED = b"multipart/related"

Parts = Iterator[tuple[str, bytes]]


def written_in(head: bytes, name: str) -> Callable[[bytes], Parts] | None:
    """What takes the parts out of such a text, by its first bytes and its name in lower case; None for any other."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{\\rtf"):
        return rtf_parts
    if start.startswith(b"{") and (name.endswith(".ipynb") or (b'"cell_type"' in head and b'"cells"' in head)):
        return notebook_parts
    lower = head.lower()
    fields = b"\n" + lower.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    saved = name.endswith((".mht", ".mhtml")) or (_RELATED in fields and b"\nfrom:" not in fields)
    return page_parts if saved and b"\ncontent-type:" in fields else None


def not_given(parts: Parts) -> int:
    """How many parts are no sources of their own and not too small to hold a clause."""
    return sum(not passed_over(name, data) and not is_source(name, data) for name, data in parts)


def given(parts: Parts) -> int:
    """How many parts are sources of their own, or too small to hold a clause."""
    return sum(passed_over(name, data) or is_source(name, data) for name, data in parts)


def rtf_parts(data: bytes) -> Parts:
    """Pictures and objects of RTF with names such as ``picture-1``; of an object what it holds whole."""
    starts = [(m.end(), m[1].decode()) for m in _RTF_PART.finditer(data[:_MOST])]
    for number, (start, kind) in enumerate(starts, 1):
        end = starts[number][0] if number < len(starts) else len(data)
        match = _RTF_BYTES.search(data, start, end)
        if match is None:
            continue
        body = data[match.end() : match.end() + int(match[1])] if match[1] else _from_hex(match[2])
        if kind == "pict":
            yield f"picture-{number}", body
        elif whole := _WHOLE.search(body):
            yield f"object-{number}", body[whole.start() :]


def _from_hex(written: bytes) -> bytes:
    letters = written.translate(None, b"\r\n\t ")
    return binascii.unhexlify(letters[: len(letters) // 2 * 2])


def notebook_parts(data: bytes) -> Parts:
    """Pictures that cells of a notebook put out or have attached; none where it cannot be taken apart."""
    try:
        book = json.loads(data.decode("utf-8-sig")) if len(data) <= _MOST else None
    except (ValueError, RecursionError):
        return
    for number, letters in enumerate(_pictures(book), 1):
        try:
            yield f"picture-{number}", binascii.a2b_base64(letters)
        except ValueError:
            yield f"picture-{number}", b""


def _pictures(value: Any) -> Iterator[str]:
    """The pictures in base64, wherever they stand; before nbformat 4 they were called by the end of their kind."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        for key, inner in here.items() if isinstance(here, dict) else ():
            if (key.startswith("image/") and key != "image/svg+xml") or key in ("png", "jpeg"):
                yield "".join(map(str, inner)) if isinstance(inner, list) else str(inner)
            elif key != "source":
                waiting.append(inner)
        waiting += here if isinstance(here, list) else ()


def page_parts(data: bytes) -> Parts:
    """Pictures and documents of a saved page, each named by the end of its address."""
    message = message_of(data)
    for number, part in enumerate((p for p in message.walk() if not p.is_multipart()), 1):
        if part.get_content_maintype() not in ("text", "font") and part.get_content_type() != "application/xhtml+xml":
            payload = part.get_payload(decode=True)
            address = str(part.get("content-location", "")).split("?")[0].rstrip("/").rpartition("/")[2]
            yield f"part-{number}-{address or 'unnamed'}", payload if isinstance(payload, bytes) else b""
