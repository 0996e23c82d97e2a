"""How a regular expression is written here: compiled once, under a name, with invented texts that it matches."""

from __future__ import annotations

import re


def pattern(expression: str, example: str, *more: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """`expression` compiled. Raises `re.error` where it is none.

    `example` and `more` are invented texts in which the expression finds something. They are for the reader and for
    `tests/statements/test_patterns.py`, which holds every call to them; the program does not use them.
    """
    return re.compile(expression, flags)
