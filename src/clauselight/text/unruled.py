"""What of a text is in languages for which there are no rules: by script, by letters and by small words.

A text that nobody judges must not pass for one in which nothing is. So the text is looked at stretch by stretch, of a
long one in 64 places spread over it, and each stretch is in a language without rules only where that is plain: letters
of another script, letters that the shipped language of the script does not use, or small words of another language in
a number that no text of a language with rules has; or where it is prose that has hardly a small word of a language
with rules (`untold`). What is not plain (code, numbers, names, a few words) is nothing.

No library tells it: those that do are megabytes of model for a question that a thousand words answer, their answers
change with their versions, and they name a language for every text, code and numbers too.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from clauselight.text.language import Languages, shipped
from clauselight.text.packfile import PackFile, builtin_folder
from clauselight.text.untold import UNDETERMINED, is_untold

#: characters of one stretch, and the most stretches of one text that are looked at
_STRETCH, _MOST = 1000, 64
#: share of the letters of a text from which a language is named, or so many letters of it (most of a page)
_SHARE, _MANY = 0.05, 1000
#: the same share of a language that is not told by its own words: what is missed says less than what is found
_SHARE_UNTOLD = 0.2
#: share of the letters of a stretch that are Latin, from which it is asked whether it is prose of such a language
_LATIN = 0.8
#: letters below which nothing is said: of a script of its own, and of a script that is shared
_FEW_OWN, _FEW_SHARED = 8, 20
#: of Japanese text at least this share of its Chinese characters and kana is kana
_KANA = 0.25
#: share of the letters that another language of the script has and Russian, or Arabic, has not
_FOREIGN_CYRILLIC, _FOREIGN_ARABIC = 0.02, 0.03
#: letters that stand in Arabic texts that were typed or printed with Persian forms
_PERSIAN_FORMS = frozenset("یکھە")
#: small words tell a language where they are this share of the words, those that no language with rules has are that
#: share, and so many of these are different; of a short text fewer will do
_WORDS, _OWN_WORDS, _DIFFERENT, _DIFFERENT_SHORT, _SHORT = 0.12, 0.05, 5, 3, 60
#: letters that no language with rules has tell one by this share, and so many, where two of its words stand beside
_FOREIGN_LATIN, _FEW_LETTERS, _TWO = 0.025, 6, 2
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*[-']?")
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_PRESENTATION_FORMS = 0xFB50
_NO_LETTERS = bytes(b for b in range(128) if not chr(b).isalpha())

#: the file of words, letters and scripts, which has no rules
_FILE = builtin_folder() / "unruled.yaml"


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of languages: names by code, codes by script, letters and small words by code."""

    names: Mapping[str, str]
    scripts: Mapping[str, tuple[str, ...]]
    no_script: frozenset[str]
    cyrillic_letters: Mapping[str, str]
    arabic_letters: Mapping[str, str]
    latin_letters: Mapping[str, str]
    cyrillic_words: Mapping[str, tuple[str, ...]]
    latin_words: Mapping[str, tuple[str, ...]]


@cache
def known() -> _Known:
    """The shipped file, read once."""
    raw = PackFile(_FILE).mapping() or {}

    def texts(key: str) -> dict[str, Any]:
        return {code: value for code, value in raw[key].items() if not code.startswith("__")}

    return _Known(
        texts("names"),
        {script: tuple(codes) for script, codes in texts("scripts").items()},
        frozenset(raw["no_script"].split()),
        *(texts(f"{script}_letters") for script in ("cyrillic", "arabic", "latin")),
        *({c: tuple(w.split()) for c, w in texts(f"{script}_words").items()} for script in ("cyrillic", "latin")),
    )


