"""Opening office files and e-books, which are ZIP archives, without being harmed by them."""

from __future__ import annotations

import zipfile

from clauselight.errors import ReadError
from clauselight.model import Blob

#: bytes that one part of an office file may unpack to
MOST = 400_000_000
_RATIO = 200


def opened(blob: Blob) -> zipfile.ZipFile:
    """The archive; `ReadError` where it is none."""
    try:
        return zipfile.ZipFile(blob.open())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ReadError("damaged", f"the archive cannot be opened: {error}") from error


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part; `ReadError` where it is missing, encrypted, damaged or unpacks to too much."""
    try:
        info = archive.getinfo(name)
        if info.flag_bits & 1:
            raise ReadError("encrypted", f"{name} is encrypted")
        if info.file_size > MOST or (
            info.file_size > 10_000_000 and info.file_size > _RATIO * max(1, info.compress_size)
        ):
            raise ReadError("zip-bomb", f"{name} unpacks from {info.compress_size:,} to {info.file_size:,} bytes")
        with archive.open(info) as stream:
            data = stream.read(MOST + 1)
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise ReadError("damaged", f"{name}: {error}") from error
    except Exception as error:
        if type(error).__name__ != "error":  # zlib.error has no public base class of its own
            raise
        raise ReadError("damaged", f"{name}: {error}") from error
    if len(data) > MOST:
        raise ReadError("zip-bomb", f"{name} unpacks to more than {MOST:,} bytes")
    return data
