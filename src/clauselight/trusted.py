"""Files of the user's own cache folder that only the user can have written.

What decides what is read, or is loaded by a library, counts only where the user owns it and its folder and nobody else
may write there. Anything else raises `PermissionError`, and callers do without.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def own_folder() -> Path:
    """The user's cache folder of this program. It is not moved by ``$CLAUSELIGHT_CACHE``, which may be anywhere."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "clauselight"


def own_bytes(file: Path) -> bytes:
    """The bytes of a file that only the user can have written. Raises `OSError`; `PermissionError` for any other."""
    check(file.parent.stat(), file.parent)
    number = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as opened:  # what is checked is what is read
        check(os.fstat(number), file)
        return opened.read()


def check(found: os.stat_result, place: Path) -> None:
    """Raise `PermissionError` where another user owns it or may write to it. Windows has no such bits: its folders of
    a user are the user's."""
    if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & _OTHERS_WRITE):
        raise PermissionError(f"{place} may be written by others")


def make(folder: Path) -> None:
    """Make a folder that only the user may write to. One that we made before with a loose mask is closed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder == own_folder():
        folder.chmod(0o700)


def write(file: Path, body: bytes) -> None:
    """Write a file whole or not at all, for the user alone."""
    part = file.with_suffix(f".{os.getpid()}")
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(number, "wb") as opened:
        opened.write(body)
    part.replace(file)


def append(file: Path, line: bytes) -> None:
    """Add a line to a file for the user alone, in one write, so that runs side by side do not mix theirs."""
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(number, "wb", buffering=0) as opened:
        check(os.fstat(number), file)
        opened.write(line)
