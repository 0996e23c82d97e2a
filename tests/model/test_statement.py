"""Nodes, evidence and statements: what is the same thing, where it is, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clauselight.model.places import place_words
from clauselight.model.statement import PREDICATES, Node, Statement, edition_year, series_of
from made_statements import DATE, TENDER, evidence, made, organisation, standard


def test_an_unknown_predicate_is_refused() -> None:
    with pytest.raises(ValueError, match=r"unknown predicate: admires; known are specifies, drafted"):
        Statement("admires", standard(), standard(), (evidence("a"),))  # type: ignore[arg-type]


def test_a_statement_without_a_quote_is_refused() -> None:
    for places in ((), (evidence(""),)):
        with pytest.raises(ValueError, match="without evidence: cites DB99/T 0001-2030"):
            Statement("cites", standard(), standard(), places)


def test_a_statement_knows_its_row_and_its_document() -> None:
    drafted, cites = made("drafted"), made("cites")
    assert drafted.row is PREDICATES["drafted"]
    assert (drafted.about, drafted.other) == (standard(), organisation())
    assert (cites.about.label, cites.other.label) == ("DB99/T 0001-2030", "DB99/T 0002-2029")


@pytest.mark.parametrize(
    ("number", "series", "year"),
    [
        ("GB/T 1.1-2020", "GB/T 1.1", 2020),
        ("GB/T 1.1", "GB/T 1.1", None),
        ("ISO 97301-1:2031", "ISO 97301-1", 2031),
        ("ISO 97301-1", "ISO 97301-1", None),
        ("IEEE 9999-2031", "IEEE 9999", 2031),
    ],
)
def test_a_number_is_series_and_year(number: str, series: str, year: int | None) -> None:
    assert (series_of(number), edition_year(number)) == (series, year)


def test_one_standard_in_two_spellings_is_the_same() -> None:
    a, b = standard(), replace(standard(), name="DB99/T0001—2030", title="示例规范")
    assert a.key == b.key == ("standard", "DB99/T 0001-2030")


def test_editions_share_a_series_and_no_key() -> None:
    old, new, undated = standard(), standard("DB99/T 0001-2033"), standard("DB99/T 0001")
    assert len({old.key, new.key, undated.key}) == 3
    assert old.series == new.series == undated.series == ("standard", "DB99/T 0001")


def test_an_organisation_is_its_id_where_it_is_resolved() -> None:
    short, long = organisation("虚构海山", "xx.seamount"), organisation("虚构海山数字技术股份有限公司", "xx.seamount")
    assert short.key == long.key == short.series == ("organisation", "xx.seamount")
    assert organisation("虚构海山").key != organisation("虚构云图").key


def test_a_tender_is_its_label_with_and_without_its_number() -> None:
    assert TENDER.key == replace(TENDER, number=None).key == TENDER.series == ("tender", "示例平台采购项目")


def test_things_of_two_kinds_are_never_the_same() -> None:
    assert Node("product", "Eagle", "Eagle").key != Node("document", "Eagle", "Eagle").key
    assert DATE.key == ("date", "2030-01-05")


@pytest.mark.parametrize(
    ("page", "line", "words", "whole"),
    [
        (3, None, "page 3", "a.pdf, page 3"),
        (3, 7, "page 3", "a.pdf, page 3"),
        (None, 7, "line 7", "a.pdf, line 7"),
        (0, None, "page 0", "a.pdf, page 0"),
        (None, None, "", "a.pdf"),
    ],
)
def test_a_place_in_words(page: int | None, line: int | None, words: str, whole: str) -> None:
    place = evidence("x", "a.pdf", page, line)
    assert (place_words(page, line), place.place, place.path_and_place) == (words, words, whole)
