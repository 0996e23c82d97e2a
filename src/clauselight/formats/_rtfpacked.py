"""RTF as Outlook packs it ([MS-OXRTFCP])."""

from __future__ import annotations

import struct

#: what the dictionary holds before the first byte
_BEGINNING = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_PACKED, _PLAIN = b"LZFu", b"MELA"
_RING = 4096


def unpacked(data: bytes) -> bytes:
    """The RTF of a packed body; none where the bytes are no such body. A damaged one as far as it goes."""
    if len(data) < 16 or data[8:12] not in (_PACKED, _PLAIN):
        return b""
    size = struct.unpack_from("<I", data, 4)[0]
    if data[8:12] == _PLAIN:
        return data[16 : 16 + size]
    ring = bytearray(_BEGINNING.ljust(_RING, b"\0"))
    out, at, end = bytearray(), 16, len(_BEGINNING)

    def put(byte: int) -> None:
        nonlocal end
        out.append(byte)
        ring[end % _RING] = byte
        end += 1

    while at < len(data) and len(out) < size:
        control = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data) or len(out) >= size:
                break
            if not control >> bit & 1:
                put(data[at])
                at += 1
                continue
            pair = int.from_bytes(data[at : at + 2], "big")
            at += 2
            offset, count = pair >> 4, (pair & 15) + 2
            if offset == end % _RING:
                return bytes(out)
            for step in range(count):
                put(ring[(offset + step) % _RING])
    return bytes(out)
