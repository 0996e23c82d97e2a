"""What the document adds to a doubtful place: a finding nearby, or a list of values that the place opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from clauselight.model import Document
from clauselight.rules.candidates import Candidate
from clauselight.rules.decision import Bonus
from clauselight.rules.draft import Draft
from clauselight.rules.lists import Lists
from clauselight.rules.pack import LISTED_TOGETHER
from clauselight.rules.weights import BESIDE, SHOWN


def firm_units(drafts: Sequence[Draft]) -> dict[str, list[int]]:
    """The units in which findings are, by attribute."""
    firm: dict[str, list[int]] = {}
    for draft in drafts:
        if draft.decision.level == "finding":
            firm.setdefault(draft.candidate.attribute, []).append(draft.candidate.first)
    return firm


def nearest(document: Document, draft: Draft, firm: Mapping[str, Sequence[int]]) -> Bonus:
    """What the nearest finding adds: much if of the same attribute, less if of another or far away in the same code."""
    bonuses = (_bonus(document, draft, attribute, units) for attribute, units in firm.items())
    return max(bonuses, key=lambda bonus: bonus.weight, default=Bonus())


def _bonus(document: Document, draft: Draft, attribute: str, units: Sequence[int]) -> Bonus:
    first = draft.candidate.first
    unit = min(units, key=lambda u: abs(u - first))
    by_gap = _same_attribute if attribute == draft.candidate.attribute else _other_attribute
    line = document.layout.unit(unit).line
    place = f"beside the {attribute} finding" + (f" at line {line}" if line else "")
    return Bonus(by_gap(abs(unit - first), draft.context.kind in ("code", "markup")), place)


def _same_attribute(gap: int, code: bool) -> float:
    if gap <= BESIDE.close:
        return BESIDE.same_close
    if gap <= BESIDE.near:
        return BESIDE.same_near
    return BESIDE.same_code if code else 0.0


def _other_attribute(gap: int, code: bool) -> float:
    if code:
        return BESIDE.other_code_near if gap <= BESIDE.code_units else BESIDE.other_code_far
    return BESIDE.other_close if gap <= BESIDE.other_units else 0.0


def opened_list(document: Document, candidate: Candidate, lists: Lists) -> Bonus:
    """What a list adds to the place that opens it: one of races or skin colours sorts people by itself.

    So does any that a name in code or markup holds on its own line, or a table whose rows are put in.
    """
    if document.layout.context(candidate.first).kind in ("code", "markup"):
        named = lists.rows(document, candidate) or {h.text.lower() for h in lists.beside(document, candidate)}
        if len(named) >= BESIDE.named_values:
            return Bonus(BESIDE.names_list, f"lists: {', '.join(sorted(named)[: SHOWN.values])}")
    if candidate.attribute not in LISTED_TOGETHER:
        return Bonus()
    following = document.text[candidate.end : candidate.end + BESIDE.list_reach]
    if len(lists.value_hits(following, 0, candidate.attribute)) < BESIDE.list_values:
        return Bonus()
    entries = list(islice(lists.values_of(document, candidate), BESIDE.list_looked))
    names = sorted({h.text.lower() for entry in entries for h in entry.hits})
    if min(len(entries), len(names)) < BESIDE.list_values:
        return Bonus()
    return Bonus(BESIDE.opens_list, f"opens a list: {', '.join(names[: SHOWN.values])}")
