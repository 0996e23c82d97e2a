"""What came of one source: its coverage and what was found in it; and the kinds of function that make parts of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from clauselight.model.coverage import Coverage, Problem, State
from clauselight.model.document import Document
from clauselight.model.finding import Finding
from clauselight.model.statement import Statement

#: the statements of a document, given its findings
StatementReader = Callable[[Document, Sequence[Finding]], list[Statement]]
#: puts a document into bytes from which it can be had again without its reader
Keep = Callable[[Document], bytes]


@dataclass(slots=True)
class Outcome:
    """What came of one source."""

    coverage: Coverage
    findings: list[Finding] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    #: the documents themselves, in order, where they are to be kept
    kept: list[bytes] = field(default_factory=list)


def failed(path: str, size: int, problem: Problem, state: State = "failed") -> Outcome:
    """The outcome of a source of `size` bytes that no reader got to, or whose reader died."""
    return Outcome(Coverage(path, state, size=size, problems=(problem,)))
