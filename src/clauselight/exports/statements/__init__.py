"""Statements written out: one module a form, each with a ``FORM`` (name, function)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TextIO

from clauselight.exports.registry import Settings
from clauselight.graph.account import Account
from clauselight.plugins import registered

Form = Callable[[TextIO, Account, Settings], None]


@cache
def forms() -> dict[str, Form]:
    """Every form by name."""
    return dict(registered("clauselight.exports.statements", "FORM"))
