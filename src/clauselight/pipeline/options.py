"""What a run is asked to do, as values that travel to the workers."""

from __future__ import annotations

from dataclasses import dataclass, field

from clauselight.formats.session import OcrMode
from clauselight.model.outcome import Keep, StatementReader
from clauselight.rules.find import Finder


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is wanted of each document: its findings, with `statements` what it states, with `keep` itself as bytes."""

    finder: Finder
    statements: StatementReader | None = None
    keep: Keep | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source may use: `silence` seconds without a finished page or part, `memory` bytes of address space."""

    silence: float = 180.0
    memory: int = 8_000_000_000


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is spread over `jobs` workers (at least one), how pages are read, and what each source may use."""

    jobs: int = 1
    ocr: OcrMode = "auto"
    limits: Limits = field(default_factory=Limits)
