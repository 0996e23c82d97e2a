"""RTF: letters in every way of writing them, tables, what stands beside the text, and what is not read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

ZH = "摄像机应输出民族属性(汉族、维吾尔族)。"
EN = "The face capture camera shall output the attribute ethnicity for every person detected."


def hexed(text: str, encoding: str) -> str:
    return "".join(f"\\'{b:02x}" for b in text.encode(encoding))


def read(source: str | bytes, name: str = "a.rtf") -> tuple[Document, list[str]]:
    blob = Blob(name, data=source.encode("latin-1") if isinstance(source, str) else source)
    form = format_of(blob)
    assert form is not None and form.name == "rtf"
    with ReadSession() as session:
        (document,) = form.read(blob, session)
    return document, [p.reason for p in session.report.problems]


WRITTEN = {
    "code page": (r"{\rtf1\ansi\ansicpg936 " + hexed(ZH, "gbk") + "}", ZH),
    "charset of the font": (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset134 B;}}\f0 caf\'e9 \f1 "
        + hexed(ZH, "gbk")
        + r"\f0 \'e9t\'e9}",
        f"café {ZH}été",
    ),
    "western font, Chinese page": (
        r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fnil\fcharset0 A;}}\f0 " + hexed(ZH, "gbk") + "}",
        ZH,
    ),
    "big5": (r"{\rtf1\ansi\ansicpg950 " + hexed("攝影機應輸出民族屬性", "big5") + "}", "攝影機應輸出民族屬性"),
    "cyrillic": (r"{\rtf1\ansi{\fonttbl{\f3\fcharset204 A;}}\f3 " + hexed("Камера", "cp1251") + "}", "Камера"),
    "unicode": (r"{\rtf1\ansi\uc1 \u27665?\u26063? x}", "民族 x"),
    "negative": (r"{\rtf1\ansi\uc1 \u-28780?}", chr(0x10000 - 28780)),
    "two stand in": (r"{\rtf1\ansi\uc2 \u27665\'c3\'f1\u26063\'d7\'e5.}", "民族."),
    "none stands in": (r"{\rtf1\ansi\uc0 \u27665\u26063 x}", "民族x"),
    "kept by the group": (r"{\rtf1\ansi\uc1 {\uc0 \u27665 a}\u26063?b}", "民a族b"),
    "surrogates": (r"{\rtf1\ansi\uc1 \u-10174?\u-9213?}", "𠠃"),
    "split": (
        r"{\rtf1\ansi The camera shall output eth{\b nicity}, Uy{\i ghur}.}",
        "The camera shall output ethnicity, Uyghur.",
    ),
    "signs": (r"{\rtf1\ansi a\~b\_c\-d\emdash e\{f\}\\}", "a\u00a0b-cd—e{f}\\"),
    "raw bytes": (b"{\\rtf1\\ansi\\ansicpg936 " + ZH.encode("gbk") + b"}", ZH),
    "twice": (r"{\rtf1\ansi a{\upr{?}{\*\ud{\u27665?}}}b}", "a民b"),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_letters(way: str) -> None:
    source, wanted = WRITTEN[way]
    document, problems = read(source)
    assert document.text == wanted + "\n"
    assert problems == []


def test_paragraphs_rows_and_what_stands_beside() -> None:
    document, problems = read(
        r"{\rtf1\ansi{\info{\title Call}{\author Nobody}}{\stylesheet{\s0 Normal;}}{\header Draft\par}"
        r"5.2 Output{\footnote Not the mast.}\par It shall be high.\par"
        r"\trowd\intbl Field\cell Note\cell\row\trowd\intbl Race\par or not\cell Yes\cell\row"
        r"\pard End.{\*\annotation Why?}{\*\unknown no}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par}"
    )
    assert document.text.split("\n") == [
        *("5.2 Output", "It shall be high.", "Field\tNote", "Race or not\tYes", "End.link"),
        *("Call", "Draft", "Not the mast.", "Why?", ""),
    ]
    context = document.layout.context(3)
    assert (context.kind, context.headers, context.row) == ("table", ("Field", "Note"), "Race or not")
    assert [document.layout.context(i).headings for i in range(5, 9)] == [
        *(("property",), ("page header",), ("note",), ("comment",))
    ]
    assert problems == []


def test_what_is_not_read_is_said() -> None:
    document, problems = read(
        r"{\rtf1\ansi a{\pict\pngblip 89504e47}b{\object\objemb{\*\objdata 01050000}{\result c}}\bin3 {{{d"
    )
    assert document.text == "abcd\n"
    assert problems == ["damaged", "pictures-inside", "embedded-objects"]


def test_deleted_text_is_read_as_such() -> None:
    document, _ = read(r"{\rtf1\ansi Output age{\deleted  and ethnicity}.\par}")
    assert document.text == "Output age.\nand ethnicity\n"
    assert document.layout.context(1).headings == ("deleted text",)


@pytest.mark.parametrize("name", ["a.rtf", "a.doc", "a.txt", "a"])
def test_the_clause_is_found_whatever_the_name(name: str, outcome: Callable) -> None:  # type: ignore[type-arg]
    result = outcome(r"{\rtf1\ansi " + EN.replace("nic", r"{\b nic}") + r"\par}", name)
    assert [(f.attribute, f.strength) for f in result.findings if f.level == "finding"] == [("ethnicity", "shall")]
    assert result.coverage.state == "read"
