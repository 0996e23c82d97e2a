"""The table of predicates: one row for each, and no other list of them."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import get_args

import pytest

from clauselight.model.predicates import PREDICATES, Predicate, PredicateRow

OUTPUT = Path(__file__).parents[2] / "docs" / "reference" / "output.md"


def test_the_table_has_a_row_for_each_predicate_and_no_other() -> None:
    assert sorted(PREDICATES) == sorted(get_args(Predicate))
    assert all(row.name == name for name, row in PREDICATES.items())


def test_an_unknown_predicate_raises() -> None:
    with pytest.raises(KeyError):
        PREDICATES["admires"]  # type: ignore[index]


def test_the_table_and_its_rows_are_frozen() -> None:
    with pytest.raises(TypeError):
        PREDICATES["cites"] = PREDICATES["drafted"]  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        PREDICATES["cites"].words = "admires"  # type: ignore[misc]


def test_a_row_must_say_where_it_is_not_shown() -> None:
    """What an output may leave out has no default, so a new row cannot leave it out unsaid."""
    required = {f.name for f in fields(PredicateRow) if f.default is f.default_factory}
    assert {"heading", "heading_of_object", "chain", "line", "event", "fact", "entity"} <= required


def test_each_predicate_has_a_heading_under_one_end_at_least() -> None:
    assert [name for name, row in PREDICATES.items() if not (row.heading or row.heading_of_object)] == []
    assert [name for name, row in PREDICATES.items() if row.elsewhere and not row.heading_of_object] == []


def test_words_are_told_apart() -> None:
    for column in ("words", "label"):
        words = [getattr(row, column) for row in PREDICATES.values()]
        assert len(set(words)) == len(words), column
    lines = [row.line for row in PREDICATES.values() if row.line]
    assert len({line.colour for line in lines}) == len(lines)
    assert sorted(line.legend for line in lines) == list(range(1, len(lines) + 1))


def test_chains_end_at_one_predicate() -> None:
    assert [name for name, row in PREDICATES.items() if row.chain == "end"] == ["specifies"]


def test_the_words_of_an_event_depend_on_its_qualifier() -> None:
    event = PREDICATES["published_on"].event
    assert event is not None
    assert [event.of(q) for q in (None, "notice", "award", "other")] == [
        "issued",
        "put out to tender",
        "awarded",
        "issued",
    ]


def test_the_reference_names_each_predicate() -> None:
    text = OUTPUT.read_text(encoding="utf-8")
    assert [name for name in PREDICATES if f"`{name}`" not in text] == []
