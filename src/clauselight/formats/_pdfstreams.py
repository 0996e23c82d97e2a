"""Contents of PDF pages that cannot be decoded: a page that looks blank may have one.

The file itself is looked at, and only where pages look blank: the library says nothing of a stream that it gives up.
Contents are streams of their own (ISO 32000-1, 7.8.2), so those of a file that is not encrypted can be found in it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]{0,4000}\]|\d{1,10}\s+\d{1,5}\s+R)")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R")
_OBJECT = re.compile(rb"(?<![\d.])(\d{1,10})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"(?s)(.{0,4000}?)\bstream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]{0,400}\]|/\w+)")
_NAME = re.compile(rb"/(\w+)")
#: filters that a stream of content may have (7.4), by their names and short names
_KNOWN = frozenset(b"FlateDecode Fl LZWDecode LZW ASCII85Decode A85 ASCIIHexDecode AHx RunLengthDecode RL".split())
_FLATE = (b"FlateDecode", b"Fl")
#: bytes of a stream that are tried
_TRIED = 4096


def undecodable(data: bytes) -> int:
    """How many streams that pages of a PDF name as their content are not there or cannot be decoded."""
    if b"/Encrypt" in data:
        return 0
    wanted = {number for match in _CONTENTS.finditer(data) for number in _REFERENCE.findall(match[1])}
    if not wanted:
        return 0
    places = {match[1]: match.end() for match in _OBJECT.finditer(data)}  # of an object written again, the last
    return sum(number not in places or _broken(data, places[number]) for number in wanted)


def _broken(data: bytes, at: int) -> bool:
    head = _STREAM.match(data, at)
    if head is None or b"endobj" in head[1]:
        return False  # an array of streams, or nothing that has to be decoded
    filters = list(_filters(head[1]))
    if not filters:
        return False
    if not _KNOWN.issuperset(filters):
        return True
    return filters[0] in _FLATE and not _inflates(data[head.end() : head.end() + _TRIED])


def _filters(head: bytes) -> Iterator[bytes]:
    found = _FILTER.search(head)
    if found:
        yield from _NAME.findall(found[1])


def _inflates(body: bytes) -> bool:
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # without its head it is read by some
        try:
            if zlib.decompressobj(window).decompress(body):
                return True
        except zlib.error:
            continue
    return False
