"""What kind of container a source is, told by its content. A document that is a ZIP inside is a document."""

from __future__ import annotations

import re
import zipfile
from typing import Literal

from clauselight.model import Blob
from clauselight.parts.compound import MAGIC
from clauselight.parts.locked import is_locked
from clauselight.parts.mail import is_mailbox, is_message
from clauselight.parts.written import written_in
from clauselight.sources.archives import ERRORS

Kind = Literal[
    "zip", "appended", "tar", "7z", "gz", "bz2", "xz", "eml", "mbox", "emlx", "warc", "har", "pdf", "document", "locked"
]
#: containers that are read themselves, beside what is in them
READ_THEMSELVES = ("eml", "appended", "pdf", "document")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PACKED = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "xz"))
#: what the table of types of an Office file speaks of, and parts that no other ZIP has beside such a table
_OFFICE_TYPES = (
    *(b"wordprocessingml", b"spreadsheetml", b"presentationml", b"ms-word", b"ms-excel", b"ms-powerpoint"),
    *(b"ms-package.xps-", b"openxps"),
)
_OFFICE_PARTS = {"word/document.xml", "xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml"}
_MIMETYPES = (b"application/epub+zip", b"application/vnd.oasis.opendocument")
#: books and documents without the member that names them, which many programs forget
_BOOKS, _BOOK_PARTS = (".epub", ".odt", ".ods", ".odp"), {"META-INF/container.xml", "content.xml"}
#: names by which a document is known whose directory is cut off
_DOCUMENTS = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xlsb", ".epub", ".ods", ".odt", ".pptx")
#: bytes at the end of a ZIP in which its directory must end
_TAIL = 22 + 65_535
#: how a record of a browser begins (HAR 1.2, log)
_HAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"log\"\s*:\s*\{(?=.*\"(?:creator|entries)\"\s*:)", re.DOTALL)
_EMLX = re.compile(rb"\d{1,12}[ \t]*\r?\n")


def container_kind(blob: Blob) -> Kind | None:
    """The kind of a source with members, None for one without. Raises `OSError` where it cannot be opened."""
    head, name = blob.head(8192), blob.name
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_ZIP):
        return "document" if _is_document(blob, name) else "zip"
    if head.startswith(MAGIC):
        return "locked" if is_locked(blob.read()) else "document"
    if head.startswith(b"7z\xbc\xaf\x27\x1c"):
        return "7z"
    if head[257:262] == b"ustar" or (
        name.endswith(".tar") and head[:100].rstrip(b"\0").isascii() and b"\0" in head[:512]
    ):
        return "tar"
    if head.startswith(b"\x1f\x8b") and name.endswith((".warc.gz", ".warc")):
        return "warc"
    for magic, kind in _PACKED:
        if head.startswith(magic):
            tar = name.endswith((".tgz", ".tbz2", ".txz", f".tar.{kind}", f".tar.{kind}2"))
            return "tar" if tar else kind  # type: ignore[return-value]
    if _HAR.match(head):
        return "har"
    if head.startswith(b"WARC/1.") or (not head and name.endswith((".warc", ".warc.gz"))):
        return "warc"
    if mail := _mail(head, name):
        return mail
    if written_in(head, name):
        return "document"
    return "appended" if has_zip_behind(blob) else None


def _mail(head: bytes, name: str) -> Kind | None:
    """Mail by its header, whatever it is called. A saved web page (MHTML) has such a header and is no mail."""
    if name.endswith(".eml"):
        return "eml"
    if name.endswith((".mht", ".mhtml")):
        return None
    if is_mailbox(head):
        return "mbox"
    if match := _EMLX.match(head):
        return "emlx" if is_message(head[match.end() :]) else None
    return "eml" if is_message(head) else None


def _is_document(blob: Blob, name: str) -> bool:
    """Whether a ZIP is a document: by its member ``mimetype`` or ``OFD.xml`` (GB/T 33190), or by its table of types."""
    try:
        with blob.open() as stream, zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    return member.read(200).startswith(_MIMETYPES)
            if "OFD.xml" in names:
                return True
            if "[Content_Types].xml" not in names:
                return name.endswith(_BOOKS) and not _BOOK_PARTS.isdisjoint(names)
            with archive.open("[Content_Types].xml") as member:
                types = member.read(4_000_000)
            return any(mark in types for mark in _OFFICE_TYPES) or not _OFFICE_PARTS.isdisjoint(names)
    except ERRORS:
        return name.endswith(_DOCUMENTS)


def has_zip_behind(blob: Blob) -> bool:
    """Whether a whole ZIP stands behind something else, as in a self-extracting program."""
    with blob.open() as stream:
        stream.seek(max(0, blob.size - _TAIL))
        if b"PK\x05\x06" not in stream.read():
            return False
        stream.seek(0)
        try:
            with zipfile.ZipFile(stream) as archive:
                return any(_member_there(stream_name, archive) for stream_name in archive.infolist()[:1])
        except ERRORS:
            return False


def _member_there(info: zipfile.ZipInfo, archive: zipfile.ZipFile) -> bool:
    """Whether the header of a member stands where the directory says; raises one of `ERRORS` where not."""
    if info.flag_bits & 1:
        return True
    with archive.open(info):
        return True
