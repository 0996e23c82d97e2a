"""Words inside identifiers, and patterns that find a term as a word and never as a part of another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SPLIT = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_LATIN = re.compile(r"[A-Za-z]")
_NOT_LATIN = re.compile(r"[\u0370-\u1cff\u2e80-\uffdc]")
#: Greek to Mongolian, with the scripts of India and Ethiopia: spaces part the words, unless a language says otherwise
_ALPHABETS = re.compile(r"[\u0370-\u1cff]")

#: A word starts where no letter precedes, or where a lower-case letter meets an upper-case one (``emNation``). What
#: follows may be a plural, then no lower-case letter; a word in capitals may not run on in capitals (``MASKING`` is not
#: ``SKIN``).
WORD_START = r"(?:(?<![A-Za-zÀ-ÖØ-öø-ÿ])|(?<=[a-z0-9])(?=[A-Z]))"
_AFTER = r"(?![a-zà-öø-ÿ])(?!(?<=[A-Z]{2})[A-Z](?![a-z]))"


@dataclass(frozen=True, slots=True)
class Script:
    """A script other than Latin, as a language writes it."""

    #: the inside of a character class: the letters of a word
    range: str
    #: a regular expression; one match of it in a text tells the language
    tells: str
    #: False where nothing parts the words, as in Chinese
    whole_words: bool = True
    #: what may be written together with a word in front of it, as the Arabic article is
    prefixes: tuple[str, ...] = ()


def split_identifier(name: str) -> list[str]:
    """Words of an identifier in lower case.

    ``getMinorityStatus`` gives get, minority, status; ``RACE_LABELS`` gives race, labels.
    """
    return [word.lower() for word in _SPLIT.findall(name)]


def latin_pattern(term: str) -> str:
    """A regular expression for a term in Latin letters, its spaces matching any way in which words are joined in code.

    ``skin color`` finds skin color, skin-color, skin_color, skinColor, SkinColor and SKIN_COLOR. A leading ``=`` keeps
    the case as written; a trailing ``*`` allows any ending (``ethni*``).
    """
    exact = term.startswith("=")
    term = term.removeprefix("=")
    open_end = term.endswith("*")
    body = _joined(term.removesuffix("*").split())
    if not exact:
        body = f"(?i:{body})"
    if open_end:
        return f"{WORD_START}{body}[a-zà-öø-ÿ]*"
    return f"{WORD_START}{body}(?:(?i:e?s))?{_AFTER}"


def any_latin(terms: Sequence[str]) -> str:
    """The same for several terms at once, the long ones first, in a much shorter expression where words recur."""
    plain = [term for term in terms if not term.startswith("=") and not term.endswith("*")]
    each = [latin_pattern(term).removeprefix(WORD_START) for term in terms if term not in plain]
    if plain:
        bodies = [_joined([_one_of(map(_joined, part)) for part in product]) for product in products(plain)]
        each.append(f"(?i:{'|'.join(bodies)})(?:(?i:e?s))?{_AFTER}")
    return WORD_START + _one_of(each)


def products(terms: Iterable[str]) -> list[tuple[list[list[str]], ...]]:
    """Terms as lists of words, those of several words as products: each first word goes with each of the rests.

    ``Han man``, ``Han woman``, ``Hui man``, ``Hui woman`` are one product of two words and two.
    """
    rests: dict[str, list[list[str]]] = {}
    single: list[list[str]] = []
    for first, *rest in map(str.split, terms):
        if rest:
            rests.setdefault(first, []).append(rest)
        else:
            single.append([first])
    firsts: dict[tuple[tuple[str, ...], ...], list[list[str]]] = {}
    for first, each in rests.items():
        firsts.setdefault(tuple(sorted(map(tuple, each), key=lambda r: (-len(" ".join(r)), r))), []).append([first])
    several = [(first, [list(r) for r in each]) for each, first in firsts.items()]
    return [*several, *([(single,)] if single else [])]


def _joined(words: Sequence[str]) -> str:
    """Words, or expressions for some, in every way in which words are joined in code."""
    escaped = [word if word.startswith("(?") else re.escape(word).replace(r"\-", "[-_ ]?") for word in words]
    return r"(?:[\s_\-‐]{1,3}|(?<=[a-z])(?=[A-Z])|(?<=[a-z])(?=[a-z]))".join(escaped)


def _one_of(expressions: Iterable[str]) -> str:
    return f"(?:{'|'.join(expressions)})"


#: letters that bear no mark which could be taken away
_LIKE = str.maketrans("ıđøł", "idol")


def unaccented(term: str) -> str:
    """A term in Latin letters as names in code spell it: ``grupo étnico`` gives ``grupo etnico``."""
    return "".join(c for c in unicodedata.normalize("NFD", term.translate(_LIKE)) if not unicodedata.combining(c))


#: how names in code and telegrams spell the letters of German, beside leaving the marks away
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def plain_spellings(term: str) -> tuple[str, ...]:
    """The term without marks, and with digraphs for them: ``Häftling`` gives ``Haftling`` and ``Haeftling``."""
    return tuple(dict.fromkeys((unaccented(term), unaccented(term.translate(_DIGRAPHS)))))


def is_latin(term: str) -> bool:
    """Whether a term is written in Latin letters and so needs word boundaries."""
    return bool(_LATIN.search(term)) and not _NOT_LATIN.search(term)


def word_pattern(term: str, scripts: Sequence[Script] = ()) -> str:
    """A regular expression for a term of any script; `scripts` are those that the languages in force describe.

    A term in a script with words matches as a whole word, or as the start of one where a ``*`` ends it. Where nothing
    parts the words, as in Chinese, it matches wherever it is written.
    """
    if is_latin(term):
        return latin_pattern(term)
    script = next((s for s in scripts if re.search(f"[{s.range}]", term)), None)
    if script and script.whole_words:
        prefixes = f"(?:{'|'.join(map(re.escape, script.prefixes))})?" if script.prefixes else ""
        return _whole_word(term, f"(?<![{script.range}]){prefixes}")
    if script is None and _ALPHABETS.search(term):
        return _whole_word(term, r"(?<!\w)")
    return re.escape(term).replace(r"\ ", r"\s*")


def _whole_word(term: str, before: str) -> str:
    """`before` is what has to hold where the word starts."""
    body = r"\s+".join(re.escape(word) for word in term.removesuffix("*").split())
    after = r"\w*" if term.endswith("*") else r"(?!\w)"
    return f"(?i:{before}{body}{after})"


#: letters that normalisation folds, with what they may be in raw text
_FOLDED = {"е": "[еёЕЁ]", "ا": "[اأإآ]", "ي": "[يى]", "ه": "[هة]"}


def loose(words: str) -> str:
    """An expression for words of another script in raw text: in any case, with the letters that normalisation folds."""
    return r"\s{1,4}".join("".join(map(_loose, word)) for word in words.split())


def _loose(char: str) -> str:
    if char in _FOLDED:
        return _FOLDED[char]
    upper = char.upper()
    return f"[{char}{upper}]" if upper != char and len(upper) == 1 else re.escape(char)
