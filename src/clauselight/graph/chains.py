"""Chains of statements from an organisation, a tender or a standard to a place that provides for sorting people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clauselight.graph.editions import Editions
from clauselight.model.statement import Node, NodeKind, Statement

#: the documents of a chain: clause, standard, tender or product
_LONGEST = 3
_Steps = dict[tuple[str, str], list[Statement]]


@dataclass(frozen=True, slots=True)
class Chain:
    """Statements from the end that was asked for to the one that specifies an attribute, which comes last."""

    end: Node
    links: tuple[Statement, ...]

    @property
    def finding(self) -> Statement:
        """What the chain comes to."""
        return self.links[-1]


def chains(statements: Sequence[Statement], to: NodeKind | None) -> Iterator[Chain]:
    """Every chain that ends at a node of the kind `to`; None asks for each whole chain, from its outermost end."""
    into = _steps(statements)
    for s in statements:
        if s.row.chain == "end":
            yield from _grow(s.subject, (s,), into, to)


def _steps(statements: Sequence[Statement]) -> _Steps:
    """The statements by which a chain comes to a thing, by the key of that thing."""
    editions = Editions(statements)
    into: _Steps = defaultdict(list)
    for s in statements:
        if s.row.chain == "document":
            into[editions.meant(s.object).key].append(s)
        elif s.row.chain == "organisation":
            into[s.object.key].append(s)
    return into


def _grow(at: Node, links: tuple[Statement, ...], into: _Steps, to: NodeKind | None) -> Iterator[Chain]:
    if to is not None and at.kind == to:
        yield Chain(at, links)
    steps = into.get(at.key, ()) if at.kind != "organisation" and len(links) <= _LONGEST else ()
    grown = False
    for s in steps:
        if s not in links and s.subject.key not in {link.subject.key for link in links}:
            grown = True
            yield from _grow(s.subject, (s, *links), into, to)
    if to is None and not grown:
        yield Chain(at, links)
