"""How far a long piece of work is: one call for each step, for a bar or for nobody."""

from __future__ import annotations

from typing import Protocol


class OnStep(Protocol):
    """Is called with what is done now, the number of the step from 1, and how many steps there are."""

    def __call__(self, what: str, number: int, of: int, /) -> None: ...


def silent(what: str, number: int, of: int, /) -> None:
    """Progress for nobody."""
