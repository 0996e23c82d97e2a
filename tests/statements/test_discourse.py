"""A text with the standards that it speaks of."""

from __future__ import annotations

from clauselight.pipeline.examples import text_document
from clauselight.statements.extract import discourse_of

TEXT = "Example report\nSeamount drafted DB99/T 0001-2030. Cloudfig drafted DB99/T 0002-2030 and DB99/T 0003-2030."
DISCOURSE = discourse_of(text_document(TEXT, "a.txt"))
FIRST, SECOND, THIRD = DISCOURSE.numbers


def test_a_text_that_is_no_standard_is_a_document() -> None:
    assert (DISCOURSE.identity.kind, DISCOURSE.itself.label) == ("document", "a.txt")
    assert (DISCOURSE.is_standard, DISCOURSE.is_tender) == (False, False)


def test_numbers_are_found_by_where_they_are() -> None:
    second_sentence = DISCOURSE.sentence(SECOND.start, SECOND.end)
    assert DISCOURSE.inside(*second_sentence) == [SECOND, THIRD]
    assert DISCOURSE.first_from(*second_sentence) == SECOND
    assert DISCOURSE.last_inside(*second_sentence) == THIRD
    assert DISCOURSE.last_within(40, SECOND.start) == FIRST
    assert DISCOURSE.last_within(5, SECOND.start) is None


def test_its_own_number_leads_to_the_document_itself() -> None:
    cover = discourse_of(
        text_document("DB99/T 0001-2030\n示例系统\n本标准由虚构市示例局提出。参考DB99/T 0002-2030。", "a.txt")
    )
    assert [cover.node(n) is cover.itself for n in cover.numbers] == [True, False]
    assert cover.itself.title == "示例系统"
