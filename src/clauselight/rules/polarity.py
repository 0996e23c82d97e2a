"""Whether a clause provides for something, forbids it, or says that it is not so: by negations that reach the words.

A negation belongs to its own clause. It reaches the words that follow (or that stand before it) up to so many
characters, unless something between them begins another clause. Its words are data of each language.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from clauselight.model.finding import Polarity
from clauselight.rules.candidates import Candidate
from clauselight.rules.pack import RuleBook
from clauselight.text.language import Negation
from clauselight.text.normalise import normalise

#: a negation, where it stands in a text, and what breaks its reach
_Found = tuple[Negation, list[re.Match[str]], re.Pattern[str] | None]


class Negations:
    """The negations of a book."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    @cached_property
    def _expressions(self) -> list[tuple[Negation, re.Pattern[str], re.Pattern[str] | None]]:
        """What forbids comes before what denies, so that a clause that does both forbids."""
        each = sorted((n for s in self.book.languages.each for n in s.negations), key=lambda n: n.says != "forbids")
        return [
            (n, re.compile("|".join(f"(?:{p})" for p in n.patterns)), re.compile(n.broken_by) if n.broken_by else None)
            for n in each
        ]

    def of(self, candidate: Candidate, sentence: str, languages: frozenset[str]) -> Polarity:
        """What a sentence says of a candidate's words, all of which a negation has to reach; offsets are its own."""
        normal = normalise(sentence)
        places = [
            (bisect_left(normal.starts, h.start - candidate.start), bisect_left(normal.starts, h.end - candidate.start))
            for h in candidate.hits
        ]
        return self.said(normal.text, places, languages)

    def said(self, plain: str, places: Iterable[tuple[int, int]], languages: frozenset[str]) -> Polarity:
        """What a normalised text says of words at (start, end)."""
        there = self._in(plain, languages)
        negated: set[Polarity] = set()
        for start, end in places if there else ():
            said = _of_place(there, plain, (start, end))
            if said == "provides":
                return said
            negated.add(said)
        if not negated:
            return "provides"
        return "forbids" if "forbids" in negated else "denies"

    def anywhere(self, plain: str, languages: frozenset[str]) -> Polarity:
        """What a normalised text says of anything in it: a negation counts wherever it stands."""
        for negation, expression, _ in self._expressions:
            if negation.language in languages and expression.search(plain):
                return "forbids" if negation.says == "forbids" else "denies"
        return "provides"

    def _in(self, plain: str, languages: frozenset[str]) -> list[_Found]:
        """The negations of a text, searched once for all places in it."""
        each = (
            (negation, list(expression.finditer(plain)), broken)
            for negation, expression, broken in self._expressions
            if negation.language in languages
        )
        return [found for found in each if found[1]]


def _of_place(there: list[_Found], plain: str, place: tuple[int, int]) -> Polarity:
    for negation, matches, broken in there:
        if any(_reaches(negation, match, plain, place, broken) for match in matches):
            return "forbids" if negation.says == "forbids" else "denies"
    return "provides"


def _reaches(
    negation: Negation, match: re.Match[str], plain: str, place: tuple[int, int], broken: re.Pattern[str] | None
) -> bool:
    """Whether a negation reaches the words at a place: near enough, and nothing between begins another clause."""
    start, end = place
    # the words may begin with a verb far before the attribute that they end with
    behind = negation.side == "behind"
    first, last = (end, match.start()) if behind else (match.end(), start if match.end() <= start else end)
    if not 0 <= last - first <= negation.reach:
        return False
    through = plain[end : match.start()] if behind else plain[match.end() : end]
    return not (broken and broken.search(through))
