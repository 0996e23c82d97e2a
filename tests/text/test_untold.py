"""Prose of any language is told from what is none, and from the languages with rules, without a word of it known."""

from __future__ import annotations

import random

import pytest

from clauselight.text.language import shipped
from clauselight.text.unruled import Unruled
from clauselight.text.untold import is_untold


def of(text: str) -> list[str]:
    return text.split()


def prose(words: list[str], count: int = 150, line: int = 12) -> str:
    """Sentences of a language that has these words, the first of them the commonest, as in every language."""
    chance = random.Random(3304)
    weights = [1 / (rank + 2) for rank in range(len(words))]
    said = chance.choices(words, weights, k=count)
    lines = [" ".join(said[at : at + line]) for at in range(0, count, line)]
    return "\n".join(text[0].upper() + text[1:] + "." for text in lines)


def invented() -> list[str]:
    chance = random.Random(1)
    syllables = [a + b for a in "kmnzwthgb" for b in ("a", "e", "i", "o", "u", "ang", "elo")]
    return list(dict.fromkeys("".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(120)))


ENGLISH = [
    "the",
    "of",
    "camera",
    "and",
    "to",
    "a",
    "in",
    "shall",
    "face",
    "person",
    "is",
    "for",
    "that",
    "it",
    "with",
    "be",
    "by",
    "on",
    "or",
    "record",
]
VIETNAMESE = [
    "máy",
    "ảnh",
    "phải",
    "nhận",
    "diện",
    "được",
    "khuôn",
    "mặt",
    "người",
    "và",
    "dân",
    "tộc",
    "của",
    "họ",
    "để",
    "báo",
    "cho",
    "trung",
    "tâm",
]
NONE = {
    "english": prose(ENGLISH),
    "vietnamese": prose(VIETNAMESE),
    "a list of words": " ".join(f"w{a}{b}x" for a in "abcdefghijklmno" for b in "abcdefghij"),
    "a table": "\n".join(f"{word} {word} 12.5 0.7 yes" for word in invented()),
    "names": prose([word.capitalize() for word in invented()]),
    "one phrase again and again": "zolo kamba temi wango " * 60,
    "code": prose([f"{word}_id({word})" for word in invented()]),
    "a few words": prose(invented(), count=59),
    "short lines": prose(invented(), line=4),
}


def test_a_language_that_nobody_knows_is_told() -> None:
    assert is_untold(prose(invented()), shipped())


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_prose_of_such_a_language(name: str) -> None:
    assert not is_untold(NONE[name], shipped())


@pytest.mark.parametrize(("english", "told"), [(0, ["und"]), (1, ["und"]), (9, [])])
def test_a_source_says_so_where_a_fifth_of_it_is_in_one(english: int, told: list[str]) -> None:
    source = Unruled(shipped())
    source.add(prose(invented()))
    for _ in range(english):
        source.add(prose(ENGLISH, count=300))
    assert [share.code for share in source.shares()] == told


def test_letters_of_another_script_around_it_are_no_prose() -> None:
    source = Unruled(shipped())
    source.add(prose(invented(), count=70) + "распознавание лица человека " * 40)
    assert source.shares() == ()