@cache
def told_by() -> str:
    """The digest of what tells languages, beside the code: with another one, a case is told anew."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Share:
    """A language without rules that a text is in, and its share of the letters of the text, 0..1."""

    code: str
    share: float

    @property
    def name(self) -> str:
        """For people."""
        return known().names.get(self.code, f"a language in {self.code.capitalize()} letters")


@dataclass(slots=True)
class Unruled:
    """Letters of one source by language. `languages` are those with rules."""

    languages: Languages
    letters: Counter[str] = field(default_factory=Counter)
    total: float = 0.0

    def add(self, text: str) -> None:
        """Count one document of the source, or one window of it."""
        stretches = _stretches(text)
        scale = len(text) / (sum(map(len, stretches)) or 1)
        for stretch in stretches:
            self._add(stretch, scale)

    def _add(self, stretch: str, scale: float) -> None:
        by_script = _by_script(stretch)
        self.total += scale * sum(by_script.values())
        for code, count in _told(stretch, by_script, self.languages):
            self.letters[code] += count * scale  # type: ignore[assignment]

    def shares(self) -> tuple[Share, ...]:
        """Languages without rules that are a real part of the source, the largest first."""
        return tuple(
            Share(code, min(1.0, count / self.total))
            for code, count in self.letters.most_common()
            if count >= _FEW_OWN and (count >= _share(code) * self.total or (count >= _MANY and code != UNDETERMINED))
        )


def _share(code: str) -> float:
    return _SHARE_UNTOLD if code == UNDETERMINED else _SHARE


def _stretches(text: str) -> list[str]:
    count = -(-len(text) // _STRETCH)
    if count <= _MOST:
        return [text[i * _STRETCH : (i + 1) * _STRETCH] for i in range(count)]
    step = (len(text) - _STRETCH) / (_MOST - 1)
    return [text[int(i * step) : int(i * step) + _STRETCH] for i in range(_MOST)]


def _by_script(stretch: str) -> Counter[str]:
    """Letters by script."""
    if stretch.isascii():
        return Counter(LATIN=len(stretch.encode().translate(None, _NO_LETTERS)))
    letters: Counter[str] = Counter()
    for char, count in Counter(stretch).items():
        if script := _script(char):
            letters[script] += count
    return letters


@cache
def _script(char: str) -> str:
    """The script of a letter, as Unicode names it; empty for what is no letter."""
    if not char.isalpha():
        return ""
    word = unicodedata.name(char, " ").split(" ")[0].removesuffix("-HIRAGANA")
    return "KATAKANA" if word == "HIRAGANA" else word


def _told(stretch: str, letters: Counter[str], languages: Languages) -> Iterable[tuple[str, int]]:
    """Languages without rules of a stretch, with their letters."""
    ruled = languages.codes
    if letters["LATIN"] >= _FEW_SHARED:
        yield from _without(ruled, _latin(stretch, letters, languages), letters["LATIN"])
    if letters["CYRILLIC"] >= _FEW_SHARED:
        yield from _without(ruled, _cyrillic(stretch, letters["CYRILLIC"], ruled), letters["CYRILLIC"])
    if letters["ARABIC"] >= _FEW_SHARED:
        yield from _without(ruled, _arabic(stretch), letters["ARABIC"])
    for script, count in letters.items():
        if script in ("LATIN", "CYRILLIC", "ARABIC") or script in known().no_script:
            continue
        codes = known().scripts.get(script, (script,))
        if not ruled.isdisjoint(codes):
            continue
        if script == "KATAKANA":
            count = _japanese(count, letters["CJK"])
        elif script == "GREEK":
            count = sum(map(len, re.findall("[\u0370-\u03ff\u1f00-\u1fff]{3,}", stretch)))  # single ones are formulas
        if count:
            yield codes[0], count


def _without(ruled: frozenset[str], code: str | None, count: int) -> Iterable[tuple[str, int]]:
    if code is not None and code not in ruled:
        yield code, count


def _latin(stretch: str, letters: Counter[str], languages: Languages) -> str | None:
    code = _by_words(stretch, "LATIN", letters["LATIN"], languages.codes)
    if code is None and letters["LATIN"] >= _LATIN * letters.total() and is_untold(stretch, languages):
        return UNDETERMINED
    return code


def _japanese(kana: int, han: int) -> int:
    """Letters of Japanese text, its Chinese characters among them; none where the kana are names in a Chinese text."""
    return kana + han if kana >= _KANA * (kana + han) else 0


def _cyrillic(stretch: str, count: int, ruled: frozenset[str]) -> str | None:
    foreign = Counter(c for c in stretch.lower() if "\u0400" <= c <= "\u052f" and c not in _RUSSIAN)
    if foreign.total() >= max(2, _FOREIGN_CYRILLIC * count):
        return _best(foreign, known().cyrillic_letters, stretch)
    return _by_words(stretch, "CYRILLIC", count, ruled)


def _arabic(stretch: str) -> str | None:
    text = "".join(unicodedata.normalize("NFKC", c) if ord(c) >= _PRESENTATION_FORMS else c for c in stretch)
    count = sum("\u0620" <= c <= "\u06ff" and c.isalpha() for c in text)
    foreign = Counter(c for c in text if c in _arabic_letters())
    plain = len(foreign) > 1 and not foreign.keys() <= _PERSIAN_FORMS
    return (
        _best(foreign, known().arabic_letters, text) if plain and foreign.total() >= _FOREIGN_ARABIC * count else None
    )


@cache
def _arabic_letters() -> frozenset[str]:
    return frozenset("".join(known().arabic_letters.values()))


def _best(foreign: Counter[str], letters: Mapping[str, str], stretch: str) -> str:
    """The language that has most of these letters; of equals by small words, then the one with the fewest letters."""
    words = set(stretch.lower().split())

    def fits(code: str) -> tuple[int, int, int]:
        small = len(words.intersection(known().cyrillic_words.get(code, ())))
        return sum(n for c, n in foreign.items() if c in letters[code]), small, -len(letters[code])

    return max(letters, key=fits)


def _by_words(stretch: str, script: str, letters: int, ruled: frozenset[str]) -> str | None:
    """The language whose small words a stretch is full of, None where that is not plain, or where it has rules."""
    words = _words(script, ruled)
    lower = stretch.lower()
    if len(words.own.intersection(lower.split())) < _TWO:
        return None
    tokens = Counter(_TOKEN.findall(lower))
    every, own, different = Counter[str](), Counter[str](), Counter[str]()
    for token in tokens.keys() & words.languages.keys():
        for code in words.languages[token]:
            every[code] += tokens[token]
            own[code] += tokens[token] * (token in words.own)
            different[code] += token in words.own
    count = tokens.total()
    best = max(different, key=lambda code: (own[code], every[code]), default="")
    short = count <= _SHORT and every[best] >= max((every[code] for code in ruled), default=0)
    if (
        own[best] >= _OWN_WORDS * count
        and every[best] >= _WORDS * count
        and different[best] >= (_DIFFERENT_SHORT if short else _DIFFERENT)
    ):
        return best
    return _by_letters(lower, letters, different) if script == "LATIN" else None


def _by_letters(lower: str, count: int, different: Counter[str]) -> str | None:
    """The language whose letters a stretch is full of, where two of its words stand there too: names are no text."""
    foreign = Counter(c for c in lower if c in _latin_letters())
    if foreign.total() < max(_FEW_LETTERS, _FOREIGN_LATIN * count):
        return None
    best = _best(foreign, known().latin_letters, lower)
    return best if different[best] >= _TWO else None


@cache
def _latin_letters() -> frozenset[str]:
    return frozenset("".join(known().latin_letters.values()))


@dataclass(frozen=True, slots=True)
class _Words:
    """Languages by small word, and the words that no language with rules has."""

    languages: dict[str, tuple[str, ...]]
    own: frozenset[str]


@cache
def _words(script: str, ruled: frozenset[str]) -> _Words:
    """Those of a script. What packs say of shipped languages is among them."""
    lists: list[tuple[str, Iterable[str]]]
    if script == "CYRILLIC":
        lists = list(known().cyrillic_words.items())
    else:
        lists = [*known().latin_words.items(), *((language.code, language.small_words) for language in shipped().each)]
    index: dict[str, dict[str, None]] = {}
    for code, words in lists:
        for word in words:
            index.setdefault(word, {})[code] = None
    own = frozenset(word for word, codes in index.items() if ruled.isdisjoint(codes))
    return _Words({word: tuple(codes) for word, codes in index.items()}, own)
