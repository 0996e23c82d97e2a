"""Lists of peoples or races that nothing names, by the real packs: what is one, what is none, and where it begins."""

from __future__ import annotations

import pytest

from clauselight.model import Document, Finding
from clauselight.model.document import LineLayout
from clauselight.rules.find import Finder
from clauselight.rules.load import load
from clauselight.structure.describe import describer

FINDER = Finder(load())
PEOPLES = ["汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝"]
MAP = ["public class GroupMap {", "  static {", *(f'    m.put("0{n}","{p}族");' for n, p in enumerate(PEOPLES)), "}}"]
ARRAY = ["static const char *list[] =", "{", *(f'\t"{p}",\t/* {n} */' for n, p in enumerate(PEOPLES)), "};"]
ROWS = [f"INSERT INTO dict (id, code, name) VALUES ({n}, '0{n}', '{p}族');" for n, p in enumerate(PEOPLES)]
JSON = ["[" + ", ".join(f'{{"value": "0{n}", "label": "{p}族"}}' for n, p in enumerate(PEOPLES)) + "]"]
RACES = ['LABELS = ["White", "Black", "Asian", "Indian", "Hispanic"]']


def found(lines: list[str], name: str = "invented.txt", kind: str = "code") -> list[Finding]:
    text = "\n".join(lines)
    layout = LineLayout(text, describer(kind, name), kind=kind)
    return FINDER.findings(Document(name, "text/plain", "text", text, layout))


def places(lines: list[str]) -> list[tuple[int | None, str, str, str]]:
    return [(f.line, f.attribute, f.level, f.role) for f in found(lines) if f.level != "mention"]


@pytest.mark.parametrize(
    ("lines", "opener", "first", "attribute", "entries"),
    [
        (MAP, [1], 3, "ethnicity", 7),
        (ARRAY, [1], 3, "ethnicity", 7),
        (ROWS, [], 1, "ethnicity", 7),
        (JSON, [], 1, "ethnicity", 1),
        (RACES, [], 1, "race", 1),
    ],
    ids=["map", "array", "rows", "json", "races"],
)
def test_a_list_in_code_is_evidence_by_itself(
    lines: list[str], opener: list[int], first: int, attribute: str, entries: int
) -> None:
    lines_of_it = [*opener, *range(first, first + entries)]
    assert places(lines) == [(line, attribute, "finding", "code_list") for line in lines_of_it]


def test_each_entry_names_its_own_people() -> None:
    assert [f.groups for f in found(ARRAY)[1:4]] == [("han",), ("mongol",), ("hui",)]
    assert found(ARRAY)[0].groups == ()


@pytest.mark.parametrize(
    "lines",
    [
        PEOPLES[:5],  # five names, a map of surnames may hold as many
        ['l = ["Kazakh", "Uzbek", "Tajik", "Mongolian", "Tibetan", "Uyghur", "Korean"]'],  # languages
        ['c = ["white", "black", "brown", "yellow", "red"]'],  # colours
        ['k = ["Asian", "Indian", "African", "Chinese", "Korean"]'],  # kitchens
        ['{"name": "' + "、".join(PEOPLES) + '"}'.ljust(4000)],  # a line too long to be a list
        ["藏语", "维吾尔语", "蒙古语", "苗语", "彝语", "壮语", "汉语"],
    ],
)
def test_other_lists_are_none(lines: list[str]) -> None:
    assert places(lines) == []


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["/* face attributes */", "enum FaceRace {", "RACE_WHITE = 1,", "RACE_BLACK = 2", "}"], "a.h"),
        (["# face attributes", "class FaceRace(Enum):", '  WHITE = "white"', '  BLACK = "black"'], "a.py"),
        (["// face attributes", "const faceRaces = [", "  'White',", "  'Black',", "];"], "a.ts"),
    ],
    ids=["enum", "class", "array"],
)  # fmt: skip
def test_a_declared_list_is_one_of_codes_whatever_it_is_for(lines: list[str], name: str) -> None:
    assert {f.role for f in found(lines, name) if f.level == "finding" and f.line == 2} == {"code_list"}


def test_a_class_that_has_a_list_is_none_itself() -> None:
    lines = [
        "class RaceClassifier(FaceModel):",
        '    labels = ["asian", "black", "white"]',
        "    def predict(self): ...",
    ]
    assert found(lines, "model.py")[0].role == "analytic_output"


def test_stop_and_search_is_no_search_for_people() -> None:
    lines = ["class StopAndSearch:", "    # stop and search record", "    self_defined_ethnicity = CharField()"]
    assert [f.role for f in found(lines, "invented.py") if f.level != "mention"] == ["data_field"]


def test_running_text_and_tables_hold_no_lone_list() -> None:
    assert [f for f in found(MAP, kind="prose") if f.level != "mention"] == []


def test_what_reads_identity_cards_makes_it_a_notice() -> None:
    lines = ["/* reads second generation identity cards */", "int id_card_read(struct id_card *card);", *ARRAY]
    assert {(f.level, f.role) for f in found(lines)} == {("notice", "code_list")}


def test_what_the_document_calls_ethnicities_are_some() -> None:
    lines = ['description = "Ethnicity of the person",', *RACES]
    assert {f.attribute for f in found(lines) if f.role == "code_list"} == {"ethnicity"}
