"""Statements: who did what to which document, each with the places that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clauselight.model.document import Box

Predicate = Literal[
    "drafted", "proposed", "administers", "issued", "published_on", "effective_on", "replaces", "cites", "mandates",
    "claims_conformity", "purchases", "supplies", "specifies",
]  # fmt: skip
NodeKind = Literal["standard", "organisation", "tender", "product", "document", "attribute", "date"]


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


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, predicate, object with at least one evidence. Raises `ValueError` without one."""

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
        if not self.evidence or any(not e.quote for e in self.evidence):
            raise ValueError(f"a statement without evidence: {self.predicate} {self.subject.label}")
