"""Statements of prefaces, tenders and prose; the real standards of the corpus where it is at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clauselight.api import read
from clauselight.errors import UsageError
from clauselight.graph.select import Question, select
from clauselight.model.statement import Node, Statement
from clauselight.pipeline.examples import text_document
from clauselight.statements.extract import statements

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
COVER = """ICS 13.310
A 91
DB99
地 方 标 准
DB99/T 0001.2—2030
代替 DB99/T 0001—2020
示例视频分析系统
第2部分：数据项
2030-01-05发布 2030-03-01实施
虚构市市场监督管理局 发布
前 言
本部分按照 GB/T 1.1—2020 给出的规则起草。
本部分由虚构市示例局提出。
本部分由虚构市安全防范标准化技术委员会（DB99/TC 1）归口。
本部分起草单位：虚构海山数字技术股份有
限公司、示例大学、虚构云图（北京）科技有限公司。
本部分主要起草人：王示例、李虚构。
"""


def rows(text: str, name: str = "a.txt") -> list[tuple[str, str, str]]:
    return [(s.predicate, s.subject.label, s.object.label) for s in statements(text_document(text, name))]


def test_a_preface() -> None:
    found = rows(COVER)
    own = "DB99/T 0001.2-2030"
    assert [r[1] for r in found if r[0] == "drafted"] == [
        "虚构海山数字技术股份有限公司",
        "示例大学",
        "虚构云图（北京）科技有限公司",
    ]
    for row in (
        ("proposed", "虚构市示例局", own),
        ("administers", "虚构市安全防范标准化技术委员会（DB99/TC 1）", own),
        ("issued", "虚构市市场监督管理局", own),
        ("published_on", own, "2030-01-05"),
        ("effective_on", own, "2030-03-01"),
        ("replaces", own, "DB99/T 0001-2020"),
        ("cites", own, "GB/T 1.1-2020"),
    ):
        assert row in found
    assert {s.subject.title for s in statements(text_document(COVER, "a.txt")) if s.predicate == "published_on"} == {
        "示例视频分析系统　第2部分：数据项"
    }
    assert not any("王示例" in r[1] + r[2] for r in found)


def test_every_quote_stands_where_it_says() -> None:
    document = text_document(COVER, "a.txt")
    for s in statements(document):
        for e in s.evidence:
            assert document.text[e.start : e.end] == e.quote


@pytest.mark.parametrize(
    "label",
    ["主要起草单位：", "本标准负责起草单位:", "起草单位 ", "主编单位：", "本规范编制单位：", "本文件的起草单位有："],
)
def test_labels_of_drafters(label: str) -> None:
    assert [
        r[1] for r in rows(f"DB99/T 0002-2030 前言\n{label}甲示例科技有限公司、乙示例研究所。") if r[0] == "drafted"
    ] == [
        "甲示例科技有限公司",
        "乙示例研究所",
    ]


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        (
            "本标准由示例部研究所负责起草，甲科技有限公司、乙大学参加起草。",
            ["示例部研究所", "甲科技有限公司", "乙大学"],
        ),
        (
            "主编单位：甲示例研究院\n参编单位：乙示例有限公司\n丙示例大学\n主要起草人：王某",
            ["甲示例研究院", "乙示例有限公司", "丙示例大学"],
        ),
        ("标准起草单位：甲示例科技有限公司;乙示例研究所", ["甲示例科技有限公司", "乙示例研究所"]),
        (
            "本文件主要起草单位：甲示例科技有限公司（以下简称“甲”）、乙示例研究所。",
            ["甲示例科技有限公司", "乙示例研究所"],
        ),
        ("起草单位：示例集团公司第 28 研究所、乙公司。", ["示例集团公司第 28 研究所", "乙公司"]),
        (
            (
                "Chief drafting unit: First Example Institute\n"
                "Participating drafting units: Example Technology Co., Ltd., Example University"
            ),
            ["First Example Institute", "Example Technology Co., Ltd.", "Example University"],
        ),
        (
            "Organizations that drafted this standard: First Example Institute, Example Technology Co., Ltd.",
            ["First Example Institute", "Example Technology Co., Ltd."],
        ),
        ("本标准由示例部提出。本标准按照GB/T 1.1起草。", []),
    ],
)
def test_forms_of_lists(printed: str, wanted: list[str]) -> None:
    text = f"GA/T 9001-2010\n示例技术要求\n2010-01-05发布 2010-03-01实施\n前言\n{printed}\n1 范围\n本标准规定了示例。"
    assert [r[1] for r in rows(text) if r[0] == "drafted"] == wanted


def test_an_empty_list_stays_empty_and_a_torn_name_is_marked() -> None:
    assert not rows("前言\n起草单位：\n\n起草人员：\n")
    (*_, last) = statements(text_document("起草单位：甲示例科技有限公司、乙示例股份有", "a.txt"))
    assert last.subject.truncated


def test_a_tender_binds_and_a_vendor_claims() -> None:
    tender = (
        "招标公告\n项目名称：示例平台采购\n采购人：虚构市示例局\n中标供应商：虚构海山数字技术股份有限公司\n"
        "★投标产品必须符合DB99/T 0001.2-2030的要求。\n参考GB/T 1.1。"
    )
    found = rows(tender)
    assert ("mandates", "示例平台采购", "DB99/T 0001.2-2030") in found
    assert ("purchases", "虚构市示例局", "示例平台采购") in found
    assert ("supplies", "虚构海山数字技术股份有限公司", "示例平台采购") in found
    assert ("cites", "示例平台采购", "GB/T 1.1") in found
    claims = statements(
        text_document(
            (
                "Our platform passed DB99/T 0001-2030. It will support DB99/T 0002-2030. It does not support "
                "DB99/T 0003-2030."
            ),
            "vendor.txt",
        )
    )
    assert [(s.predicate, s.object.label, s.qualifier) for s in claims] == [
        ("claims_conformity", "DB99/T 0001-2030", "passed"),
        ("claims_conformity", "DB99/T 0002-2030", "planned"),
        ("cites", "DB99/T 0003-2030", "denied"),
    ]


def test_english_dates_go_to_their_standard() -> None:
    text = (
        "DB99/T 0001-2030 passed in November 2030 and comes into effect on May 1, 2031. DB99/T 0002-2030 was "
        "issued on 2030-02-03."
    )
    assert {
        ("published_on", "DB99/T 0001-2030", "2030-11"),
        ("effective_on", "DB99/T 0001-2030", "2031-05-01"),
        ("published_on", "DB99/T 0002-2030", "2030-02-03"),
    } <= set(rows(text))


def test_a_statement_needs_evidence() -> None:
    node = Node("document", "a", "a")
    with pytest.raises(ValueError, match="without evidence"):
        Statement("cites", node, node, ())


def test_select() -> None:
    found = statements(text_document(COVER, "a.txt"))
    assert {s.predicate for s in select(found, Question(organisation="云图"))} == {"drafted"}
    assert select(found, Question(standard="DB99T 0001.2")) and not select(found, Question(standard="GB/T 9999"))
    assert not select(found, Question(attribute="race"))
    with pytest.raises(UsageError):
        select(found, Question(standard="nothing"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this checkout")
@pytest.mark.parametrize(
    "row",
    [json.loads(line) for line in (CORPUS / "drafters_gold.jsonl").read_text().splitlines()] if CORPUS.is_dir() else [],
    ids=lambda r: r["file"].rsplit("/", 1)[-1],
)
def test_drafters_of_real_standards(row: dict[str, object]) -> None:
    file = CORPUS / str(row["file"])
    if "GAT_1400.1" in file.name:
        pytest.skip("19 scanned pages: measured by benchmarks/drafters.py")
    found = [s for s in statements(read(file, ocr="never")) if s.predicate == "drafted"]
    assert [s.subject.name for s in found] == row["drafting_organisations"]
