"""Findings as they are stored in a case."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from clauselight.case.records import from_json, to_json
from clauselight.model import Against, Finding, Support
from clauselight.pipeline.examples import text_document
from clauselight.rules.find import Finder


@pytest.fixture
def finding(finder: Finder) -> Finding:
    return finder.findings(text_document("摄像机应能识别人员的民族。"))[0]


def test_a_finding_comes_back_as_it_was(finding: Finding) -> None:
    assert isinstance(finding.support, Support) and isinstance(finding.against, Against)
    assert from_json(Finding, to_json(finding)) == finding


def test_a_finding_of_an_older_version_has_no_sums(finding: Finding) -> None:
    stored = json.loads(to_json(finding))
    del stored["support"], stored["against"]
    assert from_json(Finding, json.dumps(stored)) == replace(finding, support=None, against=None)
