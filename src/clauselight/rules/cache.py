"""What is kept between runs because it takes seconds to make, and is trusted only where nobody else can have made it.

A compiled scan from a stranger could find nothing, or harm the library that loads it. So a file counts only where you
own it and its folder and nobody else may write there, and where it carries a code made with a key that is kept apart,
in your own cache folder, and that only you can read: a folder that came from elsewhere has no such code.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import logging
import os
import secrets
from functools import cache
from pathlib import Path

from clauselight.trusted import check, make, own_bytes, own_folder, write

_log = logging.getLogger(__name__)

_KEY_NAME = "scan.key"
_KEY_SIZE = _CODE_SIZE = 32


def cache_folder() -> Path:
    """Where compiled scans are kept: ``$CLAUSELIGHT_CACHE``, else the user's cache folder."""
    chosen = os.environ.get("CLAUSELIGHT_CACHE")
    return Path(chosen) if chosen else own_folder()


def kept(file: Path) -> bytes | None:
    """What `keep` put into `file`; None where it is not there or cannot be trusted."""
    try:
        body = own_bytes(file)
        key = own_bytes(own_folder() / _KEY_NAME)
    except OSError:
        return None
    if len(key) != _KEY_SIZE or not hmac.compare_digest(_code(key, file, body[_CODE_SIZE:]), body[:_CODE_SIZE]):
        return None
    return body[_CODE_SIZE:]


def keep(file: Path, body: bytes) -> None:
    """Keep `body` in `file`. Where that cannot be done, each start takes long, and it is said once."""
    try:
        key = _key()
        make(file.parent)
        check(file.parent.stat(), file.parent)
        write(file, _code(key, file, body) + body)
    except OSError as error:
        _say(error.strerror or str(error), str(file.parent))


@cache
def _say(why: str, folder: str) -> None:
    _log.warning(
        "clauselight: the rules are compiled anew at each start, which takes a while: %s: %s; "
        "name a folder of your own in $CLAUSELIGHT_CACHE",
        folder,
        why,
    )


def _code(key: bytes, file: Path, body: bytes) -> bytes:
    """The name is in it: one kept scan is not taken for another."""
    return hmac.new(key, file.name.encode() + b"\0" + body, hashlib.sha256).digest()


def _key() -> bytes:
    file = own_folder() / _KEY_NAME
    with contextlib.suppress(OSError):
        key = own_bytes(file)
        if len(key) == _KEY_SIZE:
            return key
    make(file.parent)
    key = secrets.token_bytes(_KEY_SIZE)
    write(file, key)
    return own_bytes(file)
