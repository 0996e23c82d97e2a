"""The part of all statements that answers a question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from clauselight.errors import UsageError
from clauselight.model.statement import Node, Statement
from clauselight.statements.numbers import canonical, series_of
from clauselight.text.normalise import normalise


def select(
    statements: Sequence[Statement],
    attribute: str | None = None,
    organisation: str | None = None,
    standard: str | None = None,
) -> list[Statement]:
    """Statements on documents that specify `attribute`, on organisations named `organisation`, on one standard.

    Raises `UsageError` where `standard` is no number of a standard.
    """
    kept = list(statements)
    if attribute:
        keys = {_key(s.subject) for s in kept if s.predicate == "specifies" and s.object.label == attribute}
        keys |= {
            _key(s.subject)
            for s in kept
            if s.predicate in ("mandates", "claims_conformity", "replaces") and _key(s.object) in keys
        }
        kept = [
            s
            for s in kept
            if (_key(s.subject) in keys or _key(s.object) in keys)
            and (s.predicate != "specifies" or s.object.label == attribute)
        ]
    if organisation:
        wanted = _plain(organisation)
        own = [
            s
            for s in kept
            if any(
                wanted in _plain(n.name + " " + (n.id or "")) for n in (s.subject, s.object) if n.kind == "organisation"
            )
        ]
        chosen = {id(s) for s in own}
        reached = {_key(n) for s in own for n in (s.subject, s.object) if n.kind != "organisation"}
        kept = [
            s
            for s in kept
            if id(s) in chosen
            or (
                s.predicate in ("specifies", "mandates", "claims_conformity")
                and (_key(s.subject) in reached or _key(s.object) in reached)
            )
        ]
    if standard:
        number = canonical(standard)
        if number is None:
            raise UsageError(f"--standard {standard}: not the number of a standard (such as GB/T 28181-2016)")
        kept = [s for s in kept if any(_matches(number, n) for n in (s.subject, s.object))]
    return kept


def _key(node: Node) -> str:
    """Editions of one standard meet under one key: an undated citation means the newest."""
    return series_of(node.number) if node.kind == "standard" and node.number else f"{node.kind}:{node.label}"


def _matches(number: str, node: Node) -> bool:
    if node.kind != "standard" or not node.number:
        return False
    return node.number == number if series_of(number) != number else series_of(node.number) == number


@lru_cache(maxsize=200_000)
def _plain(text: str) -> str:
    return normalise(text).text.casefold().replace(" ", "")
