"""Characters that are written as an escape or an entity, as programs write them into JSON, YAML, code, XML and HTML.

The canonical text keeps them as they stand. What is matched, and what a language is told by, is what they mean.
"""

from __future__ import annotations

import html
import re

_HEX = "[0-9a-fA-F]"
#: the backslash of an escape: doubled where JSON stands inside a string of JSON
_SLASH = r"\\{1,8}"
#: entities of Latin letters by name; others (&lt; &nbsp; &copy;) hide no letter
NAMED = (
    r"&(?:[A-Za-z]{1,2}(?:acute|grave|circ|uml|tilde|cedil|ring|caron|slash|lig|ogon|breve|macr|dot|strok)"
    r"|inodot|imath|[Ee][Tt][Hh]|[Tt][Hh][Oo][Rr][Nn]);"
)
#: an escaped character. Bytes of UTF-8 that make one character are one: "\xe6\xb0\x91"
ESCAPE = (
    rf"{_SLASH}u[dD][89abAB]{_HEX}{{2}}{_SLASH}u[dD][c-fC-F]{_HEX}{{2}}"
    rf"|{_SLASH}u(?:{_HEX}{{4}}|\{{0{{0,4}}{_HEX}{{1,6}}\}})"
    rf"|{_SLASH}U{_HEX}{{8}}"
    rf"|{_SLASH}x(?:[c-dC-D]{_HEX}{_SLASH}x[89abAB]{_HEX}|[eE]{_HEX}(?:{_SLASH}x[89abAB]{_HEX}){{2}}"
    rf"|[fF][0-4](?:{_SLASH}x[89abAB]{_HEX}){{3}}|[2-9a-fA-F]{_HEX})"
)
ENTITY = rf"&(?:amp;){{0,3}}#(?:[xX]{_HEX}{{1,6}}|[0-9]{{1,7}});|{NAMED}"

#: an escaped end of a line, tab or page in front of a word, in a string of JSON or code: "Outputs:\\nrace of the face".
#: A doubled backslash is one itself, as in "C:\\\\logs\\\\trace.log"
_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\[nrtfv](?=\w)")

_EITHER = re.compile(f"{ESCAPE}|{ENTITY}")
_NUMBER = re.compile(rf"[uUx]\{{?({_HEX}+)")
_AMPS = re.compile(r"&(?:amp;)+")


def unescaped(text: str) -> str:
    """The text with its escaped characters as themselves; the same text where it has none."""
    if "\\" not in text and "&" not in text:
        return text
    return _EITHER.sub(lambda m: character(m[0]), text)


def broken(text: str) -> str:
    """A text of code with the escaped ends of lines before words as spaces; of the same length, so places hold."""
    if "\\" not in text:
        return text
    return _BREAK.sub(lambda m: m[0][:-2] + "  ", text)


def character(piece: str) -> str:
    """The character that one match of `ESCAPE` or `ENTITY` stands for; U+FFFD for what is none."""
    if piece[0] == "&":
        return _valid(html.unescape(_AMPS.sub("&", piece)))
    codes = [int(digits, 16) for digits in _NUMBER.findall(piece)]
    if "x" in piece:
        return chr(codes[0]) if len(codes) == 1 else bytes(codes).decode("utf-8", "replace")[:1]
    if len(codes) == 2:
        return chr(0x10000 + ((codes[0] & 0x3FF) << 10) + (codes[1] & 0x3FF))
    return _valid(chr(codes[0]) if codes[0] < 0x110000 else "")


def _valid(char: str) -> str:
    return char if char and not "\ud800" <= char <= "\udfff" else "\ufffd"
