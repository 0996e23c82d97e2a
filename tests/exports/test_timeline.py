"""What timelines share: the order of events."""

from __future__ import annotations

from clauselight.exports.timeline import events
from clauselight.graph.account import Account
from clauselight.pipeline.examples import text_document
from clauselight.statements.extract import statements

TEXT = "DB99/T 0001-2030\n示例规范\n2030-01-05发布 2030-03-01实施\n"


def test_events_of_one_day_keep_the_order_of_their_sources() -> None:
    names = [f"{letter}.txt" for letter in "hbgafdec"]
    stated = [s for name in names for s in statements(text_document(TEXT, name))]
    told = events(Account([*stated, *stated], []))
    assert [(e.date, e.place.split(",")[0]) for e in told] == [
        *(("2030-01-05", name) for name in names),
        *(("2030-03-01", name) for name in names),
    ]
