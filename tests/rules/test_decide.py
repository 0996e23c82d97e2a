"""A candidate with its evidence comes to a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import candidate, rule

from clauselight.model import Against, Context, Cue, Support
from clauselight.rules.decide import Classifier
from clauselight.rules.decision import Binding
from clauselight.rules.evidence import CueScores
from clauselight.rules.pack import Pack, RuleBook
from clauselight.text.language import Modal

CLASSIFIER = Classifier(RuleBook((Pack("zz", "mul", modals=(Modal("shall", ("zmust",)),)),)))


@pytest.mark.parametrize(
    ("sentence", "kind", "unrelated"),
    [
        ("x" * 40, "prose", 0.0),
        ("x" * 41, "prose", -1.2),
        ("字" * 13, "prose", 0.0),
        ("字" * 14, "prose", -1.2),
        ("x" * 41, "code", 0.0),
    ],
)
def test_a_title_keeps_what_running_text_loses(sentence: str, kind: str, unrelated: float) -> None:
    decision = CLASSIFIER.decide(candidate(rule("word")), Context(kind), CueScores(), sentence)  # type: ignore[arg-type]
    assert decision.support == Support(unrelated=unrelated)


def test_a_decision_keeps_its_numbers_and_its_cues() -> None:
    scores = CueScores(cues=[Cue("law", "act", "near", 0.2), Cue("observe", "camera", "here", 1.0)])
    scores.domains.update(observe=1.0, law=0.2)
    decision = CLASSIFIER.decide(candidate(rule("field")), Context(), scores, "It zmust report the race.")
    assert (decision.level, decision.role, decision.polarity) == ("finding", "analytic_output", "provides")
    assert decision.binding == Binding("shall", "zmust")
    assert (decision.support, decision.against) == (Support(words=0.7, observed=1.0), Against("law and report", 0.2))
    assert decision.cues == (
        Cue("attribute:race", "race", "here", 0.7),
        Cue("level:finding", "support 1.70, against it law and report 0.20", "all"),
        Cue("strength:shall", "zmust", "here"),
        Cue("observe", "camera", "here", 1.0),
        Cue("law", "act", "near", 0.2),
    )


def test_a_clause_that_forbids_says_so() -> None:
    scores = CueScores()
    scores.local["forbid"] = 1.0
    decision = CLASSIFIER.decide(candidate(rule("sorts")), Context(), scores, "race")
    assert (decision.polarity, decision.level, decision.open) == ("forbids", "mention", False)
    assert decision.support == Support(words=1.5)


def test_the_words_of_a_cue_are_cut_at_sixty_characters() -> None:
    place = candidate(rule("field"))
    place.hits[0] = replace(place.hits[0], text="r" * 61)
    assert CLASSIFIER.decide(place, Context(), CueScores(), "race").words == Cue(
        "attribute:race", "r" * 60, "here", 0.7
    )
