"""A page in a script that the recogniser does not know is not read; one of contents, or in English, is."""

from __future__ import annotations

import pytest

from clauselight.formats._script import Lost, Shape, lost

CHINESE = Shape(20, "人脸识别应支持民族检索并输出结果至平台")
DOTS = Shape(20, " 5.1  , .")
VIETNAMESE = "ph lc yêu cu ký thut thng camera ca thành phi nhn dng gii tính tui và dân tc ca trong nh"


@pytest.mark.parametrize(
    ("shapes", "whole"),
    [
        ([DOTS, Shape(18, ".")], True),
        ([Shape(20, "")], True),
        ([Shape(3, "")], False),
        ([], False),
        ([CHINESE], False),
        ([Shape(30, "The camera shall report the ethnicity of each face")], False),
        ([Shape(30, "Scope 1"), Shape(30, "范围 2"), Shape(30, ".....")], False),
        ([Shape(30, VIETNAMESE)], True),
        (
            [
                Shape(
                    30, "by my cry the camera reports what it sees and the operator takes it down at once in each hall"
                )
            ],
            False,
        ),
        # what the recogniser hardly believes counts as seen, not as read
        ([Shape(20, "人脸识别应支持民族检索并输出结果至平台", score=0.64)], True),
        ([Shape(20, "人脸识别应支持民族检索并输出结果至平台", score=0.65)], False),
    ],
)
def test_a_page_is_lost_as_a_whole(shapes: list[Shape], whole: bool) -> None:
    assert lost(shapes).whole == whole


def test_lines_in_another_script_are_lost_and_named() -> None:
    found = lost([CHINESE] * 8 + [DOTS])
    assert found == Lost((DOTS,), 9, 20 / 180)
    assert (found.whole, found.partly) == (False, True)


def test_a_stamp_is_not_a_real_part_of_a_page() -> None:
    stamp = Shape(4, "")
    found = lost([CHINESE] * 8 + [stamp])
    assert found == Lost((stamp,), 9, 4 / 164)
    assert (found.whole, found.partly) == (False, False)


def test_marks_are_lost_in_the_lines_that_are_not_chinese() -> None:
    bare = Shape(30, VIETNAMESE)
    found = lost([CHINESE, CHINESE, CHINESE, bare])
    assert found == Lost((bare,), 4, 30 / 90, marks=True)
    assert (found.whole, found.partly) == (False, True)
