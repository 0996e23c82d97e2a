"""How strongly a sentence or a table row binds: a mark of the tender, a modal verb, a column of the table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from clauselight.model import Context
from clauselight.model.finding import Strength
from clauselight.rules.decision import Binding
from clauselight.rules.marks import MARK, USUAL
from clauselight.rules.pack import RuleBook
from clauselight.text.language import Modal
from clauselight.text.normalise import normalise

#: a table that has one of these says of each row whether it must be there
_COLUMN = re.compile(r"必选|可选|约束|要求|M/O|R/O|Mandatory|Required|Presence")
_CELL_END = re.compile(r"\t|\||\s\s+")
#: the same in a table of delimited values
_DELIMITED = re.compile(r"[\t|,;，；]|\s\s+")
_MUST = frozenset({"必选", "R", "M", "必填", "强制", "Mandatory", "Required", "Yes"})
_MAY = frozenset({"可选", "O", "选填", "Optional"})


class Modals:
    """The modal verbs of a book."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    @cached_property
    def _expressions(self) -> list[tuple[Modal, re.Pattern[str]]]:
        return [(m, re.compile("|".join(f"(?:{p})" for p in m.patterns))) for m in self.book.modals]

    def binding(self, sentence: str, context: Context, marks: Mapping[str, Strength]) -> Binding:
        """How strongly the sentence or table row binds, and the word that says so; a mark that binds comes first."""
        mark = MARK.match(sentence)
        by_mark = Binding(marks.get(mark[1], USUAL[mark[1]]), mark[1]) if mark else Binding()
        if by_mark.strength == "shall":
            return by_mark
        return self._by_verb(sentence) or _by_column(sentence, context) or by_mark

    def _by_verb(self, sentence: str) -> Binding | None:
        plain = normalise(sentence).text
        for modal, expression in self._expressions:
            if match := expression.search(plain):
                return Binding(modal.strength, match.group().strip())  # type: ignore[arg-type]
        return None


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
