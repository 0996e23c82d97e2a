"""Soft hyphens in what is shown."""

from __future__ import annotations

import pytest

from clauselight.text.visible import lines_visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ethni\xadcity", "ethnicity"),
        ("ethni\ufffe\ncity of", "ethnicity of"),
        ("ethni\xad \r\n city", "ethnicity"),
        ("\ufffe", "\\ufffe"),
        ("skin\ncolour", "skin\ncolour"),
    ],
)
def test_a_word_that_a_soft_hyphen_breaks_is_shown_whole(text: str, shown: str) -> None:
    assert lines_visible(text) == shown
