"""The facts beside a finding: every predicate that has a label, and none that has not."""

from __future__ import annotations

from typing import get_args

import pytest

from clauselight.graph.facts import FactLookup
from clauselight.model.statement import Node, Predicate, Statement
from made_statements import TENDER, account, clause, made, organisation, standard, statement

OLD, NEW, UNDATED = standard(), standard("DB99/T 0001-2033"), standard("DB99/T 0001")


def facts(own: list[Statement], others: list[Statement]) -> list[tuple[str, str]]:
    return list(FactLookup(account(*own, *others)).of(own))


@pytest.mark.parametrize("predicate", get_args(Predicate))
def test_each_predicate_is_a_fact_where_its_row_says_so(predicate: Predicate) -> None:
    s = made(predicate)
    own = [clause(standard())] if s.row.elsewhere else [clause(standard()), s]
    shown = {
        "subject": s.subject.label,
        "date": s.date,
        "elsewhere": f"{s.subject.label} ({s.qualifier}; {s.evidence[0].path})",
    }["elsewhere" if s.row.elsewhere else "date" if s.row.day else "subject"]
    assert facts(own, [s]) == ([(s.row.fact, shown)] if s.row.fact else [])


def test_facts_come_in_the_order_of_the_table_and_names_in_that_of_the_document() -> None:
    own = [
        made("effective_on"),
        statement("issued", organisation("虚构市示例局"), OLD),
        statement("drafted", organisation("示例大学"), OLD),
        statement("drafted", Node("organisation", "虚构云", "虚构云", truncated=True), OLD),
        made("published_on"),
        clause(OLD),
    ]
    assert facts(own, [made("claims_conformity"), made("mandates")]) == [
        ("drafted by", "示例大学; 虚构云 … (breaks off)"),
        ("issued by", "虚构市示例局"),
        ("dated", "2030-01-05"),
        ("takes effect", "2030-01-05"),
        ("made binding by", "示例平台采购项目 (None; a.txt)"),
        ("claimed to be met by", "Seamount Eagle platform (None; a.txt)"),
    ]


def test_a_tender_that_cites_without_a_year_binds_the_newest_edition_only() -> None:
    binds = statement("mandates", TENDER, UNDATED, qualifier="undated")
    old, new = [clause(OLD)], [clause(NEW)]
    assert facts(new, [*old, binds]) == [("made binding by", "示例平台采购项目 (undated; a.txt)")]
    assert facts(old, [*new, binds]) == []
    assert facts(old, [binds]) == facts(new, [binds]) != []  # as long as no newer edition is at hand


def test_another_edition_is_not_charged() -> None:
    assert facts([clause(OLD)], [statement("mandates", TENDER, NEW, qualifier="dated")]) == []
