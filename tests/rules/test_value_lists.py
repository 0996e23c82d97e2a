"""What belongs to the list that a finding opens, and where the list ends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import candidate, document, rule

from clauselight.model import Context
from clauselight.rules.find import Finder
from clauselight.rules.lists import Lists
from clauselight.rules.pack import Pack, RuleBook

BOOK = RuleBook((Pack("zz", "mul", rules=(rule("value", term="zasian"), rule("value", "religion", term="zfaith"))),))
CODE = Context("code")
ENTRY = "1 = zasian"


def entries(lines: list[str], *contexts: Context) -> list[int]:
    """Numbers of the lines that are entries of the list that the first line opens."""
    owner = candidate(rule("field"), end=len(lines[0]))
    return [c.first for c in Lists(BOOK).values_of(document(lines, contexts), owner)]


def padded(entry: str, length: int) -> str:
    return entry + " " + "-" * (length - len(entry) - 1)


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ([], [1]),
        ([""] * 88, [89]),
        ([""] * 89, []),
        (["No entry。"], [2]),
        (["No entry。"] * 2, []),
        (["2 = other"] * 2, [3]),
        (["2 = other"] * 3, []),
        ([ENTRY, *["2 = other"] * 2], [1, 4]),
    ],
)
def test_a_list_of_running_text_ends_where_lines_say_nothing_of_it(between: list[str], found: list[int]) -> None:
    assert entries(["race", *between, ENTRY]) == found


@pytest.mark.parametrize(
    ("entry", "is_one"),
    [
        (padded(ENTRY, 120), True),
        (padded(ENTRY, 121), False),
        ("zasian abcdefg", True),  # 6 of 13 letters
        ("zasian abcdefgh", False),
        ("." * 24 + " = zasian", True),
        ("." * 25 + " = zasian", False),
        ("zasian。", False),
        ("1 = zfaith", False),
    ],
)
def test_an_entry_of_running_text_is_short_and_mostly_values(entry: str, is_one: bool) -> None:
    assert entries(["race", entry]) == [1] * is_one


@pytest.mark.parametrize(
    ("entry", "is_one"),
    [
        (padded("zasian", 300), True),
        (padded("zasian", 301), False),
        ("zasian " + "x" * 14, True),  # 6 of 20 letters
        ("zasian " + "x" * 15, False),
    ],
)
def test_an_entry_of_code_may_be_longer(entry: str, is_one: bool) -> None:
    assert entries(["race {", entry], CODE, CODE) == [1] * is_one


def test_a_row_of_a_table_needs_no_share() -> None:
    assert entries(["race", "zasian " + "x" * 99], Context("table"), Context("table")) == [1]


def test_an_entry_names_the_list_that_it_follows() -> None:
    owner = candidate(rule("field"))
    owner.hits[0] = replace(owner.hits[0], text="r" * 41)
    assert [c.via for c in Lists(BOOK).values_of(document(["race", ENTRY]), owner)] == ["list of " + "r" * 40]


@pytest.mark.parametrize(("outside", "found"), [(3, [5]), (4, [])])
def test_a_body_of_code_may_be_interrupted_by_three_lines(outside: int, found: list[int]) -> None:
    lines = ["race {", "}", *["other"] * (outside - 1), "", "zasian"]
    contexts = [CODE] * (len(lines) - 1) + [Context("code", owners=("race",))]
    assert entries(lines, *contexts) == found


@pytest.mark.parametrize(("name", "lines"), [("zqrt", [2, 4]), ("zqr", [2])])
def test_a_name_declared_under_the_comment_is_followed_if_it_is_not_too_short(
    finder: Finder, name: str, lines: list[int]
) -> None:
    from clauselight.formats.session import ReadOptions
    from clauselight.model import Blob
    from clauselight.pipeline.analyse import analyse
    from clauselight.pipeline.options import Analysis

    lines_of_code = [
        "class FaceResult {",
        "// race of the face, by the camera",
        f"String {name};",
        f"void f() {{ show({name}); }}",
        "}",
    ]
    source = "\n".join(lines_of_code)
    found = analyse(Blob("A.java", data=source.encode()), Analysis(finder), ReadOptions("never")).findings
    assert [f.line for f in found if f.level == "finding"] == lines
