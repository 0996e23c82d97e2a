"""A clause that is printed twice is one provision."""

from __future__ import annotations

from clauselight.model.provisions import provisions
from clauselight.pipeline.examples import text_document
from clauselight.rules.find import Finder


def count(finder: Finder, text: str) -> tuple[int, int]:
    """Findings and provisions of a text."""
    found = [f for f in finder.findings(text_document(text, "a.txt")) if f.level == "finding"]
    return len(found), provisions(found)


def test_repeats_are_counted_once(finder: Finder) -> None:
    clause = "摄像机应输出人员的民族属性。\n"
    assert count(finder, f"5.2 {clause}示例。\n\n附录 A\nA.1 {clause}") == (2, 1)
    assert count(finder, f"5.2 {clause}示例。\n\n5.3 系统应支持按民族检索人员。\n") == (2, 2)
