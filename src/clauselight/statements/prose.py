"""Who drafted, proposed, administers and issued a standard, where sentences say so.

They are those of press reports, vendor pages and translations. Each statement goes to the standard that its sentence
names, or that the one before it spoke of.
"""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.model.statement import Statement
from clauselight.statements import prose_en, prose_zh
from clauselight.statements.discourse import Discourse
from clauselight.statements.mentions import Mention, stated
from clauselight.statements.numbers import Number
from clauselight.statements.span import Stretch


def prose(discourse: Discourse) -> Iterator[Statement]:
    """Statements of sentences. In its own language a standard speaks of itself, which `preface` reads."""
    if not discourse.numbers:
        return
    yield from stated(discourse, _english(discourse))
    if not discourse.is_standard:
        yield from stated(discourse, prose_zh.sentences(discourse))


def _english(discourse: Discourse) -> Iterator[Mention]:
    for number in discourse.numbers:
        yield from _around(discourse, number)
    yield from prose_en.passive(discourse)
    yield from prose_en.active(discourse)


def _around(discourse: Discourse, number: Number) -> Iterator[Mention]:
    """What is said right around a number, in either language: who issued it, and a list of its drafters."""
    standard = discourse.node(number)
    for name in prose_en.issuers_before(discourse.text, number):
        yield Mention("issued", standard, name, (name[0], number.end), (number.start, number.end))
    for name in _drafters_around(discourse.text, number):
        quote = (min(number.start, name[0]), max(number.end, name[1]))
        verb = (number.end, name[0]) if name[0] > number.start else (name[1], number.start)
        yield Mention("drafted", standard, name, quote, verb)


def _drafters_around(text: str, number: Number) -> list[Stretch]:
    """The drafters of the first form of list that fits."""
    for reader in (
        prose_en.drafters_of,
        prose_en.listed_as_drafters,
        prose_zh.drafting_units,
        prose_zh.one_of_the_units,
    ):
        names = reader(text, number)
        if names is not None:
            return names
    return []
