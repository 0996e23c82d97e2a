"""Chains of statements from an organisation, a tender or a standard to a place that provides for sorting people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clauselight.model.statement import Node, NodeKind, Statement
from clauselight.statements.numbers import series_of

#: steps that a chain may take from a document outward; `replaces` is none, since a new edition need not say what the old one did
_TO_ORGANISATION = ("drafted", "proposed", "administers", "issued", "purchases", "supplies")
_TO_DOCUMENT = ("mandates", "claims_conformity")
#: the documents of a chain: clause, standard, tender or product
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Chain:
    """Statements from the end that was asked for to the one that specifies an attribute, which comes last."""

    end: Node
    links: tuple[Statement, ...]

    @property
    def finding(self) -> Statement:
        """What the chain comes to."""
        return self.links[-1]


def identity(node: Node) -> str:
    """A key under which one thing has one name."""
    if node.kind == "tender":
        return f"tender:{node.label}"
    return f"{node.kind}:{node.id or node.number or node.label}"


class Editions:
    """Which edition an undated citation means: the newest that the statements know of (GB/T 1.1-2020, 9.5.4.1.2)."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._newest: dict[str, Node] = {}
        for s in statements:
            for node in (s.subject, s.object):
                if node.kind == "standard" and node.number and series_of(node.number) != node.number:
                    old = self._newest.get(series_of(node.number))
                    if old is None or _year(node) > _year(old):
                        self._newest[series_of(node.number)] = node

    def meant(self, node: Node) -> Node:
        """The node itself, or for a number without a year its newest edition."""
        if node.kind == "standard" and node.number and series_of(node.number) == node.number:
            return self._newest.get(node.number, node)
        return node


def _year(node: Node) -> int:
    year = (node.number or "").rpartition("-")[2]
    return int(year) if year.isdigit() else 0


def chains(statements: Sequence[Statement], to: NodeKind | None) -> Iterator[Chain]:
    """Every chain that ends at a node of the kind `to`; None asks for each whole chain, from its outermost end."""
    editions = Editions(statements)
    into: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        if s.predicate in _TO_DOCUMENT:
            into[identity(editions.meant(s.object))].append(s)
        elif s.predicate in _TO_ORGANISATION:
            into[identity(s.object)].append(s)
    for s in statements:
        if s.predicate == "specifies":
            yield from _grow(s.subject, (s,), into, to)


def _grow(
    at: Node, links: tuple[Statement, ...], into: dict[str, list[Statement]], to: NodeKind | None
) -> Iterator[Chain]:
    if to is not None and at.kind == to:
        yield Chain(at, links)
    steps = into.get(identity(at), ()) if at.kind != "organisation" and len(links) <= _LONGEST else ()
    grown = False
    for s in steps:
        if s not in links and identity(s.subject) not in {identity(link.subject) for link in links}:
            grown = True
            yield from _grow(s.subject, (s, *links), into, to)
    if to is None and not grown:
        yield Chain(at, links)
