"""Languages as the packs describe them, and which of them a stretch of text is in: by script, letters and small words.

A language is a ``language.yaml`` in a folder of its own; docs/reference/packs.md has its keys. More than one language
may be right: a Portuguese comment in English code. There is no model, so the answer is the same everywhere and at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from clauselight.errors import PackError
from clauselight.text.escapes import unescaped
from clauselight.text.packfile import PackFile, builtin_folder, entries, strings
from clauselight.text.sentences import Sentences, sentence_end
from clauselight.text.terms import IDENTIFIER, Script, split_identifier

#: the language of rules that are of no language; they apply to every text
NO_LANGUAGE = "mul"
#: how strongly a clause binds, the strongest first
STRENGTHS = ("shall", "should", "may", "can")
#: the file of a language in its folder
FILE = "language.yaml"
#: characters of a text that are looked at
_SAMPLE = 6000
#: a language needs this score, and this share of the best one
_ENOUGH, _SHARE = 2.0, 0.6
#: so many different words in names of code tell its language
_NAMES = 3
#: single letters are names in code as often as words
_SINGLE = 0.5
#: what one characteristic letter adds, and the most that all of them add
_LETTER, _MOST_LETTERS = 2, 12
_TOKEN = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Modal:
    """Words that give a clause its strength."""

    strength: str
    patterns: tuple[str, ...]
    language: str = NO_LANGUAGE


#: characters between a negation and what it negates, where its file does not say
_REACH = 40
#: what a negation says of the words that it stands before, or behind
#: what a negation says: that it is forbidden, is not so, has to end; that it is lacking, taken away, or a reason to
#: reject, which say something only where two of them meet
NEGATES, SIDES = ("forbids", "denies", "ends", "lacks", "removes", "rejects"), ("before", "behind")


@dataclass(frozen=True, slots=True)
class Negation:
    """Words that turn what they belong to into the opposite, alone or together with others of another kind."""

    says: str
    #: whether they stand ``before`` or ``behind`` what they negate
    side: str
    patterns: tuple[str, ...]
    #: characters that may lie between, and an expression that must not
    reach: int = _REACH
    broken_by: str = ""
    language: str = NO_LANGUAGE


@dataclass(frozen=True)
class Language:
    """One language. ``name`` is for people, ``neutral`` (a text about nothing in particular) for the lint alone."""

    code: str
    name: str = ""
    scripts: tuple[Script, ...] = ()
    #: a regular expression of letters that hardly another language of the script has
    letters: str = ""
    small_words: frozenset[str] = frozenset()
    sentences: Sentences = field(default_factory=Sentences)
    modals: tuple[Modal, ...] = ()
    negations: tuple[Negation, ...] = ()
    #: words, without accents, that names in code are made of where its programmers write their own language
    in_names: frozenset[str] = frozenset()
    #: its words that mean something else in another language: they name nothing there by that language's rules
    false_friends: frozenset[str] = frozenset()
    #: its rules apply to every text
    always: bool = False
    #: the names in code are made of its words, whatever language comments are in
    in_code: bool = False
    neutral: str = ""
    #: the file that describes it
    path: str = ""

    @cached_property
    def _tells(self) -> re.Pattern[str] | None:
        return re.compile("|".join(f"(?:{s.tells})" for s in self.scripts)) if self.scripts else None

    @cached_property
    def _letters(self) -> re.Pattern[str] | None:
        return re.compile(self.letters) if self.letters else None

    def in_script(self, sample: str) -> bool:
        """Whether letters of the language's own script stand in a text."""
        return self._tells is not None and self._tells.search(sample) is not None

    def score(self, sample: str, tokens: list[str]) -> float:
        """How much small words and characteristic letters speak for the language; `tokens` are lower-case words."""
        known = self.small_words
        words = sum((1.0 if len(t) > 1 else _SINGLE) for t in tokens if t in known) if known else 0.0
        letters = min(_MOST_LETTERS, _LETTER * len(self._letters.findall(sample))) if self._letters else 0
        return words + letters

    @property
    def decides(self) -> tuple[object, ...]:
        """Everything of the language that may change a result, but for its modals, which the rule book holds."""
        scripts = [(s.range, s.tells, s.whole_words, s.prefixes) for s in self.scripts]
        sentences = (self.sentences.ends, self.sentences.starts, self.sentences.abbreviations)
        negations = [(n.says, n.side, n.patterns, n.reach, n.broken_by) for n in self.negations]
        words = sorted(self.small_words)
        return (
            self.code,
            scripts,
            self.letters,
            words,
            sentences,
            self.always,
            self.in_code,
            negations,
            sorted(self.in_names),
        )


