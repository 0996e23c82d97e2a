"""What a text does with a standard that it names: cites it, makes it binding, or claims that something meets it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.claims import claim
from clauselight.statements.deviations import Deviations
from clauselight.statements.discourse import Discourse
from clauselight.statements.fragments import MUST, REPLACE, SHALL
from clauselight.statements.identity import cited
from clauselight.statements.numbers import Number
from clauselight.statements.orders import is_turned, orders
from clauselight.statements.span import Stretch
from clauselight.statements.stance import is_denied
from clauselight.text.patterns import pattern

#: an order of another text right before the number
_ORDERS = pattern(rf"{SHALL}|{MUST}|(?i:\b(?:shall|must)\b)", "摄像机应支持", "Cameras must support ")
#: a demand that is reported: 要求…符合, `require bidders to comply with`
_DEMANDS = pattern(
    r"要求[^，。；]{0,24}(?:符合|满足|遵循|执行)|"
    r"(?i:\b(?:require[sd]?|requiring|mandate[sd]?|oblige[sd]?|demand(?:s|ed)?|order(?:s|ed)?)\b[^.;]{0,60}"
    r"\b(?:comply|compliance|conform|conformity|meet|support|follow|implement|adhere)\w*)",
    "要求投标产品符合",
    "Tenders require bidders to comply with ",
)
#: a verb of citing before a number
_CITES = pattern(
    r"引用|参照|提及|提到|引述|(?i:\b(?:cit(?:e[sd]?|ing)|referr?(?:s|ed|ing)?|referenc(?:e[sd]?|ing)|mention(?:s|ed)?|"
    r"quot(?:e[sd]?|ing))\b)",
    "本标准未引用",
    "It does not cite ",
)
#: a stop between such a verb and a number: the verb is of another
_CLAUSE_ENDS = pattern(r"[，,；;。]", "未引用其他标准，")
#: behind a number: it is not cited
_NOT_CITED = pattern(
    r"(?:\s*《[^》\n]{2,80}》)?\s*(?:均|都|也)?(?:未(?:被)?|不(?:再)?(?:被)?|没有(?:被)?)(?:直接)?引用|"
    r"(?i:\s+(?:is|are|was|were|has been|have been)\s+(?:not|never|no longer|nowhere)\s+(?:\w+ly\s+)?"
    r"(?:cited|referr?ed to|referenced|mentioned|quoted))",
    "未被引用",
    " is not cited",
)
#: right before a number: an earlier edition, of which `preface` says that it is replaced
_REPLACED = pattern(rf"(?:{REPLACE}|历次版本)[^。]{{0,20}}$", "本标准代替")
#: ★ is a substantive clause, ▲ an important one, unless the tender defines its marks otherwise
_MARK = pattern(r"[★▲]", "▲投标产品")
#: characters of a sentence that are quoted, or more where its number is further on
_QUOTED = 600


@dataclass(frozen=True, slots=True)
class Use:
    """What is done with a number, by whom, and the sentence or row that says so."""

    predicate: Predicate
    subject: Node
    around: Stretch
    qualifier: str | None = None


def uses(discourse: Discourse, replaced: Set[str]) -> Iterator[Statement]:
    """Each number once for every thing done with it; those of `replaced` are left to `preface`."""
    seen: set[tuple[str, str, str]] = set()
    deviations = Deviations.of(discourse)
    for number in discourse.numbers:
        if number.canonical in replaced or _is_itself(discourse, number) or _is_replaced(discourse, number):
            continue
        for use in _uses(discourse, number, deviations):
            key = (use.predicate, use.subject.label, number.canonical)
            if key not in seen:
                seen.add(key)
                yield _statement(discourse, number, use)


def _is_itself(discourse: Discourse, number: Number) -> bool:
    """Whether it is the document's own number, of this edition or without a year."""
    printed = discourse.itself.number
    series = (printed or "").rsplit("-", 1)[0]
    return number.canonical in (printed, series) or number.series == series


def _is_replaced(discourse: Discourse, number: Number) -> bool:
    return _REPLACED.search(discourse.text[max(0, number.start - 24) : number.start]) is not None


def _statement(discourse: Discourse, number: Number, use: Use) -> Statement:
    start, end = use.around
    if use.predicate == "cites":
        quote = (number.start, number.end)
    else:
        quote = (start, min(end, max(start + _QUOTED, number.end)))
    mark = _MARK.search(discourse.text[start:end]) if use.predicate == "mandates" else None
    return Statement(
        use.predicate,
        use.subject,
        cited(discourse, number),
        (discourse.evidence(*quote),),
        qualifier=use.qualifier or ("dated" if number.year else "undated"),
        role=mark.group() if mark else None,
    )


def _uses(discourse: Discourse, number: Number, deviations: Deviations | None) -> list[Use]:
    answer = deviations.answer(discourse, number) if deviations else None
    if deviations and answer:
        around = discourse.line(number.start, number.end)
        return [Use(answer.predicate, deviations.bidder or discourse.itself, around, answer.qualifier)]
    around = discourse.sentence(number.start, number.end)
    if _is_not_cited(discourse.text, around, number):
        return []
    if discourse.is_standard:
        return [Use("cites", discourse.itself, around)]
    if discourse.is_tender:
        return [Use("mandates" if orders(discourse.text, around, number) else "cites", discourse.itself, around)]
    return _uses_of_another(discourse, number, around)


def _is_not_cited(text: str, sentence: Stretch, number: Number) -> bool:
    """Whether a sentence says that the number is not cited: 未引用, `is not referred to`, or is no longer."""
    verb = _last(_CITES, text[sentence[0] : number.start])
    at = sentence[0] + verb.start() if verb else 0
    if verb and not _CLAUSE_ENDS.search(text[at : number.start]) and is_denied(text, sentence[0], at):
        return True
    return _NOT_CITED.match(text, number.end, sentence[1]) is not None


def _uses_of_another(discourse: Discourse, number: Number, around: Stretch) -> list[Use]:
    """What a text that is neither a standard nor a tender does: by the words before the number in its sentence.

    A report orders nothing and claims nothing of itself; a claim that it reports is that of who is named with it.
    """
    before = discourse.text[around[0] : number.start]
    if discourse.is_report:
        claimed = claim(discourse, around[0], number)
        others = (
            [s for s in claimed.subjects if s is not discourse.itself] if claimed and claimed.how != "denied" else []
        )
        ordered = _is_ordered(before)
        if claimed and others and not ordered:
            return [Use("claims_conformity", subject, around, claimed.how) for subject in others]
        return [Use("cites", discourse.itself, around)]
    if _is_ordered(before):
        return [Use("cites" if is_turned(discourse.text, around, number) else "mandates", discourse.itself, around)]
    claimed = claim(discourse, around[0], number)
    if claimed is None:
        return [Use("cites", discourse.itself, around)]
    if claimed.how == "denied":
        return [Use("cites", discourse.itself, around, "denied")]
    return [Use("claims_conformity", subject, around, claimed.how) for subject in claimed.subjects]


def _is_ordered(before: str) -> bool:
    return bool(_ORDERS.search(before[-40:]) or _DEMANDS.search(before[-120:]))


def _last(expression: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(expression.finditer(text))), None)
