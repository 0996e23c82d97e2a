"""Rule packs: terms, cues and values as data, read from YAML and checked at the border.

A pack is one YAML file. The shipped ones lie in ``clauselight/packs/<language>/``; a user's own folder may add more, with new
attributes too. The keys are described in docs/reference/packs.md; `lint` names every mistake with its place.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from clauselight.errors import PackError
from clauselight.text.terms import word_pattern

#: how much a word says by itself
#: ``sorts``: names the sorting of people itself · ``near``: a verb of sorting beside such a word, needs a little context
#: ``field``: the name of such a field · ``word``: an everyday word, needs context · ``group``: names a group of people, needs
#: context · ``value``: one value of a list, needs a list of its kind around it
KINDS = ("sorts", "near", "field", "word", "group", "value")
ATTRIBUTES = ("ethnicity", "race", "skin_colour", "religion")
DOMAINS = (
    "observe",
    "police",
    "papers",
    "civil",
    "law",
    "culture",
    "appearance",
    "technical",
    "person",
    "inclusive",
    "forbid",
    "report",
)
ROLES = ("analytic_output", "alarm", "search_filter", "data_field", "code_list", "identity_record")


@dataclass(frozen=True)
class Example:
    """One example beside a rule: a text, and what must come of it. `level` is None where nothing may be found."""

    text: str
    level: str | None = None
    role: str | None = None
    attribute: str | None = None
    known_miss: bool = False


@dataclass(frozen=True)
class Rule:
    """Words that speak of one attribute, and what tells them from the same letters in another sense."""

    id: str
    attribute: str
    kind: str
    gloss: str
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    role: str | None = None
    code_only: bool = False
    cases: tuple[Example, ...] = ()
    where: str = ""
    language: str = "mul"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the rule says, not of how the file is laid out."""
        body = [
            self.id,
            self.attribute,
            self.kind,
            self.terms,
            self.patterns,
            self.groups,
            self.not_in,
            self.role,
            self.code_only,
        ]
        return hashlib.sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """What finds the rule's words in normalised text."""
        parts = sorted((word_pattern(t) for t in self.terms), key=len, reverse=True) + [
            f"(?:{p})" for p in self.patterns
        ]
        return re.compile("|".join(parts))

    @cached_property
    def other_sense(self) -> re.Pattern[str] | None:
        """Stretches of text in which the same letters mean something else."""
        return re.compile("|".join(f"(?:{p})" for p in self.not_in)) if self.not_in else None


@dataclass(frozen=True)
class CueSet:
    """Words that speak for one domain (observing people, identity papers, law …) with one weight."""

    id: str
    domain: str
    weight: float
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    language: str = "mul"

    @cached_property
    def expression(self) -> re.Pattern[str]:
        parts = sorted((word_pattern(t) for t in self.terms), key=len, reverse=True) + [
            f"(?:{p})" for p in self.patterns
        ]
        return re.compile("|".join(parts))


@dataclass(frozen=True)
class RoleCue:
    """Words that tell what a provision does."""

    role: str
    weight: float = 1.0
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    language: str = "mul"

    @cached_property
    def expression(self) -> re.Pattern[str]:
        parts = sorted((word_pattern(t) for t in self.terms), key=len, reverse=True) + [
            f"(?:{p})" for p in self.patterns
        ]
        return re.compile("|".join(parts))


@dataclass(frozen=True)
class Modal:
    """Words that give a clause its strength."""

    strength: str
    patterns: tuple[str, ...]
    language: str = "mul"


@dataclass(frozen=True)
class Pack:
    """The content of one YAML file."""

    name: str
    language: str
    rules: tuple[Rule, ...] = ()
    cues: tuple[CueSet, ...] = ()
    roles: tuple[RoleCue, ...] = ()
    modals: tuple[Modal, ...] = ()
    aliases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    path: str = ""


