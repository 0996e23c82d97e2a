"""Members of a ZIP that are encrypted with AES, as WinZip and 7-Zip write them (APPNOTE 7.2, extra field 0x9901)."""

from __future__ import annotations

import bz2
import hashlib
import hmac
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any

from clauselight.errors import ReadError

#: the method of such members; the real one stands in the extra field
METHOD = 99
_FIELD = 0x9901
_HEADER = 30
_CHECK, _CODE, _ROUNDS, _BLOCK = 2, 10, 1000, 16
#: bytes of the key, and of its salt, by strength
_KEYS, _SALTS = {1: 16, 2: 24, 3: 32}, {1: 8, 2: 12, 3: 16}
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class _How:
    """How a member is encrypted, and how it was packed before."""

    strength: int
    method: int


def opened(archive: IO[bytes], info: zipfile.ZipInfo, passwords: Iterable[str]) -> Clear | None:
    """The member as a stream, None where no password opens it.

    Raises `ReadError` where `cryptography` is missing, and `ValueError` for a member that is no such one. The stream
    raises `ValueError` at its end where bytes were changed.
    """
    how = _how(info)
    archive.seek(info.header_offset)
    header = archive.read(_HEADER)
    start = (
        info.header_offset + _HEADER + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:], "little")
    )
    archive.seek(start)
    salt, check = archive.read(_SALTS[how.strength]), archive.read(_CHECK)
    size = _KEYS[how.strength]
    left = info.compress_size - len(salt) - _CHECK - _CODE
    if left < 0:
        raise ValueError("the encrypted member is cut short")
    for password in passwords:
        keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _ROUNDS, 2 * size + _CHECK)
        if hmac.compare_digest(keys[-_CHECK:], check):
            return Clear(archive, start + len(salt) + _CHECK, left, keys[:size], keys[size : 2 * size], how.method)
    return None


def _how(info: zipfile.ZipInfo) -> _How:
    extra = info.extra
    while len(extra) >= 4:
        kind, length = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _FIELD and length >= 7 and extra[8] in _KEYS:
            return _How(extra[8], int.from_bytes(extra[9:11], "little"))
        extra = extra[4 + length :]
    raise ValueError("the encrypted member does not say how it is encrypted")


def _unpacker(method: int) -> Callable[[bytes], bytes]:
    if method == zipfile.ZIP_STORED:
        return lambda data: data
    if method == zipfile.ZIP_DEFLATED:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress
    if method == zipfile.ZIP_BZIP2:
        return bz2.BZ2Decompressor().decompress
    raise ValueError(f"packed with method {method}, which nothing here unpacks")


class Clear:
    """The bytes of a member, decrypted and unpacked piece by piece, and held to their code at the end."""

    def __init__(self, archive: IO[bytes], start: int, left: int, key: bytes, code: bytes, method: int) -> None:
        try:
            from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        except ImportError as error:
            need = "members encrypted with AES need the `case` extra: pip install 'clauselight[case]'"
            raise ReadError("no-cryptography", need) from error
        # the counter of this format counts from its low end, which the library's own counter mode does not
        self._blocks: Any = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        self._code = hmac.new(code, digestmod="sha1")
        self._archive, self._at, self._left = archive, start, left
        self._counter = 1
        self._unpack = _unpacker(method)
        self._ready = bytearray()
        self._held = False

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all that is left where it is negative; empty at the end."""
        while (size < 0 or len(self._ready) < size) and self._left:
            self._ready += self._unpack(self._clear(min(_PIECE, self._left)))
        if not self._left and not self._held:
            self._hold()
        piece = bytes(self._ready if size < 0 else self._ready[:size])
        del self._ready[: len(piece)]
        return piece

    def _clear(self, count: int) -> bytes:
        self._archive.seek(self._at)
        data = self._archive.read(count)
        if len(data) < count:
            raise ValueError("the encrypted member is cut short")
        self._code.update(data)
        self._at, self._left = self._at + count, self._left - count
        blocks = -(-count // _BLOCK)
        counters = b"".join(n.to_bytes(_BLOCK, "little") for n in range(self._counter, self._counter + blocks))
        self._counter += blocks
        stream = self._blocks.update(counters)[:count]
        return (int.from_bytes(data, "little") ^ int.from_bytes(stream, "little")).to_bytes(count, "little")

    def _hold(self) -> None:
        self._held = True
        self._archive.seek(self._at)
        if not hmac.compare_digest(self._code.digest()[:_CODE], self._archive.read(_CODE)):
            raise ValueError("the encrypted member was changed: its code does not fit")
