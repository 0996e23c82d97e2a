"""The catalogue of organisations: data with a source for each name, relation and listing; a user's file adds to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from clauselight.errors import UsageError


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an organisation.

    A `brand` is short and counts only where it is the whole name; a `doubtful` one is only offered.
    """

    text: str
    source: str
    brand: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """An interval on a list: from `since`, where the source gives the day, up to, not including, `until`."""

    list: str
    title: str
    since: datetime.date | None
    until: datetime.date | None
    source: str

    def on(self, day: datetime.date) -> bool | None:
        """Whether the listing was in force on a day; None where the source does not say since when."""
        if self.until is not None and day >= self.until:
            return False
        return None if self.since is None else self.since <= day


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the catalogue."""

    id: str
    label: str
    names: tuple[Name, ...]
    listings: tuple[Listing, ...]
    related: tuple[tuple[str, str, str], ...]


def load(extra: tuple[Path, ...] = ()) -> tuple[Organisation, ...]:
    """The shipped organisations and those of the user's files.

    Raises `UsageError` for a name without a source and for a file that is no catalogue.
    """
    organisations: dict[str, Organisation] = {}
    for where, text in _texts(extra):
        try:
            data = yaml.safe_load(text)
            for key, entry in data["organisations"].items():
                organisation = _organisation(key, entry, data)
                old = organisations.get(key)
                organisations[key] = organisation if old is None else _with(old, organisation)
        except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
            raise UsageError(f"{where}: not a catalogue of organisations: {error}") from error
    return tuple(organisations.values())


def _texts(extra: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """Where each catalogue is from, and its text."""
    shipped = files("clauselight.entities").joinpath("organisations.yaml")
    yield "the shipped catalogue", shipped.read_text(encoding="utf-8")
    for path in extra:
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"--catalogue {path}: {error}") from error
        yield str(path), text


def _with(old: Organisation, new: Organisation) -> Organisation:
    """An organisation with what a further file adds to it."""
    return replace(
        old, names=old.names + new.names, listings=old.listings + new.listings, related=old.related + new.related
    )


def _organisation(key: str, entry: dict[str, Any], data: dict[str, Any]) -> Organisation:
    sources, lists = data["sources"], data.get("lists", {})
    for n in entry["names"]:
        if unknown := set(n) - {"name", "source", "brand", "doubtful"}:
            raise ValueError(f"{key}: {unknown} in a name; a comma in a name needs quotes")
    names = tuple(
        Name(n["name"], sources[n["source"]], bool(n.get("brand")), bool(n.get("doubtful"))) for n in entry["names"]
    )
    listings = tuple(
        Listing(
            e["list"],
            lists[e["list"]],
            _day(e["since"]),
            _day(e["until"]) if e.get("until") else None,
            sources[e["source"]],
        )
        for e in entry.get("listed", ())
    )
    related = tuple((r["to"], r["how"], sources[r["source"]]) for r in entry.get("related", ()))
    return Organisation(key, entry["label"], names, listings, related)


def _day(value: object) -> datetime.date:
    return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
