"""Level, role, strength and polarity of a candidate, from its own words and the evidence around it.

The level is one sum, so that a person can follow it: what a word says by itself, plus what shows that people are
observed or policed, against what shows another subject. docs/explanation/decisions.md explains it in prose; every
number that decides has its name in weights.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from clauselight.model import Context, Cue
from clauselight.model.finding import Strength
from clauselight.rules.candidates import Candidate
from clauselight.rules.decision import Binding, Decision
from clauselight.rules.evidence import CueScores
from clauselight.rules.level import Binds, decide_level, decide_list, sums
from clauselight.rules.pack import RuleBook
from clauselight.rules.polarity import Negations, Said, by_answer, by_cells
from clauselight.rules.role import decide_role
from clauselight.rules.strength import Modals
from clauselight.rules.weights import ALONE, PRIOR, SHOWN, WORDS

#: where words for people may stand in a line of code: a comment, or a text in quotes that is more than a name
_COMMENT = re.compile(r"//|/\*|#|--|<!--|\"\"\"|'''|[\"'][^\"']*\s[^\"']*[\"']")


class Classifier:
    """Decides candidates by the modals and weights of a book."""

    def __init__(self, book: RuleBook) -> None:
        self.modals = Modals(book)
        self.negations = Negations(book)
        self._all = book.languages.codes

    def decide(
        self,
        candidate: Candidate,
        context: Context,
        scores: CueScores,
        sentence: str,
        marks: Mapping[str, Strength] | None = None,
        languages: frozenset[str] | None = None,
        head: str = "",
    ) -> Decision:
        """The decision and its reasons.

        `marks` are the meanings that the document gives to ★, ▲ and the like; `languages` are those of the sentence,
        whose modals and negations count (None: those of all); `head` opens the list in which the candidate is an item.
        """
        said = self._polarity(candidate, context, sentence, languages, head)
        at = candidate.best.end - candidate.start
        binding = self.modals.binding(sentence, context, marks or {}, languages, at)
        binds: Binds = "here"
        if binding.strength == "none" and head:
            binding, binds = self.modals.binding(head, context, marks or {}, languages), "head"
        if binding.strength == "none":
            binds = "no"
        weighed = sums(candidate, scores, _running(context, sentence), said, binds, bool(head))
        verdict = decide_level(weighed)
        return Decision(
            verdict,
            decide_role(candidate, context, scores, verdict.level, sentence),
            binding,
            "forbids" if weighed.forbids_here > 0 else weighed.said,
            weighed.support,
            weighed.against,
            _own(candidate),
            (*_by_origin(candidate), *binding.cues, *scores.strongest()),
        )

    def of_list(self, entry: Candidate, scores: CueScores, names: tuple[str, ...]) -> Decision:
        """The decision of a list of peoples or races that nothing names, by its first entry and what is around it."""
        weighed = sums(entry, scores, running=False)
        return Decision(
            decide_list(scores, ", ".join(names)[: SHOWN.words]),
            "code_list",
            Binding(),
            "provides",
            replace(weighed.support, beside=ALONE.enough),
            weighed.against,
            None,
            scores.strongest(),
        )

    def _polarity(
        self, candidate: Candidate, context: Context, sentence: str, languages: frozenset[str] | None, head: str
    ) -> Said:
        """What the sentence says of the words. Statements of code are no sentences: `is not None` denies nothing."""
        if candidate.via or (context.kind == "code" and not context.comment and not _COMMENT.search(sentence)):
            return Said("provides")
        spoken = self._all if languages is None else languages
        said = self.negations.of(candidate, sentence, spoken)
        if said.polarity == "provides" and not said.turned:
            at = candidate.best.start - candidate.start
            return by_answer(sentence, at) or by_cells(sentence, context) or Said(self.negations.of_items(head, spoken))
        return said


def _running(context: Context, sentence: str) -> bool:
    """Whether the place is running text, not a title or an entry that what follows ties to its subject."""
    return context.kind == "prose" and len(sentence.strip().encode()) > WORDS.title


def _by_origin(candidate: Candidate) -> tuple[Cue, ...]:
    """A cue where people are told by where they come from: such words name no people, and it is said why not."""
    found = (h for h in candidate.hits if not h.groups and h.rule.by_origin(h.text))
    hit = next(found, None)
    return (Cue("by origin", hit.text[: SHOWN.words], "here"),) if hit else ()


def _own(candidate: Candidate) -> Cue:
    """The deciding words themselves as a cue."""
    best = candidate.best
    text = best.text[: SHOWN.words]
    return Cue(f"attribute:{candidate.attribute}", text, candidate.via or "here", PRIOR.of(best.rule.kind))
