"""Notices that are data: what a value is by its path, and files that are not whole."""

from __future__ import annotations

from clauselight.pipeline.examples import text_document
from clauselight.statements.extract import statements
from clauselight.statements.notices import json_values, xml_values

OCDS = """{"ocid": "x-1", "date": "2031-01-31T00:00:00Z", "buyer": {"name": "Example City"},
 "tender": {"id": "X-1", "title": "Example cameras", "value": {"amount": 5, "currency": "EUR"}},
 "awards": [{"date": "2031-03-01", "suppliers": [{"name": "Seamount Ltd."}], "value": {"amount": 4}}]}"""


def test_values_of_json_have_paths_and_places() -> None:
    text = '{"a": {"b": "one"}, "c": [2, true]}'
    assert [(v.path, v.text, text[v.start : v.end]) for v in json_values(text)] == [
        (("a", "b"), "one", "one"),
        (("c", "0", ""), "2", "2"),
        (("c", "1", ""), "true", "true"),
    ]


def test_values_of_xml_have_paths_places_and_currencies() -> None:
    text = '<n:A><B currencyID="EUR"> 5 &amp; 6 </B></n:A>'
    assert [(v.path, v.text, text[v.start : v.end], v.unit) for v in xml_values(text)] == [
        (("A", "B"), "5 & 6", "5 &amp; 6", "EUR")
    ]


def test_a_release_says_who_buys_and_supplies_when_and_for_how_much() -> None:
    found = statements(text_document(OCDS, "a.json"))
    assert [(s.predicate, s.subject.label, s.object.label, s.date, s.value) for s in found] == [
        ("published_on", "Example cameras", "2031-01-31", "2031-01-31", None),
        ("purchases", "Example City", "Example cameras", "2031-01-31", "5 EUR"),
        ("published_on", "Example cameras", "2031-03-01", "2031-03-01", None),
        ("supplies", "Seamount Ltd.", "Example cameras", "2031-03-01", "4"),
    ]


def test_a_notice_whose_tags_are_torn_is_read_as_far_as_it_goes() -> None:
    text = "<ContractNotice><ContractFolderID>X-1</ContractFolderID></ContractNotice><ID>Y-2</ID>"
    assert statements(text_document(text, "a.xml")) == []
