"""The part of all statements that answers a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from clauselight.errors import UsageError
from clauselight.model.statement import Node, Statement, edition_year
from clauselight.statements.numbers import canonical
from clauselight.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; each part that is given narrows the answer.

    `attribute`: documents that specify it, and what is said of them. `organisation`: part of a name. `standard`: a
    number in any printed form; without a year it asks for all editions.
    """

    attribute: str | None = None
    organisation: str | None = None
    standard: str | None = None


def select(statements: Sequence[Statement], question: Question) -> list[Statement]:
    """The statements that answer, in their order.

    Raises `UsageError` where `standard` is no number of a standard.
    """
    kept = list(statements)
    if question.attribute:
        kept = _on_attribute(kept, question.attribute)
    if question.organisation:
        kept = _on_organisation(kept, question.organisation)
    if question.standard:
        kept = _on_standard(kept, question.standard)
    return kept


def _on_attribute(statements: list[Statement], attribute: str) -> list[Statement]:
    """What is said of documents that specify it, and of those that bind, claim or replace them; editions are one."""
    series = {s.subject.series for s in statements if s.row.chain == "end" and s.object.label == attribute}
    series |= {s.subject.series for s in statements if s.row.carries and s.object.series in series}
    return [
        s
        for s in statements
        if (s.subject.series in series or s.object.series in series)
        and (s.row.chain != "end" or s.object.label == attribute)
    ]


def _on_organisation(statements: list[Statement], organisation: str) -> list[Statement]:
    """What names it, the clauses of the documents that it is named with, what binds these and claims to meet them."""
    wanted = _plain(organisation)
    named = [s for s in statements if any(_bears(n, wanted) for n in (s.subject, s.object))]
    chosen = {id(s) for s in named}
    reached = {n.series for s in named for n in (s.subject, s.object) if n.kind != "organisation"}
    return [
        s
        for s in statements
        if id(s) in chosen
        or (s.row.chain in ("end", "document") and (s.subject.series in reached or s.object.series in reached))
    ]


def _bears(node: Node, wanted: str) -> bool:
    return node.kind == "organisation" and wanted in _plain(node.name + " " + (node.id or ""))


def _on_standard(statements: list[Statement], standard: str) -> list[Statement]:
    number = canonical(standard)
    if number is None:
        raise UsageError(f"--standard {standard}: not the number of a standard (such as GB/T 28181-2016)")
    asked = Node("standard", standard, number, number, number)
    return [s for s in statements if _is(s.subject, asked) or _is(s.object, asked)]


def _is(node: Node, asked: Node) -> bool:
    """Whether a node is the edition asked for, or any edition where no year was asked for."""
    return node.key == asked.key if edition_year(asked.label) else node.series == asked.series


@lru_cache(maxsize=200_000)
def _plain(text: str) -> str:
    return normalise(text).text.casefold().replace(" ", "")
