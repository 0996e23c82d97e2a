"""Findings of one document: gate, evidence, decision, then what follows from the findings (lists, aliases)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from clauselight.model import Context, Cue, Document, Finding
from clauselight.model.finding import Clause
from clauselight.rules.candidates import Candidate, Gate, candidates, kind_order
from clauselight.rules.decide import Classifier, Decision
from clauselight.rules.evidence import CueIndex, Witness
from clauselight.rules.lists import Lists
from clauselight.rules.pack import RuleBook

_CONTEXT_CHARS = 60
_LONGEST_QUOTE = 900
_BESIDE = 16


@dataclass(frozen=True, slots=True)
class Draft:
    """A decided candidate with the span that its finding will quote."""

    candidate: Candidate
    context: Context
    decision: Decision
    start: int
    end: int


class Finder:
    """Applies a rule book to documents. Holds nothing of a document between calls."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.gate = Gate(book)
        self.index = CueIndex(book)
        self.judge = Classifier(book)
        self.lists = Lists(book)

    def warm(self) -> None:
        """Compile everything, so that forked workers share it."""
        self.gate.scanner.warm()
        self.index.warm()

    def drafts(self, document: Document) -> list[Draft]:
        """Every decided candidate of a document, in order of place."""
        found = candidates(document, self.gate)
        if not found:
            return []
        witness = Witness(document, self.index)
        drafts = [self._decide(document, witness, c) for c in found if _speaks(c, witness)]
        drafts = self._beside(document, drafts)
        drafts += self._following(document, witness, drafts)
        return _merged(sorted(drafts, key=lambda d: (d.start, d.end, d.candidate.attribute)))

    def _decide(self, document: Document, witness: Witness, candidate: Candidate) -> Draft:
        context = document.layout.context(candidate.first)
        evidence = witness.evidence(candidate, context)
        decision = self.judge.decide(
            candidate, context, evidence, document.text[candidate.start : candidate.end], witness.marks
        )
        start, end = _span(document, candidate, context)
        return Draft(candidate, context, decision, start, end)

    def _beside(self, document: Document, drafts: list[Draft]) -> list[Draft]:
        """Doubtful candidates again, where a finding of the same attribute stands near, or anywhere in the same code."""
        firm: dict[str, list[int]] = {}
        for draft in drafts:
            if draft.decision.level == "finding":
                firm.setdefault(draft.candidate.attribute, []).append(draft.candidate.first)
        out: list[Draft] = []
        for draft in drafts:
            if draft.decision.level != "mention":
                out.append(draft)
                continue
            bonus, place = self._nearest(document, draft, firm)
            if bonus:
                draft = replace(draft, decision=self.judge.beside(draft.decision, bonus, place))
            out.append(draft if draft.decision.level == "finding" else self._with_values(document, draft))
        return out

    def _nearest(self, document: Document, draft: Draft, firm: dict[str, list[int]]) -> tuple[float, str]:
        """What the nearest finding adds: much beside one of the same attribute, less for another or far away in the same code."""
        code = draft.context.kind in ("code", "markup")
        best = (0.0, "")
        for attribute, units in firm.items():
            nearest = min(units, key=lambda u: abs(u - draft.candidate.first))
            gap = abs(nearest - draft.candidate.first)
            same = attribute == draft.candidate.attribute
            if same:
                bonus = 1.0 if gap <= 2 else (0.7 if gap <= _BESIDE else (0.5 if code else 0.0))
            else:
                bonus = (0.6 if gap <= 3 * _BESIDE else 0.3) if code else (0.4 if gap <= 3 else 0.0)
            line = document.layout.unit(nearest).line
            if bonus > best[0]:
                best = (bonus, f"beside the {attribute} finding" + (f" at line {line}" if line else ""))
        return best

    def _with_values(self, document: Document, draft: Draft) -> Draft:
        """A doubtful candidate again, where it opens a list of races or skin colours: such a list sorts people by itself."""
        if draft.candidate.attribute not in ("race", "skin_colour") or not draft.decision.open:
            return draft
        following = document.text[draft.candidate.end : draft.candidate.end + 1200]
        if len(self.lists.value_hits(following, 0, draft.candidate.attribute)) < 2:
            return draft
        values = list(islice(self.lists.values_of(document, draft.candidate), 4))
        names = {h.text.lower() for c in values for h in c.hits}
        if len(values) < 2 or len(names) < 2:
            return draft
        return replace(
            draft, decision=self.judge.beside(draft.decision, 0.9, f"opens a list: {', '.join(sorted(names)[:5])}")
        )

    def _following(self, document: Document, witness: Witness, drafts: list[Draft]) -> list[Draft]:
        """Values of the lists that findings open, and identifiers that the document ties to them."""
        firm = [d for d in drafts if d.decision.level == "finding"]
        out: list[Draft] = []
        taken = {(d.candidate.first, d.candidate.attribute) for d in firm}
        for owner in firm:
            for candidate in self.lists.values_of(document, owner.candidate):
                if (candidate.first, candidate.attribute) not in taken:
                    taken.add((candidate.first, candidate.attribute))
                    out.append(self._inherit(document, candidate, owner, listed=True))
        known = [d.candidate for d in (*firm, *out)]
        by_rule = {d.candidate.best.rule.id: d for d in reversed(firm)}
        for candidate in self.lists.alias_hits(document, known):
            owner_of = by_rule.get(candidate.best.rule.id)
            if owner_of:
                draft = self._decide(document, witness, candidate)
                if draft.decision.level != "finding":
                    draft = self._inherit(document, candidate, owner_of, listed=False)
                out.append(draft)
        return out

    def _inherit(self, document: Document, candidate: Candidate, owner: Draft, *, listed: bool) -> Draft:
        context = document.layout.context(candidate.first)
        role = owner.decision.role
        if listed and role not in ("analytic_output", "alarm", "search_filter"):
            role = "code_list"
        if listed and context.kind in ("markup", "table"):
            role = "code_list"
        if not listed and role not in ("search_filter", "alarm"):
            role = "data_field"
        place = (
            f"line {document.layout.unit(owner.candidate.first).line}"
            if document.layout.unit(owner.candidate.first).line
            else "above"
        )
        why = Cue("level:finding", f"{candidate.via}, found at {place}", "document", 1.0)
        decision = replace(owner.decision, role=role, cues=(why, *owner.decision.cues[:6]))
        start, end = _span(document, candidate, context)
        return Draft(candidate, context, decision, start, end)

    def findings(self, document: Document) -> list[Finding]:
        """Findings with offsets in the whole canonical text. Hashes are filled in when the source is read to its end."""
        return [finding(document, draft) for draft in self.drafts(document)]


