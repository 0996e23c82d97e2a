"""Nothing that is found or stated changes unseen: every set that is at hand equals its frozen results."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import gains


@pytest.mark.parametrize("name", gains.SETS)
def test_a_set_equals_its_frozen_results(name: str) -> None:
    found = gains.differences_of(name, None)
    if found is None:
        pytest.skip(f"the set {name} is not at hand")
    shown = [f"{d.what} {(d.after or d.before).shown}" for d in found[:20]]  # type: ignore[union-attr]
    assert shown == [], "read them with `python benchmarks/gains.py`; freeze them when each is explained"


def test_marks_of_wrong_rows_mark_frozen_rows() -> None:
    assert gains.stale_marks() == []


def row(value: str, rest: str = "same") -> gains.Row:
    return gains.Row("samples", "finding", ("a.txt", "0", "4", "race"), (value,), rest)


def test_a_difference_is_named_for_what_it_is() -> None:
    name = row("finding").name
    changed = gains.compare([row("finding")], [row("mention")], {})
    assert [d.what for d in changed] == ["decided"]
    assert [d.what for d in gains.compare([row("finding")], [], {})] == ["lost"]
    assert [d.what for d in gains.compare([], [row("finding")], {})] == ["gained"]
    assert [d.what for d in gains.compare([row("finding")], [row("finding", "other")], {})] == ["details"]
    assert gains.compare([row("finding")], [row("finding")], {}) == []
    assert [d.what for d in gains.compare([row("finding")], [], {name: "no finding"})] == ["mended"]
    assert [d.what for d in gains.compare([row("finding")], [row("mention")], {name: "a mention"})] == ["mended"]


def test_texts_of_others_are_frozen_without_their_words() -> None:
    words = gains.Row("corpus", "statement", ("a.pdf", "drafted", "organisation X"), ("2030",), "d", "shown")
    kept = gains.hidden(words)
    assert kept.shown == "" and not {"a.pdf", "organisation X", "2030"} & {*kept.key, *kept.value}
    own = gains.Row("samples", "statement", ("a.pdf",), ("2030",), "d", "shown")
    assert gains.hidden(own) == own
