"""Where a sentence ends: marks, full stops and abbreviations of each language, and a blank line in any."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_BLANK_LINE = r"\r?\n[ \t]*\r?\n"


@dataclass(frozen=True, slots=True)
class Sentences:
    """How a language ends its sentences."""

    #: characters each of which ends a sentence, whatever follows
    ends: str = ""
    #: the inside of a character class: a full stop ends a sentence where white space and one of these follow
    starts: str = ""
    #: words whose full stop ends no sentence, without the stop
    abbreviations: tuple[str, ...] = ()


def sentence_end(each: Iterable[Sentences]) -> re.Pattern[str]:
    """What ends a sentence in any of the languages. A text may mix them, so the ends of all hold everywhere."""
    languages = tuple(each)
    ends = "".join(dict.fromkeys(c for s in languages for c in s.ends))
    starts = "".join(dict.fromkeys(s.starts for s in languages if s.starts))
    spared = dict.fromkeys(a for s in languages for a in s.abbreviations)
    parts = []
    if ends:
        parts.append(f"[{re.escape(ends)}]")
    if starts:
        # the stop comes first: an alternative that begins with a character is what makes the search fast
        parts.append(r"\." + "".join(rf"(?<!\b{re.escape(a)}\.)" for a in spared) + rf"(?=\s+[{starts}])")
    return re.compile("|".join((*parts, _BLANK_LINE)))
