"""Cues: each counts once, at the nearest scope at which it stands."""

from __future__ import annotations

import pytest
from made import candidate, document, rule

from clauselight.model import Context, Cue
from clauselight.rules.candidates import Candidate, Hit
from clauselight.rules.evidence import SCOPES, CueIndex, CueScores, Witness
from clauselight.rules.pack import CueSet, Pack, RoleCue, RuleBook
from clauselight.text.language import shipped

CAMERA = CueSet(id="zz.camera", domain="observe", weight=1.0, terms=("zcamera",))
PASSPORT = CueSet(id="zz.passport", domain="papers", weight=0.6, terms=("zpassport",))
SCHOOL = CueSet(id="zz.school", domain="civil", weight=0.333, terms=("zschool",))
SEARCH = RoleCue(role="search_filter", weight=1.0, terms=("zsearch",))
BOOK = RuleBook((Pack("zz", "mul", cues=(CAMERA, PASSPORT, SCHOOL), roles=(SEARCH,)),), shipped())


def scores(text: str, context: Context | None = None, kind: str = "word") -> CueScores:
    """Scores of the first line, whose rule's own words are its first word."""
    lines = text.split("\n")
    word = text.split()[0]
    place = Candidate("race", 0, 0, 0, len(lines[0]), [Hit(rule(kind), 0, len(word), word)])
    return Witness(document(lines), CueIndex(BOOK)).evidence(place, context or Context())


def test_the_scopes_go_from_near_to_far_and_count_less_and_less() -> None:
    assert [(s.name, s.factor) for s in SCOPES] == [
        ("here", 1.0), ("heading", 0.9), ("near", 0.55), ("file name", 0.4), ("document", 0.3),
    ]  # fmt: skip
    assert [s.name for s in SCOPES if s.local] == ["here", "heading"]
    assert [s.name for s in SCOPES if s.fades] == ["document"]


def test_a_cue_counts_once_where_it_is_nearest() -> None:
    made = scores("race zcamera zcamera\nzcamera", Context(headings=("zcamera",)))
    assert made.cues == [Cue("observe", "zcamera", "here", 1.0)]
    assert (made.score("observe"), made.here("observe")) == (1.0, 1.0)


def test_a_heading_is_local_and_a_neighbour_is_not() -> None:
    above = scores("race", Context(headings=("zpassport",)))
    assert (above.score("papers"), above.here("papers")) == (0.54, 0.54)
    beside = scores("race\nzpassport")
    assert (beside.score("papers"), beside.here("papers")) == (0.33, 0.0)


def test_what_a_cue_counts_has_three_decimals() -> None:
    assert scores("race\nzschool").cues == [Cue("civil", "zschool", "near", 0.183)]  # 0.333 * 0.55 = 0.18315


def test_no_more_than_four_headings_speak_for_a_place() -> None:
    assert scores("race", Context(headings=("zcamera", "a", "b", "c"))).score("observe") == 0.9
    assert scores("race", Context(headings=("zcamera", "a", "b", "c", "d"))).score("observe") == 0.0


def test_what_is_far_counts_less_in_a_long_document() -> None:
    short = scores("race\n" + "x\n" * 15 + "zcamera")
    assert short.cues == [Cue("observe", "words of zz.camera", "document", 0.3)]
    long = scores("race\n" + "x\n" * 15 + "zcamera" + "\n" + "y" * (80_000 - 43))
    assert long.cues == [Cue("observe", "words of zz.camera", "document", 0.15)]


def test_near_is_twelve_units_and_900_characters() -> None:
    near, far = Cue("observe", "zcamera", "near", 0.55), Cue("observe", "words of zz.camera", "document", 0.3)
    assert scores("race\n" + "x\n" * 11 + "zcamera").cues == [near]
    assert scores("race\n" + "x\n" * 12 + "zcamera").cues == [far]
    assert scores("race\n" + "-" * 892 + "zcamera").cues == [near]
    assert scores("race\n" + "-" * 893 + "zcamera").cues == [far]


def test_the_first_1500_characters_of_a_member_are_the_place_itself() -> None:
    member = Context("code", member=(0, 1))
    assert scores("race\n" + "-" * 1488 + "zcamera", member).here("observe") == 1.0
    assert scores("race\n" + "-" * 1489 + "zcamera", member).here("observe") == 0.0


@pytest.mark.parametrize(
    ("path", "points"),
    [("zcamera.txt", 0.4), ("a/zcamera/b.txt", 0.4), ("zcamera/a/b.txt", 0.0), ("zcamera/a.zip!/b.txt", 0.0)],
)
def test_the_name_of_a_file_is_that_of_its_folder_too(path: str, points: float) -> None:
    witness = Witness(document(["race"], path=path), CueIndex(BOOK))
    assert witness.evidence(candidate(rule("word")), Context()).score("observe") == points


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("race", {"mul", "zh", "en"}),
        ("race 中" + " " * 395 + "ячс", {"mul", "zh", "ru"}),
        ("race 中" + " " * 396 + "ячс", {"mul", "zh", "en"}),
        ("race" + " " * 5993 + "ячс", {"mul", "zh", "ru"}),
        ("race" + " " * 5994 + "ячс", {"mul", "zh", "en"}),
    ],
)
def test_the_language_is_that_around_the_place_or_else_of_the_document(text: str, spoken: set[str]) -> None:
    assert Witness(document([text]), CueIndex(BOOK)).spoken(candidate(rule("word"))) == spoken


def test_code_is_written_in_english_words_too() -> None:
    russian = document(["race ячс"], [Context("code")])
    assert Witness(russian, CueIndex(BOOK)).spoken(candidate(rule("word"))) == {"mul", "zh", "ru", "en"}


def test_roles_from_near_and_from_far_are_kept_apart() -> None:
    here, far = scores("race zsearch"), scores("race\nzsearch")
    assert (here.role("search_filter"), here.role_here("search_filter")) == (1.0, 1.0)
    assert (far.role("search_filter"), far.role_here("search_filter")) == (0.55, 0.0)
    assert far.cues == [Cue("role:search_filter", "zsearch", "near", 0.55)]


def test_a_verb_in_the_words_of_the_rule_counts_twice_for_the_role() -> None:
    assert scores("zsearch race", kind="sorts").role_here("search_filter") == 2.0
    assert scores("zsearch race", kind="field").role_here("search_filter") == 1.0


def test_the_heaviest_twelve_cues_are_shown() -> None:
    made = CueScores(cues=[Cue("observe", str(n), "here", n / 10) for n in range(14)])
    assert [c.text for c in made.strongest()] == ["13", "12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "2"]


def test_words_in_another_sense_do_not_count() -> None:
    search = RoleCue(role="search_filter", terms=("zsearch",), not_in=("stop and zsearch",))
    assert search.first("stop and zsearch, then") == ""
    assert search.first("stop and zsearch, then a zsearch by race") == "zsearch"
