"""What a provision does with the attribute: named steps tried in order."""

from __future__ import annotations

import re

from clauselight.model import Context, Role
from clauselight.model.finding import Level
from clauselight.rules.candidates import Candidate
from clauselight.rules.evidence import CueScores
from clauselight.rules.weights import PRIOR, ROLES

#: of roles with equal points the first is taken
_ORDER: tuple[Role, ...] = ("alarm", "search_filter", "code_list", "analytic_output", "data_field")
#: a declared element holds a value and is no list itself
_DECLARES = re.compile(r"\s*<[\w-]*:?(?:element|attribute|field|property|column)\b")


def decide_role(candidate: Candidate, context: Context, scores: CueScores, level: Level, sentence: str) -> Role:
    """The role of a place, as if it is more than a mention."""
    if level == "notice":
        return _of_notice(scores)
    return _of_rule(candidate, context) or _of_cues(context, scores, sentence)


def _of_notice(scores: CueScores) -> Role:
    """A notice is a record of identity, or a field of some other record."""
    return "identity_record" if scores.score("papers") >= scores.score("civil") else "data_field"


def _of_rule(candidate: Candidate, context: Context) -> Role | None:
    """The role that the rule itself names; the rule that says most comes first."""
    by_weight = sorted(candidate.hits, key=lambda h: -PRIOR.of(h.rule.kind))
    role = next((h.rule.role for h in by_weight if h.rule.role), None)
    # a sentence that names a group is no list of groups
    if role == "code_list" and context.kind == "prose" and candidate.best.rule.kind == "group":
        return None
    return role  # type: ignore[return-value]


def _of_cues(context: Context, scores: CueScores, sentence: str) -> Role:
    """The role with the most points, else what such a place usually is."""
    # the clause's own verbs first; a neighbour's only where it has none, or between equal ones
    own = {role: scores.role_here(role) for role in _ORDER}
    if any(own.values()):
        points = {role: own[role] + ROLES.beside_own * scores.role(role) for role in _ORDER}
    else:
        points = {role: ROLES.around * scores.role(role) for role in _ORDER}
    # a list is a list by its own words, not by a neighbour's
    points["code_list"] = 0.0 if _DECLARES.match(sentence) else own["code_list"]
    if context.kind != "prose":
        points[_usual(context, scores)] += ROLES.member
    best = max(_ORDER, key=lambda role: points[role])
    if points[best] > 0:
        return best
    return "analytic_output" if context.kind == "prose" else "data_field"


def _usual(context: Context, scores: CueScores) -> Role:
    """What a member holds: in software that looks at people what it made out of them, else what it was given."""
    observing = scores.score("observe")
    sees = context.kind != "table" and observing >= ROLES.sees and scores.score("police") < observing
    return "analytic_output" if sees else "data_field"
