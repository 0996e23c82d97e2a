"""What was read, how, and what was not. Part of every result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

State = Literal["read", "partly", "failed", "unreadable", "skipped", "leftover", "pointer"]
#: states of a source of which nothing is missing for the result: read, or known to hold no document
NOTHING_MISSING: tuple[State, ...] = ("read", "leftover")
#: reasons of what is left out on purpose: no document, a tool's own records, a link to what is read in its own place
DELIBERATE = frozenset({"not-a-document", "tool-folder", "link", "no-capture", "leftover"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was not read, or is doubtful: a stable word, a sentence for people, the page where it applies."""

    reason: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class PageCoverage:
    """How the pages of one source were read. Page numbers count from 1."""

    total: int = 0
    text: int = 0
    ocr: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()
    #: mean confidence of the characters that OCR gave, for each page of `ocr`, 0..1
    confidence: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The account of one source. `state` is ``read`` only if nothing of it was left out.

    ``leftover`` is what a system or a program left behind, ``pointer`` a file that names a document elsewhere.
    """

    path: str
    state: State
    media_type: str = ""
    size: int = 0
    reader: str = ""
    encoding: str | None = None
    source_sha256: str | None = None
    text_sha256: str | None = None
    characters: int = 0
    pages: PageCoverage | None = None
    problems: tuple[Problem, ...] = field(default=())
    seconds: float = 0.0
    #: where and when a web archive says that this was captured
    url: str | None = None
    retrieved: str | None = None
