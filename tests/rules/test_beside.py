"""What the document adds to a doubtful place."""

from __future__ import annotations

import pytest
from made import candidate, document, rule

from clauselight.model import Against, Context, Support
from clauselight.rules.beside import firm_units, nearest, opened_list
from clauselight.rules.decision import Binding, Bonus, Decision, Step, Verdict
from clauselight.rules.draft import Draft
from clauselight.rules.lists import Lists
from clauselight.rules.pack import Pack, RuleBook

DOCUMENT = document(["line"] * 80)


def draft(attribute: str, unit: int, kind: str = "prose", step: Step = "mentioned") -> Draft:
    verdict = Verdict("finding" if step == "supported" else "mention", step)
    decision = Decision(verdict, "data_field", Binding(), "provides", Support(), Against(), None, ())
    return Draft(candidate(rule("word", attribute), unit=unit), Context(kind), decision, 0, 4)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("attribute", "kind", "gap", "points"),
    [("race", "prose", 0, 1.0), ("race", "prose", 2, 1.0), ("race", "prose", 3, 0.7), ("race", "prose", 16, 0.7),
     ("race", "prose", 17, 0.0), ("race", "code", 16, 0.7), ("race", "code", 17, 0.5), ("race", "markup", 70, 0.5),
     ("race", "table", 17, 0.0), ("religion", "prose", 3, 0.4), ("religion", "prose", 4, 0.0),
     ("religion", "code", 3, 0.6), ("religion", "code", 48, 0.6), ("religion", "markup", 49, 0.3)],
)  # fmt: skip
def test_a_finding_adds_by_its_distance(attribute: str, kind: str, gap: int, points: float) -> None:
    place = f"beside the {attribute} finding at line {gap + 1}"
    assert nearest(DOCUMENT, draft("race", 0, kind), {attribute: [gap]}) == Bonus(points, place)


def test_of_several_findings_the_one_that_adds_most_counts() -> None:
    doubtful = draft("race", 10)
    assert nearest(DOCUMENT, doubtful, {"religion": [11], "race": [0, 18]}) == Bonus(
        0.7, "beside the race finding at line 19"
    )
    assert nearest(DOCUMENT, doubtful, {}) == Bonus()


def test_only_findings_are_firm() -> None:
    drafts = [draft("race", 3, step="supported"), draft("race", 4), draft("race", 9, step="supported")]
    assert firm_units(drafts) == {"race": [3, 9]}


RACES = ("zalpha", "zbeta", "zgamma", "zdelta", "zepsilon", "zeta")
LISTS = Lists(RuleBook((Pack("zz", "mul", rules=tuple(rule("value", term=name) for name in RACES)),)))


@pytest.mark.parametrize(
    ("lines", "bonus"),
    [
        (["1 = zbeta", "2 = zalpha"], Bonus(0.9, "opens a list: zalpha, zbeta")),
        (["1 = zalpha", "2 = zalpha"], Bonus()),
        (["1 = zalpha, zbeta"], Bonus()),
        ([f"1 = {name}" for name in RACES], Bonus(0.9, "opens a list: zalpha, zbeta, zdelta, zgamma")),
        ([", ".join(RACES), "1 = zeta"], Bonus(0.9, "opens a list: zalpha, zbeta, zdelta, zepsilon, zeta")),
        (["1 = zalpha", " " * 1178, "2 = zbeta"], Bonus(0.9, "opens a list: zalpha, zbeta")),
        (["1 = zalpha", " " * 1179, "2 = zbeta"], Bonus()),
    ],
)
def test_a_list_of_two_races_adds_to_the_place_that_opens_it(lines: list[str], bonus: Bonus) -> None:
    text = document(["race", *lines])
    assert opened_list(text, draft("race", 0).candidate, LISTS) == bonus
    assert opened_list(text, draft("ethnicity", 0).candidate, LISTS) == Bonus()
