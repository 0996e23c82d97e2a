"""No body is said to have done what the text does not say of it."""

from __future__ import annotations

import pytest

from clauselight.pipeline.examples import text_document
from clauselight.statements.extract import statements


def told(text: str) -> set[tuple[str, str, str]]:
    """All statements of a text."""
    return {(s.predicate, s.subject.label, s.object.label) for s in statements(text_document(text, "a.txt"))}


def test_a_reference_is_not_the_number_of_the_document() -> None:
    text = (
        "## 前言\n\n本文件起草单位：示例科学研究院。\n\n# 示例采集要求\n\n## 2 规范性引用文件\n\nGB/T 90901 示例\n\n"
        "GB/T 90902 示例要求\n"
    )
    assert told(text) == {
        ("drafted", "示例科学研究院", "a.txt"),
        ("cites", "a.txt", "GB/T 90901"),
        ("cites", "a.txt", "GB/T 90902"),
    }


def test_a_letter_to_the_purchaser_names_none() -> None:
    text = (
        "项目名称：示例更新项目\n项目编号：EX-310-2031-05\n采购人：虚构市示例局\n"
        "致采购人：\n我方现参加贵方招标项目的投标。\n"
        "致采购人：\n我（姓名）系（供应商名称）的法定代表人，现授权委托本单位职工为代理人。\n"
    )
    assert {s for s in told(text) if s[0] == "purchases"} == {("purchases", "虚构市示例局", "示例更新项目")}


@pytest.mark.parametrize("verb", ["announced", "claimed", "said", "stated"])
def test_who_announces_is_named_without_the_verb(verb: str) -> None:
    text = f"Northern camera giant Seamount {verb} it has achieved the ISO 97301 certification."
    assert told(text) == {("claims_conformity", "Seamount", "ISO 97301")}


def test_two_lists_of_a_report_on_two_standards_are_of_neither() -> None:
    text = (
        "Watchdog: rules written by vendors\n\nDB99/T 0001-2030 is the older rule book.\n\n"
        "Drafting organizations of this section: Example Institute, Seamount Co., Ltd. [emphasis added]\n\n"
        "DB99/T 0002-2033 is the newer one. A spokesman said nothing.\n"
    )
    assert not any(p == "drafted" for p, _, _ in told(text))


@pytest.mark.parametrize(
    "line",
    [
        "采购人：虚构市示例局,联系人:李样本,电话:12345678",
        "采购人：虚构市示例局联系电话:028-12345678 传真:028-12345678 联系人:李样本",
        "采购人：虚构市示例局采购代理机构：示例采购中心",
        "采购人：虚构市示例局二、项目名称:示例软件",
    ],
)
def test_the_name_of_a_purchaser_ends_before_the_next_label(line: str) -> None:
    found = told(f"项目名称：示例更新项目\n项目编号：EX-310-2031-05\n{line}\n")
    names = {a for p, a, _ in found if p == "purchases"}
    assert names - {"示例采购中心"} == {"虚构市示例局"}
    assert not any("李样本" in part for row in found for part in row)


def test_a_name_with_a_list_of_parts_is_whole_and_an_empty_one_none() -> None:
    assert ("purchases", "虚构市示例局", "示例第一、二期项目") in told(
        "项目名称：示例第一、二期项目\n采购人：虚构市示例局\n招标\n投标\n"
    )
    assert not any("" in row for row in told("项目名称：项目编号：EX-1\n采购人：虚构市示例局\n招标\n投标\n"))