def _speaks(candidate: Candidate, witness: Witness) -> bool:
    """Whether the candidate's words are of a language that the text is in. Names in code are of none."""
    spoken = witness.spoken(candidate)
    candidate.hits = [
        h for h in candidate.hits if h.rule.language in spoken or (h.rule.language == "en" and h.rule.kind != "word")
    ]
    return bool(candidate.hits)


def _span(document: Document, candidate: Candidate, context: Context) -> tuple[int, int]:
    """The candidate's own stretch, widened to the member that it documents or belongs to."""
    start, end = candidate.start, candidate.end
    if context.member is not None:
        layout = document.layout
        first, last = layout.unit(context.member[0]), layout.unit(context.member[1])
        if max(end, last.end) - min(start, first.start) <= _LONGEST_QUOTE:
            start, end = min(start, first.start), max(end, last.end)
    text = document.text[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))


def _merged(drafts: list[Draft]) -> list[Draft]:
    """One draft where two of one attribute overlap, as a comment and the field below it do; the higher level leads."""
    order = {"finding": 2, "notice": 1, "mention": 0}
    out: list[Draft] = []
    for draft in drafts:
        twin = next((i for i in range(len(out) - 1, max(-1, len(out) - 8), -1) if _same(out[i], draft)), None)
        if twin is None:
            out.append(draft)
            continue
        lead, other = out[twin], draft
        if (order[other.decision.level], -kind_order(other.candidate)) > (
            order[lead.decision.level],
            -kind_order(lead.candidate),
        ):
            lead, other = other, lead
        known = {(h.rule.id, h.start) for h in lead.candidate.hits}
        lead.candidate.hits.extend(h for h in other.candidate.hits if (h.rule.id, h.start) not in known)
        out[twin] = replace(lead, start=min(lead.start, other.start), end=max(lead.end, other.end))
    return out


def _same(a: Draft, b: Draft) -> bool:
    if a.candidate.attribute != b.candidate.attribute or a.start >= b.end or b.start >= a.end:
        return False
    return max(a.end, b.end) - min(a.start, b.start) <= _LONGEST_QUOTE


def finding(document: Document, draft: Draft) -> Finding:
    """The public form of a draft. ``text[start:end] == quote`` holds by construction and is checked."""
    text, start, end = document.text, draft.start, draft.end
    quote = text[start:end]
    place = document.place(start, end)
    context, decision = draft.context, draft.decision
    marks = sorted(
        {
            (max(0, h.start - start), min(end, h.end) - start)
            for h in draft.candidate.hits
            if start <= h.start and h.end <= end
        }
    )
    best = draft.candidate.best
    return Finding(
        path=document.path,
        page=place.page,
        line=place.line,
        end_line=place.end_line,
        boxes=place.boxes,
        clause=Clause(context.number, context.headings, context.owners, context.headers, context.row),
        attribute=draft.candidate.attribute,
        groups=draft.candidate.groups,
        role=decision.role,
        strength=decision.strength,
        strength_token=decision.strength_token,
        polarity=decision.polarity,
        level=decision.level,
        quote=quote,
        marks=tuple(marks),
        prefix=text[max(0, start - _CONTEXT_CHARS) : start],
        suffix=text[end : end + _CONTEXT_CHARS],
        start=document.offset + start,
        end=document.offset + end,
        text_sha256="",
        source_sha256="",
        rule=best.rule.id,
        rule_digest=best.rule.digest,
        cues=decision.cues,
        gloss=_gloss(draft),
        confidence=place.confidence,
    )


def _gloss(draft: Draft) -> str:
    words: list[str] = []
    for hit in draft.candidate.hits:
        text = f"{hit.text.strip()[:40]}: {hit.rule.gloss}"
        if text not in words and len(words) < 4:
            words.append(text)
    return "; ".join(words)
