"""Reads rule packs from YAML and checks them at the border.

The shipped packs are ``clauselight/packs/<folder>/rules.yaml``, with the ``language.yaml`` of their language beside
them. In a user's own folder every YAML file is a pack, whatever its name and depth, but for the few names that have
readers of their own. The keys are described in docs/reference/packs.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from clauselight.errors import PackError
from clauselight.rules.groups import FOLDER, SLOTS, Groups, group_files, read_groups
from clauselight.rules.pack import DOMAINS, KINDS, ROLES, CueSet, CueWords, Example, Pack, RoleCue, Rule, RuleBook
from clauselight.text import language
from clauselight.text.language import Languages, Modal
from clauselight.text.packfile import PackFile, builtin_folder, entries, strings
from clauselight.text.terms import is_latin, plain_spellings

__all__ = ["builtin_folder", "load", "pack_files", "read_pack"]

#: the rules of a folder
FILE = "rules.yaml"
#: files beside the rules that have readers of their own
_OTHERS = (language.FILE, "lexicon.yaml", "statements.yaml")
_LEVELS = ("none", "finding", "notice", "mention")
_PACK = frozenset({"pack", "language", "rules", "cues", "roles", "modals", "aliases"})
_RULE = frozenset(
    {
        "id",
        "attribute",
        "kind",
        "gloss",
        "terms",
        "patterns",
        "groups",
        "not_in",
        "origin",
        "role",
        "code_only",
        "cases",
        "matches",
    }
)
_Words = TypeVar("_Words", bound=CueWords)
#: kinds of rules whose terms also stand without accents, and the shortest term that does
_PLAIN_KINDS, _PLAIN_LENGTH = ("word", "field"), 4
_CASE = frozenset({"text", "level", "role", "attribute", "known_miss"})
_CUE = frozenset({"id", "domain", "weight", "terms", "patterns", "not_in"})
_ROLE = frozenset({"role", "weight", "terms", "patterns", "not_in"})
_MODAL = frozenset({"strength", "patterns"})


def pack_files(folders: Iterable[Path] = ()) -> list[Path]:
    """The files of rules that are shipped and those of further folders, in a stable order."""
    found = (file for folder in folders for file in sorted(folder.rglob("*.yaml")))
    own = [file for file in found if file.name not in _OTHERS and file.parent.name != FOLDER]
    return [*sorted(builtin_folder().glob(f"*/{FILE}")), *own]


def load(folders: Iterable[Path] = ()) -> RuleBook:
    """Read the shipped packs and languages and those in `folders`.

    Raises `PackError` with every problem found, if there is any.
    """
    own = tuple(folders)
    further, problems = language.read_languages(own)
    languages = Languages((*language.shipped().each, *further))
    groups, wrong = read_groups(group_files(own), languages)
    problems += wrong
    packs: list[Pack] = []
    for file in pack_files(own):
        pack, found = read_pack(file, languages, groups)
        problems += found
        if pack:
            packs.append(pack)
    problems += _doubles((f"rule id {r.id}", r.where) for p in packs for r in p.rules)
    problems += _doubles((f"language code {s.code}", f"{s.path}:1") for s in languages.each)
    if problems:
        raise PackError(problems)
    return RuleBook(_without_accents(packs), languages, groups)


def _doubles(named: Iterable[tuple[str, str]]) -> list[str]:
    """A problem for each (name, ``file:line``) whose name came before."""
    seen: dict[str, str] = {}
    problems = []
    for name, where in named:
        if name in seen:
            problems.append(f"{where}: {name} is used before, at {seen[name]}")
        seen[name] = where
    return problems


def read_pack(path: Path, languages: Languages, groups: Mapping[str, Groups]) -> tuple[Pack | None, list[str]]:
    """One pack, or None where anything is wrong with it, and every problem as ``file:line: message``."""
    file = PackFile(path)
    raw = file.mapping()
    pack = _Reader(file, languages, groups).pack(raw) if raw is not None else None
    return (None if file.problems else pack), file.problems


def _without_accents(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs with the words of attributes also as names in code and plain mails spell them, without their accents.

    Short words and names of groups keep their accents: without them they are other words (``ırk``, ``Kürt``). So do
    words that are then the word of another language, which has a rule of its own (``religión``).
    """
    written = {(r.attribute, t.lower()) for p in packs for r in p.rules for t in r.terms}

    def spelled(rule: Rule) -> Rule:
        long = (t for t in rule.terms if is_latin(t) and len(t) >= _PLAIN_LENGTH)
        plain = [p for t in long for p in plain_spellings(t) if (rule.attribute, p.lower()) not in written]
        return replace(rule, terms=tuple(dict.fromkeys((*rule.terms, *plain)))) if plain else rule

    def both(item: _Words) -> _Words:
        plain = [p for t in item.terms if is_latin(t) and len(t) >= _PLAIN_LENGTH for p in plain_spellings(t)]
        return replace(item, terms=tuple(dict.fromkeys((*item.terms, *plain))))

    return tuple(
        replace(
            pack,
            rules=tuple(spelled(r) if r.kind in _PLAIN_KINDS else r for r in pack.rules),
            cues=tuple(map(both, pack.cues)),
            roles=tuple(map(both, pack.roles)),
        )
        for pack in packs
    )


