"""The level: each step with the numbers that make it decide, and the next one where it does not."""

from __future__ import annotations

from typing import Any

import made
import pytest

from clauselight.model import Against, Support
from clauselight.rules.candidates import Candidate
from clauselight.rules.decision import Verdict
from clauselight.rules.evidence import CueScores
from clauselight.rules.level import Sums, decide_level, sums


def weighed(support: Support, against: Against | None = None, **here: float) -> Sums:
    names = ("forbids_here", "inclusive_here", "records_here", "watching_here")
    return Sums(support, against or Against(), *(here.get(name, 0.0) for name in names))


SORTS = Support(words=1.5)
WATCHED = Support(observed=1.0)
LAW = Against("law", 1.0)
PAPERS = Against(papers=1.2)


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (weighed(SORTS, forbids_here=0.9), Verdict("mention", "forbidden")),
        (weighed(SORTS, forbids_here=1.0, inclusive_here=1.0), Verdict("mention", "forbidden")),
        (weighed(SORTS, inclusive_here=0.9), Verdict("mention", "inclusive")),
        (weighed(WATCHED, PAPERS), Verdict("notice", "papers")),
        (weighed(WATCHED, Against(papers=1.0)), Verdict("finding", "supported")),
        (weighed(Support(words=0.8, observed=2.0), records_here=1.5, watching_here=1.4), Verdict("notice", "papers")),
        (
            weighed(Support(words=0.8, observed=2.0), records_here=1.5, watching_here=1.5),
            Verdict("finding", "supported"),
        ),
        (weighed(Support(words=0.8, observed=2.0), records_here=1.4), Verdict("finding", "supported")),
        (weighed(SORTS, records_here=1.5), Verdict("finding", "supported")),
        (weighed(SORTS, Against(civil=1.5)), Verdict("finding", "supported")),
        (weighed(SORTS, Against(civil=1.6)), Verdict("notice", "papers")),
        (weighed(Support(words=1.9, unrelated=-1.2, observed=1.0), PAPERS), Verdict("notice", "papers")),
        (weighed(Support(words=0.7, person=0.3)), Verdict("finding", "supported")),
        (weighed(Support(words=0.7, person=0.2)), Verdict("mention", "mentioned")),
        (weighed(WATCHED, LAW), Verdict("mention", "mentioned")),
        (weighed(Support(observed=1.1), LAW), Verdict("finding", "supported")),
        (weighed(Support(), Against(civil=0.8)), Verdict("notice", "records")),
        (weighed(Support(), Against(civil=0.7)), Verdict("mention", "mentioned")),
        (weighed(Support(), Against("law", 0.9, civil=0.9)), Verdict("notice", "records")),
        (weighed(Support(), Against("law", 0.91, civil=0.9)), Verdict("mention", "mentioned")),
        (weighed(Support()), Verdict("mention", "mentioned")),
    ],
)
def test_the_first_step_that_fits_decides(given: Sums, verdict: Verdict) -> None:
    assert decide_level(given) == verdict


def candidate(*kinds: str) -> Candidate:
    return made.candidate(*(made.rule(kind, term=f"t{n}") for n, kind in enumerate(kinds)))


def scores(**domains: float) -> CueScores:
    given = CueScores()
    given.domains.update(domains)
    return given


@pytest.mark.parametrize(
    ("kinds", "words"),
    [(("word",), 0.0), (("group", "word"), 0.2), (("field",), 0.7), (("field", "field"), 1.1),
     (("sorts", "field"), 1.9), (("near", "near"), 0.8)],
)  # fmt: skip
def test_words_say_as_much_as_the_strongest_and_two_fields_confirm_each_other(
    kinds: tuple[str, ...], words: float
) -> None:
    assert sums(candidate(*kinds), scores(), running=False).support == Support(words=words)


def test_the_sums_are_the_scores_of_the_domains() -> None:
    given = scores(observe=1.0, police=0.55, person=0.3, papers=0.4, civil=0.2, culture=0.9)
    assert sums(candidate("word"), given, running=False) == Sums(
        Support(observed=1.0, policed=0.55, person=0.15), Against("culture", 0.9, 0.4, 0.2), 0.0, 0.0, 0.0, 0.0
    )


@pytest.mark.parametrize(
    ("domains", "against"),
    [
        ({}, Against()),
        ({"law": 0.5, "report": 0.4, "culture": 0.8}, Against("law and report", 0.9)),
        ({"law": 0.5, "culture": 0.8}, Against("culture", 0.8)),
        ({"law": 0.5}, Against("law and report", 0.5)),
    ],
)
def test_against_is_the_strongest_other_subject(domains: dict[str, Any], against: Against) -> None:
    assert sums(candidate("word"), scores(**domains), running=False).against == against


def test_running_text_loses_where_nothing_ties_the_word_to_people() -> None:
    assert sums(candidate("word"), scores(), running=True).support == Support(unrelated=-1.2)
    assert sums(candidate("field"), scores(), running=True).support == Support(words=0.7)
    tied = scores()
    tied.local["person"] = 1.0
    assert sums(candidate("word"), tied, running=True).support == Support()
    verb = scores()
    verb.local_roles["alarm"] = 1.0
    assert sums(candidate("word"), verb, running=True).support == Support()
