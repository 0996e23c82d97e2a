"""What is inside archives, member by member. No file is written under a member's name, no bomb unpacked."""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from clauselight import passwords
from clauselight.errors import ReadError
from clauselight.model import Blob
from clauselight.sources import aes

#: bytes that one member may unpack to, and all members of one source together
MOST_MEMBER = 4_000_000_000
MOST_TOTAL = 20_000_000_000
MOST_MEMBERS = 1_000_000
#: archives inside archives that are opened
DEEPEST = 5
#: marks the blob of a file that was made here and must be removed
_TEMPORARY = "temporary"
#: how many times its packed size a large member may unpack to; text packs to a tenth, a bomb to a thousandth
_RATIO = 200
#: bytes that the smallest source may unpack to
_ALWAYS = 200_000_000
#: bytes up to which a member is held in memory
_IN_MEMORY = 16_000_000
#: bytes before the lengths of a name and of what follows it, and bytes that may stand behind a member (4.3.9)
_NAME_SIZES, _DESCRIPTOR = 26, 24
#: bytes between two members that are looked at
_LOOKED_AT = 1 << 20
_UNLISTED = "repair a copy (`zip -FF`) and check that"
#: the system that packed a ZIP, where its modes are those of Unix
_UNIX = 3
_LINK = "it is not followed, and what it names is read where it stands in the archive"
_DEVICE = "a device, pipe or socket; there is nothing in it to read"
#: what unpacking raises for bytes that are no sound archive
ERRORS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A member to read, or why it cannot be: `reason` is a stable word, `message` is for people.

    `note` is said of a member that is read, under the stable word `noted`. `url` and `retrieved`
    are where and when a web archive captured it. `part` is whether it is a part of a document, which is read beside it.
    """

    path: str
    blob: Blob | None = None
    reason: str = ""
    message: str = ""
    note: str = ""
    noted: str = "path-traversal"
    url: str | None = None
    retrieved: str | None = None
    part: bool = False


@dataclass(slots=True)
class Budget:
    """Bytes that may still be unpacked from one source, at all depths together."""

    left: int = MOST_TOTAL

    @classmethod
    def of(cls, size: int) -> Budget:
        """For a given source of `size` bytes: one bound for all depths, since archives in archives multiply."""
        return cls(min(MOST_TOTAL, max(_ALWAYS, size * _RATIO)))


def release(blob: Blob | None) -> None:
    """Remove the file of a member that was too large for memory; nothing else is touched."""
    if blob is not None and blob.file is not None and _TEMPORARY in blob.parents:
        blob.file.unlink(missing_ok=True)


def inner(blob: Blob, name: str) -> tuple[str, str]:
    """Path inside the container, and a note on a name that tries to leave it."""
    clean = name.replace("\\", "/")
    outside = clean.startswith("/") or ".." in clean.split("/") or (len(clean) > 1 and clean[1] == ":")
    return f"{blob.path}!/{clean}", "the name points outside the archive; it was read, never written" if outside else ""


def zip_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(blob.open()) as archive:
        infos = archive.infolist()
        if front := _in_front(blob, infos, budget):
            yield front
        for info in infos[:MOST_MEMBERS]:
            if info.is_dir():
                continue
            path, note = inner(blob, _zip_name(info))
            if aside := _zip_aside(info):
                yield Member(path, None, *aside)
                continue
            if info.file_size > MOST_MEMBER or (
                info.file_size > 50_000_000 and info.file_size > _RATIO * max(1, info.compress_size)
            ):
                yield Member(
                    path,
                    None,
                    "zip-bomb",
                    f"unpacks from {info.compress_size:,} to {info.file_size:,} bytes; not unpacked",
                )
                continue
            yield _zip_member(archive, info, Member(path, blob, note=note), budget)
        if hidden := _hidden(blob, infos, archive.start_dir):
            yield Member(blob.path, None, "damaged", hidden)
        if len(infos) > MOST_MEMBERS:
            yield Member(
                blob.path, None, "too-many-members", f"only {MOST_MEMBERS:,} of {len(infos):,} members were read"
            )


def _in_front(blob: Blob, infos: list[zipfile.ZipInfo], budget: Budget) -> Member | None:
    """Another ZIP before the first member: archives that were joined end to end open as the last one alone."""
    size = min((info.header_offset for info in infos), default=0)
    if not size or blob.head(4) != b"PK\x03\x04":
        return None
    return taken(blob, f"{blob.path}!/in-front.zip", "", lambda: _Beginning(blob.open(), size), budget)


def _hidden(blob: Blob, infos: list[zipfile.ZipInfo], directory: int) -> str:
    """What to say of members that stand between the listed ones, or between them and the list, and are not in it.

    No program shows them. `directory` is where the list stands.
    """
    places = sorted(infos, key=lambda info: info.header_offset)
    with blob.open() as stream:
        for info, after in zip(places, [*(i.header_offset for i in places[1:]), directory], strict=False):
            stream.seek(info.header_offset + _NAME_SIZES)
            name, extra = struct.unpack("<HH", stream.read(4).ljust(4, b"\0"))
            end = info.header_offset + _NAME_SIZES + 4 + name + extra + info.compress_size
            if after - end > _DESCRIPTOR:
                stream.seek(end)
                if b"PK\x03\x04" in stream.read(min(_LOOKED_AT, after - end)):
                    return f"behind {_zip_name(info)} stand members that are in no list; {_UNLISTED}"
    return ""


class _Beginning:
    """The first bytes of a stream."""

    def __init__(self, stream: IO[bytes], size: int) -> None:
        self._stream = stream
        self._left = size

    def read(self, size: int) -> bytes:
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        return data


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: Member, budget: Budget) -> Member:
    """One member; `place` has its path and note, and the archive as its blob."""
    assert place.blob is not None
    if not info.flag_bits & 1:
        return taken(place.blob, place.path, place.note, lambda: archive.open(info), budget)
    try:
        opener = _decrypted(archive, info)
    except ReadError as error:
        return replace(place, blob=None, reason=error.reason, message=error.message, note="")
    except ERRORS as error:
        return replace(place, blob=None, reason="damaged", message=f"cannot be unpacked: {error}", note="")
    if opener is None:
        message = f"encrypted in the archive; {passwords.NEXT_STEP}"
        return replace(place, blob=None, reason="encrypted", message=message, note="")
    return taken(place.blob, place.path, place.note, opener, budget)


def _decrypted(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], Any] | None:
    """What opens an encrypted member with one of the user's passwords; None where none of them does."""
    if info.compress_type == aes.METHOD:
        assert archive.fp is not None
        clear = aes.opened(archive.fp, info, passwords.given())
        return (lambda: clear) if clear is not None else None
    for password in passwords.given():
        key = password.encode()
        # a wrong one in 256 passes the one byte that is checked first, so the member is read to its checksum
        with suppress(RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError):
            with archive.open(info, pwd=key) as stream:
                while stream.read(1 << 20):
                    pass
            return lambda key=key: archive.open(info, pwd=key)  # type: ignore[misc]
    return None


