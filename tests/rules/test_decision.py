"""A decision: its reasons are made from its numbers, and the document may change it once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clauselight.model import Against, Cue, Support
from clauselight.rules.decision import Binding, Bonus, Decision, Verdict, because, beside, inherited

WORDS = Cue("attribute:race", "race", "here", 0.7)
CAMERA = Cue("observe", "camera", "here", 0.2)
DOUBTFUL = Decision(
    verdict=Verdict("mention", "mentioned"),
    role_if_found="data_field",
    binding=Binding("shall", "shall"),
    polarity="provides",
    support=Support(words=0.7, observed=0.2),
    against=Against("law", 0.4, civil=1.1),
    words=WORDS,
    others=(CAMERA,),
)


@pytest.mark.parametrize(
    ("verdict", "against", "sentence", "where"),
    [
        (Verdict("mention", "forbidden"), Against(), "the clause forbids it", "here"),
        (Verdict("mention", "inclusive"), Against(), "speaks of working for everyone alike", "here"),
        (Verdict("notice", "papers"), Against("", 0.0, 0.5, 0.5), "identity papers weigh 0.50 against 0.20", "all"),
        (
            Verdict("notice", "papers"),
            Against("", 0.0, 0.5, 0.6),
            "civil, health or staff records weigh 0.60 against 0.20",
            "all",
        ),
        (Verdict("notice", "records"), Against(), "identity, civil, health or staff records", "all"),
        (Verdict("finding", "supported"), Against(), "support 0.90, nothing against it", "all"),
        (Verdict("mention", "mentioned"), Against("law", 0.96), "support 0.90, against it law 0.96", "all"),
    ],
)
def test_the_reason_of_a_level_is_made_from_the_numbers(
    verdict: Verdict, against: Against, sentence: str, where: str
) -> None:
    given = replace(DOUBTFUL, verdict=verdict, against=against)
    assert because(given) == Cue(f"level:{verdict.level}", sentence, where)


def test_a_mention_keeps_the_role_that_it_has_if_it_is_found() -> None:
    assert (DOUBTFUL.role, DOUBTFUL.role_if_found) == ("mention", "data_field")
    assert replace(DOUBTFUL, verdict=Verdict("notice", "records")).role == "data_field"


def test_cues_come_in_order_words_level_others() -> None:
    assert DOUBTFUL.cues == (WORDS, Cue("level:mention", "support 0.90, against it law 0.40", "all"), CAMERA)


def test_what_lies_beside_makes_a_finding_if_it_outweighs_records_too() -> None:
    assert beside(DOUBTFUL, Bonus(0.2, "beside the race finding")) is DOUBTFUL
    found = beside(DOUBTFUL, Bonus(0.3, "beside the race finding at line 3"))
    assert (found.level, found.role) == ("finding", "data_field")
    assert found.support == Support(words=0.7, observed=0.2, beside=0.3)
    assert found.cues[1] == Cue(
        "level:finding", "beside the race finding at line 3; support 1.20, against it 1.10", "near", 0.3
    )


@pytest.mark.parametrize("step", ["forbidden", "inclusive"])
def test_nothing_beside_changes_a_clause_that_forbids(step: str) -> None:
    forbids = replace(DOUBTFUL, verdict=Verdict("mention", step), against=Against())  # type: ignore[arg-type]
    assert beside(forbids, Bonus(1.0, "beside the race finding")) is forbids


def test_an_entry_has_its_support_from_the_finding_that_it_follows() -> None:
    owner = replace(DOUBTFUL, verdict=Verdict("finding", "supported"), against=Against())
    entry = inherited(owner, "code_list", "list of race, found at line 3")
    assert (entry.level, entry.role, entry.binding) == ("finding", "code_list", owner.binding)
    assert (entry.support, entry.against) == (Support(inherited=1.0), Against())
    assert entry.cues == (
        Cue("level:finding", "list of race, found at line 3", "document", 1.0),
        WORDS,
        Cue("level:finding", "support 0.90, nothing against it", "all"),
        CAMERA,
    )


def test_no_more_than_six_reasons_are_inherited() -> None:
    owner = replace(DOUBTFUL, others=(CAMERA,) * 9)
    assert len(inherited(owner, "code_list", "list of race").cues) == 7


def test_a_binding_without_a_word_gives_no_reason() -> None:
    assert Binding().cues == ()
    assert Binding("may", "可").cues == (Cue("strength:may", "可", "here"),)