class _Reader:
    def __init__(self, file: PackFile, languages: Languages, groups: Mapping[str, Groups]) -> None:
        self.file = file
        self.groups = groups
        self.scripts = languages.scripts
        self.language = languages.beside(file.path)

    def pack(self, raw: Mapping[str, Any]) -> Pack:
        path = self.file.path
        self.language = str(raw.get("language") or self.language)
        self.file.keys(raw, _PACK, "pack")
        return Pack(
            name=str(raw.get("pack") or (path.parent.name if path.name == FILE else path.stem)),
            language=self.language,
            rules=tuple(self.rule(r) for r in self.file.items(raw, "rules")),
            cues=tuple(self.cue(c) for c in self.file.items(raw, "cues")),
            roles=tuple(self.role(r) for r in self.file.items(raw, "roles")),
            modals=tuple(self.modal(m) for m in self.file.items(raw, "modals")),
            aliases=tuple((k, strings(v)) for k, v in entries(self.file.inner(raw, "aliases"))),
            path=str(path),
        )

    def rule(self, raw: Mapping[str, Any]) -> Rule:
        self._check_rule(raw)
        patterns = self.file.expressions(raw, "patterns")
        slot, listed = self._slot(raw, patterns)
        return Rule(
            id=str(raw.get("id")),
            attribute=str(raw.get("attribute")),
            kind=str(raw.get("kind")),
            gloss=str(raw.get("gloss")),
            terms=strings(raw.get("terms")),
            patterns=tuple(map(self._filled, patterns)),
            groups=strings(raw.get("groups")),
            not_in=tuple(map(self._filled, self.file.expressions(raw, "not_in"))),
            origin=self.file.expressions(raw, "origin"),
            role=raw.get("role"),
            code_only=bool(raw.get("code_only", False)),
            cases=tuple(self.case(c) for c in self.file.items(raw, "cases")),
            matches=strings(raw.get("matches")),
            where=self.file.place(raw),
            language=self.language,
            scripts=self.scripts,
            wide=self._wide(patterns, slot) if slot else (),
            listed=listed,
            peoples=self.groups[slot or next(iter(SLOTS))],
        )

    def _slot(self, raw: Mapping[str, Any], patterns: Sequence[str]) -> tuple[str | None, bool]:
        """The slot of a rule, and whether its names stand in a list. A rule has one slot, or none."""
        used = [name for name, forms in SLOTS.items() if any(form in p for form in forms for p in patterns)]
        if not used:
            return None, False
        if len(used) > 1:
            self.file.problem(raw, f"rule {raw.get('id')}: names of {' and '.join(used)} need a rule each")
        if raw.get("groups"):
            self.file.problem(
                raw,
                f"rule {raw.get('id')}: `groups` beside {SLOTS[used[0]][0]}; the text says which group it names",
            )
        if not self.groups[used[0]].slot(self.language, listed=True):
            self.file.problem(
                raw, f"rule {raw.get('id')}: {SLOTS[used[0]][0]}, but no group has a name in {self.language}"
            )
        return used[0], any(SLOTS[used[0]][1] in pattern for pattern in patterns)

    def _filled(self, pattern: str) -> str:
        """A pattern with the names of groups in its slots."""
        for name, forms in SLOTS.items():
            for form, listed in zip(forms, (False, True), strict=True):
                if form in pattern:
                    pattern = pattern.replace(form, self.groups[name].slot(self.language, listed))
        return pattern

    def _wide(self, patterns: Sequence[str], slot: str) -> tuple[str, ...]:
        """What the gate looks for. Where words are parted the names alone do, once; Chinese needs what is around."""
        groups, (one, listed) = self.groups[slot], SLOTS[slot]
        if not groups.parted(self.language):
            names, short = groups.wide(self.language), groups.wide(self.language, listed=True)
            return tuple(p.replace(one, names).replace(listed, short) for p in patterns)
        words = groups.words(self.language, any(listed in pattern for pattern in patterns))
        return (*words, *(p for p in patterns if one not in p and listed not in p))

    def _check_rule(self, raw: Mapping[str, Any]) -> None:
        self.file.keys(raw, _RULE, "rule")
        name = raw.get("id", "?")
        for key in ("id", "attribute", "kind", "gloss"):
            if not raw.get(key):
                self.file.problem(raw, f"rule {name}: `{key}` is missing")
        self._one_of(raw, "kind", KINDS, f"rule {name}: ")
        self._one_of(raw, "role", (None, *ROLES), f"rule {name}: ")
        if not raw.get("terms") and not raw.get("patterns"):
            self.file.problem(raw, f"rule {name}: neither `terms` nor `patterns`")

    def case(self, raw: Mapping[str, Any]) -> Example:
        self.file.keys(raw, _CASE, "case")
        if not raw.get("text"):
            self.file.problem(raw, "a case needs a `text`")
        self._one_of(raw, "level", (None, *_LEVELS))
        level = raw.get("level")
        return Example(
            text=str(raw.get("text")),
            level=None if level == "none" else level,
            role=raw.get("role"),
            attribute=raw.get("attribute"),
            known_miss=bool(raw.get("known_miss")),
        )

    def cue(self, raw: Mapping[str, Any]) -> CueSet:
        self.file.keys(raw, _CUE, "cue")
        self._one_of(raw, "domain", DOMAINS, f"cue {raw.get('id')}: ")
        return CueSet(
            id=str(raw.get("id")),
            domain=str(raw.get("domain")),
            weight=self.file.number(raw, "weight", 1.0),
            terms=strings(raw.get("terms")),
            patterns=self.file.expressions(raw, "patterns"),
            not_in=self.file.expressions(raw, "not_in"),
            language=self.language,
            where=self.file.place(raw),
            scripts=self.scripts,
        )

    def role(self, raw: Mapping[str, Any]) -> RoleCue:
        self.file.keys(raw, _ROLE, "role")
        self._one_of(raw, "role", ROLES)
        return RoleCue(
            role=str(raw.get("role")),
            weight=self.file.number(raw, "weight", 1.0),
            terms=strings(raw.get("terms")),
            patterns=self.file.expressions(raw, "patterns"),
            not_in=self.file.expressions(raw, "not_in"),
            language=self.language,
            where=self.file.place(raw),
            scripts=self.scripts,
        )

    def modal(self, raw: Mapping[str, Any]) -> Modal:
        """A modal of a pack without a language of its own; those of a language are in its ``language.yaml``."""
        self.file.keys(raw, _MODAL, "modal")
        self._one_of(raw, "strength", language.STRENGTHS)
        return Modal(str(raw.get("strength")), self.file.expressions(raw, "patterns"), self.language)

    def _one_of(self, raw: Mapping[str, Any], key: str, known: Sequence[str | None], of: str = "") -> None:
        if raw.get(key) not in known:
            names = ", ".join(name for name in known if name)
            self.file.problem(raw, f"{of}{key} {raw.get(key)!r} is none of {names}")
