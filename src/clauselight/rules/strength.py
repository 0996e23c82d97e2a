"""How strongly a sentence or a table row binds: a mark of the tender, a modal verb, a column of the table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property

from clauselight.model import Context
from clauselight.model.finding import Strength
from clauselight.rules.decision import Binding
from clauselight.rules.marks import MARK, USUAL
from clauselight.rules.pack import RuleBook
from clauselight.text.language import NO_LANGUAGE, STRENGTHS, Modal
from clauselight.text.normalise import normalise

#: a table that has one of these says of each row whether it must be there
_COLUMN = re.compile(r"必选|可选|约束|要求|M/O|R/O|Mandatory|Required|Presence")
_CELL_END = re.compile(r"\t|\||\s\s+")
#: the same in a table of delimited values
_DELIMITED = re.compile(r"[\t|,;，；]|\s\s+")
_MUST = frozenset({"必选", "R", "M", "必填", "强制", "Mandatory", "Required", "Yes"})
_MAY = frozenset({"可选", "O", "选填", "Optional"})


#: what parts clauses in any language: a modal before it binds what comes after only where that has none of its own
_CLAUSE = re.compile(r"[,，：:]\s?")
#: what begins a clause that no modal before it reaches
_APART = re.compile(r"[;；]|[,，]\s*(?:但|而(?!且)|(?i:but|while|whereas|however)\b)")

#: a question binds nobody
_ASKS = re.compile(r"[?？][\s\"'”’)）*]*\Z")


class Modals:
    """The modal verbs of a book."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    @cached_property
    def _expressions(self) -> list[tuple[Modal, re.Pattern[str]]]:
        return [(m, re.compile("|".join(f"(?:{p})" for p in m.patterns))) for m in self.book.modals]

    def binding(
        self,
        sentence: str,
        context: Context,
        marks: Mapping[str, Strength],
        languages: frozenset[str] | None = None,
        at: int | None = None,
    ) -> Binding:
        """How strongly the sentence or table row binds, and the word that says so; a mark that binds comes first.

        Only modals of `languages` are looked for (None: of all). `at` is where in the sentence the words stand that are
        bound: a clause of their own with a modal of its own speaks for itself.
        """
        mark = MARK.match(sentence)
        by_mark = Binding(marks.get(mark[1], USUAL[mark[1]]), mark[1]) if mark else Binding()
        if by_mark.strength == "shall":
            return by_mark
        return self._by_verb(sentence, languages, at) or _by_column(sentence, context) or by_mark

    def _by_verb(self, sentence: str, languages: frozenset[str] | None, at: int | None) -> Binding | None:
        normal = normalise(sentence)
        if _ASKS.search(normal.text):
            return None
        place = None if at is None else min(bisect_left(normal.starts, at), len(normal.text))
        whole = normal.text if place is None else _around(normal.text, place, _APART)
        if place is not None:
            own = self._strongest(_around(normal.text, place, _CLAUSE), languages)
            # that something is possible is often part of what a clause before it orders
            if own and own.strength != "can":
                return own
        return self._strongest(whole, languages)

    def _strongest(self, plain: str, languages: frozenset[str] | None) -> Binding | None:
        """The strongest modal of a text; a language has them in that order, and so the first of each is compared."""
        found = [
            Binding(modal.strength, match.group().strip())  # type: ignore[arg-type]
            for modal, expression in self._expressions
            if (languages is None or modal.language in languages or modal.language == NO_LANGUAGE)
            and (match := expression.search(plain))
        ]
        return min(found, key=lambda binding: STRENGTHS.index(binding.strength), default=None)


def _around(plain: str, at: int, parts: re.Pattern[str]) -> str:
    """The part of a sentence in which an offset lies."""
    start, end = 0, len(plain)
    for match in parts.finditer(plain):
        if match.end() <= at:
            start = match.end()
        elif match.start() >= at:
            end = match.start()
            break
    return plain[start:end]


def _by_column(sentence: str, context: Context) -> Binding | None:
    if not _COLUMN.search(" ".join(context.headers) + sentence):
        return None
    ends = _DELIMITED if context.kind == "table" else _CELL_END
    for cell in (c.strip(' "') for c in ends.split(sentence)):
        if cell in _MUST:
            return Binding("shall", cell)
        if cell in _MAY:
            return Binding("may", cell)
    return None
