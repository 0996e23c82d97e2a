"""A text and the standards that it speaks of: the one value that every reader of statements is given."""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.model.statement import Node
from clauselight.statements.identity import Identity, cited
from clauselight.statements.numbers import Number
from clauselight.statements.span import Span


@dataclass(frozen=True)
class Discourse(Span):
    """A normalised text with the numbers of standards in it, in order, and what the document itself is."""

    numbers: tuple[Number, ...]
    identity: Identity

    @property
    def itself(self) -> Node:
        """What the document is: a standard, a tender, or another text."""
        return self.identity.node

    @property
    def is_standard(self) -> bool:
        return self.identity.kind == "standard"

    @property
    def is_tender(self) -> bool:
        return self.identity.kind == "tender"

    @property
    def is_report(self) -> bool:
        """Whether it reports on others, so that nothing in it is said of the document itself."""
        return self.identity.kind == "report"

    def node(self, number: Number) -> Node:
        """The standard of a number: the document itself where it is its own."""
        return self.itself if number.canonical == self.itself.number else cited(self, number)

    def inside(self, low: int, high: int) -> list[Number]:
        """The numbers that lie wholly in a stretch."""
        return [n for n in self.numbers if low <= n.start and n.end <= high]

    def first_from(self, low: int, high: int) -> Number | None:
        """The first number that begins in a stretch."""
        return next((n for n in self.numbers if low <= n.start < high), None)

    def last_inside(self, low: int, high: int) -> Number | None:
        """The last number that lies wholly in a stretch."""
        return next((n for n in reversed(self.numbers) if low <= n.start and n.end <= high), None)

    def is_quoted(self, at: int) -> bool:
        """Whether a place stands inside marks of quotation that open in its line: the words of another text."""
        low, _ = self.line(at, at + 1)
        before = self.text[low:at]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def meant(self, reach: int, at: int) -> Number | None:
        """The standard that `it` means at a place: the last within reach, if its sentence names no other."""
        last = self.last_within(reach, at)
        if last is None:
            return None
        named = {n.canonical for n in self.inside(*self.sentence(last.start, last.end))}
        return last if len(named) == 1 else None

    def last_within(self, reach: int, at: int) -> Number | None:
        """The last number that ends before `at`, and fewer than `reach` characters before it."""
        return next((n for n in reversed(self.numbers) if n.end <= at and at - n.end < reach), None)
