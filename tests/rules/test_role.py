"""The role: named steps tried in order."""

from __future__ import annotations

from typing import Any

import pytest
from made import candidate, rule

from clauselight.model import Context
from clauselight.rules.evidence import CueScores
from clauselight.rules.role import decide_role

PROSE, CODE, TABLE = Context(), Context("code"), Context("table")
WORD = candidate(rule("word"))


def scores(domains: dict[str, float] | None = None, around: Any = None, here: Any = None) -> CueScores:
    made = CueScores()
    made.domains.update(domains or {})
    made.roles.update(around or {})
    made.local_roles.update(here or {})
    return made


def test_a_notice_is_of_identity_or_of_another_record() -> None:
    assert decide_role(WORD, PROSE, scores({"papers": 0.8, "civil": 0.8}), "notice", "") == "identity_record"
    assert decide_role(WORD, PROSE, scores({"papers": 0.8, "civil": 0.9}), "notice", "") == "data_field"


def test_the_rule_that_says_most_names_the_role() -> None:
    both = candidate(rule("word", role="data_field"), rule("sorts", role="alarm"))
    assert decide_role(both, PROSE, scores(here={"search_filter": 9.0}), "finding", "") == "alarm"


def test_a_group_in_a_sentence_is_no_code_list() -> None:
    group = candidate(rule("group", role="code_list"))
    assert decide_role(group, TABLE, scores(), "finding", "") == "code_list"
    assert decide_role(group, PROSE, scores(here={"alarm": 1.0}), "finding", "") == "alarm"


@pytest.mark.parametrize(
    ("context", "around", "here", "role"),
    [
        (PROSE, {}, {}, "analytic_output"),
        (CODE, {}, {}, "data_field"),
        (PROSE, {"alarm": 1.0, "data_field": 1.0}, {}, "alarm"),
        (PROSE, {"alarm": 20.1}, {"data_field": 1.0}, "alarm"),  # 1.005 to 1.0
        (PROSE, {"alarm": 19.9}, {"data_field": 1.0}, "data_field"),  # 0.995 to 1.0
        (CODE, {"alarm": 1.43}, {}, "alarm"),  # 0.5005 to 0.5
        (CODE, {"alarm": 1.42}, {}, "data_field"),  # 0.497 to 0.5
        (PROSE, {"code_list": 9.0, "data_field": 0.1}, {}, "data_field"),
        (PROSE, {"alarm": 1.0}, {"code_list": 0.4}, "code_list"),
    ],
)
def test_the_role_with_the_most_points_is_taken(context: Context, around: Any, here: Any, role: str) -> None:
    assert decide_role(WORD, context, scores(around=around, here=here), "finding", "") == role


def test_a_declared_element_is_no_list() -> None:
    given = scores(here={"code_list": 1.0})
    assert decide_role(WORD, Context("markup"), given, "finding", "<xs:element name='race'>") == "data_field"
    assert decide_role(WORD, Context("markup"), given, "finding", "<race>") == "code_list"


@pytest.mark.parametrize(
    ("context", "domains", "role"),
    [
        (CODE, {"observe": 1.5, "police": 1.4}, "analytic_output"),
        (CODE, {"observe": 1.4}, "data_field"),
        (CODE, {"observe": 1.5, "police": 1.5}, "data_field"),
        (TABLE, {"observe": 1.5}, "data_field"),
    ],
)
def test_a_member_of_software_that_looks_at_people_holds_what_it_saw(context: Context, domains: Any, role: str) -> None:
    assert decide_role(WORD, context, scores(domains), "finding", "") == role
