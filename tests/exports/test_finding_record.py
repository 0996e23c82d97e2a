"""The record of a finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clauselight.exports.records import finding_record
from clauselight.model import Against, Finding, Support
from clauselight.pipeline.examples import text_document
from clauselight.rules.find import Finder


@pytest.fixture
def finding(finder: Finder) -> Finding:
    return finder.findings(text_document("摄像机应能识别人员的民族。"))[0]


def test_the_sums_are_numbers_with_four_decimals(finding: Finding) -> None:
    given = replace(
        finding, support=Support(words=0.7, observed=0.1 + 0.2, person=0.49550), against=Against("law", 0.8, civil=0.1)
    )
    record = finding_record(given)
    assert record["support"] == {
        "words": 0.7, "unrelated": 0.0, "observed": 0.3, "policed": 0.0, "person": 0.4955, "beside": 0.0,
        "inherited": 0.0, "total": 1.4955,
    }  # fmt: skip
    assert record["against"] == {"subject": "law", "weight": 0.8, "papers": 0.0, "civil": 0.1}


def test_without_sums_there_is_null_and_not_zero(finding: Finding) -> None:
    record = finding_record(replace(finding, support=None, against=None))
    assert (record["support"], record["against"]) == (None, None)


def test_the_sums_are_those_of_the_sentence(finder: Finder) -> None:
    # no "shall": a clause that orders it by its own words needs no sums
    finding = finder.findings(text_document("摄像机识别人员的民族。"))[0]
    sentence = next(c.text for c in finding.cues if c.decides == "level:finding")
    assert finding.support is not None
    assert sentence.startswith(f"support {finding.support.total:.2f}, ")
