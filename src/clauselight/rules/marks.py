"""★, ▲ and other marks of tenders, with the meaning that the document itself gives them."""

from __future__ import annotations

import re

from clauselight.model.finding import Strength

MARK = re.compile(r"\s*(?:\|\s*)?([★▲※☆△])")
#: what a mark means where the document does not say: ★ is a substantive requirement, the others cost points
USUAL: dict[str, Strength] = {"★": "shall", "▲": "should", "※": "should", "☆": "should", "△": "should"}
_DEFINED = re.compile(
    r"([★▲※☆△])[”\"'」』]?\s*(?:号|标记|标识|符号|项)?[^。；;\n★▲※☆△]{0,24}?(实质性|必须|无效|废标|否决|不得偏离|不允许偏离|不可偏离|重要|扣分|评分|加分|一般)"
)


def mark_meanings(text: str) -> dict[str, Strength]:
    """What a tender says of its marks: unmet means rejection (shall), or points lost (should)."""
    out: dict[str, Strength] = {}
    for match in _DEFINED.finditer(text):
        strength: Strength = "should" if match[2] in {"重要", "扣分", "评分", "加分", "一般"} else "shall"
        if out.get(match[1]) != "shall":
            out[match[1]] = strength
    return out
