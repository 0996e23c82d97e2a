"""A sentence that is wrapped over lines is one sentence, and a question goes with its answer."""

from __future__ import annotations

import pytest

from clauselight.pipeline.examples import text_document
from clauselight.structure.items import head_over
from clauselight.structure.wrapped import whole


def around(text: str, line: int) -> str:
    document = text_document(text)
    unit = document.layout.unit(line)
    start, end = whole(document, line, unit.start, unit.end)
    return document.text[start:end]


WRAPPED_ZH = (
    "边缘计算盒接入不少于十六路视频画面，须对每路画面中的行人\n"
    "完成民族判别并把判别结果连同截图一并\n"
    "送往汇聚平台。其他要求见附录。\n"
)
WRAPPED_EN = (
    "Delivery is in June. The contractor shall deliver a classifier\n"
    "that assigns each person to a group\n"
    "and logs it.\n"
)


@pytest.mark.parametrize("line", [0, 1, 2])
def test_lines_of_one_sentence_are_read_together(line: int) -> None:
    assert around(WRAPPED_ZH, line).startswith("边缘计算盒")
    assert around(WRAPPED_ZH, 1).endswith("汇聚平台。")
    assert around(WRAPPED_EN, 2) == WRAPPED_EN[21:].rstrip("\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The recorder shall be mounted on the wall of the hall.\nit has four channels\n", 1),  # a sentence ends above
        ("The recorder is described in the following long chapter\n5.1 channels and disks\n", 1),  # a heading
        ("The recorder has the functions that stand in this list\na) channels\n", 1),  # an item
        ("Functions\nchannels and disks of the recorder\n", 1),  # a title
        ("The recorder is described in the following long chapter\n\nit has four channels\n", 2),  # a paragraph
        ("摄像机\n应识别行人\n", 1),
    ],
)
def test_other_lines_are_left_alone(text: str, line: int) -> None:
    assert around(text, line) == text.split("\n")[line]


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("民族是选填吗？采购人答复：改为必填。", True),
        ("Is ethnicity optional?\nA14. No. It must be demonstrated.", True),
        ("¿es exigible la raza?\nRespuesta: Sí, deberá demostrarse.", True),
        ("Is ethnicity optional?\nThe next chapter has the prices.", False),
    ],
)
def test_a_question_goes_with_its_answer(text: str, answered: bool) -> None:
    document = text_document(text)
    end = max(text.find("？"), text.find("?")) + 1
    start, stop = whole(document, 0, 0, end)
    assert (start, document.text[start:stop] == text) == (0, answered)


@pytest.mark.parametrize("mark", ["a)", "（2）", "3.", "-", "●", "①", "б)", "II –", "2-", "أ)"])
def test_the_head_of_a_list_in_any_marks(mark: str) -> None:
    document = text_document(f"The system shall report:\n{mark} ethnicity\n")
    assert head_over(document, 1) == "The system shall report:"
