"""Whether a clause provides for something, forbids it, or says that it is not so: by negations that reach the words.

A negation belongs to its own clause. It reaches the words that follow (or that stand before it) up to so many
characters, unless something between them begins another clause. Its words are data of each language.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from clauselight.model import Context
from clauselight.model.finding import Polarity
from clauselight.rules.candidates import Candidate
from clauselight.rules.pack import RuleBook
from clauselight.text.language import Negation
from clauselight.text.normalise import normalise

#: a negation, where it stands in a text, and what breaks its reach
_Found = tuple[Negation, list[re.Match[str]], re.Pattern[str] | None]


#: a line that is a row of a table
_BARS = re.compile(r"\|[^|]*\|")
#: what a negation may say that needs no other, the strongest first
_ALONE: tuple[Polarity, ...] = ("forbids", "denies")
#: kinds of negations whose words count as forbidding wherever they stand
_WORDS_THAT_FORBID = frozenset({"forbids", "rejects"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says of words, and whether it says so by two negations that turn each other round."""

    polarity: Polarity
    turned: bool = False


class Negations:
    """The negations of a book."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    @cached_property
    def _expressions(self) -> list[tuple[Negation, re.Pattern[str], re.Pattern[str] | None]]:
        each = [n for s in self.book.languages.each for n in s.negations]
        return [
            (n, re.compile("|".join(f"(?:{p})" for p in n.patterns)), re.compile(n.broken_by) if n.broken_by else None)
            for n in each
        ]

    def of(self, candidate: Candidate, sentence: str, languages: frozenset[str]) -> Said:
        """What a sentence says of a candidate's words, all of which a negation has to reach; offsets are its own."""
        normal = normalise(sentence)
        places = [
            (bisect_left(normal.starts, h.start - candidate.start), bisect_left(normal.starts, h.end - candidate.start))
            for h in candidate.hits
        ]
        return self.said(normal.text, places, languages)

    def said(self, plain: str, places: Iterable[tuple[int, int]], languages: frozenset[str]) -> Said:
        """What a normalised text says of words at (start, end)."""
        there = self._in(plain, languages)
        negated: set[Polarity] = set()
        for start, end in places if there else ():
            says = _of_place(there, plain, (start, end))
            said = together(says)
            if said == "provides":
                return Said(said, bool(says & _WORDS_THAT_FORBID))
            negated.add(said)
        if not negated:
            return Said("provides")
        return Said("forbids" if "forbids" in negated else "denies")

    def anywhere(self, plain: str, languages: frozenset[str]) -> Polarity:
        """What a normalised text says of anything in it: a negation counts wherever it stands."""
        says = {negation.says for negation, _, _ in self._in(plain, languages)}
        return next((polarity for polarity in _ALONE if polarity in says), "provides")

    def of_items(self, head: str, languages: frozenset[str]) -> Polarity:
        """What the line that opens a list says of its items."""
        return together({negation.says for negation, _, _ in self._in(normalise(head).text, languages)})

    def _in(self, plain: str, languages: frozenset[str]) -> list[_Found]:
        """The negations of a text, searched once for all places in it."""
        each = (
            (negation, list(expression.finditer(plain)), broken)
            for negation, expression, broken in self._expressions
            if negation.language in languages
        )
        return [found for found in each if found[1]]


def together(says: Set[str]) -> Polarity:
    """What negations say together. Two turn each other round: who lacks it is rejected, to switch it off is forbidden.

    A negation of a kind counts once: `must not store, must not search` forbids, and forbids again.
    """
    if "rejects" in says:
        return "provides" if says & {"lacks", "denies", "removes"} else "forbids"
    if "forbids" in says:
        return "provides" if says & {"lacks", "removes"} else "forbids"
    if "ends" in says:
        return "forbids"
    return "denies" if "denies" in says else "provides"


def _of_place(there: list[_Found], plain: str, place: tuple[int, int]) -> set[str]:
    """What the negations say that reach a place."""
    return {
        negation.says
        for negation, matches, broken in there
        if any(_reaches(negation, match, plain, place, broken) for match in matches)
    }


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


#: an answer that says no, and the questions to which no means yes: whether it is optional, whether it may be left out
_SAYS_NO = re.compile(
    r"(?i)[?？؟][\s\"'”’)）]*(?:\w+[.:：)]\s*)?"
    r"(?:no\b(?!\.?\s*\d)|not\b|none\b|否|不(?!可|得|予)|无需|нет\b|não\b|nein\b|non\b|لا(?![\u0621-\u064a]))"
)
_MAY_GO = re.compile(
    r"(?i)optional|omit|remov|waive|drop(?!-)|delet|without|exempt|删|取消|省略|选填|可选|豁免|免除|opcional|omitir|elimin"
    r"|facultat|необязат|исключ|اختياري|حذف"
)

#: what parts cells of a row that is written as a line, and what a cell says of its row
_CELL_END = re.compile(r"\t|\||｜")
_NO = re.compile(
    r"(?i)(?:not (?:required|needed|supported|available|provided|used)"
    r"|不要求|不需要|不支持|不涉及|不提供|не требуется|nicht erforderlich)[.。]?"
)
#: a cell that answers only the question of its own column, and the columns that ask whether there is such a thing.
#: Whether a field has to be given, or what deviates, are other questions: their answer `no` takes nothing away
_BARE_NO = re.compile(r"(?i)(?:no|none|not applicable|n/?a|×|✗|✘|否|无|不适用|нет|non|não|nein|hayır|không|لا)[.。]?")
_WHETHER = re.compile(
    r"(?i)(?:是否)?(?:支持|具备|允许|提供|配备)(?:情况)?|(?:support(?:ed)?|available|allowed|provided|offered|included)\??"
)
#: a row that orders is an order, whatever a bidder or a remark says beside it
_ORDERS = re.compile(r"(?i)\b(?:shall|must|should)\b|应(?!用)|须")
_BANNED = re.compile(
    r"(?i)(?:prohibited|forbidden|not (?:allowed|permitted)|must not|shall not|禁止|严禁|不允许|不得提供"
    r"|запрещено|prohibido|proibido|interdit|verboten)[.。]?"
)
_YES = re.compile(
    r"(?i)(?:yes|required|mandatory|optional|supported|y|√|✓|✔|是|有|必选|可选|必须|支持|应支持"
    r"|да|sí|oui|sim|ja|evet|có|نعم)[.。]?"
)


def by_answer(sentence: str, at: int) -> Said | None:
    """What the answer says of words at an offset in the question before it; None where there is no such answer."""
    no = _SAYS_NO.search(sentence)
    if no is None or at > no.start() or _MAY_GO.search(sentence[: no.start()]):
        return None
    return Said("denies")


def by_cells(sentence: str, context: Context) -> Said | None:
    """What a cell of the row says of what stands in another: `no`, 禁止. None where none does, or another says yes."""
    if context.kind != "table" and not _BARS.search(sentence):
        return None
    cells = [cell.strip(' "') for cell in _CELL_END.split(sentence.strip().strip("|"))]
    if any(_YES.fullmatch(cell) or _ORDERS.search(cell) for cell in cells):
        return None
    if any(_BANNED.fullmatch(cell) for cell in cells):
        return Said("forbids")
    _, *answers = [cell for cell in cells if cell] or [""]
    asked = [
        cell for cell, header in zip_longest(cells, context.headers, fillvalue="") if _WHETHER.fullmatch(header.strip())
    ]
    if len(answers) == 1:  # a thing and its answer, no more
        asked += answers
    no = any(map(_NO.fullmatch, cells)) or any(map(_BARE_NO.fullmatch, asked))
    return Said("denies") if no else None
