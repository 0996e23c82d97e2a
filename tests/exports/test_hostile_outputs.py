"""Every output of every kind, and every form of a dossier, with names, quotes and notes that want to do harm.

The outputs come from their registries, so that a new one is held to this too.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest

from clauselight.case.orphans import Orphan
from clauselight.case.store import Judgement
from clauselight.dossier.blocks import Block, Bullets, Facts, Heading, Manuscript, Para, Picture, Quotation, Table
from clauselight.dossier.fonts import chinese_font
from clauselight.dossier.forms import forms
from clauselight.errors import UsageError
from clauselight.exports.findings.annotations import annotation
from clauselight.exports.registry import KINDS, Kind, Settings, outputs
from clauselight.graph.account import Account
from clauselight.model import Box, Coverage, Cue, Finding
from clauselight.model.coverage import Problem
from clauselight.model.finding import Clause
from clauselight.model.statement import Evidence, Node, Statement

#: what must reach no screen and no page as it is
RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
HOSTILE = (
    "a\x1b[2Jb", "a\x07b", "a\x9b31mb", "a\u202egpj.exe", "a\u2066b\u2069", "a\u2028b", "a\x85b",
    "a\r\nCoverage\r\n  files   9 read", "a\n~~~\nb", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "＝1", " =1",
    "a|b", "```\nb", "<script>alert(1)</script>", "]]><script>", "--><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>", "a\ufffeb", "a\uffffb", "a\udc80b", "&#x202e;a", "javascript:/alert(1).txt", "'a\x1bb",
)  # fmt: skip
ALL = [(kind, name) for kind in KINDS for name in outputs(kind)]


@dataclass(frozen=True)
class Judged:
    """A finding with a judgement, both hostile."""

    finding: Finding
    id: str
    judgements: tuple[Judgement, ...]
    source: str = "ab" * 32
    member: str = ""
    decision: str | None = "accept"
    carried: tuple[Orphan, ...] = ()


def finding(bad: str, number: int) -> Finding:
    """A finding all of whose words are hostile."""
    return Finding(
        bad, None, 3, 4, (), Clause(bad, (bad, bad), (bad,), (bad, bad), bad), "ethnicity", (), "data_field", "shall",
        bad, "provides", "finding", bad, ((0, 1),), bad, bad, 10 * number, 10 * number + len(bad), "cd" * 32, "ab" * 32,
        "zh.ethnicity.field", "ef" * 32, (Cue("observe", bad, "here", 1.0),), bad, 0.5,
    )  # fmt: skip


def statement(bad: str) -> list[Statement]:
    """A chain with a date, all hostile."""
    standard = Node("standard", bad, bad, bad, bad, bad)
    tender, firm = Node("tender", bad, bad, None, bad, bad), Node("organisation", bad, bad)
    place = (Evidence(bad, None, 3, (), bad, 0, len(bad)),)
    return [
        Statement("drafted", firm, standard, place, qualifier=bad, order=1),
        Statement("mandates", tender, standard, place, qualifier=bad, role=bad),
        Statement("purchases", firm, tender, place, date="2031-01-01", value=bad),
        Statement("published_on", standard, Node("date", bad, "2030-01-05"), place, "2030-01-05", qualifier=bad),
        Statement("specifies", standard, Node("attribute", "ethnicity", "ethnicity"), place, role="data_field"),
    ]


COVERAGE = [Coverage(bad, "partly", bad, 1, bad, problems=(Problem("damaged", bad),)) for bad in HOSTILE]


def written(kind: Kind, name: str) -> str | bytes:
    """What an output writes of all of it."""
    made = outputs(kind)[name]
    stream: Any = io.BytesIO() if made.binary else io.StringIO(newline="")
    settings = Settings(unmask=True, level="mention", reviewed=True)
    if kind == "findings":
        writer = made.write(stream, settings)
        for number, (bad, coverage) in enumerate(zip(HOSTILE, COVERAGE, strict=True)):
            judged = Judgement(f"{number:016x}", "accept", bad, bad, "2031-01-01T00:00:00Z")
            writer.write(coverage, [Judged(finding(bad, number), f"{number:016x}", (judged,))])
        writer.close(False)
    else:
        said = [s for bad in HOSTILE for s in statement(bad)]
        made.write(stream, Account(said, COVERAGE, False), settings)
    value: str | bytes = stream.getvalue()
    return value


class _Page(HTMLParser):
    """What tags and attributes a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def _holds_no_markup(text: str) -> None:
    page = _Page()
    page.feed(text)
    assert "script" not in page.tags and "img" not in page.tags
    assert not any(name.startswith("on") for name in page.attributes)


def _strings(value: object) -> list[str]:
    """Every string of a value of JSON."""
    if isinstance(value, dict):
        return [s for k, v in value.items() for s in (k, *_strings(v))]
    if isinstance(value, list):
        return [s for v in value for s in _strings(v)]
    return [value] if isinstance(value, str) else []


