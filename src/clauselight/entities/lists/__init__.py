"""Lists that the user downloads (sanctions, entity lists, covered lists), brought into one form.

One module a form of file, each with ``READS``: a name, a test on the first bytes, and a reader that gives one
`ListEntry` after another.
"""

from __future__ import annotations

import datetime
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from clauselight.entities.catalogue import Listing
from clauselight.text.patterns import pattern

#: a whole day, alone or at the head of a time
_DAY = pattern(r"(\d{4})-(\d{2})-(\d{2})", "2031-01-05T00:00:00")
#: the same without dashes, alone
_DAY_COMPACT = pattern(r"(\d{4})(\d{2})(\d{2})$", "20310105")
#: a question mark inside a word, as a lost apostrophe leaves it
_LOST_APOSTROPHE = pattern(r"(?<=\w)\?(?=\w)", "People?s Example Bureau")


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An organisation of a list. What is no organisation (a person, a vessel) comes as `skipped`, to be counted."""

    id: str
    names: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    skipped: str = ""


@dataclass(frozen=True, slots=True)
class Reads:
    """A form of file."""

    name: str
    test: Callable[[str], bool]
    read: Callable[[Path], Iterator[ListEntry]] = field(repr=False)


@cache
def readers() -> tuple[Reads, ...]:
    """Every form, the pickiest test first."""
    found = [
        importlib.import_module(f"{__name__}.{m.name}").READS
        for m in pkgutil.iter_modules(__path__)
        if not m.name.startswith("_")
    ]
    return tuple(r for group in sorted(found, key=lambda g: g[0].name == "plain-csv") for r in group)


def day(text: object) -> datetime.date | None:
    """A whole date, or None where it is missing or only a year or a month: an interval must not be made up."""
    printed = str(text or "").strip()
    match = _DAY.match(printed) or _DAY_COMPACT.match(printed)
    if not match:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def spellings(name: str) -> tuple[str, ...]:
    """The name, and what it is once a `?` for a lost apostrophe is mended (seen in files of the US government)."""
    name = " ".join(name.split())
    mended = _LOST_APOSTROPHE.sub("'", name)
    return (name,) if mended == name else (name, mended)
