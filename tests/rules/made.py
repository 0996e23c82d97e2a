"""Documents and candidates made by hand, so that a test needs no reader and no shipped pack."""

from __future__ import annotations

from collections.abc import Sequence

from clauselight.model import BlockLayout, Context, Document, Unit
from clauselight.rules.candidates import Candidate, Hit
from clauselight.rules.pack import Rule

PROSE = Context()


def document(lines: Sequence[str], contexts: Sequence[Context] = (), path: str = "a.txt") -> Document:
    """A document of lines; those without a context of their own are running text."""
    units, at = [], 0
    for number, line in enumerate(lines, 1):
        units.append(Unit(at, at + len(line), number, number))
        at += len(line) + 1
    each = [*contexts, *[PROSE] * (len(lines) - len(contexts))]
    return Document(path, "text/plain", "made", "\n".join(lines), BlockLayout(units, each))


def rule(kind: str, attribute: str = "race", role: str | None = None, term: str = "race") -> Rule:
    """A rule that speaks of one invented word."""
    return Rule(f"zz.{attribute}.{kind}.{term}", attribute, kind, "invented", terms=(term,), role=role)


def candidate(*rules: Rule, end: int = 4, unit: int = 0, start: int = 0) -> Candidate:
    """A candidate whose rules all have their words in its first four characters."""
    hits = [Hit(r, start, start + 4, "race") for r in rules]
    return Candidate(rules[0].attribute, unit, unit, start, start + end, hits)
