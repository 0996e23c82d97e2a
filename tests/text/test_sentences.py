"""Sentences end where a language says so, and at a blank line in any."""

from __future__ import annotations

import re

from clauselight.text.language import shipped
from clauselight.text.sentences import Sentences, sentence_end

#: the expression that was in the code before the ends were data
FIRST_VERSION = re.compile(r"[。！？；;!?]|\.(?=\s+[A-ZÀ-ÞА-Я«“\"])|\r?\n[ \t]*\r?\n")


def ends(expression: re.Pattern[str], text: str) -> list[int]:
    return [m.end() for m in expression.finditer(text)]


def test_the_shipped_ends_are_those_of_the_first_version_but_for_abbreviations() -> None:
    text = "Ende. Öl? ja; 3.5 m. v1. 2\n \nКонец. Ещё! «Да». “No.” 应。宜；可？能！ Fin. État. a.b\r\n\r\n“x”. Über"
    assert ends(shipped().sentence_end, text) == ends(FIRST_VERSION, text)


def test_abbreviations_end_no_sentence() -> None:
    english = sentence_end([Sentences(starts="A-Z", abbreviations=("e.g", "Fig"))])
    assert ends(english, "A colour, e.g. Red. See Fig. A or config. The end.") == [19, 41]


def test_the_ends_of_all_languages_hold_together() -> None:
    both = sentence_end([Sentences("‖"), Sentences("]^", "X-Z")])
    assert ends(both, "a‖ b] c^ d. X e. y") == [2, 5, 8, 11]


def test_without_a_language_a_blank_line_ends_a_sentence() -> None:
    assert ends(sentence_end([]), "One. Two!\n\nThree") == [11]
