"""What is inside archives and e-mails, member by member. No file is written under a member's name, no bomb unpacked."""

from __future__ import annotations

import bz2
import email
import email.policy
import gzip
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from clauselight.errors import ReadError
from clauselight.model import Blob

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
#: bytes up to which a member is held in memory
_IN_MEMORY = 16_000_000
_ERRORS = (
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

    `note` is said of a member that is read. `url` and `retrieved` are where and when a web archive captured it.
    """

    path: str
    blob: Blob | None = None
    reason: str = ""
    message: str = ""
    note: str = ""
    url: str | None = None
    retrieved: str | None = None


@dataclass(slots=True)
class Budget:
    """Bytes that may still be unpacked from one source."""

    left: int = MOST_TOTAL


def container_kind(blob: Blob) -> str | None:
    """``zip``, ``tar``, ``7z``, ``gz``, ``bz2``, ``xz``, ``eml`` or ``warc`` for a source with members, else None."""
    head, name = blob.head(2048), blob.path.lower()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if _is_document(head, name) else "zip"
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    if head[257:262] == b"ustar" or (
        name.endswith(".tar") and head[:100].rstrip(b"\0").isascii() and b"\0" in head[:512]
    ):
        return "tar"
    if head.startswith(b"\x1f\x8b") and name.endswith((".warc.gz", ".warc")):
        return "warc"
    for magic, kind in ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "xz")):
        if head.startswith(magic):
            return "tar" if name.endswith((".tgz", ".tbz2", ".txz", f".tar.{kind}", f".tar.{kind}2")) else kind
    if name.endswith(".eml"):
        return "eml"
    return "warc" if head.startswith(b"WARC/1.") else None


def _is_document(head: bytes, name: str) -> bool:
    if name.endswith((".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xlsb", ".epub", ".ods", ".odt", ".pptx")):
        return True
    return any(
        mark in head
        for mark in (
            b"word/",
            b"xl/",
            b"application/epub+zip",
            b"META-INF/container.xml",
            b"application/vnd.oasis.opendocument",
        )
    )


def members(blob: Blob, kind: str, budget: Budget) -> Iterator[Member]:
    """The members of a container in order. Raises `ReadError` where the container itself cannot be read."""
    readers: dict[str, Callable[[Blob, Budget], Iterator[Member]]] = {
        "zip": _zip,
        "tar": _tar,
        "7z": _seven,
        "eml": _eml,
        "warc": _warc,
    }
    reader = readers.get(kind)
    try:
        yield from reader(blob, budget) if reader else _single(blob, kind, budget)
    except _ERRORS as error:
        raise ReadError("damaged", f"the archive is damaged: {error}") from error


def release(blob: Blob | None) -> None:
    """Remove the file of a member that was too large for memory; nothing else is touched."""
    if blob is not None and blob.file is not None and _TEMPORARY in blob.parents:
        blob.file.unlink(missing_ok=True)


def _inner(blob: Blob, name: str) -> tuple[str, str]:
    """Path inside the container, and a note on a name that tries to leave it."""
    clean = name.replace("\\", "/")
    outside = clean.startswith("/") or ".." in clean.split("/") or (len(clean) > 1 and clean[1] == ":")
    return f"{blob.path}!/{clean}", "the name points outside the archive; it was read, never written" if outside else ""


def _zip(blob: Blob, budget: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(blob.open()) as archive:
        infos = archive.infolist()
        for info in infos[:MOST_MEMBERS]:
            if info.is_dir():
                continue
            path, note = _inner(blob, _zip_name(info))
            if info.flag_bits & 1:
                yield Member(
                    path, None, "encrypted", "encrypted in the archive; unpack it with its password and check it again"
                )
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
            yield _taken(blob, path, note, lambda i=info: archive.open(i), budget)  # type: ignore[misc]
        if len(infos) > MOST_MEMBERS:
            yield Member(
                blob.path, None, "too-many-members", f"only {MOST_MEMBERS:,} of {len(infos):,} members were read"
            )


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


def _tar(blob: Blob, budget: Budget) -> Iterator[Member]:
    with tarfile.open(fileobj=blob.open(), mode="r|*") as archive:
        for count, info in enumerate(archive):
            if count >= MOST_MEMBERS:
                yield Member(blob.path, None, "too-many-members", f"only {MOST_MEMBERS:,} members were read")
                return
            if not info.isfile():
                continue
            path, note = _inner(blob, info.name)
            if info.size > MOST_MEMBER:
                yield Member(path, None, "zip-bomb", f"unpacks to {info.size:,} bytes; not unpacked")
                continue
            yield _taken(blob, path, note, lambda i=info: archive.extractfile(i), budget)  # type: ignore[misc]


def _single(blob: Blob, kind: str, budget: Budget) -> Iterator[Member]:
    openers: dict[str, Callable[[Any], Any]] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
    name = blob.path.rsplit("/", 1)[-1]
    path = f"{blob.path}!/{name[: -len(kind) - 1] if name.lower().endswith('.' + kind) else name}"
    limit = max(200_000_000, min(MOST_MEMBER, blob.size * 60))
    yield _taken(blob, path, "", lambda: openers[kind](blob.open()), budget, limit)


def _seven(blob: Blob, budget: Budget) -> Iterator[Member]:
    try:
        import py7zr
    except ImportError as error:
        raise ReadError(
            "no-7z", "7z archives need the `sevenzip` extra: pip install 'clauselight[sevenzip]'"
        ) from error
    with tempfile.TemporaryDirectory(prefix="clauselight-") as folder:
        try:
            with py7zr.SevenZipFile(blob.open(), "r") as archive:
                names, outside = _seven_names(archive, blob, budget)
                yield from outside
                archive.reset()
                archive.extract(folder, targets=names)
        except py7zr.exceptions.ArchiveError as error:
            raise ReadError("damaged", f"the 7z archive cannot be read: {error}") from error
        for name in names:
            yield Member(f"{blob.path}!/{name}", Blob(f"{blob.path}!/{name}", file=Path(folder) / name))


def _seven_names(archive: Any, blob: Blob, budget: Budget) -> tuple[list[str], list[Member]]:
    """Names that may be unpacked, and members whose names lead out of the folder. Takes their bytes from the budget."""
    if archive.needs_password():
        raise ReadError("encrypted", "the archive is encrypted; unpack it with its password and check it again")
    infos = [i for i in archive.list() if not i.is_directory]
    total = sum(i.uncompressed for i in infos)
    if total > budget.left or (total > 50_000_000 and total > _RATIO * max(1, blob.size)):
        raise ReadError("zip-bomb", f"unpacks from {blob.size:,} to {total:,} bytes; not unpacked")
    budget.left -= total
    names = [i.filename for i in infos]
    outside = [n for n in names if ".." in Path(n).parts or n.startswith("/")]
    why = "the name points outside the archive; not unpacked"
    members = [Member(_inner(blob, name)[0], None, "path-traversal", why) for name in outside]
    return [n for n in names if n not in outside], members


def _eml(blob: Blob, budget: Budget) -> Iterator[Member]:
    message = email.message_from_bytes(blob.read(), policy=email.policy.default)
    for number, part in enumerate(message.iter_attachments(), 1):
        path, note = _inner(blob, part.get_filename() or f"attachment-{number}")
        payload = part.get_payload(decode=True) if not part.is_multipart() else part.as_bytes()
        if isinstance(payload, bytes) and payload:
            budget.left -= len(payload)
            yield Member(path, Blob(path, data=payload), note=note)


def _warc(blob: Blob, budget: Budget) -> Iterator[Member]:
    """Responses and resources of a web archive (ISO 28500), each with the address and the time of its capture."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise ReadError("no-warc", "web archives need the `case` extra: pip install 'clauselight[case]'") from error
    wanted = WarcRecordType.response | WarcRecordType.resource
    with blob.open() as stream:
        for number, record in enumerate(ArchiveIterator(stream, record_types=wanted, parse_http=True)):
            if number >= MOST_MEMBERS:
                yield Member(blob.path, None, "too-many-members", f"only {MOST_MEMBERS:,} records were read")
                return
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            when = record.headers.get("WARC-Date")
            path = f"{blob.path}!/{url or number}"
            status = getattr(record.http_headers, "status_code", None) if record.is_http else None
            if status is not None and status >= 300:
                continue
            member = _taken(blob, path, "", lambda r=record: _Decoded(r), budget)  # type: ignore[misc]
            yield Member(path, member.blob, member.reason, member.message, url=url or None, retrieved=when)


class _Decoded:
    """The body of a web record with its content encoding undone."""

    def __init__(self, record: Any) -> None:
        self._stream = record.reader
        encoding = (
            record.http_headers.get("Content-Encoding", "") if record.is_http and record.http_headers else ""
        ).lower()
        self._undo = zlib.decompressobj(47) if encoding in ("gzip", "x-gzip", "deflate") else None

    def read(self, size: int) -> bytes:
        data: bytes = self._stream.read(size)
        if self._undo is None:
            return data
        return self._undo.decompress(data, size) if data else self._undo.flush()


def _taken(
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
    except _ERRORS as error:
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
