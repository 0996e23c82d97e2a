"""The line that opens a list over an item of it: ``The following is prohibited:``, ``以下功能不得提供：``."""

from __future__ import annotations

from clauselight.model import Document
from clauselight.text.patterns import pattern

#: how an item begins: a letter or number with its sign, a bullet
ITEM = pattern(
    r"^\s*(?:[★▲※]\s*)?(?:[(（]?(?:[a-zA-Zа-яА-Я\u0621-\u064a]|\d{1,2}|[ivxIVX]{1,4}|[一二三四五六七八九十]{1,3})[)）、.．]|\d{1,2}\s?[-–]|[IVX]{1,4}\s[–-]|[①-⑳]|[-*•·‣–—●○■□▪▫◆◇➢➤✓✔])\s*(?!\d)\S",
    "a) classification of faces by race;",
    "（2）肤色识别报警。",
    "- by religion",
    "б) национальность;",
    "● 人种分布热力图；",
    "II – circulação",
)
#: how a line ends that opens one
_OPENS = pattern(r"[:：]\s*$", "The following functions are prohibited:")
#: units above an item that are looked at, and characters of one that may open a list
_UP, _LONGEST = 40, 300


def head_over(document: Document, index: int) -> str:
    """The text of the unit that opens the list in which a unit is an item; empty where it is none."""
    if not ITEM.search(_text(document, index)):
        return ""
    for above in range(index - 1, max(-1, index - _UP), -1):
        text = _text(document, above)
        if _OPENS.search(text) and not ITEM.search(text):
            return text
        if text.strip() and not ITEM.search(text) and not _goes_on(text):
            return ""
    return ""


def _goes_on(text: str) -> bool:
    """Whether a line is more of the item above it: it is indented."""
    return text[:1] in " \t\u3000"


def _text(document: Document, index: int) -> str:
    unit = document.layout.unit(index)
    return document.text[unit.start : min(unit.end, unit.start + _LONGEST)]
