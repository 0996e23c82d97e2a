"""The passwords that you gave for encrypted sources, for as long as the process lives.

They stand in this module alone and in no value that is written, shown or sent elsewhere: no option, no result and no
error has them. Workers are given them when they start.
"""

from __future__ import annotations

import os
from pathlib import Path

from clauselight.errors import UsageError

#: what to do about a source that none of them opens; the end of every message on one
NEXT_STEP = "give its password in a file, one on each line, with --password-file"
#: bytes and passwords of a file that are taken: each is tried on each source
_MOST_BYTES, _MOST = 1_000_000, 1000
_given: tuple[str, ...] = ()
#: device and number of the file that they were read from
_file: tuple[int, int] | None = None


def use(passwords: tuple[str, ...]) -> None:
    """Try these from now on, in this order."""
    global _given
    _given = passwords


def given() -> tuple[str, ...]:
    """Those to try; empty where none were given."""
    return _given


def is_file(info: os.stat_result) -> bool:
    """Whether this is the file that they were read from: it is no source."""
    return (info.st_dev, info.st_ino) == _file


def read(name: str) -> tuple[str, ...]:
    """The passwords in a file, one on each line; spaces count. Raises `UsageError`, which quotes nothing of it."""
    global _file
    try:
        with Path(name).open("rb") as stream:
            info = os.fstat(stream.fileno())
            _file = (info.st_dev, info.st_ino)
            data = stream.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"--password-file {name}: {error.strerror}; name a text file, one password on a line"
        ) from None
    try:
        lines = dict.fromkeys(line for line in data.decode("utf-8-sig").replace("\r\n", "\n").split("\n") if line)
    except UnicodeDecodeError:
        raise UsageError(f"--password-file {name}: not UTF-8; save it as a UTF-8 text file") from None
    if not lines or len(lines) > _MOST or len(data) > _MOST_BYTES:
        raise UsageError(f"--password-file {name}: it takes 1 to {_MOST:,} passwords, one on a line")
    return tuple(lines)
