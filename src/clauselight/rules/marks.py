"""★, ▲ and other marks of tenders, with the meaning that the document itself gives them."""

from __future__ import annotations

import re

from clauselight.model.finding import Strength
from clauselight.rules.weights import MARKS

_SIGNS = "★▲※☆△"
MARK = re.compile(rf"\s*(?:\|\s*)?([{_SIGNS}])")
#: what a mark means where the document does not say: ★ is a substantive requirement, the others cost points
USUAL: dict[str, Strength] = {"★": "shall", "▲": "should", "※": "should", "☆": "should", "△": "should"}
#: words that say: who does not meet it is rejected
_REJECTS = "实质性|必须|无效|废标|否决|不得偏离|不允许偏离|不可偏离"
#: words that say: who does not meet it loses points
_COSTS = "重要|扣分|评分|加分|一般"
_DEFINED = re.compile(
    rf"(?P<mark>[{_SIGNS}])[”\"'」』]?\s*(?:号|标记|标识|符号|项)?"
    rf"[^。；;\n{_SIGNS}]{{0,{MARKS.reach}}}?(?:{_REJECTS}|(?P<costs>{_COSTS}))"
)


def mark_meanings(text: str) -> dict[str, Strength]:
    """What a tender says of its marks: unmet means rejection (shall), or points lost (should)."""
    meanings: dict[str, Strength] = {}
    for match in _DEFINED.finditer(text):
        if meanings.get(match["mark"]) != "shall":
            meanings[match["mark"]] = "should" if match["costs"] else "shall"
    return meanings
