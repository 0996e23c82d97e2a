"""What a format is, and how the right one is found: by a scan of this folder, by content first and by name second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.plugins import registered


@dataclass(frozen=True, slots=True)
class Format:
    """One file format. `claims` says 0 (no) to 100 (certain) for a head of bytes and a name in lower case."""

    name: str
    media_type: str
    claims: Callable[[bytes, str], int]
    read: Callable[[Blob, ReadSession], Iterator[Document]]
    suffixes: tuple[str, ...] = ()
    #: raised when the same bytes give another text or other places
    version: int = 1


@cache
def formats() -> tuple[Format, ...]:
    """Every format in this folder, and those that other packages add."""
    return tuple(registered("clauselight.formats", "FORMAT"))


def format_of(blob: Blob) -> Format | None:
    """The format that claims the source most strongly, or None for bytes that nothing here reads."""
    head, name = blob.head(), blob.name
    score, best = max(((f.claims(head, name), f) for f in formats()), key=lambda pair: pair[0])
    return best if score > 0 else None


#: control characters that no text has; the others are tabs, line ends, escapes
_CONTROL = bytes((1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18))


#: how sure the encoding of bytes must be that hold zeros and are a text
_A_TEXT = 0.6


@lru_cache(maxsize=4)
def looks_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding that is read here. A text may hold zeros, where a program left them."""
    from clauselight.text.decode import detect

    zeros = head.count(0)
    control = len(head) - len(head.translate(None, _CONTROL))
    if not zeros and control <= max(3, len(head) // 50):
        return False
    encoding = detect(head)
    if encoding.name.startswith(("utf-16", "utf-32")):
        return False
    if not zeros or control or zeros * 2 > len(head):
        return True
    return detect(head.replace(b"\0", b"")).certainty < _A_TEXT


#: the first bytes of files that are no documents
_NO_DOCUMENT: dict[str, tuple[bytes, ...]] = {
    "a compiled program": (b"\x7fELF", b"MZ"),
    "compiled code": (b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\0asm"),
    "a library of compiled code": (b"!<arch>",),
    "a font": (b"wOFF", b"wOF2", b"OTTO", b"\0\1\0\0", b"ttcf"),
    "sound": (b"ID3", b"OggS", b"fLaC"),
    "a database": (b"SQLite format 3",),
}
#: their names, where the bytes say nothing
_NO_DOCUMENT_NAMES: dict[str, tuple[str, ...]] = {
    "compiled code": (".pyc", ".pyo", ".o", ".so", ".class"),
    "compiled translations": (".mo",),
    "an icon": (".ico",),
    "video": (".mp4", ".mov", ".avi"),
    "sound": (".wav",),
}


_NEXT = "if it holds text, open it in its own program, save it as PDF or DOCX, and check that"


def no_reader(blob: Blob) -> tuple[str, str]:
    """Reason and message for a source that no format claims: something that is no document, or something unknown."""
    head = blob.head(64)
    kind = next((k for k, magic in _NO_DOCUMENT.items() if head.startswith(magic)), None)
    if kind is None and head[4:8] == b"ftyp":  # the box that begins an MP4 (ISO/IEC 14496-12, 4.3)
        kind = "video"
    name = blob.name
    kind = kind or next((k for k, suffixes in _NO_DOCUMENT_NAMES.items() if name.endswith(suffixes)), None)
    if kind:
        return "not-a-document", f"{kind}, not a document"
    return "unknown-format", f"no reader for this kind of file; {_NEXT}"
