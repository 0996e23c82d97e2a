"""What a sentence says of an organisation and a standard, before it is a statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.discourse import Discourse
from clauselight.statements.organisations import is_no_body
from clauselight.statements.span import Stretch
from clauselight.statements.stance import Told, is_denied_behind, is_fact


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation with a part in a standard: where its name is, and the stretch that says so."""

    predicate: Predicate
    standard: Node
    name: Stretch
    quote: Stretch
    #: the verb, by which it is told whether the sentence says it as a fact
    verb: Stretch


def stated(discourse: Discourse, mentions: Iterable[Mention]) -> Iterator[Statement]:
    """The mentions that are told as facts, as statements; drafters are numbered in their order for each standard."""
    orders: Counter[str] = Counter()
    for mention in mentions:
        name = discourse.printed(*mention.name).strip(" ,;:、，")
        told = Told(discourse.sentence(*mention.quote), mention.verb, mention.name)
        if is_no_body(name) or not is_fact(discourse.text, told) or is_denied_behind(discourse.text, told):
            continue
        order = None
        if mention.predicate == "drafted":
            orders[mention.standard.label] += 1
            order = orders[mention.standard.label]
        evidence = (discourse.evidence(*mention.quote),)
        organisation = Node("organisation", name, name)
        yield Statement(mention.predicate, organisation, mention.standard, evidence, order=order)
