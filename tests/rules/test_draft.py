"""What a finding quotes, and which places are one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import candidate, document, rule

from clauselight.model import Against, Context, Support
from clauselight.model.finding import Level
from clauselight.rules.decision import Binding, Decision, Verdict
from clauselight.rules.draft import Draft, draft, finding, merged

DECISION = Decision(
    Verdict("mention", "mentioned"), "data_field", Binding(), "provides", Support(words=0.7), Against(), None, ()
)


def placed(start: int, end: int, attribute: str = "race", level: Level = "mention") -> Draft:
    decision = replace(DECISION, verdict=Verdict(level, "supported"))
    return Draft(candidate(rule("field", attribute), start=start), Context(), decision, start, end)


def spans(*drafts: Draft) -> list[tuple[int, int, Level]]:
    return [(d.start, d.end, d.decision.level) for d in merged(list(drafts))]


def test_two_places_that_overlap_are_one_and_the_higher_level_leads() -> None:
    assert spans(placed(0, 10), placed(5, 20, level="finding")) == [(0, 20, "finding")]
    assert spans(placed(0, 10, level="notice"), placed(5, 20)) == [(0, 20, "notice")]
    assert spans(placed(0, 10), placed(10, 20)) == [(0, 10, "mention"), (10, 20, "mention")]
    assert len(spans(placed(0, 10), placed(5, 20, "religion"))) == 2


def test_one_quote_has_no_more_than_900_characters() -> None:
    assert len(spans(placed(0, 500), placed(400, 900))) == 1
    assert len(spans(placed(0, 500), placed(400, 901))) == 2


@pytest.mark.parametrize(("between", "places"), [(6, 7), (7, 9)])
def test_the_last_seven_places_are_compared(between: int, places: int) -> None:
    others = [placed(n, n + 1, f"other{n}") for n in range(1, between + 1)]
    assert len(spans(placed(0, 50), *others, placed(20, 30))) == places


@pytest.mark.parametrize(("length", "end"), [(895, 900), (896, 4)])
def test_a_place_is_widened_to_its_member_unless_that_is_long(length: int, end: int) -> None:
    context = Context(member=(0, 1))
    made = draft(document(["race", "x" * length]), candidate(rule("field")), context, DECISION)
    assert (made.start, made.end) == (0, end)


def test_a_finding_has_sixty_characters_on_either_side_and_the_sums() -> None:
    text = "a" * 61 + "race" + "b" * 61
    hit = candidate(rule("field"), start=61)
    made = finding(document([text]), Draft(hit, Context(), DECISION, 61, 65))
    assert (made.prefix, made.quote, made.suffix) == ("a" * 60, "race", "b" * 60)
    assert (made.support, made.against) == (Support(words=0.7), Against())


def test_four_words_are_explained() -> None:
    hits = candidate(*[rule("field", term=f"t{n}") for n in range(6)])
    for n, hit in enumerate(hits.hits):
        hits.hits[n] = replace(hit, text="r" * 45 + str(n) if n < 2 else f"word{n}")
    made = finding(document(["race"]), Draft(hits, Context(), DECISION, 0, 4))
    assert made.gloss == f"{'r' * 40}: invented; word2: invented; word3: invented; word4: invented"
