"""Dates as documents print them, and what is said to have happened on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.discourse import Discourse
from clauselight.statements.fragments import HAN, YEAR
from clauselight.statements.identity import COVER
from clauselight.statements.numbers import Number
from clauselight.statements.said_of import is_said_of, points_back
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
            rf"{_EFFECTIVE_ZH}(?:日期|时间)?\s*[:：为是]?\s*$|"
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
    day = int(g["d"] or g["md"] or g["dd"] or 0)
    if not 1 <= month <= 12 or day > 31:
        return None
    return f"{year}-{month:02}" + (f"-{day:02}" if day else "")


def dated(discourse: Discourse) -> Iterator[Statement]:
    """When the document's standard, or those it speaks of, were issued and took effect: each once, as first said."""
    text = discourse.text
    seen: set[tuple[str, str]] = set()
    before = 0
    for when in dates(text):
        if when.year_only and discourse.is_standard:
            continue  # the history of its editions
        event = _event(text, when, max(before, when.start - _REACH))
        before = event.end if event else when.end
        if event is None:
            continue
        spoken_of = _spoken_of(discourse, event)
        if spoken_of is None or (event.predicate, spoken_of[0].label) in seen:
            continue
        subject, number = spoken_of
        seen.add((event.predicate, subject.label))
        evidence = (discourse.evidence(_quote_start(discourse, number, event), event.end),)
        date = Node("date", text[when.start : when.end].strip(), when.iso)
        yield Statement(event.predicate, subject, date, evidence, when.iso)


def _event(text: str, when: When, low: int) -> _Dated | None:
    """What happened on a date: by the words behind it, else by those before it, from `low` on."""
    for event in _EVENTS:
        if verb := event.behind.match(text, when.end):
            return _Dated(event.predicate, when.start, verb.end())
    for event in _EVENTS:
        if verb := event.ahead.search(text[low : when.start]):
            return _Dated(event.predicate, low + verb.start(), when.end)
    return None


def _spoken_of(discourse: Discourse, event: _Dated) -> tuple[Node, Number | None] | None:
    """The standard that a date is said of, and its number where that is printed in prose; None where it is of none.

    On a cover it is the document. A sentence speaks of the number before the verb, or of the first one behind; without
    a number it must point back to one.
    """
    if discourse.is_standard and event.start < COVER:
        return discourse.itself, None
    sentence = discourse.sentence(event.start, event.end)
    inside = discourse.inside(*sentence)
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
