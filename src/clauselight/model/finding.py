"""Findings: what was found, where it stands and why it was decided so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clauselight.model.document import Box

Level = Literal["finding", "notice", "mention"]
Role = Literal["analytic_output", "alarm", "search_filter", "data_field", "code_list", "identity_record", "mention"]
Strength = Literal["shall", "should", "may", "can", "none"]
Polarity = Literal["provides", "forbids"]

LEVELS: tuple[Level, ...] = ("mention", "notice", "finding")


@dataclass(frozen=True, slots=True)
class Cue:
    """One reason of a decision: what it speaks for, the words themselves, where they stood and what they weighed."""

    decides: str
    text: str
    where: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Clause:
    """The numbered unit that holds a finding: its number, the headings above it, the owning code symbols, table headers."""

    number: str | None = None
    headings: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that provides for sorting people, or speaks of it. `start` and `end` count characters of the canonical text."""

    path: str
    page: int | None
    line: int | None
    end_line: int | None
    boxes: tuple[Box, ...]
    clause: Clause
    attribute: str
    groups: tuple[str, ...]
    role: Role
    strength: Strength
    strength_token: str | None
    polarity: Polarity
    level: Level
    quote: str
    #: (start, end) of the deciding words, counted from the start of the quote
    marks: tuple[tuple[int, int], ...]
    prefix: str
    suffix: str
    start: int
    end: int
    text_sha256: str
    source_sha256: str
    rule: str
    rule_digest: str
    cues: tuple[Cue, ...]
    gloss: str
    confidence: float | None = None
