"""What web archives (WARC, ISO 28500) captured: each record with the address and the time of its capture."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from clauselight.errors import ReadError
from clauselight.model import Blob
from clauselight.sources.archives import MOST_MEMBERS, Budget, Member, taken

#: records that hold what was captured; others are the crawler's own notes
_CAPTURES = ("response", "resource", "conversion", "revisit", "continuation")


def warc_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """What was captured, and by name what a record has no document of."""
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as error:
        raise ReadError("no-warc", "web archives need the `case` extra: pip install 'clauselight[case]'") from error
    seen: set[str] = set()
    with blob.open() as stream:
        for number, record in enumerate(ArchiveIterator(stream, parse_http=True)):
            if number >= MOST_MEMBERS:
                yield Member(blob.path, None, "too-many-members", f"only {MOST_MEMBERS:,} records were read")
                return
            if str(record.record_type) in _CAPTURES:
                yield _captured(blob, record, number, seen, budget)


def _captured(blob: Blob, record: Any, number: int, seen: set[str], budget: Budget) -> Member:
    """One record as a member. `seen` holds the digests of what was captured before it."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    when = record.headers.get("WARC-Date")
    path = f"{blob.path}!/{url or number}"
    if aside := _aside(record, seen):
        return Member(path, None, *aside, url=url or None, retrieved=when)
    seen.add(record.headers.get("WARC-Payload-Digest") or "")
    member = _body(blob, path, record, budget)
    return replace(member, url=url or None, retrieved=when)


def _aside(record: Any, seen: set[str]) -> tuple[str, str] | None:
    """Reason and message for a record without a document of its own."""
    kind = str(record.record_type)
    digest = record.headers.get("WARC-Payload-Digest")
    if kind == "revisit":
        if digest and digest in seen:
            return "no-capture", "captured again unchanged; it is read where it was captured first, in this archive"
        return "revisit", "captured again unchanged; the bytes are in an earlier archive: give that one as well"
    if kind == "continuation":
        return "continuation", "the rest of a record that was cut into segments; join them and check the whole"
    status = record.http_headers.status_code if record.is_http and record.http_headers is not None else None
    if status is not None and status >= 300:
        return "no-capture", f"the server answered {status}; no document was captured"
    return None


def _body(blob: Blob, path: str, record: Any, budget: Budget) -> Member:
    """The document of a record, its encodings undone. A record that is cut short is read as far as it goes."""
    body = _Body(record)
    try:
        undo = _undoing(record)
    except ReadError as error:
        return Member(path, None, error.reason, error.message)
    member = taken(blob, path, "", lambda: _Undone(body, undo), budget)
    if body.count >= record.content_length:
        return member
    short = f"the record is cut short: {body.count:,} of {record.content_length:,} bytes are there"
    if member.blob is None:
        return replace(member, message=f"{member.message}; {short}")
    return replace(member, note=short, noted="damaged")


class _Body:
    """The bytes of a record as they stand, counted."""

    def __init__(self, record: Any) -> None:
        self._stream = record.reader
        self.count = 0

    def read(self, size: int) -> bytes:
        data: bytes = self._stream.read(size)
        self.count += len(data)
        return data


class _Undone:
    """A stream with its encodings undone, one after the other."""

    def __init__(self, body: _Body, undo: list[Callable[[bytes], bytes]]) -> None:
        self._body = body
        self._undo = undo
        self._ready = bytearray()

    def read(self, size: int) -> bytes:
        """At most `size` bytes, empty at the end. Takes little at a time, so that what unpacks to much is not held."""
        while len(self._ready) < size and (data := self._body.read(_PIECE)):
            for undo in self._undo:
                data = undo(data)
            self._ready += data
        piece = bytes(self._ready[:size])
        del self._ready[:size]
        return piece


#: bytes of a record that are decoded at a time
_PIECE = 1 << 16
#: bytes of a body that is unpacked as a whole
_WHOLE = 1 << 30


def _undoing(record: Any) -> list[Callable[[bytes], bytes]]:
    """What undoes the encodings of a response, the outer first. Raises `ReadError` for one that nothing here undoes."""
    if not record.is_http or record.http_headers is None:
        return []
    transfer = _codings(record.http_headers.get("Transfer-Encoding", ""))
    content = _codings(record.http_headers.get("Content-Encoding", ""))
    return [_undo(name) for name in [*reversed(transfer), *reversed(content)]]


def _codings(field: str) -> list[str]:
    return [name for part in field.lower().split(",") if (name := part.strip()) and name != "identity"]


def _undo(name: str) -> Callable[[bytes], bytes]:
    if name == "chunked":
        return _Chunks()
    if name in ("gzip", "x-gzip"):
        return zlib.decompressobj(47).decompress
    if name == "deflate":
        return _Deflate()
    if name == "br":
        return _brotli()
    if name == "zstd":
        return _zstd()
    raise ReadError("unknown-encoding", f"the answer is encoded as {name!r}, which nothing here undoes")


def _brotli() -> Callable[[bytes], bytes]:
    try:
        import brotli  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError as error:
        raise ReadError("no-brotli", "the answer is packed with Brotli: pip install brotli") from error

    unpack = brotli.Decompressor().process

    def undo(data: bytes) -> bytes:
        try:
            return bytes(unpack(data))
        except brotli.error as error:
            raise ValueError(f"Brotli: {error}") from error

    return undo


def _zstd() -> Callable[[bytes], bytes]:
    try:
        from backports import zstd  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError as error:
        raise ReadError("no-zstd", "the answer is packed with Zstandard: pip install backports.zstd") from error

    unpack = zstd.ZstdDecompressor()

    def undo(data: bytes) -> bytes:
        try:
            return bytes(unpack.decompress(data)) if not unpack.eof else b""
        except zstd.ZstdError as error:
            raise ValueError(f"Zstandard: {error}") from error

    return undo


class _Deflate:
    """Deflate with the header that the standard asks for, or without one, as many servers send it."""

    def __init__(self) -> None:
        self._undo: Any = None

    def __call__(self, data: bytes) -> bytes:
        if self._undo is None:
            headed = len(data) > 1 and data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._undo = zlib.decompressobj(zlib.MAX_WBITS if headed else -zlib.MAX_WBITS)
        return bytes(self._undo.decompress(data))


class _Chunks:
    """The chunked transfer coding (RFC 9112, 7.1). Bytes that are no chunks are given as they are: archives often keep
    the field of a coding that was undone before they were written."""

    def __init__(self) -> None:
        self._waiting = b""
        self._left = 0
        self._plain: bool | None = None

    def __call__(self, data: bytes) -> bytes:
        if self._plain is None:
            line = data.split(b"\n", 1)[0].split(b";", 1)[0].strip()
            self._plain = not (0 < len(line) <= 8 and all(c in b"0123456789abcdefABCDEF" for c in line))
        if self._plain:
            return data
        self._waiting += data
        out = b""
        while self._waiting:
            if self._left:
                piece, self._waiting = self._waiting[: self._left], self._waiting[self._left :]
                self._left -= len(piece)
                out += piece
                continue
            line, mark, rest = self._waiting.lstrip(b"\r\n").partition(b"\n")
            if not mark:
                break
            self._left, self._waiting = int(line.split(b";", 1)[0].strip() or b"0", 16), rest
            if not self._left:
                self._waiting = b""  # the last chunk; trailers may follow, and no text
        return out
