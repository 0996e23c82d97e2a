"""Tenders and awards: who buys, through whom, for how much, who supplies, and when; labels of Chinese and English notices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.dates import dates
from clauselight.statements.identity import FRONT, Identity
from clauselight.statements.numbers import Number
from clauselight.statements.preface import organisation
from clauselight.statements.span import Span

_EN = r"(?i:(?:^|\n|\|)\W{0,6}"
_NAME = re.compile(
    rf"(?:采购|招标)?项目名称\s*[:：]\s*(?P<v>[^\n|]{{2,80}})|{_EN}(?:project|contract|tender) (?:name|title)\W{{0,4}}[:：]\W{{0,3}}(?P<v2>[^\n|]{{2,120}}))"
)
_NUMBER = re.compile(
    r"(?:项目|招标|采购|标段|公告)编号\s*[:：]\s*(?P<v>[A-Za-z0-9\u4e00-\u9fff〔〕\[\]()（）_/-]{3,40})|(?i:(?:tender|reference|project|procurement|notice) (?:no\.?|number|reference)\W{0,3}[:：]\s*(?P<v2>[\w/.-]{3,40}))"
)
_BUYER = re.compile(
    rf"(?:采购人|招标人|采购单位|采购方|建设单位|买方|业主单位)(?:名称|信息\s*名称)?\s*[:：]\s*(?P<v>[^\n|，。；;]{{3,50}})|{_EN}(?:purchaser|buyer|contracting authority|procuring entity|contracting body)(?: name)?\W{{0,4}}[:：]\W{{0,3}}(?P<v2>[^\n|;]{{3,90}}))"
)
_AGENCY = re.compile(
    rf"(?:采购代理机构|招标代理机构|代理机构|代理公司)(?:名称|信息\s*名称|全称)?\s*[:：]\s*(?P<v>[^\n|，。；;]{{3,50}})|{_EN}(?:procurement|tendering|purchasing) (?:agency|agent)\W{{0,4}}[:：]\W{{0,3}}(?P<v2>[^\n|;]{{3,90}}))"
)
_SUPPLIER = re.compile(
    rf"(?:中标(?:\s*[(（]?成交[)）]?)?|成交|第一中标候选)(?:供应商|人|单位)(?:名称)?\s*[:：]\s*(?P<v>[^\n|，。；;]{{3,50}})|{_EN}(?:supplier|winning (?:bidder|supplier|tenderer)|successful (?:bidder|tenderer)|awarded to|contractor|winner)(?: name)?\W{{0,4}}[:：]\W{{0,3}}(?P<v2>[^\n|;]{{3,90}}))"
)
_MONEY = r"(?P<v>(?:人民币|￥|¥|RMB|CNY|EUR|USD|€|\$)?\s*[\d,，.]+\s*(?:万元|亿元|元|万|EUR|USD|CNY|RMB)?(?:\s*[(（](?:人民币|元|万元|大写)[^)）\n]{0,40}[)）])?)"
_BUDGET = re.compile(
    rf"(?:采购)?(?:预算金额|项目预算|预算|最高限价|招标控制价|拦标价)\s*(?:[(（](?P<unit>[^)）]{{1,8}})[)）])?\s*[:：]\s*{_MONEY}|(?i:(?:estimated value|budget|maximum value)\W{{0,3}}[:：]\s*(?P<v2>[^\n|;]{{2,40}}))"
)
_AWARD = re.compile(
    rf"(?:中标|成交)(?:\s*[(（]?成交[)）]?)?(?:金额|价格|价)\s*(?:[(（](?P<unit>[^)）]{{1,8}})[)）])?\s*[:：]\s*{_MONEY}|(?i:(?:award(?:ed)? (?:value|amount)|contract (?:value|price|amount))\W{{0,3}}[:：]\s*(?P<v2>[^\n|;]{{2,40}}))"
)
_NOTICE_DAY = re.compile(
    r"(?:(?:招标|采购|首次)?公告(?:发布)?(?:日期|时间)|发布(?:日期|时间)|开标时间|投标截止时间|提交投标文件截止时间|(?i:(?:publication|notice|dispatch) date|date of (?:publication|dispatch)|deadline|published on))\s*[:：]?\s*"
)
_AWARD_DAY = re.compile(
    r"(?:(?:中标|成交|定标)(?:公告|结果)?(?:日期|时间)|(?:中标|成交|结果)公告(?:发布)?(?:日期|时间)|评审(?:日期|时间)|(?i:(?:award date|date of award|date of (?:the )?contract|awarded on|contract date)))\s*[:：]?\s*"
)


def field_of(span: Span, which: str) -> tuple[int, int] | None:
    """Where the name or the number of the tender stands, or None."""
    match = {"name": _NAME, "number": _NUMBER}[which].search(span.text[:FRONT])
    return _value(span, match) if match else None


def tender(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    """Buyer and agency with the budget, supplier with the sum of the award, each with the day that the notice gives."""
    if identity.kind != "tender":
        return
    noticed, awarded = _day(span, _NOTICE_DAY), _day(span, _AWARD_DAY)
    rows: tuple[
        tuple[re.Pattern[str], Predicate, str | None, tuple[str, int, int] | None, re.Pattern[str] | None], ...
    ] = (
        (_BUYER, "purchases", None, noticed, _BUDGET),
        (_AGENCY, "purchases", "agency", noticed, None),
        (_SUPPLIER, "supplies", None, awarded, _AWARD),
    )
    for expression, predicate, qualifier, date, money in rows:
        amount = _money(span, money) if money else None
        seen: set[str] = set()
        for match in expression.finditer(span.text):
            start, end = _value(span, match)
            node = organisation(span, start, end)
            if (
                node.name in seen
                or not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", node.name)
                or re.fullmatch(r"(?:详见|见)\S*", node.name)
            ):
                continue
            seen.add(node.name)
            places = [
                span.evidence(match.start(), end),
                *(span.evidence(*at) for at in (date[1:] if date else None, amount[1:] if amount else None) if at),
            ]
            yield Statement(
                predicate,
                node,
                identity.node,
                tuple(places),
                date=date[0] if date else None,
                qualifier=qualifier,
                value=amount[0] if amount else None,
            )
    for day, words in ((noticed, "notice"), (awarded, "award")):
        if day:
            yield Statement(
                "published_on",
                identity.node,
                Node("date", day[0], day[0]),
                (span.evidence(*day[1:]),),
                day[0],
                qualifier=words,
            )


def _value(span: Span, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span("v" if match["v"] else "v2")
    return start, span.first_line(start, end)


def _money(span: Span, expression: re.Pattern[str]) -> tuple[str, int, int] | None:
    match = expression.search(span.text)
    if match is None:
        return None
    start, end = _value(span, match)
    printed = span.printed(start, end)
    unit = match["unit"] if match["v"] and match["unit"] and not re.search(r"元|EUR|USD|CNY", printed) else None
    return printed + (f" {unit}" if unit else ""), match.start(), end


def _day(span: Span, expression: re.Pattern[str]) -> tuple[str, int, int] | None:
    for match in expression.finditer(span.text):
        when = next(dates(span.text[match.end() : match.end() + 24]), None)
        if when and when.start <= 4:
            return when.iso, match.start(), match.end() + when.end
    return None
