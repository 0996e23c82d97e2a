"""A page in a script that the recogniser does not know is not read; one of contents, or in English, is."""

from __future__ import annotations

import pytest

from clauselight.formats._script import Shape, unknown_script


@pytest.mark.parametrize(
    ("shapes", "unknown"),
    [
        ([Shape(20, " 5.1  , ."), Shape(18, ".")], True),
        ([Shape(20, "")], True),
        ([Shape(3, "")], False),
        ([], False),
        ([Shape(20, "人脸识别应支持民族检索并输出结果至平台")], False),
        ([Shape(30, "The camera shall report the ethnicity of each face")], False),
        ([Shape(30, "Scope 1"), Shape(30, "范围 2"), Shape(30, ".....")], False),
        ([Shape(30, "ph lc yêu cu ký thut thng camera ca thành phi nhn dng gii tính tui và dân tc ca trong nh")], True),
        (
            [
                Shape(
                    30, "by my cry the camera reports what it sees and the operator takes it down at once in each hall"
                )
            ],
            False,
        ),
    ],
)
def test_script(shapes: list[Shape], unknown: bool) -> None:
    assert unknown_script(shapes) == unknown
