"""The sums of a finding."""

from __future__ import annotations

from clauselight.model import Against, Support


def test_the_fields_of_support_add_up() -> None:
    support = Support(
        words=1.5, unrelated=-1.0, observed=0.5, policed=0.25, person=0.125, beside=0.0625, inherited=0.03125
    )
    assert (support.said, support.watching, support.total) == (0.5, 0.875, 1.46875)


def test_records_are_the_stronger_of_papers_and_civil_records() -> None:
    assert [Against("law", w, p, c).records for w, p, c in ((1.0, 0.2, 0.3), (0.1, 0.4, 0.3))] == [0.3, 0.4]
    assert [Against("law", w, p, c).strongest for w, p, c in ((1.0, 0.2, 0.3), (0.1, 0.4, 0.3))] == [1.0, 0.4]
