"""Quotes as they are shown: personal data covered unless it is asked for, on one line, cut where there is no room."""

from __future__ import annotations

from clauselight.exports.mask import mask


def shown(text: str, unmask: bool) -> str:
    """The text with personal data covered, or as it is. The length stays the same."""
    return text if unmask else mask(text).text


def covered(text: str) -> str:
    """The text with personal data covered."""
    return shown(text, unmask=False)


def one_line(text: str, unmask: bool) -> str:
    """The same on one line: each stretch of white space is one space."""
    return " ".join(shown(text, unmask).split())


def cut(text: str, most: int) -> str:
    """At most `most` characters, and `…` where there were more."""
    return text[:most] + ("…" if len(text) > most else "")
