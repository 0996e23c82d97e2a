"""What was decided of a candidate: the level and the step that gave it, the sums as numbers, the cues.

The sentence that a reader sees (the cue ``level:…``) is made from the numbers, so it says what they say.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from clauselight.model import Against, Cue, Role, Support
from clauselight.model.finding import Level, Polarity, Strength
from clauselight.rules.weights import FOLLOWING, SHOWN, THRESHOLD

#: what decided the level; rules/level.py tries the first nine in this order, the last four use the rest of the text
Step = Literal[
    "forbidden",
    "denied",
    "inclusive",
    "ordered",
    "papers",
    "supported",
    "particulars",
    "records",
    "mentioned",
    "beside",
    "inherited",
    "retold",
    "alone",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A level, and the step that gave it."""

    level: Level
    step: Step
    #: of the steps that use the document: what lies beside, or what the place follows from
    place: str = ""


@dataclass(frozen=True, slots=True)
class Binding:
    """How strongly a provision binds, and the word or mark that says so."""

    strength: Strength = "none"
    token: str | None = None

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The reason to show; none where no word says it."""
        return (Cue(f"strength:{self.strength}", self.token, "here"),) if self.token else ()


@dataclass(frozen=True, slots=True)
class Bonus:
    """What the document adds to a doubtful place, in points, and where that lies."""

    weight: float = 0.0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a candidate, with the numbers and cues that did it."""

    verdict: Verdict
    #: the role of the place where it is more than a mention
    role_if_found: Role
    binding: Binding
    polarity: Polarity
    support: Support
    against: Against
    #: the cue of the deciding words; None where the place follows from a finding
    words: Cue | None
    #: the other reasons, the heaviest first
    others: tuple[Cue, ...]

    @property
    def level(self) -> Level:
        return self.verdict.level

    @property
    def role(self) -> Role:
        return "mention" if self.level == "mention" else self.role_if_found

    @property
    def open(self) -> bool:
        """Whether more support would change the level: a clause that forbids stays a mention."""
        return self.verdict.step == "mentioned"

    @property
    def cues(self) -> tuple[Cue, ...]:
        """Every reason in the order in which it is shown."""
        own = (self.words,) if self.words else ()
        return (*own, because(self), *self.others)


def beside(decision: Decision, bonus: Bonus) -> Decision:
    """The decision once more, knowing what lies beside the place."""
    support = replace(decision.support, beside=bonus.weight)
    if not decision.open or support.total < THRESHOLD.enough or support.total <= decision.against.strongest:
        return decision
    return replace(decision, verdict=Verdict("finding", "beside", bonus.place), support=support)


def retold(decision: Decision, how: str) -> Decision:
    """The decision of a place that only tells again what stands elsewhere: a mention, and open to no more support.

    `how` says in words what it is: a table of contents, a running head, the report of a newspaper.
    """
    return replace(decision, verdict=Verdict("mention", "retold", how))


def inherited(owner: Decision, role: Role, place: str) -> Decision:
    """The decision of an entry or a name that follows from a finding or a notice; `place` says how, and where it is."""
    return replace(
        owner,
        verdict=Verdict(owner.level, "inherited", place),
        role_if_found=role,
        support=Support(inherited=FOLLOWING.inherited),
        against=Against(),
        words=None,
        others=owner.cues[: SHOWN.cues_inherited],
    )


_WHERE: dict[Step, str] = {
    "forbidden": "here",
    "denied": "here",
    "inclusive": "here",
    "ordered": "here",
    "particulars": "here",
    "beside": "near",
    "inherited": "document",
    "retold": "document",
    "alone": "here",
}


def because(decision: Decision) -> Cue:
    """The reason of the level as a cue: one sentence, made from the numbers."""
    support, verdict = decision.support, decision.verdict
    weight = support.beside + support.inherited
    return Cue(f"level:{verdict.level}", _sentence(decision), _WHERE.get(verdict.step, "all"), weight)


def _sentence(decision: Decision) -> str:
    support, against = decision.support, decision.against
    match decision.verdict.step:
        case "forbidden":
            return "the clause forbids it"
        case "denied":
            return "the text says that it is not so"
        case "inclusive":
            return "speaks of working for everyone alike"
        case "ordered":
            return "the clause orders it by its own words"
        case "papers":
            kind = "identity papers" if against.papers >= against.civil else "civil, health or staff records"
            return f"{kind} weigh {against.records:.2f} against {support.watching:.2f}"
        case "particulars":
            return "one of the particulars that are recorded of a person"
        case "records":
            return "identity, civil, health or staff records"
        case "beside":
            return f"{decision.verdict.place}; support {support.total:.2f}, against it {against.strongest:.2f}"
        case "inherited" | "retold" | "alone":
            return decision.verdict.place
        case "supported" | "mentioned":
            other = f"against it {against.subject} {against.weight:.2f}" if against.weight else "nothing against it"
            return f"support {support.total:.2f}, {other}"
