"""Timelines written out: one module an output. Here is what they share: all dated events in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.exports.quotes import one_line
from clauselight.graph.account import Account


@dataclass(frozen=True)
class Event:
    """Something on a day (or in a month, where no day is printed), with what says so."""

    date: str
    what: str
    kind: str
    quote: str
    place: str


def events(account: Account, unmask: bool = False) -> list[Event]:
    """All events in order of time, each once; those of one day and name in the order of their sources."""
    every = dict.fromkeys([*_stated(account, unmask), *_listed(account)])
    return sorted(every, key=lambda e: (e.date, e.what))


def _stated(account: Account, unmask: bool) -> Iterator[Event]:
    for s in account.statements:
        if s.date and s.row.event:
            evidence = s.evidence[0]
            title = f" {s.subject.title}" if s.subject.title else ""
            what = f"{s.subject.label}{title} {s.row.event.of(s.qualifier)}"
            yield Event(s.date, what, s.predicate, one_line(evidence.quote, unmask), evidence.path_and_place)


def _listed(account: Account) -> Iterator[Event]:
    named = {n.id for s in account.statements for n in (s.subject, s.object) if n.kind == "organisation" and n.id}
    for organisation in account.organisations:
        for entry in organisation.listings if organisation.id in named else ():
            if entry.since:
                yield Event(
                    entry.since.isoformat(), f"{organisation.label} put on: {entry.title}", "listed", "", entry.source
                )
            if entry.until:
                yield Event(
                    entry.until.isoformat(),
                    f"{organisation.label} taken off: {entry.title}",
                    "delisted",
                    "",
                    entry.source,
                )
