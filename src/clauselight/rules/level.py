"""The level of a candidate: named steps tried in order, each with the numbers that it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from clauselight.model import Against, Support
from clauselight.model.finding import Polarity
from clauselight.rules.candidates import Candidate
from clauselight.rules.decision import Verdict
from clauselight.rules.evidence import CueScores
from clauselight.rules.pack import LISTED_TOGETHER
from clauselight.rules.polarity import Said
from clauselight.rules.weights import ALONE, PRIOR, THRESHOLD, WORDS

#: what else a text that names an attribute may be about
_OTHER = ("law", "culture", "appearance", "technical", "report")
#: what a list of peoples may be for that sorts nobody
_NO_PERSONS = ("law", "culture", "appearance")
#: where the modal or the mark stands that binds a clause
Binds = Literal["no", "here", "head"]
_PROVIDES = Said("provides")
#: what is done with a word that sorts people, and what is done that only keeps it
_SORTS = ("analytic_output", "alarm", "search_filter")


@dataclass(frozen=True, slots=True)
class Sums:
    """All that the level is decided by."""

    support: Support
    against: Against
    #: what the clause itself says, in points
    forbids_here: float
    inclusive_here: float
    records_here: float
    watching_here: float
    #: whether it is one of the particulars of persons that are listed
    particulars: bool = False
    #: whether the clause provides for it, forbids it or says that it is not so
    said: Polarity = "provides"
    #: whether the clause, taken alone, orders that people be sorted so
    ordered: bool = False


def sums(
    candidate: Candidate,
    scores: CueScores,
    running: bool,
    said: Said = _PROVIDES,
    binds: Binds = "no",
    item: bool = False,
) -> Sums:
    """The sums of a candidate.

    `running` where it stands in running text and is no title, `binds` tells where a modal or a mark stands that binds
    it, `item` whether another line opens the list in which it stands.
    """
    return Sums(
        _support(candidate, scores, running),
        _against(scores),
        0.0 if said.turned else scores.here("forbid"),
        scores.here("inclusive"),
        scores.here("papers", "civil"),
        scores.here("observe", "police"),
        running and _particulars_of(scores, item),
        said.polarity,
        binds != "no" and _ordered_here(candidate, scores, item, binds == "head"),
    )


def _particulars_of(scores: CueScores, item: bool) -> bool:
    """Whether particulars of persons are listed: in the clause itself, or in it and around it.

    A clause about equal treatment lists them too; it is law by its own words, and its neighbours say nothing of it.
    """
    own = scores.own_words("particulars")
    around = scores.score("particulars") if item or (own > 0 and scores.own_words("law") <= 0) else 0.0
    return own >= THRESHOLD.particulars or around >= THRESHOLD.particulars_around


def _ordered_here(candidate: Candidate, scores: CueScores, item: bool, by_head: bool) -> bool:
    """Whether the clause and its headings alone say that something looks at people and does something with the word.

    What stands elsewhere in the document then counts for nothing: a tender of a hundred pages speaks of liability,
    equal treatment and hospitals, and orders what it orders.
    """
    # what binds an item stands in the line that opens its list, and so does what that line is about: penalties, say
    about = scores.here if by_head else scores.own_words
    other = max(*map(about, _OTHER), scores.here("papers"), scores.here("civil"))
    watched = scores.here("observe", "police")
    someone = item or scores.here("people", "person") > 0 or candidate.best.rule.kind in ("group", "sorts")
    sorts = sum(scores.role_here(role) for role in _SORTS)
    if other > watched:
        return False
    if sorts > 0:
        return watched > 0 or someone
    # races or skin colours that are told apart in one clause sort people by themselves
    several = (
        candidate.attribute in LISTED_TOGETHER and len({h.text.lower() for h in candidate.hits}) > THRESHOLD.several
    )
    return (watched > 0 and someone) or several


def _support(candidate: Candidate, scores: CueScores, running: bool) -> Support:
    words = _words(candidate)
    loses = running and words < PRIOR.field and not _tied(scores)
    return Support(
        words=words,
        unrelated=-WORDS.unrelated if loses else 0.0,
        observed=scores.score("observe"),
        policed=scores.score("police"),
        person=THRESHOLD.person * scores.score("person"),
    )


def _words(candidate: Candidate) -> float:
    """What the words say by themselves; two different rules that name such a field confirm each other."""
    fields = {h.rule.id for h in candidate.hits if h.rule.kind in ("field", "sorts")}
    return max(PRIOR.of(h.rule.kind) for h in candidate.hits) + (WORDS.confirmed if len(fields) > 1 else 0.0)


def _tied(scores: CueScores) -> bool:
    """Whether the clause ties the word to people: by a verb of sorting or recording, or by a further trait."""
    return bool(scores.local_roles) or bool(scores.here("person"))


def _against(scores: CueScores) -> Against:
    """The strongest other subject. What is written about such systems speaks of rights and of who said so at once."""
    weight, subject = max(
        *((scores.score(domain), domain) for domain in _OTHER),
        (scores.score("law", "report"), "law and report"),
    )
    return Against(subject if weight else "", weight, scores.score("papers"), scores.score("civil"))


def decide_level(sums: Sums) -> Verdict:
    """The verdict of the first step that gives one; the last always does."""
    steps = (_forbidden, _denied, _inclusive, _ordered, _papers, _supported, _listed, _records)
    return next((verdict for step in steps if (verdict := step(sums))), Verdict("mention", "mentioned"))


def decide_list(scores: CueScores, names: str) -> Verdict:
    """The verdict of a list of peoples or races that nothing names; `names` says which it tells apart.

    It is evidence by itself, unless what stands around it is about another subject. Code speaks of technical matters
    everywhere, so these count for nothing.
    """
    records, watching = scores.score("papers", "civil"), scores.score("observe", "police")
    other = max(map(scores.score, _NO_PERSONS))
    if other >= ALONE.other and other > max(watching, records):
        return Verdict("mention", "mentioned")
    if records >= ALONE.records and records > watching:
        return Verdict("notice", "records")
    return Verdict("finding", "alone", f"a list of its own: {names}")


def _forbidden(sums: Sums) -> Verdict | None:
    """A clause that forbids sorting provides for none, whatever else it says."""
    return Verdict("mention", "forbidden") if sums.forbids_here > 0 or sums.said == "forbids" else None


def _denied(sums: Sums) -> Verdict | None:
    """A text that says of a thing that it sorts nobody provides for no sorting."""
    return Verdict("mention", "denied") if sums.said == "denies" else None


def _inclusive(sums: Sums) -> Verdict | None:
    """A clause that asks to work for everyone alike names people without sorting them."""
    return Verdict("mention", "inclusive") if sums.inclusive_here > 0 else None


def _ordered(sums: Sums) -> Verdict | None:
    """The clause orders it by its own words, whatever the document around it is about."""
    return Verdict("finding", "ordered") if sums.ordered else None


def _papers(sums: Sums) -> Verdict | None:
    """There is enough support, but the place is about papers or records more than about watching."""
    if _enough(sums) and (_papers_here(sums) or _papers_everywhere(sums)):
        return Verdict("notice", "papers")
    return None


def _supported(sums: Sums) -> Verdict | None:
    """There is enough support, and more than for any other subject."""
    return Verdict("finding", "supported") if _enough(sums) else None


def _listed(sums: Sums) -> Verdict | None:
    """One of the particulars that are recorded of persons; of suspects, prisoners and whom else police look at."""
    if not sums.particulars:
        return None
    return Verdict("finding" if sums.watching_here > sums.records_here else "notice", "particulars")


def _records(sums: Sums) -> Verdict | None:
    """Without enough support, papers or records alone make a notice, if no other subject is stronger."""
    records = sums.against.records
    return Verdict("notice", "records") if records >= THRESHOLD.records and records >= sums.against.weight else None


def _enough(sums: Sums) -> bool:
    return sums.support.total >= THRESHOLD.enough and sums.support.total > sums.against.weight


def _sorts(sums: Sums) -> bool:
    """Whether the words name the sorting itself."""
    return sums.support.said >= PRIOR.sorts


def _papers_here(sums: Sums) -> bool:
    """The clause itself is about papers or records, and names no sorting."""
    return THRESHOLD.papers_here <= sums.records_here > sums.watching_here and not _sorts(sums)


def _papers_everywhere(sums: Sums) -> bool:
    """Papers or records outweigh the watching; words that name the sorting itself count on its side."""
    return sums.against.records > sums.support.watching + (sums.support.said if _sorts(sums) else 0.0)
