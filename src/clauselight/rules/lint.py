"""Mistakes in packs that reading them does not show.

A *problem* is something that cannot work: a term that can never match, a language that nothing tells. A *note* is
something that nobody has shown to work: a rule without a case, an expression that no example matches, a word that is
frequent in text about nothing in particular.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from clauselight.rules.gate import gate_patterns
from clauselight.rules.pack import CueSet, RoleCue, Rule, RuleBook
from clauselight.rules.scan import OwnedScanner
from clauselight.text.language import NO_LANGUAGE, Language, Languages
from clauselight.text.normalise import normalise

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that is wrong (`problem`) or not shown to be right (`note`), at ``file:line``."""

    level: Literal["problem", "note"]
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def lint(book: RuleBook) -> list[Remark]:
    """Every remark about a book, languages first."""
    # the terms alone: the patterns are most of what the scan of a book costs to build
    terms = OwnedScanner((n, e) for n, rule in enumerate(book.rules) for e in gate_patterns(rule.terms, ()))
    remarks = [r for language in book.languages.each for r in _language(language, book.languages)]
    remarks += _unknown_languages(book)
    for number, rule in enumerate(book.rules):
        remarks += _problems(rule, number, terms)
        remarks += _notes(rule)
    items: tuple[Rule | CueSet | RoleCue, ...] = (*book.rules, *book.cues, *book.roles)
    return remarks + [r for item in items for r in _frequent(item, book.languages)]


def _language(language: Language, languages: Languages) -> Iterator[Remark]:
    where = f"{language.path}:1"
    if not (language.scripts or language.letters or language.small_words or language.always):
        yield Remark("problem", where, f"nothing tells {language.code}: no scripts, no letters and no small words")
    for word in sorted(language.small_words):
        if not _WORD.fullmatch(word):
            yield Remark("problem", where, f"small word {word!r} is not letters alone and can never match")
    if not language.neutral:
        yield Remark("note", where, f"no neutral text, so nothing shows which words are frequent in {language.name}")
    elif language.code not in languages.of(language.neutral):
        yield Remark("problem", where, f"its own neutral text is not taken for {language.name}")


def _unknown_languages(book: RuleBook) -> Iterator[Remark]:
    for pack in book.packs:
        if pack.language not in (NO_LANGUAGE, *book.languages.codes):
            message = f"nothing tells {pack.language}: no language.yaml has this code, so no text is ever in it"
            yield Remark("problem", f"{pack.path}:1", message)


def _problems(rule: Rule, number: int, terms: OwnedScanner) -> Iterator[Remark]:
    for term in rule.terms:
        plain = term.removeprefix("=").removesuffix("*")
        normal = normalise(plain).text
        message = ""
        if not plain.strip():
            message = "is empty"
        elif normal != plain:
            message = f"is not in normal form and can never match; write {normal!r}"
        elif not rule.expression.search(plain):
            message = "does not match itself"
        elif number not in terms.owners(plain.encode()):
            message = "is not seen by the scan"
        if message:
            yield Remark("problem", rule.where, f"{rule.id}: term {term!r} {message}")
    if rule.kind == "sorts" and not rule.cases:
        yield Remark("problem", rule.where, f"{rule.id}: a rule of kind `sorts` decides alone and needs cases")


def _notes(rule: Rule) -> Iterator[Remark]:
    if not rule.cases and rule.kind != "sorts":
        yield Remark("note", rule.where, f"{rule.id}: no case")
    texts = [normalise(text).text for text in (*(c.text for c in rule.cases), *rule.matches)]
    for key, patterns in (("patterns", rule.patterns), ("not_in", rule.not_in)):
        for pattern in patterns:
            if not any(re.search(pattern, text) for text in texts):
                message = f"{rule.id}: no case and no text of `matches` is matched by `{key}`: {pattern}"
                yield Remark("note", rule.where, message)


def _frequent(item: Rule | CueSet | RoleCue, languages: Languages) -> Iterator[Remark]:
    """Words of an item that any text of its language may hold, so that they speak for nothing."""
    for language in languages.each:
        if item.language not in (NO_LANGUAGE, language.code):
            continue
        for word in sorted(w for w in language.small_words if item.expression.fullmatch(w)):
            message = f"{_name(item)}: {word!r} is a small word of {language.name} and speaks for nothing"
            yield Remark("problem", item.where, message)
        found = item.expression.search(normalise(language.neutral).text)
        if found:
            message = (
                f"{_name(item)}: {found.group().strip()!r} is frequent: it is in the neutral text of {language.name}"
            )
            yield Remark("note", item.where, message)


def _name(item: Rule | CueSet | RoleCue) -> str:
    return f"role {item.role}" if isinstance(item, RoleCue) else item.id
