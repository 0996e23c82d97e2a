"""Compound files of legacy Office programs ([MS-CFB]): their streams by name, however damaged the rest is.

Below every room, since both the readers and what looks for sources inside of documents open such files.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: sectors with these numbers and above are marks: end of a chain, free, of the table itself
_MARKS = 0xFFFFFFFA
_NONE = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
#: bytes of all streams together that are taken from one file, as a multiple of its size: chains may share sectors
_MOST = 4


class CompoundFile:
    """The streams of a compound file by path, as ``Workbook`` or ``__attach_version1.0_#00000000/__substg1.0_3701``."""

    def __init__(self, data: bytes) -> None:
        """Raises `ValueError` where the bytes are no compound file or its directory cannot be read."""
        if not data.startswith(MAGIC) or len(data) < 512:
            raise ValueError("the file is cut off or is no file of Office")
        self._data = data
        shift, mini = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini != 6:
            raise ValueError("the head of the file is damaged")
        self._size, self._mini_size = 1 << shift, 1 << mini
        (self._cutoff,) = struct.unpack_from("<I", data, 56)
        self._left = _MOST * len(data) + (1 << 20)
        first_directory, first_mini = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 60)[0]
        self._table = _numbers(b"".join(map(self._sector, self._table_sectors())))
        self._mini_table = _numbers(self._chain(first_mini))
        directory = self._chain(first_directory)
        self._entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
        if not self._entries or self._entries[0][66] != _ROOT:
            raise ValueError("the list of what is in the file is damaged")
        start, size = _start(self._entries[0])
        self._small = self._chain(start)[:size] if size else b""
        #: number of the entry of each stream, by its path
        self._streams = dict(self._walk())
        self._places = {name.upper(): number for name, number in self._streams.items()}

    @property
    def names(self) -> list[str]:
        """The paths of all streams."""
        return list(self._streams)

    def has(self, name: str) -> bool:
        """Whether there is a stream of that name; in whatever case it is written, it is one ([MS-CFB] 2.6.4)."""
        return name.upper() in self._places

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; a damaged one as far as it goes, none for one that is not there."""
        if not self.has(name):
            return b""
        start, size = _start(self._entries[self._places[name.upper()]])
        data = self._small_chain(start) if size < self._cutoff else self._chain(start)
        return data[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._data[at : at + self._size]

    def _table_sectors(self) -> Iterator[int]:
        """The sectors of the table of chains: 109 stand in the head, further ones in sectors of their own."""
        yield from (n for n in struct.unpack_from("<109I", self._data, 76) if n < _MARKS)
        following, seen = struct.unpack_from("<I", self._data, 68)[0], set[int]()
        while following < _MARKS and following not in seen:
            seen.add(following)
            *numbers, following = _numbers(self._sector(following)) or [_NONE]
            yield from (n for n in numbers if n < _MARKS)

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._follow(start, self._table, self._size)))

    def _small_chain(self, start: int) -> bytes:
        size = self._mini_size
        return b"".join(self._small[n * size : n * size + size] for n in self._follow(start, self._mini_table, size))

    def _follow(self, start: int, table: list[int], size: int) -> Iterator[int]:
        """The numbers of a chain. One that runs in a circle, out of the file or without end is cut there."""
        seen: set[int] = set()
        while start < len(table) and start not in seen and self._left > 0:
            seen.add(start)
            self._left -= size
            yield start
            start = table[start]

    def _walk(self) -> Iterator[tuple[str, int]]:
        waiting, seen = [("", self._child(0, 76))], set[int]()
        while waiting:
            folder, number = waiting.pop()
            if number >= len(self._entries) or number in seen:
                continue
            seen.add(number)
            entry = self._entries[number]
            name = folder + entry[: max(0, min(64, struct.unpack_from("<H", entry, 64)[0] - 2))].decode(
                "utf-16-le", "replace"
            )
            waiting += [(folder, self._child(number, 68)), (folder, self._child(number, 72))]
            if entry[66] == _STREAM:
                yield name, number
            elif entry[66] == _STORAGE:
                waiting.append((f"{name}/", self._child(number, 76)))

    def _child(self, number: int, at: int) -> int:
        return int(struct.unpack_from("<I", self._entries[number], at)[0])


def _start(entry: bytes) -> tuple[int, int]:
    start, size = struct.unpack_from("<II", entry, 116)
    return start, size


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
