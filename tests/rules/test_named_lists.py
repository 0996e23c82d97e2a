"""Lists that a name in code holds: on its own line, in rows that are put into its table, and below notices."""

from __future__ import annotations

import pytest

from clauselight.model import Document, Finding
from clauselight.model.document import LineLayout
from clauselight.rules.find import Finder
from clauselight.rules.load import load
from clauselight.structure.describe import describer

FINDER = Finder(load())


def found(lines: list[str], name: str) -> list[Finding]:
    text = "\n".join(lines)
    layout = LineLayout(text, describer("code", name), kind="code")
    return [f for f in FINDER.findings(Document(name, "text/plain", "text", text, layout)) if f.level != "mention"]


@pytest.mark.parametrize(
    ("line", "name", "attribute", "role", "groups"),
    [
        ("enum Religion { HINDU, MUSLIM, SIKH }", "a.ts", "religion", "code_list", ("hindu", "muslim", "sikh")),
        (
            "const TON_GIAO = ['Phật giáo', 'Công giáo', 'Cao Đài'];",
            "a.js",
            "religion",
            "code_list",
            ("buddhist", "cao_dai", "catholic"),
        ),
        ('{"ethnie": {"enum": ["arabe", "berbère", "peul"]}}', "a.json", "ethnicity", "data_field", ()),
        ('{"couleur_peau": ["blanche", "noire", "mate"]}', "a.json", "skin_colour", "data_field", ()),
        ("public enum Hautfarbe { Hell, Mittel, Dunkel }", "a.cs", "skin_colour", "code_list", ()),
    ],
)
def test_a_name_that_holds_three_of_its_values_lists_them(
    line: str, name: str, attribute: str, role: str, groups: tuple[str, ...]
) -> None:
    assert [(f.attribute, f.level, f.role, f.groups) for f in found([line], name)] == [
        (attribute, "finding", role, groups)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "enum Religion { HINDU, MUSLIM }",
        "const religion = find('Hindu', compare('Muslim', somethingElseAltogether), sortedByTheNameOfTheSikh);",
        "const languages = ['Arabic', 'Kurdish', 'Berber'];",
        "enum Religion { SUN, MOON, STARS }",
    ],
)
def test_two_values_or_other_words_are_no_such_list(line: str) -> None:
    assert found([line], "a.ts") == []


ROWS = ["(1, 'Católica')", "(2, 'Evangélica')", "(3, 'Testigos de Jehová')", "(4, 'Judía')"]


def test_the_rows_that_are_put_into_a_table_are_entries_whichever_comes_first() -> None:
    lines = [f"INSERT INTO religiones VALUES {row};" for row in ROWS]
    assert [(f.line, f.level, f.role, f.groups) for f in found(lines, "a.sql")] == [
        (1, "finding", "code_list", ("catholic",)),
        (2, "finding", "code_list", ("protestant",)),
        (3, "finding", "code_list", ("jehovahs_witness",)),
        (4, "finding", "code_list", ("jewish",)),
    ]


def test_rows_of_other_tables_are_none() -> None:
    assert found([f"INSERT INTO escuelas VALUES {row};" for row in ROWS], "a.sql") == []
    assert found(["INSERT INTO religiones VALUES (1, 'Católica');", "SELECT 1;", *ROWS], "a.sql") == []


def test_one_list_is_told_once_under_its_own_attribute() -> None:
    lines = ['{"skin_color": ["white", "black", "asian", "hispanic"]}']
    assert [(f.attribute, f.role) for f in found(lines, "a.json")] == [("skin_colour", "data_field")]


def test_entries_of_a_notice_are_notices() -> None:
    lines = [
        "// patient registration form of the hospital",
        "enum PatientReligion {",
        "  HINDU,",
        "  MUSLIM,",
        "  SIKH",
        "}",
    ]
    assert [(f.line, f.level, f.role) for f in found(lines, "a.ts") if f.line != 1] == [
        (2, "notice", "code_list"),
        (3, "notice", "code_list"),
        (4, "notice", "code_list"),
        (5, "notice", "code_list"),
    ]
