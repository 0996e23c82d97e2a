"""What a run gave of statements, with what was read: the one thing that every output of statements takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clauselight.entities.catalogue import Organisation
from clauselight.entities.resolve import Match
from clauselight.model import Coverage
from clauselight.model.statement import Statement


@dataclass(frozen=True)
class Account:
    """What a run gave: statements in the order of the sources, what was read, and whether it came to its end."""

    statements: Sequence[Statement]
    coverage: Sequence[Coverage]
    complete: bool = True
    organisations: Sequence[Organisation] = ()
    #: printed name -> the organisation that it means, or may mean
    matches: Mapping[str, Match] = field(default_factory=dict)
