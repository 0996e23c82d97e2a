"""A timeline drawn as one self-contained SVG: a line down the page with one row an event."""

from __future__ import annotations

import math
from html import escape
from typing import TextIO

from clauselight.exports.registry import Output, Settings
from clauselight.exports.timeline import Event, events
from clauselight.graph.account import Account
from clauselight.model.statement import PREDICATES

#: pixels: between two events of one month, and from the left edge to the line
_ROW, _LEFT = 30, 130
_FONTS = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
#: kind of event -> colour: those that statements make, and those of lists
_COLOURS: dict[str, str] = {
    **{name: row.event.colour for name, row in PREDICATES.items() if row.event},
    "listed": "#b3261e",
    "delisted": "#6b6b6b",
}


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Draw the events; gaps of years are named, and the quote is shown on hover and read to a screen reader."""
    rows = events(account, settings.unmask)
    places = _heights(rows)
    parts = [_head(len(rows), round((places[-1] if places else 0) + 70))]
    for i, event in enumerate(rows):
        if i and (gap := _gap(rows[i - 1].date, event.date)):
            parts.append(_gap_words(gap, (places[i - 1] + places[i]) / 2))
        parts.append(_event(event, places[i]))
    stream.write("\n".join([*parts, "</svg>"]) + "\n")


def _heights(rows: list[Event]) -> list[float]:
    """The height of each event: further down the more time has passed, in a scale that lets decades fit on a page."""
    out: list[float] = []
    for i, event in enumerate(rows):
        passed = _months(event.date) - _months(rows[i - 1].date) if i else 0
        out.append(out[-1] + _ROW + 14 * math.log2(1 + passed / 3) if out else 50.0)
    return out


def _months(date: str) -> int:
    parts = [int(p) for p in date.split("-")]
    return parts[0] * 12 + (parts[1] if len(parts) > 1 else 1)


def _gap(before: str, after: str) -> str:
    """The time between two days in words, where it is a year or more."""
    years, months = divmod(_months(after) - _months(before), 12)
    words = [f"{n} {word}{'s' if n > 1 else ''}" for n, word in ((years, "year"), (months, "month")) if n]
    return " and ".join(words) + " later" if years else ""


def _head(count: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {height}" width="1000" height="{height}" '
        f'role="img" aria-labelledby="t" font-size="14" font-family="{_FONTS}">\n'
        f'<title id="t">Timeline of {count} events</title><rect width="1000" height="{height}" fill="#fff"/>\n'
        f'<line x1="{_LEFT}" x2="{_LEFT}" y1="30" y2="{height - 30}" stroke="#444" stroke-width="2"/>'
    )


def _gap_words(words: str, middle: float) -> str:
    return (
        f'<text x="{_LEFT + 18}" y="{middle + 4:.0f}" fill="#6b6b6b" font-style="italic" font-size="12">{words}</text>'
    )


def _event(event: Event, y: float) -> str:
    tip = escape(f"{event.date} {event.what}\n" + (f"“{event.quote}”\n" if event.quote else "") + event.place)
    return (
        f"<g><title>{tip}</title>"
        f'<text x="{_LEFT - 16}" y="{y + 5:.0f}" text-anchor="end" font-weight="bold">{event.date}</text>'
        f'<circle cx="{_LEFT}" cy="{y:.0f}" r="6" fill="{_COLOURS[event.kind]}"/>'
        f'<text x="{_LEFT + 18}" y="{y + 5:.0f}">{escape(event.what)}</text></g>'
    )


OUTPUT = Output("svg", "timeline", ".svg", False, write, "a line down the page, with the quotes on hover")
