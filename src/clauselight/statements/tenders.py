"""Tenders and awards: who buys, through whom, for how much, who supplies, and when.

Read from the labels of Chinese and English notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.dates import dates
from clauselight.statements.discourse import Discourse
from clauselight.statements.fragments import HAN
from clauselight.statements.identity import FRONT, TenderFields
from clauselight.statements.organisations import is_no_body
from clauselight.statements.preface import organisation
from clauselight.statements.span import Span, Stretch
from clauselight.text.patterns import pattern

#: a name, up to the end of its cell or sentence
_NAME_ZH = r"[^\n|，。；;]{3,50}"
_NAME_EN = r"[^\n|;]{3,90}"
#: a sum with its currency and unit, and the same in words behind it
_MONEY_ZH = (
    r"(?:人民币|￥|¥|RMB|CNY|EUR|USD|€|\$)?\s*[\d,，.]+\s*(?:万元|亿元|元|万|EUR|USD|CNY|RMB)?"
    r"(?:\s*[(（](?:人民币|元|万元|大写)[^)）\n]{0,40}[)）])?"
)
_MONEY_EN = r"[^\n|;]{2,40}"
#: a unit in brackets behind the label of a sum
_UNIT = r"\s*(?:[(（](?P<unit>[^)）]{1,8})[)）])?"


def _zh(label: str, value: str) -> str:
    """A Chinese label with its value, as `v`."""
    return rf"{label}\s*[:：]\s*(?P<v>{value})"


def _en(label: str, value: str) -> str:
    """An English label at the head of its line or cell with its value, as `v2`; marks of bold type may be around."""
    return rf"(?i:(?:^|\n|\|)\W{{0,6}}{label}\W{{0,4}}[:：]\W{{0,3}}(?P<v2>{value}))"


def _en_inside(label: str, value: str) -> str:
    """An English label anywhere in a line with its value, as `v2`."""
    return rf"(?i:{label}\W{{0,3}}[:：]\s*(?P<v2>{value}))"


#: the name of the project
_NAME = pattern(
    _zh(r"(?:采购|招标)?项目名称", r"[^\n|]{2,80}")
    + "|"
    + _en("(?:project|contract|tender) (?:name|title)", r"[^\n|]{2,120}"),
    "项目名称：虚构市摄像机采购项目",
    "Project name: Example cameras",
)
#: its number
_NUMBER = pattern(
    _zh("(?:项目|招标|采购|标段|公告)编号", rf"[A-Za-z0-9{HAN}〔〕\[\]()（）_/-]{{3,40}}")
    + "|"
    + _en_inside(r"(?:tender|reference|project|procurement|notice) (?:no\.?|number|reference)", r"[\w/.-]{3,40}"),
    "项目编号：XG-2031-01",
    "Tender No.: EX/2031/01",
)
#: who buys
_BUYER = pattern(
    _zh(r"(?<!致)(?:采购人|招标人|采购单位|采购方|建设单位|买方|业主单位)(?:名称|信息\s*名称)?", _NAME_ZH)
    + "|"
    + _en("(?:purchaser|buyer|contracting authority|procuring entity|contracting body)(?: name)?", _NAME_EN),
    "采购人：虚构市示例局",
    "Buyer: Example City Police",
)
#: who runs the tender for the buyer
_AGENCY = pattern(
    _zh(r"(?:采购代理机构|招标代理机构|代理机构|代理公司)(?:名称|信息\s*名称|全称)?", _NAME_ZH)
    + "|"
    + _en("(?:procurement|tendering|purchasing) (?:agency|agent)", _NAME_EN),
    "采购代理机构：示例招标代理有限公司",
    "Procurement agency: Example Tendering Ltd.",
)
#: who is awarded the contract: 中标 after a tender, 成交 after a negotiation
_SUPPLIER = pattern(
    _zh(r"(?:中标(?:\s*[(（]?成交[)）]?)?|成交|第一中标候选)(?:供应商|人|单位)(?:名称)?", _NAME_ZH)
    + "|"
    + _en(
        "(?:supplier|winning (?:bidder|supplier|tenderer)|successful (?:bidder|tenderer)|awarded to|contractor|winner)"
        "(?: name)?",
        _NAME_EN,
    ),
    "中标供应商：虚构海山数字技术股份有限公司",
    "Winning bidder: Seamount Digital Technology Co., Ltd.",
)
#: what the buyer means to spend
_BUDGET = pattern(
    _zh(f"(?:采购)?(?:预算金额|项目预算|预算|最高限价|招标控制价|拦标价){_UNIT}", _MONEY_ZH)
    + "|"
    + _en_inside("(?:estimated value|budget|maximum value)", _MONEY_EN),
    "预算金额（万元）：1,200.00",
    "Budget: 1200000 EUR",
)
#: what the contract costs
_AWARD = pattern(
    _zh(rf"(?:中标|成交)(?:\s*[(（]?成交[)）]?)?(?:金额|价格|价){_UNIT}", _MONEY_ZH)
    + "|"
    + _en_inside("(?:award(?:ed)? (?:value|amount)|contract (?:value|price|amount))", _MONEY_EN),
    "中标金额：1180.5 万元",
    "Contract value: 1100000 EUR",
)
#: the label of the day on which the notice appeared, or on which bids were opened
_NOTICE_DAY = pattern(
    r"(?:(?:招标|采购|首次)?公告(?:发布)?(?:日期|时间)|发布(?:日期|时间)|开标时间|投标截止时间|提交投标文件截止时间|"
    r"(?i:(?:publication|notice|dispatch) date|date of (?:publication|dispatch)|deadline|published on))\s*[:：]?\s*",
    "公告日期：",
    "Publication date: ",
)
#: the label of the day of the award
_AWARD_DAY = pattern(
    r"(?:(?:中标|成交|定标)(?:公告|结果)?(?:日期|时间)|(?:中标|成交|结果)公告(?:发布)?(?:日期|时间)|评审(?:日期|时间)|"
    r"(?i:(?:award date|date of award|date of (?:the )?contract|awarded on|contract date)))\s*[:：]?\s*",
    "中标日期：",
    "Date of award: ",
)
#: the next label on the line of a name, with whatever is before it: 联系人 stands for a person, who is never named
_NEXT_LABEL = pattern(
    r"[\s,，、(（]*(?:联系(?:人|电话|方式|办法)|(?:电话|传真|地址|邮编|邮箱)\s*[:：]|(?:采购|招标)?代理(?:机构|公司)\s*[:：]|"
    r"(?:(?:采购|招标)?项目(?:名称|编号)|(?:采购|招标)编号|[一二三四五六七八九十]{1,3}、[^\s:：]{2,8})\s*[:：]|"
    r"(?i:\b(?:tel|phone|telephone|contact(?: person)?|fax|address|e-?mail)\s*[.:：]))",
    "示例局，联系人：",
    "Example Police, contact: ",
)
#: letters or ideographs, as any name has
_LETTERS = pattern(rf"[{HAN}A-Za-z]{{2}}", "示例局")
#: the words of a form or a sentence behind a label that was left blank
_NO_PARTY = pattern(
    r"^(?:我(?:方|司|公司|单位|们|[(（])|本(?:文件|制造商|公司|单位|人|项目|次|合同|招标|授权|采购)|贵方|兹|采购(?:编号|项目|文件|内容|方式|"
    r"预算|金额)|项目(?:名称|编号)|(?:盖章|签字|签名))|不得|(?<!内)必须|应当|[(（](?:姓名|国名|供应商名称|盖章|签字)|年月日|编号|金额",
    "我方现参加贵方的投标",
    "本文件于年月日前不得开封",
)
#: right before a label: it is of those who are none, or who are one no more
_OF_OTHERS = pattern(
    r"(?:未|非|不是|落选|被?取消|被?撤销|放弃|否决|淘汰|无效|拒绝|(?i:\b(?:not|non-?|un|former|excluded|rejected|no))\s*)(?:的|为)?$",
    "未",
    "non-",
)
#: a sum that says its own unit
_HAS_UNIT = pattern(r"元|EUR|USD|CNY", "1200 万元")


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A day (ISO) or a sum (as printed), and the stretch that says it, label included."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Party:
    """A part that an organisation has in a tender: the label of its name, and what its statement also says."""

    label: re.Pattern[str]
    predicate: Predicate
    qualifier: str | None
    day: _Quoted | None
    amount: _Quoted | None


def fields_of(span: Span) -> TenderFields:
    """Where the name and the number of the tender are."""
    front = span.text[:FRONT]
    name, number = (_value(span, match) if (match := label.search(front)) else None for label in (_NAME, _NUMBER))
    return TenderFields(*(field if field and field[0] < field[1] else None for field in (name, number)))


def tender(discourse: Discourse) -> Iterator[Statement]:
    """Buyer and agency with the budget, supplier with the sum of the award, each with the day that the notice gives."""
    if not discourse.is_tender:
        return
    noticed, awarded = _day(discourse, _NOTICE_DAY), _day(discourse, _AWARD_DAY)
    for party in (
        _Party(_BUYER, "purchases", None, noticed, _money(discourse, _BUDGET)),
        _Party(_AGENCY, "purchases", "agency", noticed, None),
        _Party(_SUPPLIER, "supplies", None, awarded, _money(discourse, _AWARD)),
    ):
        yield from _parties(discourse, party)
    for day, what in ((noticed, "notice"), (awarded, "award")):
        if day:
            evidence = (discourse.evidence(day.start, day.end),)
            date = Node("date", day.text, day.text)
            yield Statement("published_on", discourse.itself, date, evidence, day.text, qualifier=what)


def _parties(discourse: Discourse, party: _Party) -> Iterator[Statement]:
    """The organisations behind a label, each once."""
    seen: set[str] = set()
    also = [discourse.evidence(q.start, q.end) for q in (party.day, party.amount) if q]
    for match in _labels(discourse, party.label):
        start, end = _value(discourse, match)
        node = organisation(discourse, start, end)
        if node.name in seen or not _LETTERS.search(node.name) or _is_none(node.name):
            continue
        seen.add(node.name)
        yield Statement(
            party.predicate,
            node,
            discourse.itself,
            (discourse.evidence(match.start(), end), *also),
            date=party.day.text if party.day else None,
            qualifier=party.qualifier,
            value=party.amount.text if party.amount else None,
        )


def _is_none(name: str) -> bool:
    return is_no_body(name) or _NO_PARTY.search(name) is not None


def _labels(span: Span, label: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The places of a label that is not denied; the value of one is no longer than its printed line."""
    position = 0
    while match := label.search(span.text, position):
        position = max(_value(span, match)[1], match.start() + 1)
        if not _OF_OTHERS.search(span.text[max(0, match.start() - 12) : match.start()]):
            yield match


def _value(span: Span, match: re.Match[str]) -> Stretch:
    start, end = match.span("v" if match["v"] else "v2")
    end = span.first_line(start, end)
    following = _NEXT_LABEL.search(span.text, start, end)
    return start, following.start() if following else end


def _money(span: Span, label: re.Pattern[str]) -> _Quoted | None:
    """The sum behind a label, with the unit that only the label says."""
    match = label.search(span.text)
    if match is None:
        return None
    start, end = _value(span, match)
    printed = span.printed(start, end)
    unit = match["unit"] if match["v"] and match["unit"] and not _HAS_UNIT.search(printed) else None
    return _Quoted(f"{printed} {unit}" if unit else printed, match.start(), end)


def _day(span: Span, label: re.Pattern[str]) -> _Quoted | None:
    """The first date that is printed right behind a label."""
    for match in label.finditer(span.text):
        when = next(dates(span.text[match.end() : match.end() + 24]), None)
        if when and when.start <= 4:
            return _Quoted(when.iso, match.start(), match.end() + when.end)
    return None
