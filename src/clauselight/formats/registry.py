"""What a format is, and how the right one is found: by a scan of this folder, by content first and by name second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from clauselight.model import Blob, Document, PageCoverage, Problem
from clauselight.plugins import registered

OcrMode = Literal["auto", "always", "never"]


@dataclass(slots=True)
class Reading:
    """What a reader is asked and what it reports besides text: pages, encoding, problems. One for each source."""

    ocr: OcrMode = "auto"
    ocr_lock: object | None = None
    threads: int = 0
    encoding: str | None = None
    pages: PageCoverage | None = None
    problems: list[Problem] = field(default_factory=list)
    progress: Callable[[int, int], None] | None = None

    def problem(self, reason: str, message: str, page: int | None = None) -> None:
        """Record something that was not read or is doubtful. At most a thousand are kept apart."""
        if len(self.problems) < 1000:
            self.problems.append(Problem(reason, message, page))


@dataclass(frozen=True, slots=True)
class Format:
    """One file format. `claims` says 0 (no) to 100 (certain) for a head of bytes and a name in lower case."""

    name: str
    media_type: str
    claims: Callable[[bytes, str], int]
    read: Callable[[Blob, Reading], Iterator[Document]]
    suffixes: tuple[str, ...] = ()
    #: raised when the same bytes give another text or other places
    version: int = 1


@cache
def formats() -> tuple[Format, ...]:
    """Every format in this folder, and those that other packages add."""
    return tuple(registered("clauselight.formats", "FORMAT"))


def format_of(blob: Blob) -> Format | None:
    """The format that claims the source most strongly, or None for bytes that nothing here reads."""
    head, name = blob.head(), blob.path.lower()
    score, best = max(((f.claims(head, name), f) for f in formats()), key=lambda pair: pair[0])
    return best if score > 0 else None


_CONTROL = bytes((1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18))


@lru_cache(maxsize=4)
def looks_binary(head: bytes) -> bool:
    """Whether bytes are no text in any encoding that is read here."""
    from clauselight.text.decode import detect

    if b"\0" not in head:
        control = len(head) - len(head.translate(None, _CONTROL))
        return control > max(3, len(head) // 50)
    return not detect(head).name.startswith(("utf-16", "utf-32"))


_NO_DOCUMENT = (
    (b"\x7fELF", "a compiled program"), (b"MZ", "a compiled program"), (b"\xca\xfe\xba\xbe", "compiled code"), (b"\xcf\xfa\xed\xfe", "compiled code"),
    (b"!<arch>", "a library of compiled code"), (b"wOFF", "a font"), (b"wOF2", "a font"), (b"OTTO", "a font"), (b"\0\1\0\0", "a font"),
    (b"ttcf", "a font"), (b"ID3", "sound"), (b"OggS", "sound"), (b"fLaC", "sound"), (b"\0asm", "compiled code"), (b"SQLite format 3", "a database"),
)  # fmt: skip
_NO_DOCUMENT_NAMES = {".pyc": "compiled code", ".pyo": "compiled code", ".mo": "compiled translations", ".ico": "an icon", ".mp4": "video", ".mov": "video",
                      ".avi": "video", ".wav": "sound", ".o": "compiled code", ".so": "compiled code", ".class": "compiled code"}  # fmt: skip


def no_reader(blob: Blob) -> tuple[str, str]:
    """Reason and message for a source that no format claims: something that is no document, or something unknown."""
    head = blob.head(64)
    kind = next((k for magic, k in _NO_DOCUMENT if head.startswith(magic)), None)
    if kind is None and head[4:8] == b"ftyp":
        kind = "video"
    kind = kind or next((k for suffix, k in _NO_DOCUMENT_NAMES.items() if blob.path.lower().endswith(suffix)), None)
    if kind:
        return "not-a-document", f"{kind}, not a document"
    return "unknown-format", "no reader for this kind of file"
