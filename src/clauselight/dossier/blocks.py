"""The parts that a dossier is made of, the same for every form it is written in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from clauselight.text.visible import lines_visible, visible

#: the folder of pictures: beside a dossier that names its pictures, and in a package
PICTURES = "crops"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `anchor` is a name that stays the same."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a source with the deciding ones marked: (start, end) in the text."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they are, in two columns; empty ones are left out by whoever makes them."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with words for those who do not see it. `name` is its file name in a package."""

    data: bytes = field(repr=False)
    name: str
    alt: str
    media_type: str = "image/png"


Block = Heading | Para | Quotation | Facts | Table | Bullets | Picture


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What every form writes: a title, a moment in UTC (ISO 8601), and blocks in order."""

    title: str
    created: str
    blocks: tuple[Block, ...]

    @property
    def when(self) -> datetime.datetime:
        """The moment, as a value."""
        return datetime.datetime.fromisoformat(self.created)


def pieces(quote: Quotation) -> list[tuple[str, bool]]:
    """A quote cut at its marks: (words, marked)."""
    out: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(quote.marks):
        if start < at or end > len(quote.text):
            continue
        out += [(quote.text[at:start], False), (quote.text[start:end], True)]
        at = end
    out.append((quote.text[at:], False))
    return [(t, m) for t, m in out if t]


def cleaned(manuscript: Manuscript) -> Manuscript:
    """The manuscript with nothing in it that would move, hide or turn round what is read: it came from outside.

    A quote keeps its lines; all else is on one.
    """
    return replace(manuscript, title=_line(manuscript.title), blocks=tuple(_clean(b) for b in manuscript.blocks))


def _clean(block: Block) -> Block:
    match block:
        case Heading() | Para():
            return replace(block, text=_line(block.text))
        case Quotation():
            return _clean_quote(block)
        case Facts(rows):
            return Facts(tuple((_line(name), _line(value)) for name, value in rows))
        case Table(head, table):
            return Table(tuple(map(_line, head)), tuple(tuple(map(_line, row)) for row in table))
        case Bullets(items):
            return Bullets(tuple(map(_line, items)))
        case Picture():
            return replace(block, alt=_line(block.alt))


def _line(text: str) -> str:
    return visible(text.replace("\n", " "))


def _clean_quote(quote: Quotation) -> Quotation:
    """Its marks go with the words, which may become longer."""
    text, marks = "", []
    for words, marked in pieces(quote):
        start = len(text)
        text += lines_visible(words)
        if marked:
            marks.append((start, len(text)))
    return Quotation(text, tuple(marks))