@dataclass(frozen=True)
class RuleBook:
    """All packs in force."""

    packs: tuple[Pack, ...] = field(default=())

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(r for p in self.packs for r in p.rules)

    @cached_property
    def cues(self) -> tuple[CueSet, ...]:
        return tuple(c for p in self.packs for c in p.cues)

    @cached_property
    def roles(self) -> tuple[RoleCue, ...]:
        return tuple(r for p in self.packs for r in p.roles)

    @cached_property
    def modals(self) -> tuple[Modal, ...]:
        return tuple(m for p in self.packs for m in p.modals)

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        return {group: words for p in self.packs for group, words in p.aliases}

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        return tuple(sorted({r.attribute for r in self.rules}))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over every rule and cue."""
        body = json.dumps(
            [[r.id, r.digest] for r in self.rules]
            + [[c.id, c.domain, c.weight, c.terms, c.patterns] for c in self.cues]
            + [[r.role, r.weight, r.terms, r.patterns] for r in self.roles],
            ensure_ascii=False,
        )
        return hashlib.sha256(body.encode()).hexdigest()


def builtin_folder() -> Path:
    """Where the shipped packs lie."""
    return Path(__file__).resolve().parent.parent / "packs"


def pack_files(folders: Iterable[Path] = ()) -> list[Path]:
    """The YAML files of the shipped packs and of further folders, in a stable order."""
    return [file for folder in (builtin_folder(), *folders) for file in sorted(folder.rglob("*.yaml"))]


def load(folders: Iterable[Path] = ()) -> RuleBook:
    """Read the shipped packs and those in `folders`.

    Raises `PackError` with every problem found, if there is any.
    """
    packs: list[Pack] = []
    problems: list[str] = []
    for file in pack_files(folders):
        pack, found = read_pack(file)
        problems += found
        if pack:
            packs.append(pack)
    problems += _doubles(packs)
    if problems:
        raise PackError(problems)
    return RuleBook(tuple(packs))


def _doubles(packs: list[Pack]) -> list[str]:
    seen: dict[str, str] = {}
    problems = []
    for rule in (r for p in packs for r in p.rules):
        if rule.id in seen:
            problems.append(f"{rule.where}: rule id {rule.id} is used before, at {seen[rule.id]}")
        seen[rule.id] = rule.where
    return problems


class _LineLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """YAML that remembers the line of each mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        mapping["__line__"] = node.start_mark.line + 1
        return mapping


