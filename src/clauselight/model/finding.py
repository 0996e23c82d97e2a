"""Findings: what was found, where it stands and why it was decided so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from clauselight.model.document import Box

Level = Literal["finding", "notice", "mention"]
Role = Literal["analytic_output", "alarm", "search_filter", "data_field", "code_list", "identity_record", "mention"]
Strength = Literal["shall", "should", "may", "can", "none"]
Polarity = Literal["provides", "forbids", "denies"]

LEVELS: tuple[Level, ...] = ("mention", "notice", "finding")


@dataclass(frozen=True, slots=True)
class Cue:
    """One reason of a decision: what it speaks for, the words themselves, where they stood and what they weighed."""

    decides: str
    text: str
    where: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for a finding, in points (docs/explanation/decisions.md). The fields add up to `total`."""

    #: what the deciding words say by themselves
    words: float = 0.0
    #: what running text loses where nothing ties the words to people; zero or less
    unrelated: float = 0.0
    #: words of cameras, faces, recordings; words of the police, suspects, alarms
    observed: float = 0.0
    policed: float = 0.0
    #: words that speak of persons; they count in part
    person: float = 0.0
    #: what a finding nearby adds, or a list of values that the place opens
    beside: float = 0.0
    #: what an entry of a list, or a name, has from the finding that it follows
    inherited: float = 0.0

    @property
    def said(self) -> float:
        """What the words say where they stand."""
        return self.words + self.unrelated

    @property
    def watching(self) -> float:
        """What shows that people are observed or policed."""
        return self.observed + self.policed + self.person

    @property
    def total(self) -> float:
        """All of it."""
        return self.said + self.watching + self.beside + self.inherited


@dataclass(frozen=True, slots=True)
class Against:
    """What shows another subject, in points."""

    #: the strongest other subject: law, culture, appearance, technical, report, or "law and report"; empty without one
    subject: str = ""
    weight: float = 0.0
    #: identity papers, and civil, health or staff records: they make a notice
    papers: float = 0.0
    civil: float = 0.0

    @property
    def records(self) -> float:
        """The stronger of papers and civil records."""
        return max(self.papers, self.civil)

    @property
    def strongest(self) -> float:
        """What support must exceed when a finding nearby adds to it."""
        return max(self.weight, self.records)


@dataclass(frozen=True, slots=True)
class Clause:
    """The numbered unit that holds a finding: its number, the headings above it, owning code symbols, table headers."""

    number: str | None = None
    headings: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    row: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that provides for sorting people, or speaks of it.

    `start` and `end` count characters of the canonical text.
    """

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
    #: the sums behind the level; None in a finding that an older version stored without them
    support: Support | None = None
    against: Against | None = None


def finding_id(finding: Finding, source: str, member: str) -> str:
    """A name for a place in a source that stays the same when rules change: 16 hex digits.

    `source` is the SHA-256 of the bytes as they were obtained, `member` the path inside them where they are an archive.
    """
    parts = (source, member, finding.text_sha256, str(finding.start), str(finding.end), finding.attribute)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
