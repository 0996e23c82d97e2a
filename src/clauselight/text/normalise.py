"""The normal form that rules are matched on, with an alignment that leads each character back to where it stood.

What is folded: traditional to simplified characters, full width to half width, CJK radicals to unified ideographs,
letter-spaced and line-broken words, pinyin salt such as ``民(mín)族``, soft hyphens and zero-width characters,
``\\u6c11`` and ``&#27665;`` escapes, Arabic vowel marks, composed and decomposed letters. The canonical text itself is
never changed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from clauselight.text.escapes import ENTITY, ESCAPE, character
from clauselight.text.radicals import RADICALS

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u2e80-\u2fdf"
_SALT_LETTERS = "a-zA-ZāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêA-Z\u0251\u02c7\u02ca\u02cb\u3105-\u312f"
_SKIP = re.compile(
    rf"(?P<salt>(?<=[{CJK}])\s?[(（][{_SALT_LETTERS}]{{1,7}}[)）])"
    rf"|(?P<gap>(?<=[{CJK}])[ \t\u3000\xa0]{{1,4}}(?=[{CJK}]))"
    rf"|(?P<break>(?<=[{CJK}])[ \t\u3000]*\r?\n[ \t\u3000]*(?=[{CJK}]))"
    r"|(?P<hyphen>(?<=[a-zà-ÿа-я])(?:-|\u2010|\xad|\ufffe)[ \t]*\r?\n[ \t]*(?=[a-zà-ÿа-я]))"
    r"|(?P<newline>\r\n|\n)"
    r"|(?P<zero>[\u200b-\u200f\u2060-\u2064\ufeff\xad\ufffe\u0640\u064b-\u065f\u0670]+)"
    rf"|(?P<escape>{ESCAPE}|{ENTITY})"
    r"|(?P<spaced>(?<![A-Za-z])(?:[A-Za-z][ \u2009]){3,40}[A-Za-z](?![A-Za-z]))"
    r"|(?P<marked>[^\W\d_][\u0300-\u036f]+)"
    r"|(?P<run>[\u3400-\u9fff\u3001-\u303f\uff01-\uff07\uff0a-\uff5e]+(?=[\u3400-\u9fff]))"
    r"|(?P<other>[^\x00-\x7f])"
)
#: text in which none of the above can occur needs no work
_PLAIN = re.compile(r"[\x00-\x7f]*\Z")
_ASCII_WORK = re.compile(rf"{ESCAPE}|{ENTITY}|(?<![A-Za-z])(?:[A-Za-z] ){{3}}[A-Za-z]|\n")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normal form of a stretch of text. ``starts[i]`` and ``ends[i]`` bound what character `i` came from."""

    text: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of ``text[start:end]``; an empty stretch stays empty."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> Normalised:
    """The normal form of `text` and its alignment. The work is linear in the length of the text."""
    if _PLAIN.match(text) and not _ASCII_WORK.search(text):
        offsets = list(range(len(text) + 1))
        return Normalised(text, offsets[:-1], offsets[1:])
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(piece: str, start: int, end: int) -> None:
        out.append(piece)
        if len(piece) == end - start:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))

    position = 0
    for match in _SKIP.finditer(text):
        start, end = match.span()
        if start > position:
            put(text[position:start], position, start)
        put(_replacement(match), start, end) if match.lastgroup != "spaced" else _spaced(put, match)
        position = end
    if position < len(text):
        put(text[position:], position, len(text))
    return Normalised("".join(out), starts, ends)


def _spaced(put: object, match: re.Match[str]) -> None:
    for offset, char in enumerate(match.group()):
        if char not in " \u2009":
            put(char, match.start() + offset, match.start() + offset + 1)  # type: ignore[operator]


def _replacement(match: re.Match[str]) -> str:
    kind, piece = match.lastgroup, match.group()
    if kind in ("other", "run"):
        return _fold_text(piece)
    if kind == "escape":
        return _fold_text(character(piece))
    if kind == "newline":
        return " "
    if kind == "marked":
        return unicodedata.normalize("NFC", piece)
    return ""


def _fold_text(text: str) -> str:
    return "".join(_fold(c) for c in text)


@cache
def _fold(char: str) -> str:
    """One character to its normal form; usually one character."""
    char = RADICALS.get(char, char)
    if "\u3400" <= char <= "\u9fff":
        return _simplified(char)
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        plain = unicodedata.normalize("NFKC", char)
        return char if plain == char else _fold_text(plain)
    if "\uff01" <= char <= "\uffee" or "\U0001d400" <= char <= "\U0001d7ff":
        return unicodedata.normalize("NFKC", char)
    if char in "أإآٱ":
        return "ا"
    return _OTHER.get(char, char)


_OTHER = {
    **dict.fromkeys("\u3000\xa0\u2009\u202f", " "),
    **dict.fromkeys("\u2010\u2011\u2212", "-"),
    **dict.fromkeys("’‘", "'"),
    "\u2215": "/",
    "ё": "е",
    "Ё": "Е",
    "ى": "ي",
    "ة": "ه",
    "ﬁ": "fi",
    "ﬂ": "fl",
}


@cache
def _converter() -> object:
    import opencc  # type: ignore[import-untyped,unused-ignore]

    return opencc.OpenCC("t2s")


def _simplified(char: str) -> str:
    if char in "乾著於":  # these have a second reading that t2s leaves to context; none matters to a rule
        return {"著": "着", "於": "于"}.get(char, char)
    converted: str = _converter().convert(char)  # type: ignore[attr-defined]
    return converted if len(converted) == 1 else char
