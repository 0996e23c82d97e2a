"""Quotes stand where their offsets, lines and boxes say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import clauselight
from builders import docx, pdf
from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadOptions, ReadSession
from clauselight.model import Blob, Document
from clauselight.rules.find import Finder

LINES = st.sampled_from(
    [
        "摄像机应能识别人员的民族。",
        "The face API returns race and ethnicity.",
        "肤 色 代码：人脸",
        "民(mín)族检索人脸",
        "\\u6c11\\u65cf 人脸",
        "",
        "x" * 40,
        "// 人脸民族",
        "struct Face { int race; };",
        "人脸\t民族\t肤色",
        "ethni-",
        "city of a face",
        "🙂 人脸民族 🙂",
        "维族人员报警",
        "<a>人脸 skin color</a>",
    ]
)


def documents(data: bytes, name: str) -> list[Document]:
    blob = Blob(name, data=data)
    form = format_of(blob)
    assert form is not None
    return list(form.read(blob, ReadSession(ReadOptions("never"))))


@given(
    st.lists(LINES, max_size=25),
    st.sampled_from(["a.txt", "a.java", "a.xml", "a.md", "a.py", "a.csv", "a.html"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_between_offsets_is_the_quote(finder: Finder, lines: list[str], name: str, end: str) -> None:
    for document in documents(end.join(lines).encode(), name):
        for finding in finder.findings(document):
            assert document.text[finding.start : finding.end] == finding.quote
            assert document.text[: finding.start].endswith(finding.prefix)
            assert document.text[finding.end :].startswith(finding.suffix)
            assert all(0 <= a < b <= len(finding.quote) for a, b in finding.marks)
            if finding.line and name != "a.html":
                assert finding.quote.splitlines()[0] in lines[finding.line - 1]


@given(
    st.lists(
        st.sampled_from(
            [
                "5.1 摄像机应能识别人员的民族。",
                "发现维族人员应报警。",
                "人脸属性：肤色、人种。",
                "设备应可靠。",
                "race of the face",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_boxes_of_a_pdf_hold_the_quoted_characters(finder: Finder, lines: list[str]) -> None:
    import pypdfium2

    data = pdf([lines])
    pdf_file = pypdfium2.PdfDocument(data)
    page = pdf_file[0].get_textpage()
    for document in documents(data, "a.pdf"):
        for finding in finder.findings(document):
            assert finding.boxes
            inside = "".join(
                page.get_text_bounded(b.x0 - 0.5, b.y0 - 0.5, b.x1 + 0.5, b.y1 + 0.5) for b in finding.boxes
            )
            assert "".join(finding.quote.split()) == "".join(inside.split())
    pdf_file.close()


def test_lines_count_from_one_and_windows_keep_counting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, finder: Finder
) -> None:
    monkeypatch.setattr("clauselight.formats._text.WINDOW", 4096)
    body = ["filler line of text"] * 3000 + ["摄像机应能识别人员的民族。"] + ["more"] * 10
    file = tmp_path / "long.txt"
    file.write_text("\n".join(body), encoding="utf-8")
    found = [f for d in clauselight.read_all(file) for f in finder.findings(d)]
    assert [f.line for f in found] == [3001]
    whole = "\n".join(body)
    assert whole[found[0].start : found[0].end] == found[0].quote


def test_docx_lines_are_paragraphs_and_rows_know_their_headers(outcome: Callable) -> None:  # type: ignore[type-arg]
    result = outcome(docx(["前言", "人脸属性表"], [["标识符", "名称"], ["SkinColor", "人脸肤色"]]), "a.docx")
    finding = next(f for f in result.findings if f.level == "finding")
    assert (finding.line, finding.end_line) == (5, 6)
    assert finding.clause.headers == ("标识符", "名称")


def test_clause_numbers_and_headings(outcome: Callable) -> None:  # type: ignore[type-arg]
    text = "5 功能要求\n5.1 人脸识别\n5.1.2 摄像机应能识别人员的民族。\n"
    finding = outcome(text).findings[0]
    assert finding.clause.number == "5.1.2"
    assert finding.clause.headings[:2] == ("5 功能要求", "5.1 人脸识别")
    assert finding.strength == "shall" and finding.strength_token == "应"


def test_code_members_know_owner_and_comment(outcome: Callable) -> None:  # type: ignore[type-arg]
    text = "public class FaceInfo {\n    /**\n     * 是否少数民族\n     */\n    private int flagX;\n}\n"
    finding = outcome(text, "FaceInfo.java").findings[0]
    assert finding.clause.owners == ("FaceInfo",)
    assert (finding.line, finding.end_line) == (3, 5)


def test_word_broken_over_two_lines_is_found(outcome: Callable) -> None:  # type: ignore[type-arg]
    result = outcome("摄像机应能对人脸输出肤\n色和年龄段。\n")
    assert [(f.attribute, f.line, f.end_line) for f in result.findings if f.level == "finding"] == [
        ("skin_colour", 1, 2)
    ]
