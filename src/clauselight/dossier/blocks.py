"""The parts that a dossier is made of, the same for every form it is written in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

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
