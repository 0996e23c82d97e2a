"""What an export is: something that takes outcomes one by one and writes. One module of this folder, one export."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, TextIO

from clauselight.model.outcome import Outcome
from clauselight.plugins import registered


@dataclass(slots=True)
class Settings:
    """How to write: whether personal data is shown, whether colour and width of a terminal may be used."""

    unmask: bool = False
    colour: bool = False
    width: int = 100
    level: str = "finding"
    rules: dict[str, str] = field(default_factory=dict)


class Export(Protocol):
    """Writes outcomes as they come; `close` writes what belongs at the end. `complete` is False after an interruption."""

    def __init__(self, stream: TextIO, settings: Settings) -> None: ...

    def write(self, outcome: Outcome) -> None: ...

    def close(self, complete: bool) -> None: ...


@cache
def exports() -> dict[str, Any]:
    """Every export by name."""
    return dict(registered("clauselight.exports.findings", "EXPORT"))
