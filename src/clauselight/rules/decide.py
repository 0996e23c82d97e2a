"""Level, role, strength and polarity of a candidate, from its own words and the evidence around it.

The rule is one sum, so that a person can follow it: what a word says by itself, plus what shows that people are observed or
policed, against what shows another subject. docs/explanation/decisions.md tells it in prose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from clauselight.model import Context, Cue, Role
from clauselight.model.finding import Level, Polarity, Strength
from clauselight.rules.candidates import Candidate
from clauselight.rules.evidence import CueScores
from clauselight.rules.marks import MARK, USUAL
from clauselight.rules.pack import Modal, RuleBook
from clauselight.text.normalise import normalise

#: what a kind of word says by itself
PRIOR = {"sorts": 1.5, "near": 0.8, "field": 0.7, "group": 0.2, "word": 0.0, "value": 0.0}
#: what running text loses where its clause names the attribute but neither does anything with it nor lists it among traits
UNRELATED = 1.2
#: a finding needs this much support
ENOUGH = 1.0
_OTHER = ("law", "culture", "appearance", "technical", "report")
#: bytes up to which a unit is a title or a list entry, that what stands below ties to its subject
_TITLE = 40
_DECLARES = re.compile(r"\s*<[\w-]*:?(?:element|attribute|field|property|column)\b")
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
    #: the sums behind the level, and the role that the candidate has if it is a finding
    support: float = 0.0
    against: float = 0.0
    role_if_found: Role = "data_field"
    open: bool = True


class Classifier:
    """Decides candidates by the modals and weights of a book."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book

    @cached_property
    def _modals(self) -> list[tuple[Modal, re.Pattern[str]]]:
        return [(m, re.compile("|".join(f"(?:{p})" for p in m.patterns))) for m in self.book.modals]

    def decide(
        self,
        candidate: Candidate,
        context: Context,
        evidence: CueScores,
        sentence: str,
        marks: Mapping[str, Strength] | None = None,
    ) -> Decision:
        """The decision and its reasons. `marks` are the meanings that the document gives to ★, ▲ and the like."""
        strength, token = self.strength(sentence, context, marks or {})
        forbidden = evidence.here("forbid") > 0
        running = context.kind == "prose" and len(sentence.strip().encode()) > _TITLE
        weighed = _level(candidate, evidence, forbidden, running)
        level = weighed.level
        found = _role(candidate, context, evidence, level, sentence)
        role: Role = "mention" if level == "mention" else found
        best = candidate.best
        own = Cue(f"attribute:{candidate.attribute}", best.text[:60], candidate.via or "here", PRIOR[best.rule.kind])
        polarity: Polarity = "forbids" if forbidden else "provides"
        cues = [
            own,
            weighed.why,
            *([Cue(f"strength:{strength}", token, "here", 0.0)] if token else []),
            *_sorted(evidence.cues),
        ]
        return Decision(
            level,
            role,
            strength,
            token,
            polarity,
            tuple(cues),
            weighed.support,
            weighed.against,
            found,
            weighed.open and level == "mention",
        )

    def beside(self, decision: Decision, bonus: float, place: str) -> Decision:
        """The decision once more, knowing that a finding of the same attribute stands beside it."""
        support = decision.support + bonus
        if not decision.open or support < ENOUGH or support <= decision.against:
            return decision
        why = Cue("level:finding", f"{place}; support {support:.2f}, against it {decision.against:.2f}", "near", bonus)
        cues = (decision.cues[0], why, *decision.cues[2:])
        return replace(decision, level="finding", role=decision.role_if_found, cues=cues)

    def strength(self, sentence: str, context: Context, marks: Mapping[str, Strength]) -> tuple[Strength, str | None]:
        """How strongly the sentence or the table column binds, and the word that says so; a mark of the tender comes first."""
        mark = MARK.match(sentence)
        if mark and marks.get(mark[1], USUAL[mark[1]]) == "shall":
            return "shall", mark[1]
        plain = normalise(sentence).text
        for modal, expression in self._modals:
            match = expression.search(plain)
            if match:
                return modal.strength, match.group().strip()  # type: ignore[return-value]
        by_column = _column_strength(sentence, context)
        if mark and by_column[0] == "none":
            return marks.get(mark[1], USUAL[mark[1]]), mark[1]
        return by_column


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


