"""Terms match as words in prose and in identifiers, never as parts of other words."""

import re

import pytest

from clauselight.text.language import shipped
from clauselight.text.terms import Script, latin_pattern, split_identifier, word_pattern


@pytest.mark.parametrize(
    ("term", "yes", "no"),
    [
        (
            "race",
            "race RACE_LABELS n_races OffenderRaceCode byRace raceCode races RaceID personRace",
            "trace racetrack Racetrack TRACE raced BRACE bracelet gracefully",
        ),
        (
            "skin color",
            "skinColor SkinColor SKIN_COLOR skin-color skincolor SKINCOLOR szSkinColorEx",
            "MASKINCOLOR",
        ),
        ("ethni*", "ethnicity ethnic isEthnic ETHNICITY", "methnic"),
        ("=EthicCode", "EthicCode", "ethiccode ETHICCODE"),
    ],
)
def test_latin_terms(term: str, yes: str, no: str) -> None:
    pattern = re.compile(latin_pattern(term))
    for word in yes.split():
        assert pattern.search(word), word
    for word in no.split():
        assert not pattern.search(word), word


def test_nation_is_not_in_combination() -> None:
    assert not re.search(latin_pattern("nation"), "combination destination NATIONAL explanation")


def _matches(term: str, text: str, *scripts: Script) -> list[str]:
    return [m.group() for m in re.finditer(word_pattern(term, scripts or shipped().scripts), text)]


def test_cyrillic_stems_take_endings_at_word_starts_only() -> None:
    assert _matches("мусульман*", "мусульманский немусульманский") == ["мусульманский"]
    assert _matches("раса", "раса трасса расам") == ["раса"]


def test_arabic_words_come_with_their_prefixes() -> None:
    assert _matches("ديانه", "ديانه والديانه الديانه بديانه", Script("ء-ي", "[ء-ي]", prefixes=("و", "ال", "ب"))) == [
        "ديانه",
        "الديانه",
        "بديانه",
    ]
    assert _matches("ديانه", "والديانه") == ["والديانه"]


def test_nothing_parts_chinese_words() -> None:
    assert _matches("民族", "少数民族代码") == ["民族"]


def test_a_script_decides_what_a_word_is() -> None:
    letters = "𐐀-𐑏"
    text = "𐐻𐐲𐑌 𐐻𐐲𐑌𐐮𐑌 𐑅𐐻𐐲𐑌"
    assert _matches("𐐻𐐲𐑌", text, Script(letters, "𐐨")) == ["𐐻𐐲𐑌"]
    assert _matches("𐐻𐐲𐑌*", text, Script(letters, "𐐨")) == ["𐐻𐐲𐑌", "𐐻𐐲𐑌𐐮𐑌"]
    assert _matches("𐐻𐐲𐑌", text, Script(letters, "𐐨", whole_words=False)) == ["𐐻𐐲𐑌", "𐐻𐐲𐑌", "𐐻𐐲𐑌"]


def test_letters_of_no_known_language_make_whole_words() -> None:
    assert _matches("φυλή", "φυλή συμφυλή φυλήν", Script("x", "x")) == ["φυλή"]


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