def _cells(name: str, data: str | bytes) -> list[object]:
    if name == "csv":
        assert isinstance(data, str)
        return [cell for row in csv.reader(io.StringIO(data, newline=""), strict=True) for cell in row]
    if name == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n"}  # no formula ("f"), no error ("e")
        return [cell.value for cell in cells]
    parquet = pytest.importorskip("pyarrow.parquet")
    return [cell for row in parquet.read_table(io.BytesIO(data)).to_pylist() for cell in row.values()]


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_an_output_lets_nothing_through(kind: Kind, name: str) -> None:
    if name in ("xlsx", "parquet"):
        pytest.importorskip("openpyxl" if name == "xlsx" else "pyarrow")
    made, data = outputs(kind)[name], written(kind, name)
    if name in ("csv", "xlsx", "parquet"):
        cells = [c for c in _cells(name, data) if isinstance(c, str)]
        assert not [c for c in cells if RAW.search(c)]
        assert not [c for c in cells if c.lstrip().startswith(("=", "+", "-", "@", "＝"))]
        return
    assert isinstance(data, str)
    assert not RAW.search(data)
    if made.suffix in (".html", ".svg"):
        _holds_no_markup(data)
    if made.suffix == ".html":
        assert "Content-Security-Policy" in data and "default-src 'none'" in data
    if made.suffix.endswith(".jsonl"):
        rows = [json.loads(line) for line in data.splitlines()]
        assert "a\u202egpj.exe" in {s for row in rows for s in _strings(row)}
    if made.suffix in (".sarif", ".jsonld"):
        assert "a\u202egpj.exe" in set(_strings(json.loads(data)))
    if made.suffix == ".txt":
        assert not [line for line in data.splitlines() if line.startswith(("Coverage\r", "  files   9", "~~~"))]
        assert sum(line == "Coverage" for line in data.splitlines()) == 1


def manuscript() -> Manuscript:
    """A dossier of nothing but hostile words."""
    blocks: list[Block] = []
    for number, bad in enumerate(HOSTILE):
        blocks += [
            Heading(2, bad, f"h{number}"), Para(bad), Quotation(bad, ((0, 1),)), Facts(((bad, bad),)),
            Table((bad, "b"), ((bad, bad),)), Bullets((bad,)), Picture(PNG, "p.png", bad),
        ]  # fmt: skip
    return Manuscript(HOSTILE[3], "2031-01-01T00:00:00+00:00", tuple(blocks))


def _png() -> bytes:
    image = pytest.importorskip("PIL.Image")
    out = io.BytesIO()
    image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


PNG = _png()


def _text_of(form: str, data: bytes) -> str:
    if form == "docx":
        docx = pytest.importorskip("docx")
        file = docx.Document(io.BytesIO(data))
        cells = [c.text for table in file.tables for row in table.rows for c in row.cells]
        return "\n".join([*(p.text for p in file.paragraphs), *cells, file.core_properties.title])
    if form == "pdf":
        pdfium = pytest.importorskip("pypdfium2")
        pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data)]
        return "\n".join(pages).replace("\r\n", "\n").replace("\ufffe", "")  # its mark of a hyphen at the end of a line
    return data.decode()


@pytest.mark.parametrize("form", sorted(forms()))
def test_a_form_of_a_dossier_lets_nothing_through(form: str) -> None:
    if form == "pdf":
        pytest.importorskip("typst")
        try:
            chinese_font()
        except UsageError as error:
            pytest.skip(str(error))
    if form == "docx":
        pytest.importorskip("docx")
    text = _text_of(form, forms()[form].render(manuscript()))
    assert not RAW.search(text)
    if form == "html":
        _holds_no_markup(text.replace("<img ", "<picture "))
        assert "default-src 'none'" in text
    if form == "md":
        lines = [line.lstrip("> ") for line in text.splitlines()]
        assert not [line for line in lines if line.startswith(("~~~", "```", "=", "+"))]
        assert "<script>" not in text and "&#x202e;" not in text.replace("\\&", "")


def test_two_equal_clauses_have_two_fingerprints() -> None:
    """In two members of one name, two pages, two lines."""
    made = outputs("findings")["sarif"]
    stream = io.StringIO()
    writer = made.write(stream, Settings())
    one = finding("按民族检索", 1)
    places = (
        one,
        replace(one, line=9, end_line=9, start=90, end=95),
        replace(one, page=2, line=None, start=200, end=205),
    )
    items = [Judged(f, f"{n:016x}", ()) for n, f in enumerate((*places, one))]
    writer.write(Coverage("a", "read"), items)
    writer.close(True)
    results = json.loads(stream.getvalue())["runs"][0]["results"]
    prints = [r["partialFingerprints"]["clauselight/v1"] for r in results]
    assert len(set(prints)) == len(prints)


def test_a_box_is_given_by_numbers_that_are_known() -> None:
    """RFC 8118 measures from the top left of the page as shown, which a finding does not have."""
    boxes = (Box(2, 72.0, 700.0, 200.0, 712.0), Box(3, 72.0, 60.0, 200.0, 72.0))
    item = Judged(replace(finding("a", 1), page=2, line=None, boxes=boxes), "0" * 16, ())
    selectors = annotation(item)["target"][1]["selector"]
    assert [(s["value"], s["clauselight:box"]) for s in selectors] == [
        ("page=2", [72.0, 700.0, 200.0, 712.0]),
        ("page=3", [72.0, 60.0, 200.0, 72.0]),
    ]


def test_a_cell_of_csv_without_a_value_is_empty() -> None:
    made = outputs("findings")["csv"]
    stream = io.StringIO(newline="")
    writer = made.write(stream, Settings(reviewed=True))
    bare = replace(finding("a", 1), clause=Clause(), line=None, end_line=None, strength_token=None, confidence=None)
    writer.write(Coverage("a", "read"), [replace(Judged(bare, "0" * 16, ()), decision=None)])
    (row,) = csv.DictReader(io.StringIO(stream.getvalue(), newline=""))
    empty = ("page", "line", "clause", "groups", "strength_token", "confidence", "decision", "reviewers", "reasons")
    assert [row[name] for name in empty] == [""] * len(empty)
