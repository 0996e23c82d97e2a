"""Clauselight reads standards, tenders, SDKs and schemas and shows where they provide for sorting people.

`check` finds the clauses, `read` gives a document; both load their machinery when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clauselight.isolation import keep_offline
from clauselight.version import __version__

keep_offline()  # before any library is imported that would reach out; every process imports this first

__all__ = ["Check", "__version__", "check", "read", "read_all"]

if TYPE_CHECKING:
    from clauselight.api import Check, check, read, read_all


def __getattr__(name: str) -> Any:
    if name in {"Check", "check", "read", "read_all"}:
        from clauselight import api

        return getattr(api, name)
    raise AttributeError(f"module 'clauselight' has no attribute {name!r}")
