"""Dated statements and listings in order of time: a table, JSON lines, or a drawn line with one row an event."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from html import escape
from typing import TextIO

from clauselight.exports.coverage_footer import foot
from clauselight.exports.quotes import one_line
from clauselight.exports.registry import Settings
from clauselight.graph.account import Account
from clauselight.model.statement import PREDICATES

#: kind of event -> colour: those that statements make, and those of lists
_COLOURS: dict[str, str] = {
    **{name: row.event.colour for name, row in PREDICATES.items() if row.event},
    "listed": "#b3261e",
    "delisted": "#6b6b6b",
}
_ROW, _LEFT = 30, 130


@dataclass(frozen=True)
class Event:
    """Something on a day (or in a month, where no day is printed), with what says so."""

    date: str
    what: str
    kind: str
    quote: str
    place: str


def events(account: Account, unmask: bool = False) -> list[Event]:
    """All events in order of time."""
    return sorted({*_stated(account, unmask), *_listed(account)}, key=lambda e: (e.date, e.what))


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


def table(stream: TextIO, account: Account, settings: Settings) -> None:
    """One line an event, then what was not read."""
    for event in events(account, settings.unmask):
        stream.write(f"{event.date:10}  {event.what}  [{event.place}]\n")
    foot(stream, account)


def jsonl(stream: TextIO, account: Account, settings: Settings) -> None:
    """One event a line, then a summary."""
    for event in events(account, settings.unmask):
        stream.write(json.dumps({"type": "event", **asdict(event)}, ensure_ascii=False) + "\n")
    unread = [c.path for c in account.coverage if c.state != "read"]
    stream.write(
        json.dumps({"type": "summary", "complete": account.complete, "unread": unread}, ensure_ascii=False) + "\n"
    )


def _months(date: str) -> int:
    parts = [int(p) for p in date.split("-")]
    return parts[0] * 12 + (parts[1] if len(parts) > 1 else 1)


def _gap(before: str, after: str) -> str:
    years, months = divmod(_months(after) - _months(before), 12)
    told = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in ((years, "year"), (months, "month")) if n]
    return " and ".join(told) + " later" if years else ""


def _heights(rows: list[Event]) -> list[float]:
    """Where each event stands: further down the more time has passed, in a scale that lets decades fit on a page."""
    out: list[float] = []
    for i, event in enumerate(rows):
        passed = _months(event.date) - _months(rows[i - 1].date) if i else 0
        out.append(out[-1] + _ROW + 14 * math.log2(1 + passed / 3) if out else 50.0)
    return out


def svg(stream: TextIO, account: Account, settings: Settings) -> None:
    """A line down the page; years are marked, the quote is told on hover and to a screen reader."""
    rows = events(account, settings.unmask)
    places = _heights(rows)
    height = round((places[-1] if places else 0) + 70)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {height}" width="1000" height="{height}" role="img" aria-labelledby="t" font-size="14" '
        'font-family="Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif">',
        f'<title id="t">Timeline of {len(rows)} events</title><rect width="1000" height="{height}" fill="#fff"/>',
        f'<line x1="{_LEFT}" x2="{_LEFT}" y1="30" y2="{height - 30}" stroke="#444" stroke-width="2"/>',
    ]
    for i, event in enumerate(rows):
        y = places[i]
        if i and (gap := _gap(rows[i - 1].date, event.date)):
            middle = (places[i - 1] + y) / 2
            out.append(
                f'<text x="{_LEFT + 18}" y="{middle + 4:.0f}" fill="#6b6b6b" font-style="italic" font-size="12">{gap}</text>'
            )
        tip = escape(f"{event.date} {event.what}\n" + (f"“{event.quote}”\n" if event.quote else "") + event.place)
        out.append(
            f'<g><title>{tip}</title><text x="{_LEFT - 16}" y="{y + 5:.0f}" text-anchor="end" font-weight="bold">{event.date}</text>'
            f'<circle cx="{_LEFT}" cy="{y:.0f}" r="6" fill="{_COLOURS[event.kind]}"/><text x="{_LEFT + 18}" y="{y + 5:.0f}">{escape(event.what)}</text></g>'
        )
    stream.write("\n".join([*out, "</svg>"]) + "\n")


def html(stream: TextIO, account: Account, settings: Settings) -> None:
    """The drawn line, and below it each event with its quote and place; no script."""
    rows = "".join(
        f"<tr><td>{e.date}</td><td>{escape(e.what)}</td><td>{'“' + escape(e.quote) + '”' if e.quote else ''}</td><td>{escape(e.place)}</td></tr>"
        for e in events(account, settings.unmask)
    )
    stream.write(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clauselight: timeline</title><style>body{font:16px sans-serif;margin:2rem}'
    )
    stream.write(
        "td{padding:.3rem .6rem;vertical-align:top;border-bottom:1px solid #ccc}svg{max-width:100%;height:auto}</style></head><body><h1>Timeline</h1><figure>"
    )
    svg(stream, account, settings)
    unread = "".join(f"<li>{escape(c.path)}: {escape(c.state)}</li>" for c in account.coverage if c.state != "read")
    state = "" if account.complete else "<p><strong>Incomplete: the run was interrupted.</strong></p>"
    stream.write(
        f"</figure><table>{rows}</table><h2>Not read</h2><ul>{unread or '<li>nothing: all was read</li>'}</ul>{state}</body></html>\n"
    )


TIMELINES = {"table": table, "jsonl": jsonl, "svg": svg, "html": html}
