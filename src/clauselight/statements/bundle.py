"""Several standards in one file: each has a title and a preface of its own, so each is read by itself.

What is said below the second title is said of the second standard. A number is such a title where it begins a line of
its own, and what only a preface has (its heading, a list of drafters) stands both before it and behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from clauselight.statements.fragments import TITLE, UNITS_EN
from clauselight.statements.identity import is_no_sentence
from clauselight.statements.numbers import Number
from clauselight.statements.span import Span, Stretch
from clauselight.text.patterns import pattern

#: what may stand before the number on the line of a title
_BEFORE = pattern(
    r"^[\W_]*(?:附(?:件|录)?\s*[\dA-Z一二三四五六七八九十]*\s*[:：]?\s*|标准(?:编号|号)\s*[:：]\s*|"
    r"(?i:standard no\.?\s*[:：]?\s*))?$",
    "附件2：",
    "# ",
)
#: what may stand behind it there: nothing, or a title without a verb
_BEHIND = pattern(
    rf"\s*(?:{TITLE}|(?:(?!相比|替代|代替|的规定|要求。|适用于|给出|[，。；,;]|(?i:\b(?:is|are|was|were|shall|and|or|gives|in)\b))[^\n]){{0,60}})\s*$",
    " 示例系统技术要求",
)
#: where a line ends that does not go on in the next one
_ENDED = pattern(r"(?:^|[。.；;:：!！”\"）)]|\n[ \t]*)\s*$", "适用于示例系统。\n", "\n\n")
#: what only the preface of a standard has
_PREFACE = (
    pattern(r"(?m)^\W*前\s*言\W*$", "前 言"),
    pattern(r"(?im)^\W*foreword\W*$", "Foreword"),
    pattern(
        rf"(?:起草|编制)单位(?:为|有|是)?\s*[:：]|(?i:\bdrafting (?:{UNITS_EN})[^:：\n]{{0,40}}[:：]|"
        rf"\bwas (?:jointly )?drafted by\b)",
        "起草单位：",
        "Drafting organizations:",
    ),
)
#: characters behind a title in which its preface begins
_NEAR = 1500


def parts(span: Span, numbers: Sequence[Number]) -> list[Stretch]:
    """The parts of a text that are standards of their own; the whole text where it is one document."""
    raw = span.document.text
    alone = [n for n in numbers if _is_title(span, n)]
    at = [span.plain.original(n.start, n.end)[0] for n in alone]
    titles: list[int] = []
    for i, number in enumerate(alone):
        if titles and alone[titles[-1]].series == number.series:
            continue
        following = next((at[j] for j in range(i + 1, len(alone)) if alone[j].series != number.series), len(raw))
        heads = [p for p in _PREFACE if p.search(raw, at[i], min(following, at[i] + _NEAR))]
        if any(not titles or p.search(raw, at[titles[-1]], at[i]) for p in heads):
            titles.append(i)
    cuts = [span.line(alone[i].start, alone[i].end)[0] for i in titles[1:]]
    return list(zip([0, *cuts], [*cuts, len(span.text)], strict=True))


def _is_title(span: Span, number: Number) -> bool:
    raw = span.document.text
    a, b = span.plain.original(number.start, number.end)
    low, high = span.printed_line(number.start, number.end)
    alone = _BEFORE.match(raw[low:a]) and _BEHIND.match(raw[b:high]) and _ENDED.search(raw[max(0, low - 80) : low])
    return bool(alone) and is_no_sentence(span, number)
