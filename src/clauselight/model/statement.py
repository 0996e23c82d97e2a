"""Statements: who did what to which document, each with the places that say so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from clauselight.model.document import Box
from clauselight.model.places import place_words
from clauselight.model.predicates import PREDICATES, Predicate, PredicateRow

__all__ = [
    "PREDICATES",
    "Evidence",
    "Node",
    "NodeKind",
    "Predicate",
    "PredicateRow",
    "Statement",
    "edition_year",
    "series_of",
]

NodeKind = Literal["standard", "organisation", "tender", "product", "document", "attribute", "date"]


@lru_cache(maxsize=100_000)  # asked for each end of each statement, and most name the same standards
def _edition(number: str) -> tuple[str, str]:
    """A canonical number as series and year; the year is empty where the number has none. ISO writes `:`, GB/T `-`."""
    head, _, year = number.rpartition(":" if ":" in number else "-")
    return (head, year) if head and len(year) == 4 and year.isdigit() else (number, "")


def series_of(number: str) -> str:
    """A canonical number without its year: the key under which editions of one standard meet."""
    return _edition(number)[0]


def edition_year(number: str) -> int | None:
    """The year of a canonical number, or None where it has none."""
    year = _edition(number)[1]
    return int(year) if year else None


@dataclass(frozen=True, slots=True)
class Node:
    """One end of a statement: `name` as printed, `label` as this program writes it, `id` where it is resolved."""

    kind: NodeKind
    name: str
    label: str
    id: str | None = None
    number: str | None = None
    title: str | None = None
    #: True where the source breaks off inside the name
    truncated: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Equal for two nodes that are the same thing: kind, and what names it best.

        A tender goes by its label, since a notice often leaves the number out.
        """
        named = None if self.kind == "tender" else self.id or self.number
        return self.kind, named or self.label

    @property
    def series(self) -> tuple[str, str]:
        """The key without the year of a standard: equal for all its editions."""
        return (self.kind, series_of(self.number or self.label)) if self.kind == "standard" else self.key


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that says so. `start` and `end` count characters of the canonical text."""

    path: str
    page: int | None
    line: int | None
    boxes: tuple[Box, ...]
    quote: str
    start: int
    end: int

    @property
    def place(self) -> str:
        """`page 3` or `line 7`; empty where neither is known."""
        return place_words(self.page, self.line)

    @property
    def path_and_place(self) -> str:
        """`tenders/a.pdf, page 3`."""
        return ", ".join(part for part in (self.path, self.place) if part)


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, predicate, object with at least one evidence.

    Raises `ValueError` for a predicate that `PREDICATES` does not have, and where no evidence has a quote.
    """

    predicate: Predicate
    subject: Node
    object: Node
    evidence: tuple[Evidence, ...]
    date: str | None = None
    #: what qualifies it: `dated` or `undated` for citations, `partly` for replacements, `forbids`, `planned`, …
    qualifier: str | None = None
    role: str | None = None
    order: int | None = None
    #: a sum of money as printed: the budget of a purchase, the sum of an award
    value: str | None = None

    def __post_init__(self) -> None:
        if self.predicate not in PREDICATES:
            raise ValueError(f"unknown predicate: {self.predicate}; known are {', '.join(PREDICATES)}")
        if not self.evidence or any(not e.quote for e in self.evidence):
            raise ValueError(f"a statement without evidence: {self.predicate} {self.subject.label}")

    @property
    def row(self) -> PredicateRow:
        """What there is to know of its predicate."""
        return PREDICATES[self.predicate]

    @property
    def about(self) -> Node:
        """The document that it is about: the standard that a firm drafted, the tender that makes a standard binding."""
        return self.object if self.subject.kind == "organisation" else self.subject

    @property
    def other(self) -> Node:
        """The end that it is not about."""
        return self.subject if self.subject.kind == "organisation" else self.object
