"""Places that tell again what stands elsewhere."""

from __future__ import annotations

import pytest

from clauselight.model import Document
from clauselight.model.document import BlockLayout, Context, Unit
from clauselight.pipeline.examples import text_document
from clauselight.rules.find import Finder
from clauselight.structure.retold import Retold

CLAUSE = "5.2 摄像机应输出人员的民族属性。"


def how(text: str) -> list[str]:
    """How each line of a text tells what stands elsewhere."""
    document = text_document(text, "a.txt")
    retold = Retold(document)
    return [retold.how(i, line) for i, line in enumerate(text.splitlines())]


CONTENTS = "a line of a table of contents"
HEAD = "a running head or foot"
REFERENCE = "a reference to another place"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5.2 民族属性 ........ 12", [CONTENTS]),
        ("5.2 民族属性……12", [CONTENTS]),
        ("Face ethnicity . . . . . 7", [CONTENTS]),
        ("目 次\n\n5 功能  3\n5.2 民族属性  4\n前 言", ["", "", CONTENTS, CONTENTS, ""]),
        ("## Contents\n5.2 Ethnicity 4", ["", CONTENTS]),
        ("表 1\n5.2 民族属性  4", ["", ""]),
        ("（详见 5.2 人员民族属性）", [REFERENCE]),
        ("See clause 5.2, ethnicity of persons.", [REFERENCE]),
        ("见 5.2，摄像机应输出民族。", [""]),
        (CLAUSE, [""]),
        (
            "DB99/T 0001-2030\n人员民族识别规范\nEthnicity of persons\n2030-01-05发布\n" + CLAUSE,
            ["the title on a cover"] * 3 + ["", ""],
        ),
        ("前 言\n5.2 民族\n2030-01-05发布", ["", "", ""]),
    ],
)
def test_each_place(text: str, wanted: list[str]) -> None:
    assert how(text) == wanted


def test_a_running_head_is_what_several_pages_begin_or_end_with() -> None:
    page = ["DB99/T 0001 人员民族识别规范", "示例", CLAUSE, "示例", "样例"]
    lines = [(line, number) for number in (1, 2, 3) for line in page]
    text, units = "", []
    for line, page in lines:
        units.append(Unit(len(text), len(text) + len(line), page=page))
        text += line + "\n"
    document = Document("a.pdf", "application/pdf", "pdf", text, BlockLayout(units, [Context()] * len(units)))
    retold = Retold(document)
    assert [retold.how(i, line) for i, (line, _) in enumerate(lines)] == ([HEAD, HEAD, "", HEAD, HEAD] * 3)


def test_a_place_that_is_told_again_is_a_mention_and_says_so(finder: Finder) -> None:
    text = "目 次\n5.2 摄像机应输出人员的民族属性 ...... 4\n\n" + CLAUSE + "\n"
    found = finder.findings(text_document(text, "a.txt"))
    assert [(f.line, f.level, f.role) for f in found] == [
        (2, "mention", "mention"),
        (4, "finding", "analytic_output"),
    ]
    assert [c.text for c in found[0].cues if c.decides == "level:mention"] == [CONTENTS]


def test_the_sentences_of_a_newspaper_are_mentions(finder: Finder) -> None:
    text = "示例日报：标准引发关注\n记者发现，标准要求摄像机应输出人员的民族属性。\n"
    assert {f.level for f in finder.findings(text_document(text, "a.txt"))} == {"mention"}
