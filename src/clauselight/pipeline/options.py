"""What a run is asked to do, as values that travel to the workers."""

from __future__ import annotations

from dataclasses import dataclass, field

from clauselight.formats.session import OcrMode
from clauselight.model.outcome import Keep, StatementReader
from clauselight.pipeline import memory
from clauselight.rules.find import Finder


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is wanted of each document: its findings, with `statements` what it states, with `keep` itself as bytes."""

    finder: Finder
    statements: StatementReader | None = None
    keep: Keep | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use: `silence` seconds without a finished page or part of a source, and `memory` bytes for all
    workers and what they start, together."""

    silence: float = 180.0
    memory: int = field(default_factory=memory.usual)


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run is spread over `jobs` workers at most, how pages are read, and what it may use."""

    jobs: int = 1
    ocr: OcrMode = "auto"
    limits: Limits = field(default_factory=Limits)

    @property
    def workers(self) -> int:
        """How many workers there are: `jobs`, or fewer where the memory is too little for so many."""
        return memory.workers(self.jobs, self.limits.memory)

    @property
    def part(self) -> int:
        """Bytes that one worker may use with what it starts."""
        return self.limits.memory // self.workers
