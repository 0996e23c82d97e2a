"""Cards and calendars (vCard, iCalendar): each property as one line, folding, quoted-printable and escapes undone.

The line is that of the source on which a property begins. Pictures in them are not looked at.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator

from clauselight.formats._blocks import Blocks
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.text.decode import detect, is_utf8

MEDIA = "text/vcard"
_BEGIN = re.compile(rb"\s*BEGIN:V(?:CARD|CALENDAR|NOTE|MSG)\b", re.IGNORECASE)
_CHARSET = re.compile(r";CHARSET=\"?([\w-]+)", re.IGNORECASE)
_QUOTED = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE", re.IGNORECASE)
_PACKED = re.compile(r";(?:ENCODING=)?(?:BASE64|B)(?=[;:])|:data:[\w/+.-]*;base64,", re.IGNORECASE)
#: "\\n", "\\,", "\\;" of RFC 6350, 3.4
_ESCAPE = re.compile(r"\\([nN,;:\\])")


def claims(head: bytes, name: str) -> int:
    return 85 if _BEGIN.match(head.removeprefix(b"\xef\xbb\xbf")) and not looks_binary(head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """All cards or entries as one document."""
    data = blob.read()
    session.report.encoding = detect(data).name
    blocks = Blocks()
    for line, name, value in _properties(data, session.report.encoding):
        blocks.beside(f"{name}: {value}" if value else name, "", line)
    session.report.expect(len(blocks.text))
    yield blocks.document(blob.path, MEDIA, "vcard/1")


def _properties(data: bytes, encoding: str) -> Iterator[tuple[int, str, str]]:
    """Line, name and value of each property."""
    for line, raw in _unfolded(data):
        text = raw.decode(encoding, "replace")
        head, _, value = text.partition(":")
        if _PACKED.search(text[: len(head) + 60]):
            continue
        if _QUOTED.search(head):
            body = quopri.decodestring(raw.partition(b":")[2])
            named = _CHARSET.search(head)
            value = _decoded(body, named[1] if named else encoding)
        name = head.partition(";")[0].strip()
        value = _ESCAPE.sub(lambda m: " " if m[1] in "nN" else m[1], value)
        if value.strip() or name:
            yield line, name, " ".join(value.split())


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset)
    except (LookupError, UnicodeError):
        return body.decode("utf-8" if is_utf8(body) else detect(body).name, "replace")


def _unfolded(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each property with the number of its first line: a line that begins with a space goes on the one before, and so
    does what follows a soft line break of quoted-printable."""
    begun, held, soft = 0, b"", False
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if begun and (soft or line[:1] in (b" ", b"\t")):
            held = held[:-1] + line if soft else held + line[1:]
        else:
            if begun:
                yield begun, held
            begun, held = number, line
        soft = held.endswith(b"=") and b"QUOTED-PRINTABLE" in held.partition(b":")[0].upper()
    if begun:
        yield begun, held


FORMAT = Format("vcard", MEDIA, claims, read, (".vcf", ".ics", ".vcard"))
