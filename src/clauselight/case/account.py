"""The statements of a case with organisations resolved, as every output of statements takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from clauselight.case.store import Case
from clauselight.entities.catalogue import load
from clauselight.entities.imported import joined
from clauselight.entities.resolve import Resolver
from clauselight.graph.account import Account
from clauselight.model.statement import Statement


def account_of(
    case: Case, catalogues: tuple[Path, ...] = (), choose: Callable[[Sequence[Statement]], list[Statement]] = list
) -> Account:
    """The statements that `choose` leaves of a case. `catalogues` are further files with organisations."""
    return account_with_readings(case, catalogues, choose)[0]


def account_with_readings(
    case: Case, catalogues: tuple[Path, ...] = (), choose: Callable[[Sequence[Statement]], list[Statement]] = list
) -> tuple[Account, dict[int, list[Statement]]]:
    """The account, and all resolved statements of each reading by its id: two sources may bear one path."""
    organisations = joined(load(catalogues))
    resolver = Resolver(organisations)
    by_reading: dict[int, list[Statement]] = {}
    coverage = []
    for reading, _, outcome in case.outcomes():
        by_reading[reading.id] = resolver.resolve(outcome.statements)
        coverage.append(outcome.coverage)
    kept = choose([s for own in by_reading.values() for s in own])
    account = Account(kept, [*coverage, *case.unread()], True, organisations, resolver.matches(kept))
    return account, by_reading
