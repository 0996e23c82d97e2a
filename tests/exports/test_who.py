"""Statements written out: the chain as a picture and a page, masked, and complete in JSON lines."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from clauselight.exports.registry import Settings, outputs
from clauselight.exports.statements.ftm import amount_and_currency
from clauselight.graph.account import Account
from clauselight.pipeline.examples import text_document
from clauselight.statements.extract import statements

TEXT = """DB99/T 0001-2030 <示例> & 规范
2030-01-05发布 2030-03-01实施
本标准起草单位：虚构海山数字技术股份有限公司、示例大学。
本标准主要起草人：王示例、李虚构。
本标准由虚构市示例局提出，联系人：王示例 13800000000。
"""


def written(form: str, unmask: bool = False) -> str:
    stream = io.StringIO()
    account = Account(statements(text_document(TEXT, "a.txt")), [])
    outputs("statements")[form].write(stream, account, Settings(unmask))
    return stream.getvalue()


def test_every_form_is_there() -> None:
    assert set(outputs("statements")) == {"table", "jsonl", "ftm", "dot", "svg", "html"}


def test_the_picture_is_well_formed_and_tells_its_quotes() -> None:
    root = ET.fromstring(written("svg"))
    titles = [e.text or "" for e in root.iter("{http://www.w3.org/2000/svg}title")]
    assert any(
        "虚构海山数字技术股份有限公司 drafted DB99/T 0001-2030" in t and "“虚构海山数字技术股份有限公司”" in t
        for t in titles
    )
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))


def test_the_page_loads_nothing() -> None:
    seen: set[str] = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.add(tag)
            assert not {name for name, _ in attrs} & {"src", "href", "onclick"}

    Tags().feed(written("html"))
    assert "script" not in seen and "table" in seen


@pytest.mark.parametrize("form", ["table", "jsonl", "ftm", "dot", "svg", "html"])
def test_nobody_is_named(form: str) -> None:
    out = written(form)
    assert "王示例" not in out and "13800000000" not in out


def test_json_lines_hold_everything() -> None:
    rows = [json.loads(line) for line in written("jsonl").splitlines()]
    assert [r["subject"]["name"] for r in rows if r.get("predicate") == "drafted"] == [
        "虚构海山数字技术股份有限公司",
        "示例大学",
    ]
    assert rows[-1]["type"] == "summary" and rows[-1]["complete"]
    assert all(r["evidence"] for r in rows if r["type"] == "statement")


def test_followthemoney_takes_every_entity() -> None:
    model = pytest.importorskip("followthemoney", reason="needs the ICU headers: see CONTRIBUTING.md").model

    rows = [json.loads(line) for line in written("ftm").splitlines()]
    assert {r["schema"] for r in rows} == {"Organization", "Document", "UnknownLink"}
    ids = {r["id"] for r in rows}
    for row in rows:
        proxy = model.get_proxy(row, cleaned=False)
        proxy.schema.validate(row)
        for name, values in row["properties"].items():
            assert sorted(proxy.get(name)) == sorted(values), name
        if row["schema"] == "UnknownLink":
            assert {*row["properties"]["subject"], *row["properties"]["object"], *row["properties"]["proof"]} <= ids
            assert row["properties"]["description"]


@pytest.mark.parametrize("form", ["table", "jsonl", "svg", "html"])
def test_the_timeline_is_in_order_and_names_its_sources(form: str) -> None:
    from clauselight.entities.catalogue import load
    from clauselight.entities.resolve import Resolver
    from clauselight.exports.timeline import events

    text = TEXT.replace("示例大学", "北京旷视科技有限公司")
    found = Resolver(load()).resolve(statements(text_document(text, "a.txt")))
    account = Account(found, [], False, load())
    stream = io.StringIO()
    outputs("timeline")[form].write(stream, account, Settings())
    out = stream.getvalue()
    rows = events(account)
    assert [e.date for e in rows] == sorted(e.date for e in rows)
    assert [e.date for e in rows if e.kind == "delisted"] == ["2025-01-07"]
    at = [out.index(day) for day in ("2019-10-09", "2025-01-07", "2030-01-05", "2030-03-01")]
    assert at == sorted(at)
    assert "王示例" not in out
    if form != "svg":
        assert "incomplete" in out.casefold() or '"complete": false' in out
    if form == "svg":
        ET.fromstring(out)


@pytest.mark.parametrize(
    ("printed", "number", "currency"),
    [
        ("1,200.50万元", "12005000", "CNY"),
        ("1100000 EUR", "1100000", "EUR"),
        ("￥2,300,000.00元", "2300000", "CNY"),
        ("1180.5 万元", "11805000", "CNY"),
        ("2亿元", "200000000", "CNY"),
        ("详见附件", None, None),
        (None, None, None),
    ],
)
def test_sums_as_numbers(printed: str | None, number: str | None, currency: str | None) -> None:
    assert amount_and_currency(printed) == (number, currency)


def test_an_award_is_an_award() -> None:
    text = (
        "示例项目中标公告\n项目名称：示例平台采购\n采购人：虚构市示例局\n"
        "中标供应商：虚构海山数字技术股份有限公司\n中标金额：100万元\n中标日期：2031-02-03\n"
    )
    stream = io.StringIO()
    outputs("statements")["ftm"].write(stream, Account(statements(text_document(text, "a.txt")), []), Settings())
    rows = {r["schema"]: r["properties"] for r in map(json.loads, stream.getvalue().splitlines())}
    assert (
        rows["ContractAward"]["amount"] == ["1000000"]
        and rows["ContractAward"]["date"] == ["2031-02-03"]
        and rows["CallForTenders"]["authority"]
        and rows["Contract"]["title"] == ["示例平台采购"]
    )