def read_pack(file: Path) -> tuple[Pack | None, list[str]]:
    """One pack, and every problem in it as ``file:line: message``."""
    try:
        raw = yaml.load(file.read_text(encoding="utf-8"), Loader=_LineLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return None, [f"{file}:{mark.line + 1 if mark else 1}: not valid YAML: {getattr(error, 'problem', error)}"]
    if not isinstance(raw, dict):
        return None, [f"{file}:1: a pack is a mapping with at least `pack` and `language`"]
    reader = _Reader(file)
    pack = reader.pack(raw)
    return (None if reader.problems else pack), reader.problems


class _Reader:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.language = "mul"
        self.problems: list[str] = []

    def pack(self, raw: Mapping[str, Any]) -> Pack:
        self.language = str(raw.get("language", "mul"))
        self._keys(raw, {"pack", "language", "rules", "cues", "roles", "modals", "aliases"}, "pack")
        return Pack(
            name=str(raw.get("pack", self.file.stem)),
            language=self.language,
            rules=tuple(self.rule(r) for r in raw.get("rules") or ()),
            cues=tuple(self.cue(c) for c in raw.get("cues") or ()),
            roles=tuple(self.role(r) for r in raw.get("roles") or ()),
            modals=tuple(self.modal(m) for m in raw.get("modals") or ()),
            aliases=tuple((k, tuple(v)) for k, v in (raw.get("aliases") or {}).items() if k != "__line__"),
            path=str(self.file),
        )

    def rule(self, raw: Mapping[str, Any]) -> Rule:
        known = {
            "id",
            "attribute",
            "kind",
            "gloss",
            "terms",
            "patterns",
            "groups",
            "not_in",
            "role",
            "code_only",
            "cases",
        }
        self._keys(raw, known, "rule")
        for key in ("id", "attribute", "kind", "gloss"):
            if not raw.get(key):
                self._problem(raw, f"rule {raw.get('id', '?')}: `{key}` is missing")
        if raw.get("kind") not in KINDS:
            self._problem(raw, f"rule {raw.get('id')}: kind {raw.get('kind')!r} is none of {', '.join(KINDS)}")
        if raw.get("role") not in (None, *ROLES):
            self._problem(raw, f"rule {raw.get('id')}: role {raw.get('role')!r} is none of {', '.join(ROLES)}")
        if not raw.get("terms") and not raw.get("patterns"):
            self._problem(raw, f"rule {raw.get('id')}: neither `terms` nor `patterns`")
        self._expressions(raw, ("patterns", "not_in"))
        return Rule(
            id=str(raw.get("id")),
            attribute=str(raw.get("attribute")),
            kind=str(raw.get("kind")),
            gloss=str(raw.get("gloss")),
            terms=_strings(raw.get("terms")),
            patterns=_strings(raw.get("patterns")),
            groups=_strings(raw.get("groups")),
            not_in=_strings(raw.get("not_in")),
            role=raw.get("role"),
            code_only=bool(raw.get("code_only", False)),
            cases=tuple(self.case(c) for c in raw.get("cases") or ()),
            where=f"{self.file}:{raw.get('__line__', 1)}",
            language=self.language,
        )

    def case(self, raw: Mapping[str, Any]) -> Example:
        self._keys(raw, {"text", "level", "role", "attribute", "known_miss"}, "case")
        if not raw.get("text"):
            self._problem(raw, "a case needs a `text`")
        if raw.get("level") not in (None, "none", "finding", "notice", "mention"):
            self._problem(raw, f"level {raw.get('level')!r} is none of none, finding, notice, mention")
        level = raw.get("level")
        return Example(
            str(raw.get("text")),
            None if level == "none" else level,
            raw.get("role"),
            raw.get("attribute"),
            bool(raw.get("known_miss")),
        )

    def cue(self, raw: Mapping[str, Any]) -> CueSet:
        self._keys(raw, {"id", "domain", "weight", "terms", "patterns"}, "cue")
        if raw.get("domain") not in DOMAINS:
            self._problem(raw, f"cue {raw.get('id')}: domain {raw.get('domain')!r} is none of {', '.join(DOMAINS)}")
        self._expressions(raw, ("patterns",))
        return CueSet(
            str(raw.get("id")),
            str(raw.get("domain")),
            float(raw.get("weight", 1)),
            _strings(raw.get("terms")),
            _strings(raw.get("patterns")),
            self.language,
        )

    def role(self, raw: Mapping[str, Any]) -> RoleCue:
        self._keys(raw, {"role", "weight", "terms", "patterns"}, "role")
        if raw.get("role") not in ROLES:
            self._problem(raw, f"role {raw.get('role')!r} is none of {', '.join(ROLES)}")
        self._expressions(raw, ("patterns",))
        return RoleCue(
            str(raw.get("role")),
            float(raw.get("weight", 1)),
            _strings(raw.get("terms")),
            _strings(raw.get("patterns")),
            self.language,
        )

    def modal(self, raw: Mapping[str, Any]) -> Modal:
        self._keys(raw, {"strength", "patterns"}, "modal")
        self._expressions(raw, ("patterns",))
        return Modal(str(raw.get("strength")), _strings(raw.get("patterns")), self.language)

    def _expressions(self, raw: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in keys:
            for pattern in raw.get(key) or ():
                try:
                    compiled = re.compile(str(pattern))
                except re.error as error:
                    self._problem(raw, f"`{key}`: {pattern!r} is not a regular expression: {error}")
                    continue
                if compiled.match(""):
                    self._problem(raw, f"`{key}`: {pattern!r} matches the empty text")

    def _keys(self, raw: Mapping[str, Any], known: set[str], what: str) -> None:
        for key in sorted(set(raw) - known - {"__line__"}, key=str):
            self._problem(raw, f"unknown key {key!r} in a {what}")

    def _problem(self, raw: Mapping[str, Any], message: str) -> None:
        self.problems.append(f"{self.file}:{raw.get('__line__', 1)}: {message}")


def _strings(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return (str(value),) if isinstance(value, str) else tuple(str(v) for v in value)
