"""What is kept between runs because it takes seconds to make, and is trusted only where nobody else can have made it.

A compiled scan from a stranger could find nothing, or harm the library that loads it. So a file counts only where you
own it and its folder and nobody else may write there, and where it carries a code made with a key that is kept apart,
in your own cache folder, and that only you can read: a folder that came from elsewhere has no such code.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path

_KEY_NAME = "scan.key"
_KEY_SIZE = _CODE_SIZE = 32
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def cache_folder() -> Path:
    """Where compiled scans are kept: ``$CLAUSELIGHT_CACHE``, else the user's cache folder."""
    chosen = os.environ.get("CLAUSELIGHT_CACHE")
    return Path(chosen) if chosen else _own_folder()


def kept(file: Path) -> bytes | None:
    """What `keep` put into `file`; None where it is not there or cannot be trusted."""
    try:
        body = _own_bytes(file)
        key = _own_bytes(_own_folder() / _KEY_NAME)
    except OSError:
        return None
    if len(key) != _KEY_SIZE or not hmac.compare_digest(_code(key, file, body[_CODE_SIZE:]), body[:_CODE_SIZE]):
        return None
    return body[_CODE_SIZE:]


def keep(file: Path, body: bytes) -> None:
    """Keep `body` in `file`. Where that cannot be done, the next start takes some seconds more, nothing else."""
    with contextlib.suppress(OSError):
        key = _key()
        _make(file.parent)
        _check(file.parent.stat(), file.parent)
        _write(file, _code(key, file, body) + body)


def _own_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "clauselight"


def _code(key: bytes, file: Path, body: bytes) -> bytes:
    """The name is in it: one kept scan is not taken for another."""
    return hmac.new(key, file.name.encode() + b"\0" + body, hashlib.sha256).digest()


def _key() -> bytes:
    file = _own_folder() / _KEY_NAME
    with contextlib.suppress(OSError):
        key = _own_bytes(file)
        if len(key) == _KEY_SIZE:
            return key
    _make(file.parent)
    key = secrets.token_bytes(_KEY_SIZE)
    _write(file, key)
    return _own_bytes(file)


def _own_bytes(file: Path) -> bytes:
    """The bytes of a file that only the user can have written; `PermissionError` for any other."""
    _check(file.parent.stat(), file.parent)
    number = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as opened:  # what is checked is what is read
        _check(os.fstat(number), file)
        return opened.read()


def _check(found: os.stat_result, place: Path) -> None:
    """Raise `PermissionError` where another user owns it or may write to it. Windows has no such bits: its folders of
    a user are the user's."""
    if hasattr(os, "geteuid") and (found.st_uid != os.geteuid() or found.st_mode & _OTHERS_WRITE):
        raise PermissionError(f"{place} may be written by others")


def _make(folder: Path) -> None:
    """Make a folder that only the user may write to. One that we made before with a loose mask is closed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder == _own_folder():
        folder.chmod(0o700)


def _write(file: Path, body: bytes) -> None:
    part = file.with_suffix(f".{os.getpid()}")
    number = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(number, "wb") as opened:
        opened.write(body)
    part.replace(file)
