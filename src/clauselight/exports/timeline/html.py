"""A timeline as one page that needs no script: the drawn line, and below it each event with its quote and place."""

from __future__ import annotations

from html import escape
from typing import TextIO

from clauselight.exports.clean import PAGE_POLICY
from clauselight.exports.registry import Output, Settings
from clauselight.exports.timeline import Event, events, svg
from clauselight.graph.account import Account

_STYLE = (
    "body{font:16px sans-serif;margin:2rem}"
    "td{padding:.3rem .6rem;vertical-align:top;border-bottom:1px solid #ccc}"
    "svg{max-width:100%;height:auto}"
)


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write the drawn line, the events, and what was not read."""
    rows = "".join(_row(event) for event in events(account, settings.unmask))
    unread = "".join(f"<li>{escape(c.path)}: {escape(c.state)}</li>" for c in account.coverage if c.state != "read")
    state = "" if account.complete else "<p><strong>Incomplete: the run was interrupted.</strong></p>"
    stream.write(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"{PAGE_POLICY}<title>Clauselight: timeline</title>"
        f"<style>{_STYLE}</style></head><body><h1>Timeline</h1><figure>"
    )
    svg.write(stream, account, settings)
    stream.write(
        f"</figure><table>{rows}</table>"
        f"<h2>Not read</h2><ul>{unread or '<li>nothing: all was read</li>'}</ul>{state}</body></html>\n"
    )


def _row(event: Event) -> str:
    quote = f"“{escape(event.quote)}”" if event.quote else ""
    cells = (event.date, escape(event.what), quote, escape(event.place))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


OUTPUT = Output("html", "timeline", ".html", False, write, "the drawing, and every event with its quote and place")
