"""Small compound files of Office ([MS-CFB]), made here."""

from __future__ import annotations

import itertools
import struct

_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams; a name with a slash stands in a storage. All streams are long ones."""
    names: list[tuple[str, int, bytes]] = []
    folders: dict[str, list[int]] = {"": []}
    for path, data in streams.items():
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            folders[folder] = []
            names.append((folder, 1, b""))
            folders[""].append(len(names))
        names.append((name, 2, data))
        folders[folder].append(len(names))
    sectors: list[bytes] = []
    table: list[int] = []

    def stored(data: bytes) -> int:
        first = len(sectors)
        count = -(-len(data) // 512)
        sectors.extend(data[n * 512 : n * 512 + 512].ljust(512, b"\0") for n in range(count))
        table.extend(range(first + 1, first + count))
        if count:
            table.append(_END)
        return first if count else _END

    def entry(name: str, kind: int, following: int, child: int, start: int, size: int) -> bytes:
        letters = name.encode("utf-16-le") + b"\0\0"
        head = letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
        return head + struct.pack("<3I", _FREE, following, child) + b"\0" * 36 + struct.pack("<III", start, size, 0)

    following = {a: b for ids in folders.values() for a, b in itertools.pairwise(ids)}
    entries = [entry("Root Entry", 5, _FREE, folders[""][0] if folders[""] else _FREE, _END, 0)]
    for number, (name, kind, data) in enumerate(names, 1):
        child = folders[name][0] if kind == 1 else _FREE
        entries.append(entry(name, kind, following.get(number, _FREE), child, stored(data), len(data)))
    directory = stored(b"".join(entries).ljust(512, b"\0"))
    count = -(-(len(table) + 8) // 128)
    first = len(sectors)
    table += [_TABLE] * count
    whole = struct.pack(f"<{count * 128}I", *table, *[_FREE] * (count * 128 - len(table)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    # a cutoff of 0: no stream is small enough for the sectors of small ones
    head += struct.pack("<10I", 0, count, directory, 0, 0, _END, 0, _END, 0, 0)[:36]
    head += struct.pack("<109I", *range(first, first + count), *[_FREE] * (109 - count))
    return head + b"".join(sectors) + whole