@dataclass(frozen=True, slots=True)
class _Weighed:
    level: Level
    why: Cue
    support: float = 0.0
    against: float = 0.0
    #: False where more support would not change the level
    open: bool = True


def _prior(candidate: Candidate) -> float:
    """What the words say by themselves; two different rules that name such a field confirm each other."""
    fields = {h.rule.id for h in candidate.hits if h.rule.kind in ("field", "sorts")}
    return max(PRIOR[h.rule.kind] for h in candidate.hits) + (0.4 if len(fields) > 1 else 0.0)


def _unrelated(candidate: Candidate, evidence: CueScores) -> bool:
    """A word of running text that nothing in its clause ties to people: no verb of sorting or recording, no further trait beside it."""
    return _prior(candidate) < PRIOR["field"] and not evidence.local_roles and not evidence.here("person")


def _level(candidate: Candidate, evidence: CueScores, forbidden: bool, running: bool) -> _Weighed:
    prior = _prior(candidate) - (UNRELATED if running and _unrelated(candidate, evidence) else 0.0)
    watching = evidence.score("observe", "police") + 0.5 * evidence.score("person")
    support = prior + watching
    against, subject = max((evidence.score(d), d) for d in _OTHER)
    # what is written about such systems speaks of rights and of who said so at once
    against, subject = max((against, subject), (evidence.score("law", "report"), "law and report"))
    papers, civil = evidence.score("papers"), evidence.score("civil")
    records = max(papers, civil)
    if forbidden:
        return _Weighed("mention", Cue("level:mention", "the clause forbids it", "here"), open=False)
    if evidence.here("inclusive") > 0:
        return _Weighed("mention", Cue("level:mention", "speaks of working for everyone alike", "here"), open=False)
    sums = f"support {support:.2f}, " + (f"against it {subject} {against:.2f}" if against else "nothing against it")
    if support >= ENOUGH and support > against:
        local = evidence.here("papers", "civil")
        by_papers = local >= 1.5 and local > evidence.here("observe", "police") and prior < PRIOR["sorts"]
        if by_papers or records > watching + (prior if prior >= PRIOR["sorts"] else 0.0):
            kind = "identity papers" if papers >= civil else "civil, health or staff records"
            return _Weighed("notice", Cue("level:notice", f"{kind} weigh {records:.2f} against {watching:.2f}", "all"))
        return _Weighed("finding", Cue("level:finding", sums, "all"), support, against)
    if records >= 0.8 and records >= against:
        return _Weighed("notice", Cue("level:notice", "identity, civil, health or staff records", "all"))
    return _Weighed("mention", Cue("level:mention", sums, "all"), support, max(against, records))


def _role(candidate: Candidate, context: Context, evidence: CueScores, level: Level, sentence: str) -> Role:
    if level == "notice":
        return "identity_record" if evidence.score("papers") >= evidence.score("civil") else "data_field"
    fixed = next((h.rule.role for h in sorted(candidate.hits, key=lambda h: -PRIOR[h.rule.kind]) if h.rule.role), None)
    if fixed and not (fixed == "code_list" and context.kind == "prose" and candidate.best.rule.kind == "group"):
        return fixed  # type: ignore[return-value]
    # what stands in the clause itself counts three times what stands around it
    scores = {
        role: 0.35 * evidence.roles.get(role, 0.0) + 0.65 * evidence.local_roles.get(role, 0.0) for role in _ROLE_ORDER
    }
    # a list is a list by its own words, not by a neighbour's; a declared element holds a value and is no list itself
    scores["code_list"] = 0.0 if _DECLARES.match(sentence) else evidence.local_roles.get("code_list", 0.0)
    if context.kind != "prose":
        # a member of software that looks at people holds what it made out of them; of any other it holds what it was given
        sees = (
            context.kind != "table"
            and evidence.score("observe") >= 1.5
            and evidence.score("police") < evidence.score("observe")
        )
        scores["analytic_output" if sees else "data_field"] += 0.5
    best = max(_ROLE_ORDER, key=lambda role: (scores[role], -_ROLE_ORDER.index(role)))
    if scores[best] > 0:
        return best
    return "analytic_output" if context.kind == "prose" else "data_field"
