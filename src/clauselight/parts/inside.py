"""Which parts of a document are sources of their own: pictures that may hold a clause, and documents in documents.

Readers of documents leave such parts alone, and `sources` gives each as a member; both ask here, so that no part falls
between them.
"""

from __future__ import annotations

import binascii
import re
import struct
from collections.abc import Iterator

from clauselight.parts.compound import MAGIC, CompoundFile

#: pixels below which a picture is a logo or a sign. The shortest clause has about 12 Chinese characters or 40 Latin
#: letters. The smallest letters that OCR reads stand in 14 x 14 or 8 x 16 pixels, with as much around them as between
#: the lines of a page: that is 5,000 to 10,000 pixels
SMALLEST = 10_000
#: pixels of the shorter side below which a picture is a rule or a border
_THINNEST = 12
#: bytes of a part in which the size of its picture stands; of a JPEG it may stand behind a preview
HEAD = 1 << 18
#: small copies of a page, or of an object whose text is read
_COPIES = re.compile(r"(?:.*/)?(?:thumbnails?|objectreplacements)(?:/.*|\.[a-z]+)", re.IGNORECASE)
#: documents of one file by their first bytes, and legacy ones by their names
_DOCUMENTS = (b"%PDF-", b"PK\x03\x04")
_LEGACY = (".doc", ".dot", ".xls", ".xlt", ".ppt", ".pps", ".msg")
#: streams in which a program keeps a document that is embedded in another ([MS-OLEDS], and what Office does)
_PACKAGE, _CONTENTS, _NATIVE = "Package", "CONTENTS", "\x01Ole10Native"
#: the start of a frame of JPEG: every mark from C0 to CF but tables and arithmetic settings (ISO/IEC 10918-1, B.1.1.3)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def sources_in(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The sources that one part of a document is or holds, each with the end of its path; none where it is none."""
    if _is_source(name, data):
        yield "", data
    elif data.startswith(MAGIC):
        for inner, found in embedded(data):
            yield f"!/{inner}", found


def is_source(name: str, head: bytes) -> bool:
    """Whether a part is a source by its name and its first `HEAD` bytes; an object of Office must be given whole."""
    return next(sources_in(name, head), None) is not None


def passed_over(name: str, head: bytes) -> bool:
    """Whether a part is a picture in which no clause can stand: too small, or a copy of something that is read."""
    if _COPIES.fullmatch(name):
        return True
    size = picture_size(head)
    return size is not None and not _large(*size)


def may_hold_text(base64: str) -> bool:
    """Whether a picture in base64 is more than a sign; one that cannot be decoded may be anything."""
    letters = "".join(base64[:HEAD].split())
    try:
        return not passed_over("", binascii.a2b_base64(letters[: len(letters) // 4 * 4]))
    except (binascii.Error, ValueError):
        return True


def _is_source(name: str, head: bytes) -> bool:
    if _COPIES.fullmatch(name):
        return False
    if head.startswith(_DOCUMENTS) or (head.startswith(MAGIC) and name.lower().endswith(_LEGACY)):
        return True
    if name.lower().endswith(".svg"):
        return True
    size = picture_size(head) if _is_read(head) else (0, 0)
    return size is None or _large(*size)


def _large(width: int, height: int) -> bool:
    return width * height >= SMALLEST and min(width, height) >= _THINNEST


def _is_read(head: bytes) -> bool:
    """Whether the reader of pictures takes these bytes."""
    return head.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")) or head[8:12] == b"WEBP"


def picture_size(head: bytes) -> tuple[int, int] | None:
    """Width and height in pixels by the first bytes of a picture; None for what is no picture or does not say."""
    try:
        if head.startswith(b"\x89PNG\r\n"):
            return struct.unpack_from(">II", head, 16)
        if head.startswith(b"GIF8"):
            return struct.unpack_from("<HH", head, 6)
        if head.startswith(b"BM"):
            width, height = struct.unpack_from("<ii", head, 18)
            return width, abs(height)
        if head.startswith(b"\xff\xd8\xff"):
            return _jpeg(head)
        if head.startswith(b"\1\0\0\0") and head[40:44] == b" EMF":
            left, top, right, bottom = struct.unpack_from("<4i", head, 8)
            return max(0, right - left), max(0, bottom - top)
    except struct.error:
        return None
    return None


def _jpeg(head: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(head):
        if head[at] != 0xFF:
            return None
        if head[at + 1] in _FRAMES:
            height, width = struct.unpack_from(">HH", head, at + 5)
            return width, height
        at += 2 + struct.unpack_from(">H", head, at + 2)[0]
    return None


def embedded(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The documents that programs keep whole inside of an object or a legacy file, each with a name for its path."""
    try:
        file = CompoundFile(data)
    except ValueError:
        return
    for name in file.names:
        folder, _, last = name.rpartition("/")
        body = file.stream(name) if last in (_PACKAGE, _CONTENTS, _NATIVE) else b""
        called = last.strip("\x01")
        if last == _NATIVE:
            called, body = _native(body)
        if body.startswith(_DOCUMENTS) or (last == _NATIVE and body):
            yield "/".join(filter(None, (folder, called))), body


def _native(data: bytes) -> tuple[str, bytes]:
    """Name and bytes of a file that was dropped into a document ([MS-OLEDS] 2.3.6; what stands in it is written down
    nowhere): size, two bytes, a label, a path, eight bytes, a path, then size and bytes."""
    match = re.match(rb".{6}([^\0]*)\0[^\0]*\0.{4}(.{4})", data, re.DOTALL)
    if match is None:
        return "", b""
    at = match.end() + struct.unpack("<I", match[2])[0]
    size = struct.unpack_from("<I", data, at)[0] if at + 4 <= len(data) else 0
    label = match[1].decode("utf-8", "replace").replace("/", "_")
    return label or "file", data[at + 4 : at + 4 + size]
