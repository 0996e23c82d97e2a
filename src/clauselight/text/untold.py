"""Prose in a language that is neither one with rules nor one that can be named.

Most languages have no list of small words here. But prose is told from code, tables and lists in any language: it is
plain words in lower case, many on a line, of which a few come again and again. Where such a text has hardly a small
word or a letter of any language with rules, no rule has understood it.
"""

from __future__ import annotations

import re
from collections import Counter

from clauselight.text.language import Languages

#: the code of a language that is not told (ISO 639-2)
UNDETERMINED = "und"
#: words of a stretch below which nothing is said
_FEW = 60
#: share of what stands between spaces that is plain words, and of these that is in lower case; words on a line
_PLAIN, _LOWER, _ON_A_LINE = 0.8, 0.6, 6
#: share of all words that the commonest eight are, and that the different ones are: a list has each word once, and
#: what a program prints again and again has few
_COMMONEST, _COMMON, _DIFFERENT = 8, 0.18, 0.3
#: share of the words from which a language with rules is spoken; the poorest thousandth of real texts has 0.11
_SPOKEN = 0.09
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_AROUND = ".,;:!?\"'()“”«»[]¿¡…—–"


def is_untold(stretch: str, ruled: Languages) -> bool:
    """Whether a stretch in Latin letters is prose that is in none of the languages with rules."""
    pieces = stretch.split()
    words = [piece for raw in pieces if _WORD.fullmatch(piece := raw.strip(_AROUND))]
    if len(words) < _FEW or len(words) < _PLAIN * len(pieces):
        return False
    lines = sum(1 for line in stretch.split("\n") if line.strip())
    if len(pieces) < _ON_A_LINE * lines or sum(map(str.islower, words)) < _LOWER * len(words):
        return False
    tokens = [word.lower() for word in words]
    counts = Counter(tokens)
    common = sum(count for _, count in counts.most_common(_COMMONEST))
    if common < _COMMON * len(words) or len(counts) < _DIFFERENT * len(words):
        return False
    return max((one.score(stretch, tokens) for one in ruled.each), default=0.0) < _SPOKEN * len(words)