@dataclass(frozen=True)
class Languages:
    """The languages in force, in the order in which their files were read."""

    each: tuple[Language, ...] = ()

    def of(self, text: str) -> frozenset[str]:
        """Codes of the languages that the text may be in; empty where nothing tells."""
        sample = unescaped(text[:_SAMPLE])
        tokens = [t.lower() for t in _TOKEN.findall(sample)]
        scores = {s.code: s.score(sample, tokens) for s in self.each}
        best = max(scores.values(), default=0.0)
        by_words = {code for code, score in scores.items() if score >= _ENOUGH and score >= _SHARE * best}
        return frozenset(by_words | {s.code for s in self.each if s.in_script(sample)})

    def closest(self, text: str) -> frozenset[str]:
        """Codes of those of its languages that most of its words speak for; of kindred ones `of` may name several."""
        sample = unescaped(text[:_SAMPLE])
        tokens = [t.lower() for t in _TOKEN.findall(sample)]
        spoken = self.of(text)
        scores = {s.code: s.score(sample, tokens) for s in self.each if s.code in spoken}
        best = max(scores.values(), default=0.0)
        return frozenset(code for code, score in scores.items() if score == best)

    def false_friends(self, spoken: Collection[str]) -> Mapping[str, frozenset[str]]:
        """Words that mean something else in a language that is spoken, and the codes of the languages that say so."""
        found: dict[str, frozenset[str]] = {}
        for language in self.each:
            if language.code in spoken:
                for word in language.false_friends:
                    found[word] = found.get(word, frozenset()) | {language.code}
        return found

    def of_names(self, text: str) -> frozenset[str]:
        """Codes of the languages that the names in code are made of, beside those of all code; empty if none is."""
        words = {w for name in IDENTIFIER.findall(text) for w in split_identifier(name)}
        known = {s.code: len(words & s.in_names) for s in self.each if s.in_names}
        best = max(known.values(), default=0)
        return frozenset(code for code, n in known.items() if n >= _NAMES and n >= _SHARE * best)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of all."""
        return frozenset(s.code for s in self.each)

    @cached_property
    def always(self) -> frozenset[str]:
        """Codes whose rules apply to every text; those of no language among them."""
        return frozenset({NO_LANGUAGE, *(s.code for s in self.each if s.always)})

    @cached_property
    def in_code(self) -> frozenset[str]:
        """Codes of the languages that names in code are made of."""
        return frozenset(s.code for s in self.each if s.in_code)

    @cached_property
    def scripts(self) -> tuple[Script, ...]:
        """Scripts of all."""
        return tuple(script for s in self.each for script in s.scripts)

    @cached_property
    def sentence_end(self) -> re.Pattern[str]:
        """What ends a sentence in any of them."""
        return sentence_end(s.sentences for s in self.each)

    def beside(self, file: Path) -> str:
        """The code of the language in whose folder a file lies, or that of no language."""
        return next((s.code for s in self.each if Path(s.path).parent == file.parent), NO_LANGUAGE)


def languages(text: str) -> frozenset[str]:
    """Codes of the shipped languages that the text may be in; empty where nothing tells."""
    return shipped().of(text)


@cache
def shipped() -> Languages:
    """The languages that come with the program. They are read once; a rule book holds them beside the user's own.

    Raises `PackError` with every problem found, if there is any.
    """
    each, problems = read_languages([builtin_folder()])
    if problems:
        raise PackError(problems)
    return Languages(each)


def read_languages(folders: Iterable[Path]) -> tuple[tuple[Language, ...], list[str]]:
    """The languages described anywhere under `folders`, and every problem in their files."""
    each: list[Language] = []
    problems: list[str] = []
    for path in (file for folder in folders for file in sorted(folder.rglob(FILE))):
        file = PackFile(path)
        raw = file.mapping()
        language = _language(file, raw) if raw is not None else None
        problems += file.problems
        if language and not file.problems:
            each.append(language)
    return tuple(each), problems


_KEYS = frozenset(
    {
        "code", "name", "scripts", "letters", "small_words", "sentences", "modals", "negations", "always", "in_code",
        "in_names", "false_friends", "neutral",
    }
)  # fmt: skip
_NEGATION = frozenset({"says", "side", "patterns", "reach", "broken_by"})


def _language(file: PackFile, raw: Mapping[str, Any]) -> Language:
    file.keys(raw, _KEYS, "language")
    code = str(raw.get("code") or "")
    if not re.fullmatch(r"[a-z]{2,3}", code) or code == NO_LANGUAGE:
        file.problem(raw, f"`code`: {code!r} is not a language code of two or three letters")
    letters = file.expressions(raw, "letters")
    return Language(
        code=code,
        name=str(raw.get("name") or code),
        scripts=tuple(_script(file, item) for item in file.items(raw, "scripts")),
        letters="|".join(letters),
        small_words=frozenset(w.lower() for line in strings(raw.get("small_words")) for w in line.split()),
        sentences=_sentences(file, file.inner(raw, "sentences")),
        modals=tuple(_modals(file, file.inner(raw, "modals"), code)),
        negations=tuple(_negation(file, item, code) for item in file.items(raw, "negations")),
        false_friends=frozenset(w.lower() for w in strings(raw.get("false_friends"))),
        in_names=frozenset(w.lower() for line in strings(raw.get("in_names")) for w in line.split()),
        always=raw.get("always") is True,
        in_code=raw.get("in_code") is True,
        neutral=str(raw.get("neutral") or ""),
        path=str(file.path),
    )


def _script(file: PackFile, raw: Mapping[str, Any]) -> Script:
    file.keys(raw, frozenset({"range", "tells", "whole_words", "prefixes"}), "script")
    letters = str(raw.get("range") or "")
    _character_class(file, raw, "range", letters)
    tells = "|".join(file.expressions(raw, "tells")) or f"[{letters}]{{3}}"
    return Script(letters, tells, raw.get("whole_words", True) is not False, strings(raw.get("prefixes")))


def _sentences(file: PackFile, raw: Mapping[str, Any]) -> Sentences:
    file.keys(raw, frozenset({"ends", "starts", "abbreviations"}), "set of sentence ends")
    starts = str(raw.get("starts") or "")
    if starts:
        _character_class(file, raw, "starts", starts)
    abbreviations = tuple(a.removesuffix(".") for a in strings(raw.get("abbreviations")))
    return Sentences("".join(str(raw.get("ends") or "").split()), starts, abbreviations)


def _modals(file: PackFile, raw: Mapping[str, Any], code: str) -> Iterable[Modal]:
    """Modals with the strongest first, whatever the order of the file: the first that matches decides."""
    file.keys(raw, frozenset(STRENGTHS), "set of modals")
    return [Modal(s, file.expressions(raw, s), code) for s, _ in sorted(entries(raw), key=_rank) if s in STRENGTHS]


def _negation(file: PackFile, raw: Mapping[str, Any], code: str) -> Negation:
    file.keys(raw, _NEGATION, "negation")
    for key, known in (("says", NEGATES), ("side", SIDES)):
        if raw.get(key) not in known:
            file.problem(raw, f"{key} {raw.get(key)!r} is none of {', '.join(known)}")
    if not raw.get("patterns"):
        file.problem(raw, "a negation needs `patterns`")
    return Negation(
        says=str(raw.get("says")),
        side=str(raw.get("side")),
        patterns=file.expressions(raw, "patterns"),
        reach=int(file.number(raw, "reach", _REACH)),
        broken_by="|".join(f"(?:{e})" for e in file.expressions(raw, "broken_by")),
        language=code,
    )


def _rank(entry: tuple[str, Any]) -> int:
    return STRENGTHS.index(entry[0]) if entry[0] in STRENGTHS else len(STRENGTHS)


def _character_class(file: PackFile, raw: Mapping[str, Any], key: str, inside: str) -> None:
    try:
        re.compile(f"[{inside}]")
    except re.error as error:
        file.problem(raw, f"`{key}`: {inside!r} cannot stand in a character class: {error}")
