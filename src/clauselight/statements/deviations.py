"""Tables of deviations (偏离表): a bidder answers each demand of a tender in a row."""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.model.statement import Node, Predicate
from clauselight.statements.claims import named
from clauselight.statements.numbers import Number
from clauselight.statements.span import Span
from clauselight.text.patterns import pattern

#: characters of a document in which its table is looked for
_READ = 200_000
#: the heading of such a table, or an answer in one
_TABLE = pattern(
    r"偏离表|响应表|偏离(?:情况|说明)|无偏离|"
    r"(?i:\bdeviation (?:table|statement|list)\b|\bcompliance (?:table|matrix)\b)",
    "技术偏离表",
    "Compliance matrix",
)
#: the label of the bidder's name
_BIDDER = pattern(
    r"(?:投标人|投标单位|响应供应商|供应商|投标方|应答人)(?:名称)?\s*(?:[(（]盖章[)）])?\s*[:：]\s*"
    r"(?P<v>[^\n|，。；;]{3,50})",
    "投标人（盖章）：虚构海山数字技术股份有限公司",
)
#: a row that says that the demand is not met
_NOT_MET = pattern(
    r"负偏离|不满足|不响应|(?i:\bnegative deviation\b|\bnot compl\w+|\bnon-compliant\b)",
    "| DB99/T 0001 | 负偏离 |",
    "| DB99/T 0001 | Not compliant |",
)
#: a row that says that it is
_MET = pattern(
    r"(?:无|正)偏离|完全响应|完全满足|响应|满足要求|"
    r"(?i:\bno deviation\b|\bpositive deviation\b|\bcompl(?:y|ies|iant)\b)",
    "| DB99/T 0001 | 无偏离 |",
    "| DB99/T 0001 | Compliant |",
)
#: a row that says that it is more than met
_MORE_THAN_MET = pattern(r"正偏离|(?i:positive deviation)", "| DB99/T 0001 | 正偏离 |")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a row answers."""

    predicate: Predicate
    qualifier: str


@dataclass(frozen=True, slots=True)
class Deviations:
    """The table of a document, with the bidder where it is named."""

    bidder: Node | None

    @classmethod
    def of(cls, span: Span) -> Deviations | None:
        """The table of deviations, or None where the document has none."""
        if not _TABLE.search(span.text[:_READ]):
            return None
        label = _BIDDER.search(span.text)
        if label is None:
            return cls(None)
        start, end = label.span("v")
        return cls(named("organisation", span, start, span.first_line(start, end)))

    def answer(self, span: Span, number: Number) -> Answer | None:
        """What the row of a number answers, or None where its line is no such row."""
        start, end = span.line(number.start, number.end)
        row = span.text[start:end]
        if _NOT_MET.search(row):
            return Answer("cites", "denied")
        if _MET.search(row):
            qualifier = "positive deviation" if _MORE_THAN_MET.search(row) else "no deviation"
            return Answer("claims_conformity", qualifier)
        return None
