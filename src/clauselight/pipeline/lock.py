"""A lock between processes."""

from __future__ import annotations

import fcntl
import os
import tempfile
from pathlib import Path


class FileLock:
    """A lock between processes that the system gives back when its holder dies."""

    def __init__(self, folder: str | None = None) -> None:
        handle, self.path = tempfile.mkstemp(prefix="clauselight-lock-", dir=folder)
        os.close(handle)
        self._handle = -1

    def __enter__(self) -> FileLock:
        self._handle = os.open(self.path, os.O_RDWR)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    def remove(self) -> None:
        """Take the file away; nobody may use the lock after that."""
        Path(self.path).unlink(missing_ok=True)
