"""Places of a document that tell again what stands elsewhere in it, or in another: they provide for nothing themselves.

A table of contents, a bookmark, a running head, a cross-reference and the title on a cover (in each of its languages)
name a clause; they are none. A report quotes the clauses of others.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from clauselight.model import Document
from clauselight.structure.reports import is_report
from clauselight.text.patterns import pattern

#: signs of a report (`reports.py`) that are asked for before its sentences are taken for those of others
_SURE = 3
#: a line of contents by its leader: `5 Functions ........ 12`, `5 功能 …… 12`
_LEADER = pattern(
    r"\S\s*(?:\.{4,}|(?:\s\.){3,}|…{2,}|·{4,}|。{4,}|_{4,}|-{4,})\s*[(（]?[\dIVXivx]{1,5}[)）]?\s*$", "5 功能 …… 12"
)
#: the heading over contents
_CONTENTS = pattern(r"(?i)^\W*(?:目\s*[次录]|(?:table of )?contents)\W*$", "目  次", "## Contents")
#: a line below it: a title and its page, or a title with its number
_ENTRY = pattern(r"^\s*\S.*\S\s+\d{1,4}\s*$", "5.1 人员属性  12")
#: lines up to the heading over contents
_UP = 120
#: a sentence that only says where something stands
_ELSEWHERE = pattern(
    r"(?i)^\W*(?:注\s*\d*\s*[:：]\s*|note\s*\d*\s*[:：]?\s*)?"
    r"(?:(?:详见|参见|另见|见)\s*(?:本|第|附录|表|图|条|\d)|(?:see|refer to)(?: also)?\s+(?:also\s+)?"
    r"(?:the\s+)?(?:clause|section|annex|table|figure|chapter|part|\d))",
    "（详见 5.2 人员民族属性）",
    "See clause 5.2, ethnicity of persons.",
)
#: an order in such a sentence makes it a clause after all
_ORDERS = pattern(r"(?i)应(?!用)|必须|须|不得|\b(?:shall|must|should)\b", "应包含民族")
#: the day of issue at the foot of a cover
_FOOT = pattern(
    r"(?:19|20)\d\d\s*[-—–.年/]\s*\d{1,2}\s*[-—–.月/]\s*\d{1,2}\s*日?\s*(?:发布|批准|颁布)", "2030-01-05发布"
)
#: characters in which a cover has its foot
_COVER = 1500
#: what stands on no cover
_BEHIND_COVER = pattern(r"(?:^|\n)\s*(?:前\s*言|目\s*[次录]|引\s*言|1?\s*范\s*围|第一[章条])", "前 言")
#: figures and white space, which differ from page to page in a running head
_DIFFERS = pattern(r"[\d\s.·—–-]+", "— 12 —")
#: a running head is no longer than this, in characters, and stands on so many pages
_HEAD, _PAGES = 80, 3
#: characters of a unit that are looked at: no line of contents and no running head is longer
_ENTRIES = 400
#: units at the top and at the foot of a page among which it is; a page with no more than these has no body
_EDGE = 2


class Retold:
    """The places of one document that tell again what stands elsewhere."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def how(self, index: int, sentence: str) -> str:
        """How a sentence in the unit `index` tells what stands elsewhere; empty where it speaks for itself."""
        unit = self._document.layout.unit(index)
        line = self._document.text[unit.start : min(unit.end, unit.start + _ENTRIES)]
        if _LEADER.search(line) or self._is_under_contents(index, line):
            return "a line of a table of contents"
        if self._document.layout.context(index).leads:
            return "a bookmark"
        if _ELSEWHERE.match(sentence) and not _ORDERS.search(sentence):
            return "a reference to another place"
        if unit.page is not None and _alike(line) in self._running:
            return "a running head or foot"
        if self._document.offset + unit.end <= self._cover_end:
            return "the title on a cover"
        if self._is_report and self._document.layout.context(index).kind == "prose":
            return "a report on others, which provides for nothing itself"
        return ""

    def _is_under_contents(self, index: int, line: str) -> bool:
        """Whether nothing but entries stands between a heading of contents and an entry."""
        if not _ENTRY.match(line):
            return False
        for above in range(index - 1, max(-1, index - _UP), -1):
            unit = self._document.layout.unit(above)
            text = self._document.text[unit.start : unit.end]
            if _CONTENTS.match(text):
                return True
            if text.strip() and not _ENTRY.match(text):
                return False
        return False

    @cached_property
    def _is_report(self) -> bool:
        return is_report(self._document.text, _SURE)

    @cached_property
    def _cover_end(self) -> int:
        """Where the title of a cover ends: at the day of issue below it; 0 without a cover."""
        front = "" if self._document.offset else self._document.text[:_COVER]
        foot = _FOOT.search(front)
        return foot.start() if foot and not _BEHIND_COVER.search(front, 0, foot.start()) else 0

    @cached_property
    def _running(self) -> frozenset[str]:
        """What stands at the top or the foot of several pages."""
        pages: dict[int, list[str]] = {}
        layout, text = self._document.layout, self._document.text
        for index in range(len(layout)):
            unit = layout.unit(index)
            if unit.page is not None:
                pages.setdefault(unit.page, []).append(text[unit.start : unit.end])
        whole = (units for units in pages.values() if len(units) > 2 * _EDGE)
        edges = ({_alike(t) for t in (*units[:_EDGE], *units[-_EDGE:]) if len(t) <= _HEAD} for units in whole)
        counts = Counter(each for page in edges for each in page if each)
        return frozenset(each for each, count in counts.items() if count >= _PAGES)


def _alike(line: str) -> str:
    """A line without what differs from page to page."""
    return _DIFFERS.sub("", line)
