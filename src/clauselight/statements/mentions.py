"""What a sentence says of an organisation and a standard, before it is a statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.discourse import Discourse
from clauselight.statements.span import Stretch


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation with a part in a standard: where its name is, and the stretch that says so."""

    predicate: Predicate
    standard: Node
    name: Stretch
    quote: Stretch


def stated(discourse: Discourse, mentions: Iterable[Mention]) -> Iterator[Statement]:
    """The mentions as statements; drafters are numbered in their order for each standard."""
    orders: Counter[str] = Counter()
    for mention in mentions:
        name = discourse.printed(*mention.name).strip(" ,;:、，")
        order = None
        if mention.predicate == "drafted":
            orders[mention.standard.label] += 1
            order = orders[mention.standard.label]
        evidence = (discourse.evidence(*mention.quote),)
        organisation = Node("organisation", name, name)
        yield Statement(mention.predicate, organisation, mention.standard, evidence, order=order)
