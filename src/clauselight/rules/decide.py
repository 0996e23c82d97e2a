"""Level, role, strength and polarity of a candidate, from its own words and the evidence around it.

The rule is one sum, so that a person can follow it: what a word says by itself, plus what shows that people are observed or
policed, against what shows another subject. docs/explanation/decisions.md tells it in prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from clauselight.model import Context, Cue, Role
from clauselight.model.finding import Level, Polarity, Strength
from clauselight.rules.candidates import Candidate
from clauselight.rules.evidence import Evidence
from clauselight.rules.pack import Modal, RuleBook

#: what a kind of word says by itself
PRIOR = {"sorts": 1.5, "field": 0.7, "group": 0.2, "word": 0.0, "value": 0.0}
#: a finding needs this much support
ENOUGH = 1.0
_OTHER = ("law", "culture", "appearance", "technical", "report")
_ROLE_ORDER: tuple[Role, ...] = ("alarm", "search_filter", "code_list", "analytic_output", "data_field")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a candidate, with the cues that did it."""

    level: Level
    role: Role
    strength: Strength
    strength_token: str | None
    polarity: Polarity
    cues: tuple[Cue, ...]


class Judge:
    """Decides candidates by the modals and weights of a book."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    @cached_property
    def _modals(self) -> list[tuple[Modal, re.Pattern[str]]]:
        return [(m, re.compile("|".join(f"(?:{p})" for p in m.patterns))) for m in self.book.modals]

    def decide(self, candidate: Candidate, context: Context, evidence: Evidence, sentence: str) -> Decision:
        """The decision and its reasons."""
        strength, token = self.strength(sentence, context)
        forbidden = evidence.here("forbid") > 0
        level, why = _level(candidate, evidence, forbidden)
        role: Role = "mention" if level == "mention" else _role(candidate, context, evidence, level)
        best = candidate.best
        own = Cue(f"attribute:{candidate.attribute}", best.text[:60], candidate.via or "here", PRIOR[best.rule.kind])
        polarity: Polarity = "forbids" if forbidden else "provides"
        cues = [own, why, *([Cue(f"strength:{strength}", token, "here", 0.0)] if token else []), *_sorted(evidence.cues)]
        return Decision(level, role, strength, token, polarity, tuple(cues))

    def strength(self, sentence: str, context: Context) -> tuple[Strength, str | None]:
        """How strongly the sentence or the table column binds, and the word that says so."""
        for modal, expression in self._modals:
            match = expression.search(sentence)
            if match:
                return modal.strength, match.group().strip()  # type: ignore[return-value]
        return _column_strength(sentence, context)


def _column_strength(sentence: str, context: Context) -> tuple[Strength, str | None]:
    heads = " ".join(context.headers)
    if not re.search(r"必选|可选|约束|要求|M/O|R/O|Mandatory|Required|Presence", heads + sentence):
        return "none", None
    cells = [c.strip() for c in re.split(r"\t|\||\s{2,}", sentence)]
    for cell in cells:
        if cell in {"必选", "R", "M", "必填", "强制", "Mandatory", "Required", "Yes"}:
            return "shall", cell
        if cell in {"可选", "O", "选填", "Optional"}:
            return "may", cell
    return "none", None


def _sorted(cues: list[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda c: -c.weight)[:12]


def _level(candidate: Candidate, evidence: Evidence, forbidden: bool) -> tuple[Level, Cue]:
    prior = max(PRIOR[h.rule.kind] for h in candidate.hits)
    watching = evidence.score("observe", "police") + 0.5 * evidence.score("person")
    support = prior + watching
    other = max((evidence.score(d), d) for d in _OTHER)
    papers, civil = evidence.score("papers"), evidence.score("civil")
    if forbidden:
        return "mention", Cue("level:mention", "the clause forbids it", "here", 0.0)
    if evidence.here("inclusive") > 0:
        return "mention", Cue("level:mention", "speaks of working for everyone alike", "here", 0.0)
    if support >= ENOUGH and support > other[0]:
        if max(papers, civil) > watching:
            kind = "identity papers" if papers >= civil else "civil, health or staff records"
            return "notice", Cue("level:notice", f"{kind} weigh {max(papers, civil):.2f} against {watching:.2f}", "all", 0.0)
        return "finding", Cue("level:finding", f"support {support:.2f}, against it {other[1]} {other[0]:.2f}", "all", 0.0)
    if max(papers, civil) >= 0.8 and max(papers, civil) >= other[0]:
        return "notice", Cue("level:notice", "identity, civil, health or staff records", "all", 0.0)
    return "mention", Cue("level:mention", f"support {support:.2f}, against it {other[1]} {other[0]:.2f}", "all", 0.0)


def _role(candidate: Candidate, context: Context, evidence: Evidence, level: Level) -> Role:
    if level == "notice":
        return "identity_record" if evidence.score("papers") >= evidence.score("civil") else "data_field"
    fixed = next((h.rule.role for h in sorted(candidate.hits, key=lambda h: -PRIOR[h.rule.kind]) if h.rule.role), None)
    if fixed:
        return fixed  # type: ignore[return-value]
    scores = {role: evidence.roles.get(role, 0.0) for role in _ROLE_ORDER}
    scores["data_field"] += 0.5 if context.kind in ("code", "markup", "data", "table") else 0.0
    best = max(_ROLE_ORDER, key=lambda role: (scores[role], -_ROLE_ORDER.index(role)))
    if scores[best] > 0:
        return best
    return "analytic_output" if context.kind == "prose" else "data_field"
