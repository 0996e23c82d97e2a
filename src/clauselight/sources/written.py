"""What this program wrote, so that its own results are not read as documents, and no document hides as one.

A result is known by its digest, which is written down in the user's own cache folder when the result is whole. Nobody
else can put a digest there (see `trusted`), and a file that differs in one byte is another file. So no name, no first
line and no form makes a document ours; what was written on another machine, or before the cache folder was emptied, is
read as any other document.

Only what we made is written down, never what we copied: the originals of a package, and its texts, which may be the
same bytes as a document.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from clauselight.model import Blob
from clauselight.trusted import append, make, own_bytes, own_folder

_FILE = "written"
#: bytes of the list from which its older half is dropped
_MOST = 4_000_000
#: the mark of a case folder: a name, and beside it in the folder only what a case keeps itself
CASE_MARK = ".clauselight-case"
#: device and number of the files that this process is writing
_open_now: set[tuple[int, int]] = set()


@contextlib.contextmanager
def writing(handle: int) -> Iterator[None]:
    """While this lasts, it is known that this process writes to an open file."""
    info = os.fstat(handle)
    _open_now.add((info.st_dev, info.st_ino))
    try:
        yield
    finally:
        _open_now.discard((info.st_dev, info.st_ino))


def is_open(info: os.stat_result) -> bool:
    """Whether this process is writing to a file just now."""
    return (info.st_dev, info.st_ino) in _open_now


def note(file: Path) -> None:
    """Write down that a whole file is ours. Where that cannot be done it will be read as a document, nothing else."""
    with contextlib.suppress(OSError):
        size = file.stat().st_size
        if not size:
            return
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        place = own_folder() / _FILE
        make(place.parent)
        with contextlib.suppress(FileNotFoundError):
            if place.stat().st_size > _MOST:
                lines = own_bytes(place).splitlines(keepends=True)
                _replace(place, b"".join(lines[len(lines) // 2 :]))
        append(place, f"{digest} {size}\n".encode())


def _replace(place: Path, body: bytes) -> None:
    from clauselight.trusted import write

    write(place, body)


def is_ours(blob: Blob) -> bool:
    """Whether these bytes are a result that was written down. Raises `OSError` where they cannot be read."""
    digests = _noted(*_version())
    return blob.size in digests and blob.sha256 in digests[blob.size]


def _version() -> tuple[str, int, int]:
    place = own_folder() / _FILE
    try:
        info = place.stat()
    except OSError:
        return str(place), 0, 0
    return str(place), info.st_size, info.st_ctime_ns


@cache
def _noted(place: str, size: int, changed: int) -> dict[int, frozenset[str]]:
    """The digests written down, by the size of the file; read again when the list has changed."""
    del changed
    by_size: dict[int, set[str]] = {}
    with contextlib.suppress(OSError, ValueError):
        for line in own_bytes(Path(place)).decode("ascii").splitlines() if size else ():
            digest, _, count = line.partition(" ")
            by_size.setdefault(int(count), set()).add(digest)
    return {count: frozenset(digests) for count, digests in by_size.items()}


def mark_case(folder: Path) -> None:
    """Put the mark of a case into its folder: a secret with the folder's own path, so that no copy of it marks another
    folder."""
    mark = folder / CASE_MARK
    mark.write_bytes(secrets.token_hex(32).encode() + b" " + os.fsencode(os.path.realpath(folder)))
    note(mark)


def is_case(folder: Path) -> bool:
    """Whether a folder is one of the user's own cases, where it was begun."""
    mark = folder / CASE_MARK
    try:
        body = mark.read_bytes() if mark.is_file() and not mark.is_symlink() else b""
    except OSError:
        return False
    _, _, place = body.partition(b" ")
    return place == os.fsencode(os.path.realpath(folder)) and is_ours(Blob(CASE_MARK, data=body))
