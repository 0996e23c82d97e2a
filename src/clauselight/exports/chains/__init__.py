"""Chains written out: one module an output. Here is what they share: which chains, and in which order."""

from __future__ import annotations

from dataclasses import replace

from clauselight.graph.account import Account
from clauselight.graph.chains import Chain, chains


def found(account: Account, to: str) -> list[Chain]:
    """The chains asked for, in a steady order."""
    kind = None if to == "finding" else to
    seen: dict[tuple[object, ...], Chain] = {}
    for chain in chains(account.statements, kind):  # type: ignore[arg-type]
        seen.setdefault(tuple((s.predicate, s.subject.key, s.object.key, s.role) for s in chain.links), chain)
    return sorted(seen.values(), key=lambda c: (c.end.kind, c.end.label, len(c.links)))


def on_chains(account: Account, to: str) -> Account:
    """The account with nothing but what belongs to a chain, for what draws it."""
    return replace(account, statements=list(dict.fromkeys(s for c in found(account, to) for s in c.links)))
