"""A decided candidate on its way to a finding: the span that it quotes, twins as one, the public form."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clauselight.model import Context, Document, Finding
from clauselight.model.finding import LEVELS, Clause
from clauselight.rules.candidates import Candidate, kind_order
from clauselight.rules.decision import Decision
from clauselight.rules.weights import QUOTE, SHOWN


@dataclass(frozen=True, slots=True)
class Draft:
    """A decided candidate with the span that its finding will quote."""

    candidate: Candidate
    context: Context
    decision: Decision
    start: int
    end: int


def draft(document: Document, candidate: Candidate, context: Context, decision: Decision) -> Draft:
    """A decided candidate with its span."""
    return Draft(candidate, context, decision, *_span(document, candidate, context))


def _span(document: Document, candidate: Candidate, context: Context) -> tuple[int, int]:
    """The candidate's own stretch, widened to the member that it documents or belongs to."""
    start, end = candidate.start, candidate.end
    if context.member is not None:
        layout = document.layout
        first, last = layout.unit(context.member[0]), layout.unit(context.member[1])
        if max(end, last.end) - min(start, first.start) <= QUOTE.longest:
            start, end = min(start, first.start), max(end, last.end)
    text = document.text[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))


def merged(drafts: list[Draft]) -> list[Draft]:
    """One draft where two of one attribute overlap, as a comment and the field below it do; the higher level leads.

    `drafts` are in order of place.
    """
    out: list[Draft] = []
    for each in drafts:
        last = range(len(out) - 1, max(-1, len(out) - 1 - QUOTE.twins), -1)
        twin = next((i for i in last if _same(out[i], each)), None)
        if twin is None:
            out.append(each)
        else:
            out[twin] = _joined(out[twin], each)
    return out


def _same(a: Draft, b: Draft) -> bool:
    if a.candidate.attribute != b.candidate.attribute or a.start >= b.end or b.start >= a.end:
        return False
    return max(a.end, b.end) - min(a.start, b.start) <= QUOTE.longest


def _joined(first: Draft, second: Draft) -> Draft:
    lead, other = (second, first) if _says(second) > _says(first) else (first, second)
    known = {(h.rule.id, h.start) for h in lead.candidate.hits}
    lead.candidate.hits.extend(h for h in other.candidate.hits if (h.rule.id, h.start) not in known)
    return replace(lead, start=min(lead.start, other.start), end=max(lead.end, other.end))


def _says(each: Draft) -> tuple[int, int]:
    """How much a draft says, to compare it with its twin."""
    return LEVELS.index(each.decision.level), -kind_order(each.candidate)


def finding(document: Document, each: Draft) -> Finding:
    """The public form of a draft. ``text[start:end] == quote`` holds by construction."""
    text, start, end = document.text, each.start, each.end
    place = document.place(start, end)
    context, decision = each.context, each.decision
    best = each.candidate.best
    return Finding(
        path=document.path,
        page=place.page,
        line=place.line,
        end_line=place.end_line,
        boxes=place.boxes,
        clause=Clause(context.number, context.headings, context.owners, context.headers, context.row),
        attribute=each.candidate.attribute,
        groups=each.candidate.groups,
        role=decision.role,
        strength=decision.binding.strength,
        strength_token=decision.binding.token,
        polarity=decision.polarity,
        level=decision.level,
        quote=text[start:end],
        marks=_marks(each),
        prefix=text[max(0, start - QUOTE.around) : start],
        suffix=text[end : end + QUOTE.around],
        start=document.offset + start,
        end=document.offset + end,
        text_sha256="",
        source_sha256="",
        rule=best.rule.id,
        rule_digest=best.rule.digest,
        cues=decision.cues,
        gloss=_gloss(each),
        confidence=place.confidence,
        support=decision.support,
        against=decision.against,
    )


def _marks(each: Draft) -> tuple[tuple[int, int], ...]:
    """The deciding words inside the quote, from its start."""
    inside = (h for h in each.candidate.hits if each.start <= h.start and h.end <= each.end)
    return tuple(sorted({(h.start - each.start, h.end - each.start) for h in inside}))


def _gloss(each: Draft) -> str:
    words = (f"{h.text.strip()[: SHOWN.gloss_word]}: {h.rule.gloss}" for h in each.candidate.hits)
    return "; ".join(list(dict.fromkeys(words))[: SHOWN.gloss])
