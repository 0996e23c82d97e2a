"""The folder that a run keeps its temporary files in, so that none outlives it, however it ends."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
import weakref
from pathlib import Path

#: how often, and after how many seconds each time, a folder is removed that does not go at once
_TRIES, _PAUSE = 20, 0.05
_NAME = re.compile(r"clauselight-run-(\d+)-(\d+)-")


#: the folder of the whole process, where it has one
_whole: Scratch | None = None


class Scratch:
    """A folder that carries its process in its name. What dead processes left is cleared when one is made."""

    def __init__(self, inside: Scratch | None = None) -> None:
        if inside is None:
            _sweep(Path(tempfile.gettempdir()))
        pid = os.getpid()
        self.path = tempfile.mkdtemp(prefix=f"clauselight-run-{pid}-{_started(pid)}-")
        #: what is to go when the process is gone
        self.outermost = inside.path if inside else self.path
        self.remove = weakref.finalize(self, _remove, self.path, pid)


def for_the_process() -> None:
    """Have everything temporary of this process, and of what it starts, made in one folder that goes with it.

    A spooled standard input, a drawn page, an original that is read again: a process that is killed leaves no copy of a
    document, since its workers clear the folder, or the next run does.
    """
    global _whole
    if _whole is None:
        _whole = Scratch()
        tempfile.tempdir = os.environ["TMPDIR"] = _whole.path


def of_a_pool() -> Scratch:
    """A folder for a pool and its workers; inside a process that has one of its own, where it is removed at the end."""
    return Scratch(_whole)


def _remove(path: str, owner: int) -> None:
    if os.getpid() == owner:  # a forked worker has the same objects, and must not take its parent's files away
        clear(path)


def clear(path: str) -> None:
    """Take the folder away, also from under a converter that is just being ended and still writes into it."""
    for _ in range(_TRIES):
        shutil.rmtree(path, ignore_errors=True)
        if not os.path.lexists(path):
            return
        time.sleep(_PAUSE)


def _sweep(folder: Path) -> None:
    """Remove the folders of this user's runs that were killed."""
    for place in folder.glob("clauselight-run-*"):
        match = _NAME.match(place.name)
        with contextlib.suppress(OSError):
            if match and place.lstat().st_uid == _user() and not place.is_symlink():
                pid, started = int(match.group(1)), int(match.group(2))
                if not _lives(pid) or _started(pid) != started:
                    shutil.rmtree(place, ignore_errors=True)


def _user() -> int:
    """The number of this user; Windows has none, and gives 0 as the owner of every file."""
    return os.getuid() if hasattr(os, "getuid") else 0


def _lives(pid: int) -> bool:
    if os.name != "posix":
        return True  # there, signal 0 would end the process
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _started(pid: int) -> int:
    """When a process began, in ticks since the machine did, so that a number given again is no life; 0 if unknown."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return int(text.rsplit(")", 1)[1].split()[19])
    except (OSError, ValueError, IndexError):
        return 0
