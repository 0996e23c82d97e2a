"""Words inside identifiers, and patterns that find a term as a word and never as a part of another."""

from __future__ import annotations

import re

_SPLIT = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_LATIN = re.compile(r"[A-Za-z]")

#: A word starts where no letter precedes, or where a lower-case letter meets an upper-case one (``emNation``). What follows may
#: be a plural, then no lower-case letter; a word in capitals may not run on in capitals (``MASKING`` is not ``SKIN``).
_BEFORE = r"(?:(?<![A-Za-zÀ-ÖØ-öø-ÿ])|(?<=[a-z0-9])(?=[A-Z]))"
_AFTER = r"(?![a-zà-öø-ÿ])(?!(?<=[A-Z]{2})[A-Z](?![a-z]))"


def split_identifier(name: str) -> list[str]:
    """Words of an identifier in lower case: ``getMinorityStatus`` -> get, minority, status; ``RACE_LABELS`` -> race, labels."""
    return [word.lower() for word in _SPLIT.findall(name)]


def latin_pattern(term: str) -> str:
    """A regular expression for an English (or any Latin, cased) term, its spaces matching any way words are joined in code.

    ``skin color`` finds skin color, skin-color, skin_color, skinColor, SkinColor and SKIN_COLOR. A leading ``=`` keeps the case as
    written; a trailing ``*`` allows any ending (``ethni*``).
    """
    exact = term.startswith("=")
    term = term.removeprefix("=")
    open_end = term.endswith("*")
    words = [re.escape(word).replace(r"\-", "[-_ ]?") for word in term.removesuffix("*").split()]
    body = r"(?:[\s_\-‐]{1,3}|(?<=[a-z])(?=[A-Z])|(?<=[a-z])(?=[a-z]))".join(words) if len(words) > 1 else words[0]
    if not exact:
        body = f"(?i:{body})"
    if open_end:
        return f"{_BEFORE}{body}[a-zà-öø-ÿ]*"
    return f"{_BEFORE}{body}(?:(?i:e?s))?{_AFTER}"


def is_latin(term: str) -> bool:
    """Whether a term is written in Latin letters and so needs word boundaries."""
    return bool(_LATIN.search(term)) and not re.search(r"[\u0370-\u1cff\u2e80-\uffdc]", term)


def word_pattern(term: str) -> str:
    """A regular expression for a term of any script. Chinese has no word boundary; Cyrillic and Arabic stems take any ending."""
    if is_latin(term):
        return latin_pattern(term)
    if re.search(r"[\u0370-\u1cff]", term):
        open_end = term.endswith("*")
        body = r"\s+".join(re.escape(word) for word in term.removesuffix("*").split())
        prefix = (
            r"(?<![\u0400-\u052f])"
            if re.search(r"[\u0400-\u052f]", term)
            else r"(?<![\u0621-\u064a])(?:و|ال|ب|ل|بال|وال|لل)?"
        )
        after = r"\w*" if open_end else r"(?!\w)"
        return f"(?i:{prefix}{body}{after})"
    return re.escape(term).replace(r"\ ", r"\s*")