def _zip_aside(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Reason and message for a member that is no file by the mode that it was packed with."""
    mode = info.external_attr >> 16 if info.create_system == _UNIX else 0
    if stat.S_ISLNK(mode):
        return "link", f"a link; {_LINK}"
    if stat.S_IFMT(mode) in (0, stat.S_IFREG):
        return None
    return "device", _DEVICE


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag are often GBK in Chinese archives."""
    if info.flag_bits & 0x800:
        return info.filename
    with suppress(UnicodeError):
        raw = info.filename.encode("cp437")
        for encoding in ("utf-8", "gb18030"):
            with suppress(UnicodeError):
                return raw.decode(encoding)
    return info.filename


def tar_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """Files of a tape archive; links and devices are named. Where it breaks off, that comes last."""
    with blob.open() as stream, _tar(stream) as archive:
        ends = _Ends()
        setattr(archive, _ENDS, ends)
        for count, info in enumerate(archive):
            if count >= MOST_MEMBERS:
                yield Member(blob.path, None, "too-many-members", f"only {MOST_MEMBERS:,} members were read")
                return
            if not info.isdir():
                yield _tar_member(blob, archive, info, budget)
    if ends.why:
        message = f"the archive is damaged: {ends.why}; what stands before is read, the rest is not"
        yield Member(blob.path, None, "damaged", message)


def _tar(stream: IO[bytes]) -> tarfile.TarFile:
    """The archive, and those that were put behind it: what ends one is no end of the file."""
    return tarfile.open(fileobj=stream, mode="r|*", tarinfo=_Header, ignore_zeros=True)


def _tar_member(blob: Blob, archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> Member:
    path, note = inner(blob, info.name)
    if info.issym() or info.islnk():
        return Member(path, None, "link", f"a link to {info.linkname}; {_LINK}")
    if info.isdev():
        return Member(path, None, "device", _DEVICE)
    if info.size > MOST_MEMBER:
        return Member(path, None, "zip-bomb", f"unpacks to {info.size:,} bytes; not unpacked")
    return taken(blob, path, note, lambda: archive.extractfile(info), budget)


#: the name under which an open archive carries how its headers ended
_ENDS = "clauselight_ends"


@dataclass(slots=True)
class _Ends:
    """Why the headers of an archive came to an end, empty where they ended as they should."""

    why: str = ""


class _Header(tarfile.TarInfo):
    """A header that says when it is broken: the library takes any broken one after the first for the end."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> _Header:
        ends = getattr(tarfile_, _ENDS, None)
        try:
            return super().fromtarfile(tarfile_)
        except tarfile.HeaderError as error:
            sound = (tarfile.EOFHeaderError, tarfile.EmptyHeaderError)  # type: ignore[attr-defined]
            if ends is not None and not isinstance(error, sound):
                ends.why = str(error)
            raise


def single_member(blob: Blob, kind: str, budget: Budget) -> Iterator[Member]:
    openers: dict[str, Callable[[Any], Any]] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
    name = blob.path.rsplit("/", 1)[-1]
    path = f"{blob.path}!/{name[: -len(kind) - 1] if name.lower().endswith('.' + kind) else name}"
    limit = max(200_000_000, min(MOST_MEMBER, blob.size * 60))
    yield taken(blob, path, "", lambda: openers[kind](blob.open()), budget, limit)


def seven_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    try:
        import py7zr
    except ImportError as error:
        raise ReadError(
            "no-7z", "7z archives need the `sevenzip` extra: pip install 'clauselight[sevenzip]'"
        ) from error
    with tempfile.TemporaryDirectory(prefix="clauselight-") as folder:
        names, aside = _seven_unpacked(py7zr, blob, budget, folder)
        yield from aside
        for name in names:
            yield Member(f"{blob.path}!/{name}", Blob(f"{blob.path}!/{name}", file=Path(folder) / name))


def _seven_unpacked(py7zr: Any, blob: Blob, budget: Budget, folder: str) -> tuple[list[str], list[Member]]:
    """Unpack into a folder, with the first of the user's passwords that does it where one is needed.

    A wrong password shows in bytes that cannot be unpacked, or in their checksum: there is no other sign.
    """
    locked = False
    left = budget.left
    for password in (None, *passwords.given()):
        budget.left = left
        try:
            with py7zr.SevenZipFile(blob.open(), "r", password=password) as archive:
                if password is None and archive.needs_password():
                    locked = True
                    continue
                names, aside = _seven_names(archive, blob, budget)
                archive.reset()
                archive.extract(folder, targets=names)
            return names, aside
        except py7zr.exceptions.PasswordRequired:
            locked = True
        except (ReadError, MemoryError):
            raise
        except Exception as error:  # a wrong password gives garbage, over which the library trips as it may
            if not locked:
                raise ReadError("damaged", f"the 7z archive cannot be read: {error}") from error
    raise ReadError("encrypted", f"the archive is encrypted; {passwords.NEXT_STEP}")


def _seven_names(archive: Any, blob: Blob, budget: Budget) -> tuple[list[str], list[Member]]:
    """Names that may be unpacked, and members that are links or lead outside. Takes their bytes from the budget."""
    every = [i for i in archive.list() if not i.is_directory]
    links = {i.filename for i in every if i.is_symlink}
    infos = [i for i in every if i.filename not in links]
    total = sum(i.uncompressed for i in infos)
    if total > budget.left or (total > 50_000_000 and total > _RATIO * max(1, blob.size)):
        raise ReadError("zip-bomb", f"unpacks from {blob.size:,} to {total:,} bytes; not unpacked")
    budget.left -= total
    names = [i.filename for i in infos]
    outside = [n for n in names if ".." in Path(n).parts or n.startswith("/")]
    why = "the name points outside the archive; not unpacked"
    members = [Member(inner(blob, name)[0], None, "path-traversal", why) for name in outside]
    to = f"a link; {_LINK}"
    members += [Member(inner(blob, name)[0], None, "link", to) for name in sorted(links)]
    return [n for n in names if n not in outside], members


def taken(
    blob: Blob, path: str, note: str, opener: Callable[[], Any], budget: Budget, limit: int = MOST_MEMBER
) -> Member:
    """One member in memory, or in an unnamed file if it is large."""
    try:
        stream = opener()
        data = stream.read(_IN_MEMORY + 1)
        if len(data) <= _IN_MEMORY:
            budget.left -= len(data)
            return Member(path, Blob(path, data=data), note=note)
        return _spilled(path, note, data, stream, budget, limit)
    except ERRORS as error:
        return Member(path, None, "damaged", f"cannot be unpacked: {error}")


def _spilled(path: str, note: str, data: bytes, stream: IO[bytes], budget: Budget, limit: int) -> Member:
    file = tempfile.NamedTemporaryFile(prefix="clauselight-", delete=False)  # noqa: SIM115 - removed by `release`
    size = 0
    try:
        with file:
            while data:
                size += len(data)
                if size > limit or size > budget.left:
                    Path(file.name).unlink()
                    return Member(path, None, "zip-bomb", f"unpacks to more than {size:,} bytes; given up")
                file.write(data)
                data = stream.read(1 << 20)
    except BaseException:
        Path(file.name).unlink(missing_ok=True)
        raise
    budget.left -= size
    return Member(path, Blob(path, file=Path(file.name), parents=(_TEMPORARY,)), note=note)
