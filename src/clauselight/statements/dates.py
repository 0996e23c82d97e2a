"""Dates as documents print them, and what is said to have happened on them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from clauselight.model.statement import Node, Predicate, Statement, edition_year
from clauselight.statements.discourse import Discourse
from clauselight.statements.fragments import HAN, TITLE, YEAR
from clauselight.statements.identity import COVER
from clauselight.statements.numbers import Number
from clauselight.statements.said_of import is_said_of, points_back
from clauselight.statements.stance import Told, is_denied, stance
from clauselight.text.patterns import pattern

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
#: every printed form of a date, each with groups of its own: 2030-01-05, January 5, 2030, 5 January 2030, in 2030,
#: 01/2030, edition 2030-01
_DATE = pattern(
    rf"(?P<y>{YEAR})\s*[-—–.年/]\s*(?P<m>\d{{1,2}})(?:\s*[-—–.月/]\s*(?P<d>\d{{1,2}})\s*日?(?!\d)|\s*月)"
    rf"|(?P<mn>{_MONTH})\s+(?:(?P<md>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<my>{YEAR})"
    rf"|(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<dn>{_MONTH}),?\s+(?P<dy>{YEAR})"
    rf"|(?<=\bin )(?P<yo>{YEAR})(?![-–—\d])"
    rf"|(?<![\d/])(?P<sm>0[1-9]|1[0-2])/(?P<sy>{YEAR})(?![\d/])"
    rf"|(?<=[Ee]dition\s)(?P<ey>{YEAR})-(?P<em>0[1-9]|1[0-2])(?![\d-])",
    "2030年1月5日",
    "January 5, 2030",
    "5 January 2030",
    "issued in 2030",
    "01/2030",
    "Edition 2030-01",
    flags=re.IGNORECASE,
)
_PUBLISHED_ZH = r"(?:批准发布|正式发布|发布|颁布|公布|批准|出台|印发)"
_EFFECTIVE_ZH = r"(?:正式)?(?:实施|施行|生效|执行)"
_INTO_EFFECT_EN = (
    r"(?:(?:comes?|came|coming|entered|enters?|entering|put|takes?|took|taking|goes|went|go) into "
    r"(?:effect|force|operation)|"
    r"(?:takes?|took|taking) effect|"
    r"(?:is|was|be|become|becomes|became)? ?(?:effective|implemented)(?: date)?|"
    r"implementation(?: date)?|effective(?: from| date)?)"
)
#: what may be between an English verb of issuing and its date: the body, or the standard
_BODY_OR_STANDARD_EN = (
    r"(?:\s+by\s+[^.;\n]{3,80}?|"
    r"\s+(?:the\s+)?(?:standard\s+)?[A-Z][A-Z0-9/]*\s?[\d.]+[—–-]?\d*(?:\s\([^)]*\))?)?"
)


@dataclass(frozen=True, slots=True)
class _Event:
    """What can happen on a date: the words right before the date, or the ones right behind it."""

    predicate: Predicate
    ahead: re.Pattern[str]
    behind: re.Pattern[str]


#: each event; a word behind a date that is the label of the next one (发布日期) is none
_EVENTS = (
    _Event(
        "effective_on",
        pattern(
            rf"{_EFFECTIVE_ZH}(?:日期|时间)?\s*(?:[:：为是由从]|(?:推迟|延期|延后|顺延|延长|改|调整)(?:至|到|为)(?:自)?)?\s*$|"
            rf"(?i:{_INTO_EFFECT_EN}\s*(?:on|from|in|since|as of|date|[:：])*\s*$)",
            "实施日期：",
            "It comes into effect on ",
        ),
        pattern(rf"\s*(?:起)?(?:开始|予以|全国)?{_EFFECTIVE_ZH}(?!日期|时间|\s*[:：])", "起正式实施"),
    ),
    _Event(
        "published_on",
        pattern(
            rf"{_PUBLISHED_ZH}(?:日期|时间)?\s*[:：于]?\s*$|"
            r"(?i:(?:passed|issued|issue|published|publication|released|release|adopted|approved|promulgated|edition)"
            rf"(?: and \w+)?(?: date)?{_BODY_OR_STANDARD_EN}\s*(?:on|in|date|of|[:：])*\s*$)",
            "发布日期：",
            "was issued by the Example Ministry on ",
        ),
        pattern(
            rf"\s*(?:由[^。；;\n]{{2,40}}|[，,]\s*[{HAN}、]{{2,60}}?(?:联合|正式|批准|共同)|正式|首次)?{_PUBLISHED_ZH}"
            r"(?!日期|时间|部门|单位|机构|\s*[:：])",
            "，示例总局、示例委员会联合发布",
        ),
    ),
)
#: words of a sentence that puts a day off
_MOVES = pattern(
    r"推迟|延期|延后|延迟|暂缓|顺延|推后|改期|延至|延到|延长至|暂停(?:实施|执行|施行)|中止(?:实施|执行)|"
    r"(?i:\b(?:postpon(?:e[sd]?|ing|ement)|delay(?:s|ed|ing)?|deferr?(?:s|ed|al|ing)?|put off|put back|pushed back|"
    r"rescheduled|suspend(?:s|ed)?|suspension)\b)",
    "现推迟",
    "It was postponed",
)
#: right before the day to which it is put off
_MOVED_TO = pattern(
    r"(?:推迟|延期|延后|延迟|顺延|推后|改期|延长|延|改|调整)(?:实施|执行|施行|生效|发布)?(?:日期|时间)?(?:至|到|为)\s*(?:自)?\s*$|"
    r"(?i:\b(?:to|until|till)\s*$)",
    "推迟至",
    "postponed to ",
)
#: right before an event: it was once planned so
_ONCE_PLANNED = pattern(
    r"(?:原定|原计划|原拟|原本|本应|本拟|拟定?|计划|预计|预定|暂定|建议|争取|力争)(?:计划)?(?:于|在|自|从)?\s*$|"
    r"(?i:\b(?:(?:was|were|had been) (?:originally |initially |first )?(?:due |scheduled |expected |supposed |"
    r"meant |planned |"
    r"intended )?to(?: have)?(?: be(?:en)?)?|(?:would|might|may|could|should)(?: have)?(?: be(?:en)?)?|"
    r"originally|planned)\s*$)",
    "原定",
    "It was to be ",
)
#: several dates for several standards
_RESPECTIVELY = pattern(r"分别|(?i:\brespectively\b)", "分别于")
#: from a number to a date that is said of no other
_NUMBER_ON = pattern(
    rf"\s*(?:{TITLE})?\s*[,，]?\s*(?:已|曾|首次|最早|最初)*(?:于|自|在)\s*(?:已|曾|首次)*", "《示例系统》于"
)
#: characters before a date in which its verb may be
_REACH = 100
#: the mark of a label
_LABEL = pattern(r"[:：]", "实施日期：2030-01-05")
#: it takes effect on the day that it is issued
_AT_ONCE = pattern(
    r"自(?:发布|公布|颁布|印发)之日起(?:正式)?(?:实施|施行|执行|生效)|"
    r"(?i:(?:takes?|took) effect (?:on|from) the (?:date|day) of (?:issue|issuance|publication|release))",
    "自发布之日起实施",
    "It takes effect on the date of issue.",
)


@dataclass(frozen=True, slots=True)
class When:
    """A printed date: a day, or a month where no day is printed, or a year."""

    start: int
    end: int
    iso: str

    @property
    def year_only(self) -> bool:
        return len(self.iso) == 4


@dataclass(frozen=True, slots=True)
class _Dated:
    """An event with its date: the stretch from the verb to the date, or from the date to the verb."""

    predicate: Predicate
    start: int
    end: int
    #: where its verb is
    verb: int


def dates(text: str) -> Iterator[When]:
    """Every date of a text in order; what is no date of the calendar is none."""
    for match in _DATE.finditer(text):
        if iso := _iso(match):
            yield When(match.start(), match.end(), iso)


def _iso(match: re.Match[str]) -> str | None:
    g = match.groupdict()
    if g["yo"]:
        return str(g["yo"])
    year = int(g["y"] or g["my"] or g["dy"] or g["sy"] or g["ey"])
    name = g["mn"] or g["dn"]
    month = 1 + _MONTHS.index(name[:3].lower()) if name else int(g["m"] or g["sm"] or g["em"])
    printed = g["d"] or g["md"] or g["dd"]
    try:
        day = datetime.date(year, month, int(printed or 1))
    except ValueError:
        return None
    return day.isoformat() if printed else f"{year}-{month:02}"


def dated(discourse: Discourse) -> Iterator[Statement]:
    """When the document's standard, or those it speaks of, were issued and took effect: each once, as first said.

    A day to which it was put off takes the place of the one that was planned.
    """
    text = discourse.text
    found: dict[tuple[str, str], Statement] = {}
    before = 0
    last: _Dated | None = None
    off: set[tuple[str, str]] = set()
    for when in dates(text):
        if when.year_only and discourse.is_standard:
            continue  # the history of its editions
        event = _event(text, when, max(before, when.start - _REACH)) or _put_on(text, last, when)
        last = event
        before = event.end if event else when.end
        if event is None:
            continue
        moved = _put_off(discourse, event, when)
        spoken_of = _spoken_of(discourse, event) if moved == "from" or _is_said(discourse, event) else None
        if spoken_of is None or not _can_be_of(spoken_of[0], when):
            continue
        subject, number = spoken_of
        key = (event.predicate, subject.label)
        if moved == "from":
            off.add(key)
            found.pop(key, None)
        elif moved == "to" or key not in found.keys() | off:
            evidence = (discourse.evidence(_quote_start(discourse, number, event), event.end),)
            date = Node("date", text[when.start : when.end].strip(), when.iso)
            found[key] = Statement(event.predicate, subject, date, evidence, when.iso)
    yield from found.values()


def _put_off(discourse: Discourse, event: _Dated, when: When) -> Literal["to", "from", ""]:
    """Whether the sentence puts something off to the day, or only names the day from which it does."""
    low, high = discourse.sentence(event.start, event.end)
    first, last = discourse.line(event.start, event.end)
    if not _MOVES.search(discourse.text[max(low, first) : min(high, last)]):
        return ""
    return "to" if _MOVED_TO.search(discourse.text[max(0, when.start - 30) : when.start]) else "from"


def _is_said(discourse: Discourse, event: _Dated) -> bool:
    """Whether the sentence says that it happens: on that day, and not only as it was once planned."""
    text = discourse.text
    low, high = discourse.sentence(event.start, event.end)
    told = Told((low, high), (event.verb, event.end), (event.start, event.end))
    planned = _ONCE_PLANNED.search(text[max(low, event.start - 60) : event.start])
    return stance(text, told) == "said" and not is_denied(text, low, event.start) and planned is None


def _can_be_of(standard: Node, when: When) -> bool:
    """No edition is issued, nor takes effect, long before the year of its number: such a day is of an earlier one.

    European standards are approved in the year before.
    """
    year = edition_year(standard.number) if standard.kind == "standard" and standard.number else None
    return year is None or int(when.iso[:4]) >= year - 1


def _event(text: str, when: When, low: int) -> _Dated | None:
    """What happened on a date: by the words behind it, else by those before it, from `low` on."""
    for event in _EVENTS:
        if verb := event.behind.match(text, when.end):
            return _Dated(event.predicate, when.start, verb.end(), verb.start())
    for event in _EVENTS:
        if verb := event.ahead.search(text[low : when.start]):
            return _Dated(event.predicate, low + verb.start(), when.end, low + verb.start())
    return None


def _put_on(text: str, last: _Dated | None, when: When) -> _Dated | None:
    """The same event on the day to which it is put off: 由2030-03-01推迟至2031-03-01."""
    if last is None or not _MOVED_TO.fullmatch(text[last.end : when.start].strip()):
        return None
    return _Dated(last.predicate, last.start, when.end, last.verb)


def _spoken_of(discourse: Discourse, event: _Dated) -> tuple[Node, Number | None] | None:
    """The standard that a date is said of, and its number where that is printed in prose; None where it is of none.

    On a cover it is the document. A sentence speaks of the number before the verb, or of the first one behind; without
    a number it must point back to one.
    """
    sentence = discourse.sentence(event.start, event.end)
    inside = discourse.inside(*sentence)
    if len(inside) > 1 and _RESPECTIVELY.search(discourse.text[slice(*sentence)]):
        return None
    if other := next((n for n in inside if _NUMBER_ON.fullmatch(discourse.text[n.end : event.start])), None):
        return discourse.node(other), other
    if discourse.is_standard and event.start < COVER:
        return discourse.itself, None
    if inside:
        number = next((n for n in reversed(inside) if n.end <= event.start), inside[0])
        said = is_said_of(discourse, number, (event.start, event.end))
        return (discourse.node(number), number) if said else None
    # a page has a day of its own (发布日期), but takes no effect
    labelled = event.predicate == "effective_on" and _LABEL.search(discourse.text[event.start : event.end])
    if not labelled and not points_back(discourse.text[sentence[0] : event.start]):
        return None
    if discourse.is_standard:
        return discourse.itself, None
    earlier = discourse.meant(240, event.start)
    return (discourse.node(earlier), earlier) if earlier else None


def _quote_start(discourse: Discourse, number: Number | None, event: _Dated) -> int:
    """The quote begins with the number where that is shortly before the event."""
    near = number is not None and not discourse.is_standard and 0 <= event.start - number.start < 300
    return number.start if number and near else event.start


def at_once(discourse: Discourse, stated: Sequence[Statement]) -> Iterator[Statement]:
    """`自发布之日起实施`: what takes effect on the day that it is issued."""
    issued = {s.subject.label: s for s in stated if s.predicate == "published_on"}
    known = {s.subject.label for s in stated if s.predicate == "effective_on"}
    for match in _AT_ONCE.finditer(discourse.text):
        start, end = discourse.sentence(match.start(), match.end())
        for label, s in issued.items():
            if label in known or not (len(issued) == 1 or _is_near(discourse.text, s, match.start())):
                continue
            known.add(label)
            evidence = (discourse.evidence(start, min(end, start + 300)), *s.evidence)
            yield Statement("effective_on", s.subject, s.object, evidence, s.date)


def _is_near(text: str, statement: Statement, at: int) -> bool:
    return any(0 <= at - text.find(e.quote[:12]) < 400 for e in statement.evidence)
