"""When it was: the events of the documents and of the lists, drawn and as a table."""

from __future__ import annotations

import io
from collections.abc import Iterator

from clauselight.dossier.blocks import Block, Heading, Para, Picture, Table
from clauselight.dossier.gather import Dossier
from clauselight.exports.registry import Settings
from clauselight.exports.timeline import events as dated
from clauselight.exports.timeline import svg

#: characters of a quote in the table; the whole one is in the records of the package
_QUOTE = 200


def section(dossier: Dossier) -> Iterator[Block]:
    """The events in order."""
    yield Heading(1, "When", "timeline")
    events = dated(dossier.account, dossier.unmask)
    if not events:
        yield Para("The documents give no dates.")
        return
    yield Picture(_drawn(dossier), "timeline.svg", "The events of the table below on a line of time", "image/svg+xml")
    yield Table(("date", "what", "quote", "place"), tuple((e.date, e.what, e.quote[:_QUOTE], e.place) for e in events))


def _drawn(dossier: Dossier) -> bytes:
    out = io.StringIO()
    svg.write(out, dossier.account, Settings(dossier.unmask))
    return out.getvalue().encode()
