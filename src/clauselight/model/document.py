"""A document: one reading of a source. Canonical text, its units, and for each stretch of text where it stands."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Protocol

Kind = Literal["prose", "code", "markup", "data", "table"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the lower left corner (PDF 32000-1, 8.3).

    In pixels where the source is a picture.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest stretch with a place of its own: a line, a paragraph, a table row."""

    start: int
    end: int
    line: int | None = None
    end_line: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is over a unit: clause number and headings, owning symbols, table headers, the comment that documents it."""

    kind: Kind = "prose"
    number: str | None = None
    headings: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    row: str | None = None
    #: first and last unit that belong together: a member with its comment, a leaf element with its note
    member: tuple[int, int] | None = None
    comment: bool = False
    #: whether it only leads to a place of the document, as a bookmark does
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of canonical text stands in the source."""

    page: int | None
    line: int | None
    end_line: int | None
    boxes: tuple[Box, ...] = ()
    confidence: float | None = None


class Layout(Protocol):
    """How a canonical text is cut into units, and what is known of each."""

    def __len__(self) -> int: ...

    def unit(self, index: int) -> Unit: ...

    def index_at(self, offset: int) -> int: ...

    def context(self, index: int) -> Context: ...

    def lines(self, start: int, end: int) -> tuple[int | None, int | None]: ...

    def boxes(self, start: int, end: int) -> tuple[tuple[Box, ...], float | None]: ...


#: the end of a line: \n, \r\n, or the \r alone of an old Macintosh
_LINE_END = re.compile(r"\n|\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Columns:
    """How the lines of a table in text are cut into cells, and the header that stands over them."""

    delimiter: str
    header: tuple[str, ...] = ()


class LineLayout:
    """Units are the lines of the text. Context is worked out only where it is asked for."""

    def __init__(
        self,
        text: str,
        describe: Callable[[LineLayout, int], Context],
        first_line: int = 1,
        kind: str | None = None,
        columns: Columns | None = None,
        page: int | None = None,
    ) -> None:
        self.text = text
        #: the page of a larger whole on which all of the text stands
        self.page = page
        #: the kind of text that `describe` was chosen by, so that it can be chosen again; None: by its content
        self.kind = kind
        #: of a table in text; its lines are described by them and not by `kind`
        self.columns = columns
        self.first_line = first_line
        self._describe = describe
        self._contexts: dict[int, Context] = {}

    @cached_property
    def starts(self) -> list[int]:
        """Offset of the first character of each line."""
        return [0, *(m.end() for m in _LINE_END.finditer(self.text))]

    def __len__(self) -> int:
        return len(self.starts)

    def line(self, index: int) -> str:
        """The text of a line without its end."""
        if not 0 <= index < len(self.starts):
            return ""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[index] : end].rstrip("\r\n")

    def unit(self, index: int) -> Unit:
        start = self.starts[index]
        number = self.first_line + index
        return Unit(start, start + len(self.line(index)), number, number, self.page)

    def index_at(self, offset: int) -> int:
        return bisect.bisect_right(self.starts, offset) - 1

    def context(self, index: int) -> Context:
        if index not in self._contexts:
            if len(self._contexts) > 20_000:
                self._contexts.clear()
            self._contexts[index] = self._describe(self, index)
        return self._contexts[index]

    def lines(self, start: int, end: int) -> tuple[int | None, int | None]:
        """The first and the last line of a stretch."""
        return self.first_line + self.index_at(start), self.first_line + self.index_at(max(start, end - 1))

    def boxes(self, start: int, end: int) -> tuple[tuple[Box, ...], float | None]:
        return (), None


class BlockLayout:
    """Units are given, each with its context, and with its box on a page where it has one.

    `marks` are offsets at which a line of the source begins, with its number, in order, for units of more than one.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        contexts: Sequence[Context] | Callable[[int], Context],
        boxes: Sequence[Box | None] = (),
        marks: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.marks = marks
        self.unit_boxes = boxes
        self._units = units
        self._contexts = contexts
        self.parts = (units, contexts)
        self._starts = [u.start for u in units]

    def __len__(self) -> int:
        return len(self._units)

    def unit(self, index: int) -> Unit:
        return self._units[index]

    def index_at(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self._starts, offset) - 1)

    def context(self, index: int) -> Context:
        if callable(self._contexts):
            return self._contexts(index)
        return self._contexts[index]

    def lines(self, start: int, end: int) -> tuple[int | None, int | None]:
        """The first and the last line of a stretch: those of its letters where they are known, else of its units."""
        stop = max(start, end - 1)
        first, last = self._units[self.index_at(start)], self._units[self.index_at(stop)]
        return self._marked(start, first) or first.line, self._marked(stop, last) or last.end_line

    def _marked(self, offset: int, unit: Unit) -> int | None:
        """The line that an offset stands on by the marks in its unit."""
        index = bisect.bisect_right(self.marks, offset, key=lambda mark: mark[0]) - 1
        return self.marks[index][1] if index >= 0 and self.marks[index][0] >= unit.start else None

    def boxes(self, start: int, end: int) -> tuple[tuple[Box, ...], float | None]:
        stop = self.index_at(max(start, end - 1)) + 1
        return tuple(b for b in self.unit_boxes[self.index_at(start) : stop] if b is not None), None


@dataclass(frozen=True)
class Document:
    """One reading of a source, or one window of a reading too long to hold at once.

    `offset` is where the window starts in the whole canonical text. `utf8` is the text as UTF-8 where the reader has
    it at hand, so that the scan need not encode it again.
    """

    path: str
    media_type: str
    reader: str
    text: str
    layout: Layout
    offset: int = 0
    title: str = ""
    encoding: str | None = None
    last: bool = True
    utf8: bytes | None = field(default=None, repr=False)

    def place(self, start: int, end: int) -> Place:
        """Page, lines and boxes of ``text[start:end]``."""
        first = self.layout.unit(self.layout.index_at(start))
        line, end_line = self.layout.lines(start, end)
        boxes, confidence = self.layout.boxes(start, end)
        return Place(first.page, line, end_line, boxes, confidence)
