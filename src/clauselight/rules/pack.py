"""Rule packs as values: the rules, cues and roles of each pack, and the book of all that are in force.

`rules.load` reads them from YAML. Their keys are described in docs/reference/packs.md.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from clauselight.rules.groups import Groups
from clauselight.rules.spans import Spans
from clauselight.text.language import NO_LANGUAGE, Languages, Modal
from clauselight.text.terms import Script, word_pattern

#: how much a word says by itself
#: ``sorts``: names the sorting of people itself
#: ``near``: a verb of sorting beside such a word, needs a little context
#: ``field``: the name of such a field
#: ``word``: an everyday word, needs context
#: ``group``: names a group of people, needs context
#: ``value``: one value of a list, needs a list of its kind around it
KINDS = ("sorts", "near", "field", "word", "group", "value")
#: attributes whose values stand in one list: documents mix races and skin colours, nothing else
LISTED_TOGETHER = frozenset({"race", "skin_colour"})
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
    "particulars",
    "system",
    "people",
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


def _any_of(terms: Sequence[str], patterns: Sequence[str], scripts: Sequence[Script]) -> re.Pattern[str]:
    """What finds any of the words in normalised text: long terms before short ones, patterns last."""
    words = sorted((word_pattern(t, scripts) for t in terms), key=len, reverse=True)
    return re.compile("|".join((*words, *(f"(?:{p})" for p in patterns))))


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
    #: texts that show what the patterns match; for the lint alone
    matches: tuple[str, ...] = ()
    where: str = ""
    language: str = NO_LANGUAGE
    #: scripts of the languages in force, by which a term knows where its words begin
    scripts: tuple[Script, ...] = field(default=(), repr=False)
    #: what the gate looks for where it differs from `patterns`, which then name every people in its own sense
    wide: tuple[str, ...] = ()
    #: whether its words are entries of a list of peoples, where a short name stands alone
    listed: bool = False
    #: words that tell people by where they come from, which is said as a reason of its own
    origin: tuple[str, ...] = ()
    #: the peoples that its words may name
    peoples: Groups | None = field(default=None, repr=False, compare=False)

    @property
    def of_names(self) -> bool:
        """Whether its words are such names in code as no other language has, so that they count in all code."""
        return self.code_only and self.kind == "field"

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
            *([self.origin] if self.origin else []),
            *([self.peoples.decides] if self.wide and self.peoples else []),
        ]
        return hashlib.sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """What finds the rule's words in normalised text."""
        return _any_of(self.terms, self.patterns, self.scripts)

    def named(self, text: str, start: int, end: int) -> tuple[str, ...]:
        """The groups that the rule's words name at a place: its own, or the peoples whose names stand there."""
        if self.groups or self.peoples is None:
            return self.groups
        return self.peoples.named(text, start, end, self.language, self.listed)

    def by_origin(self, text: str) -> bool:
        """Whether the rule's words in a text tell people by where they come from."""
        return any(re.search(pattern, text) for pattern in self.origin)

    @cached_property
    def other_sense(self) -> re.Pattern[str] | None:
        """Stretches of text in which the same letters mean something else."""
        return _any_of((), self.not_in, ()) if self.not_in else None


@dataclass(frozen=True, kw_only=True)
class CueWords:
    """Words that speak for something with one weight, and the stretches in which the same letters do not."""

    weight: float = 1.0
    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    language: str = NO_LANGUAGE
    where: str = ""
    scripts: tuple[Script, ...] = field(default=(), repr=False)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """What finds the words in normalised text."""
        return _any_of(self.terms, self.patterns, self.scripts)

    @cached_property
    def _other_sense(self) -> re.Pattern[str] | None:
        return _any_of((), self.not_in, self.scripts) if self.not_in else None

    def first(self, text: str) -> str:
        """The first of the words in a text, or the empty text."""
        found = self.expression.search(text)
        if found is None or self._other_sense is None:
            return found.group() if found else ""
        other = Spans.of(self._other_sense.finditer(text))
        return next((m.group() for m in self.expression.finditer(text) if not other.around(*m.span())), "")

    @property
    def decides(self) -> tuple[object, ...]:
        """Everything that may change a result."""
        return (self.weight, self.terms, self.patterns, *([self.not_in] if self.not_in else []), self.language)


@dataclass(frozen=True, kw_only=True)
class CueSet(CueWords):
    """Words that speak for one domain (observing people, identity papers, law …)."""

    id: str
    domain: str


@dataclass(frozen=True, kw_only=True)
class RoleCue(CueWords):
    """Words that show what a provision does."""

    role: str


@dataclass(frozen=True)
class Pack:
    """The content of one file of rules."""

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
    """All packs in force, and the languages that they may be in."""

    packs: tuple[Pack, ...] = ()
    languages: Languages = field(default_factory=Languages)
    groups: Mapping[str, Groups] = field(default_factory=dict)

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
        """Modals of the languages, then those that packs bring along."""
        return (*(m for s in self.languages.each for m in s.modals), *(m for p in self.packs for m in p.modals))

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        return {group: words for p in self.packs for group, words in p.aliases}

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        return tuple(sorted({r.attribute for r in self.rules}))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything of the packs that may change a result; cases, comments and layout do not count."""
        body = {
            "rules": [[r.id, r.digest, r.gloss, r.language] for r in self.rules],
            "cues": [[c.id, c.domain, *c.decides] for c in self.cues],
            "roles": [[r.role, *r.decides] for r in self.roles],
            "modals": [[m.strength, m.patterns] for m in self.modals],
            "aliases": sorted(self.aliases.items()),
            "groups": {slot: groups.decides for slot, groups in self.groups.items()},
            "languages": [s.decides for s in self.languages.each],
        }
        return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()
