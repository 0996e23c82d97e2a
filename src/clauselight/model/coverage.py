"""What was read, how, and what was not. Part of every result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

State = Literal["read", "no_rules", "partly", "failed", "unreadable", "skipped", "leftover", "pointer", "own_output"]
#: states of a source of which nothing is missing for the result: read, or known to hold no document
NOTHING_MISSING: tuple[State, ...] = ("read", "leftover", "own_output")
#: reasons of what is left out on purpose: no document, a tool's own records, a link to what is read in its own place
DELIBERATE = frozenset(
    {"ignored", "excluded", "not-a-document", "tool-folder", "link", "no-capture", "leftover", "own-output"}
)
#: the reason of what was read and judged by no rule, since there are none for its language
NO_RULES = "no-rules"
#: problems that cast doubt but leave nothing out
DOUBTS = frozenset(
    {
        "doubtful-encoding",
        "xml-entities",
        "low-confidence",
        "text-layer-replaced",
        "no-text-in-picture",
        "turned-page",
        "second-recogniser",
        "text-layer-kept",
        "drawn-text",
    }
)


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

    ``no_rules`` is read, but most of it is in a language for which there are no rules; where that is so of a part only,
    it is ``partly``, and in both cases `languages` says which. ``leftover`` is what a system or a program left behind,
    ``pointer`` a file that names a document elsewhere, ``own_output`` what this program wrote.
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
    #: codes of the languages without rules that a real part of it is in, the largest part first
    languages: tuple[str, ...] = ()
    #: recognisers besides the usual one that read pages of it: program, version, language, start of its data's SHA-256
    recognisers: tuple[str, ...] = ()
