"""A source: bytes and where they came from."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO


@dataclass(frozen=True)
class Blob:
    """Bytes under a name as the user would give it; inside an archive ``a.zip!/inner.pdf``.

    Either `data` or `file` is set. A file is mapped, not loaded, so a large one costs no memory until it is touched.
    """

    path: str
    data: bytes | None = None
    file: Path | None = None
    parents: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if (self.data is None) == (self.file is None):
            raise ValueError("a blob has either data or a file")

    @property
    def name(self) -> str:
        """The path by which formats are told apart: in lower case, without the marks of members of one path."""
        return self.path.lower().rstrip("#")

    @property
    def size(self) -> int:
        """Length in bytes."""
        if self.data is not None:
            return len(self.data)
        assert self.file is not None
        return self.file.stat().st_size

    def head(self, count: int = 8192) -> bytes:
        """The first `count` bytes."""
        if self.data is not None:
            return self.data[:count]
        with self.open() as stream:
            return stream.read(count)

    def open(self) -> IO[bytes]:
        """A new binary stream from the start."""
        if self.data is not None:
            return io.BytesIO(self.data)
        assert self.file is not None
        return self.file.open("rb")

    def read(self) -> bytes:
        """All bytes, in memory."""
        if self.data is not None:
            return self.data
        assert self.file is not None
        return self.file.read_bytes()

    @cached_property
    def sha256(self) -> str:
        """Hex SHA-256 of the bytes."""
        if self.data is not None:
            return hashlib.sha256(self.data).hexdigest()
        assert self.file is not None
        with self.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
