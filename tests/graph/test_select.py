"""The part of all statements that answers a question."""

from __future__ import annotations

import pytest

from clauselight.errors import UsageError
from clauselight.graph.select import Question, select
from clauselight.model.statement import Node
from made_statements import TENDER, clause, organisation, standard, statement

OLD, NEW, OTHER = standard(), standard("DB99/T 0001-2033"), standard("DB99/T 0009-2030")
EAGLE = Node("product", "Eagle", "Eagle")
CLAUSE = clause(OLD)
DRAFTED = statement("drafted", organisation("虚构云图科技有限公司", "xx.cloudfig"), OLD)
BINDS = statement("mandates", TENDER, OLD)
BUYS = statement("purchases", organisation("虚构市示例局"), TENDER)
REPLACES = statement("replaces", NEW, OLD)
CLAIMS = statement("claims_conformity", EAGLE, OLD)
RELIGION = clause(OTHER, "religion")
CITES = statement("cites", OTHER, OLD)
ALL = [CLAUSE, DRAFTED, BINDS, BUYS, REPLACES, CLAIMS, RELIGION, CITES]


def test_no_question_keeps_all_in_order() -> None:
    assert select(ALL, Question()) == ALL


def test_an_attribute_brings_what_is_said_of_its_documents_and_of_those_that_bind_them() -> None:
    assert select(ALL, Question(attribute="skin_colour")) == [CLAUSE, DRAFTED, BINDS, BUYS, REPLACES, CLAIMS, CITES]
    assert select(ALL, Question(attribute="religion")) == [RELIGION, CITES]
    assert select(ALL, Question(attribute="race")) == []


def test_an_attribute_finds_a_claimant_under_each_of_its_spellings() -> None:
    claims = statement("claims_conformity", organisation("虚构海山", "xx.seamount"), OLD)
    supplies = statement("supplies", organisation("虚构海山数字技术有限公司", "xx.seamount"), TENDER)
    assert select([CLAUSE, claims, supplies], Question(attribute="skin_colour")) == [CLAUSE, claims, supplies]


def test_an_organisation_brings_the_clauses_of_its_documents() -> None:
    assert select(ALL, Question(organisation="云图")) == [CLAUSE, DRAFTED, BINDS, CLAIMS]
    assert select(ALL, Question(organisation="CLOUDFIG")) == [CLAUSE, DRAFTED, BINDS, CLAIMS]
    assert select(ALL, Question(organisation="示例局")) == [BINDS, BUYS]


def test_a_standard_with_its_year_is_one_edition_and_without_it_all() -> None:
    assert select(ALL, Question(standard="DB99T 0001-2033")) == [REPLACES]
    assert select(ALL, Question(standard="DB99T 0001")) == [CLAUSE, DRAFTED, BINDS, REPLACES, CLAIMS, CITES]


def test_each_part_narrows_the_answer() -> None:
    assert select(ALL, Question("skin_colour", "云图", "DB99/T 0001")) == [CLAUSE, DRAFTED, BINDS, CLAIMS]


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(UsageError, match="--standard nothing: not the number of a standard"):
        select(ALL, Question(standard="nothing"))
