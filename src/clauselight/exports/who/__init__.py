"""Statements written out: one module a form, each with a ``FORM`` (name, function)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TextIO

from clauselight.entities.catalogue import Organisation
from clauselight.entities.resolve import Match
from clauselight.exports._base import Settings
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


Form = Callable[[TextIO, Account, Settings], None]


@cache
def forms() -> dict[str, Form]:
    """Every form by name."""
    found: dict[str, Form] = {}
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            entry = getattr(importlib.import_module(f"{__name__}.{module.name}"), "FORM", None)
            if entry:
                found[entry[0]] = entry[1]
    return found
