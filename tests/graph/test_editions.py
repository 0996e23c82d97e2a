"""Which edition a number without a year means."""

from __future__ import annotations

import pytest

from clauselight.graph.editions import Editions
from made_statements import TENDER, clause, made, organisation, standard, statement

OLD, NEW, UNDATED = standard(), standard("DB99/T 0001-2033"), standard("DB99/T 0001")


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_no_year_means_the_newest_edition(order: tuple) -> None:  # type: ignore[type-arg]
    editions = Editions([clause(node) for node in order])
    assert editions.meant(UNDATED) == NEW
    assert (editions.meant(OLD), editions.meant(NEW)) == (OLD, NEW)


def test_the_year_of_an_international_standard_is_behind_a_colon() -> None:
    old, new = standard("ISO 97301-1:2027"), standard("ISO 97301-1:2031")
    assert Editions([clause(old), clause(new)]).meant(standard("ISO 97301-1")) == new


def test_an_unknown_standard_and_other_things_mean_themselves() -> None:
    editions = Editions([clause(NEW)])
    for node in (standard("DB99/T 0009"), TENDER, organisation()):
        assert editions.meant(node) == node


def test_an_edition_that_is_only_cited_is_known() -> None:
    assert Editions([statement("mandates", TENDER, NEW)]).meant(UNDATED) == NEW


def test_what_is_said_without_a_year_is_said_of_the_newest_edition_only() -> None:
    editions = Editions([clause(OLD), clause(NEW), made("mandates")])
    assert [editions.covers(UNDATED, edition) for edition in (OLD, NEW, UNDATED)] == [False, True, True]
    assert [editions.covers(OLD, edition) for edition in (OLD, NEW, UNDATED)] == [True, False, False]
