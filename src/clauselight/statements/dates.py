"""Dates as documents print them, and what is said to have happened on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.identity import COVER, Identity, cited
from clauselight.statements.numbers import Number
from clauselight.statements.span import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_YEAR = r"(?:19|20)\d{2}"
_DATE = re.compile(
    rf"(?P<y>{_YEAR})\s*[-—–.年/]\s*(?P<m>\d{{1,2}})(?:\s*[-—–.月/]\s*(?P<d>\d{{1,2}})\s*日?(?!\d)|\s*月)"
    rf"|(?P<mn>{_MONTH})\s+(?:(?P<md>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<my>{_YEAR})"
    rf"|(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<dn>{_MONTH}),?\s+(?P<dy>{_YEAR})"
    rf"|(?<=\bin )(?P<yo>{_YEAR})(?![-–—\d])"
    rf"|(?<![\d/])(?P<sm>0[1-9]|1[0-2])/(?P<sy>{_YEAR})(?![\d/])"
    rf"|(?<=[Ee]dition\s)(?P<ey>{_YEAR})-(?P<em>0[1-9]|1[0-2])(?![\d-])",
    re.IGNORECASE,
)
_PUBLISHED_ZH = r"(?:批准发布|正式发布|发布|颁布|公布|批准|出台|印发)"
_EFFECTIVE_ZH = r"(?:正式)?(?:实施|施行|生效|执行)"
#: a verb before the date, or one behind it
_SAID: tuple[tuple[Predicate, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "effective_on",
        re.compile(
            rf"{_EFFECTIVE_ZH}(?:日期|时间)?\s*[:：为是]?\s*$|(?i:(?:(?:comes?|came|coming|entered|enters?|entering|put|takes?|took|taking|goes|went|go) into (?:effect|force|operation)|"
            r"(?:takes?|took|taking) effect|(?:is|was|be|become|becomes|became)? ?(?:effective|implemented)(?: date)?|implementation(?: date)?|effective(?: from| date)?)\s*(?:on|from|in|since|as of|date|[:：])*\s*$)"
        ),
        re.compile(rf"\s*(?:起)?(?:开始|予以|全国)?{_EFFECTIVE_ZH}(?!日期|时间|\s*[:：])"),
    ),
    (
        "published_on",
        re.compile(
            rf"{_PUBLISHED_ZH}(?:日期|时间)?\s*[:：于]?\s*$|(?i:(?:passed|issued|issue|published|publication|released|release|adopted|approved|promulgated|edition)(?: and \w+)?(?: date)?"
            r"(?:\s+by\s+[^.;\n]{3,80}?|\s+(?:the\s+)?(?:standard\s+)?[A-Z][A-Z0-9/]*\s?[\d.]+[—–-]?\d*(?:\s\([^)]*\))?)?\s*(?:on|in|date|of|[:：])*\s*$)"
        ),
        re.compile(
            rf"\s*(?:由[^。；;\n]{{2,40}}|[，,]\s*[\u4e00-\u9fff、]{{2,60}}?(?:联合|正式|批准|共同)|正式|首次)?{_PUBLISHED_ZH}(?!日期|时间|部门|单位|机构|\s*[:：])"
        ),
    ),
)
_REACH = 100
_AT_ONCE = re.compile(
    r"自(?:发布|公布|颁布|印发)之日起(?:正式)?(?:实施|施行|执行|生效)|(?i:(?:takes?|took) effect (?:on|from) the (?:date|day) of (?:issue|issuance|publication|release))"
)


@dataclass(frozen=True, slots=True)
class When:
    """A printed date: a day, or a month where no day is printed."""

    start: int
    end: int
    iso: str


def dates(text: str) -> Iterator[When]:
    """Every date of a text in order; what is no date of the calendar is none."""
    for match in _DATE.finditer(text):
        g = match.groupdict()
        if g["yo"]:
            yield When(match.start(), match.end(), g["yo"])
            continue
        year = int(g["y"] or g["my"] or g["dy"] or g["sy"] or g["ey"])
        month = int(g["m"] or g["sm"] or g["em"] or 0) or 1 + _MONTHS.index((g["mn"] or g["dn"])[:3].lower())
        day = int(g["d"] or g["md"] or g["dd"] or 0)
        if 1 <= month <= 12 and day <= 31:
            yield When(match.start(), match.end(), f"{year}-{month:02}" + (f"-{day:02}" if day else ""))


def dated(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    """When the document's standard, or the standards it speaks of, were issued and took effect: each once, the first that is said."""
    text = span.text
    seen: set[tuple[str, str]] = set()
    before = 0
    for when in dates(text):
        if len(when.iso) == 4 and identity.kind == "standard":
            continue  # the history of its editions
        lead = text[max(before, when.start - _REACH) : when.start]
        behind_it = any(behind.match(text, when.end) for _, _, behind in _SAID)
        before = when.end
        for predicate, ahead, behind in _SAID:
            after = behind.match(text, when.end)
            verb = None if behind_it else ahead.search(lead)
            if not verb and not after:
                continue
            before = after.end() if after else when.end
            first = when.start - len(lead) + verb.start() if verb else when.start
            last = when.end if verb else (after.end() if after else when.end)
            number = _of(span, identity, found, first, last)
            subject = cited(span, number) if number else (identity.node if identity.kind == "standard" else None)
            if subject and subject.number == identity.node.number:
                subject = identity.node
            if subject is None or (predicate, subject.label) in seen:
                break
            seen.add((predicate, subject.label))
            start = (
                number.start if number and 0 <= first - number.start < 300 and identity.kind != "standard" else first
            )
            yield Statement(
                predicate,
                subject,
                Node("date", text[when.start : when.end].strip(), when.iso),
                (span.evidence(start, last),),
                when.iso,
            )
            break


def at_once(span: Span, stated: list[Statement]) -> Iterator[Statement]:
    """`自发布之日起实施`: what takes effect on the day that it is issued."""
    issued = {s.subject.label: s for s in stated if s.predicate == "published_on"}
    known = {s.subject.label for s in stated if s.predicate == "effective_on"}
    for match in _AT_ONCE.finditer(span.text):
        start, end = span.sentence(match.start(), match.end())
        for label, s in issued.items():
            near = any(0 <= match.start() - span.text.find(e.quote[:12]) < 400 for e in s.evidence) or len(issued) == 1
            if label not in known and near:
                known.add(label)
                evidence = (span.evidence(start, min(end, start + 300)), *s.evidence)
                yield Statement("effective_on", s.subject, s.object, evidence, s.date)


def _of(span: Span, identity: Identity, found: list[Number], start: int, end: int) -> Number | None:
    """The standard that a date is said of: on a cover its own; in prose the one of the sentence, or the last one before it."""
    if identity.kind == "standard" and start < COVER:
        return None
    low, high = span.sentence(start, end)
    inside = [n for n in found if low <= n.start and n.end <= high]
    earlier = [n for n in inside if n.end <= start]
    if earlier:
        return earlier[-1]
    if inside:
        return inside[0]
    if identity.kind == "standard":
        return None
    return next((n for n in reversed(found) if n.end <= start and start - n.end < 240), None)
