"""What a document is: a standard with its own number and title, a tender, or another text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from clauselight.model.statement import Node
from clauselight.statements.fragments import HAN, KINDS_COMMON, REPLACE, THIS_CHAR
from clauselight.statements.numbers import Number
from clauselight.statements.span import Span, Stretch
from clauselight.structure.reports import is_report
from clauselight.text.patterns import pattern

#: characters of a document that hold its cover and preface
FRONT = 60_000
#: characters that hold its cover
COVER = 2500
#: how many words of a tender make a document one that does not name its project
_TENDER_WORDS = 3
#: words of a tender; 中标分类 and 中标准 are no part of one
_TENDER = pattern(
    r"招标|采购|投标|磋商|询价|中标(?!分类|准)|竞价|"
    r"(?i:\b(?:tender|request for proposals?|rfp|rfq|procurement|bidders?|contracting authority)\b)",
    "虚构市示例局招标公告",
    "Request for proposals",
)
#: what only a standard says of itself; 指南 is left out, as guides that are no standard say 本指南 too
_STANDARD = pattern(
    rf"规范性引用文件|"
    rf"[(（]?{THIS_CHAR}(?:{KINDS_COMMON}|导则|规程)(?:的|按照|由|规定|代替|适用|起草|是|为|主要|负责|归口)|"
    rf"ICS\s?\d|归口单位|起草单位|标准(?:编号|号|名称)\s*[:：]|实施日期|国家标准《|"
    r"(?i:\bnormative references\b|"
    r"\bthis (?:standard|document|part|section|recommendation|european standard|international standard|"
    r"specification) "
    r"(?:was|is|has been|specifies|replaces|supersedes|shall|cancels|defines)|"
    r"\bthis (?:first|second|third|\w+th) edition\b|drafting (?:organi[sz]ations|units)|implemented on|"
    r"recommendation itu-t|international standard|european standard|^foreword$)",
    "本标准由虚构市示例局提出",
    "This part was proposed by the Example Committee",
    "Title\nForeword\nText",
    flags=re.MULTILINE,
)
#: what stands before the number of another standard
_OTHERS = pattern(
    rf"(?:{REPLACE}|按照|根据|依据|引用|符合|参照|采用|等同|执行|遵循|满足|ICS|CCS|《|与|和|及|发布为|"
    rf"{THIS_CHAR}(?:文件|部分|标准)(?:是|为)\s*《?)\s*$|"
    r"(?i:(?:replaces|supersedes|superseding|according to|accordance with|with|of|see|idt|mod|neq|and|to|by|under)"
    r"\s*$)",
    "本标准按照",
    "in accordance with ",
)
#: right behind a number: the document was drafted by the rules of that one; 前言 begins its own words
_DRAFTED_BEHIND = pattern(r"(?:(?!前\s*言|本)[^。\n]){0,16}?起草(?!单位|人)", "给出的规则起草")
#: a label that says that the number of the document follows
_NUMBER_LABEL = pattern(
    r"标准(?:编号|号)\s*[:：]\s*$|(?i:standard (?:no|number)\.?\s*[:：]?\s*$)", "标准编号：", "Standard No.: "
)
#: the heading of the references: what is printed behind it is another standard
_REFERENCES = pattern(
    r"规范性引用文件|(?i:\bnormative references\b)", "2 规范性引用文件 GB/T 90901", "2 Normative references"
)
#: a stop before a number on its line: the line is a sentence
_STOP = pattern(r"[。；，]", "示例部发布，")
#: verbs around a number that make its line a sentence and no cover
_SENTENCE_EN = pattern(
    r"(?i)\b(?:is|was|are|were|has|have|passed|helped|draft\w*|issued by|claims?)\b", "was issued in 2030"
)
#: the same in Chinese
_SENTENCE_ZH = pattern(r"起草|参与|参编|通过|符合|支持|检测|认证|正式|将于|近日", "虚构海山参与了的编制")
#: 本文件是 before the number of the series that the document is a part of
_THIS_IS = pattern(rf"{THIS_CHAR}(?:文件|部分|标准)(?:是|为)\s*《?$", "本文件是")
#: behind that number: 《…》的第5部分
_PART_OF = pattern(
    r"^\s*(?:《(?P<title>[^》\n]{2,80})》)?(?:分为[^。]{0,60}。[^。]{0,20})?\s*的?\s*第\s*(?P<part>\d{1,3})\s*部分",
    "《示例系统》的第5部分",
)
#: a verb of replacing right before the number of the earlier edition
_REPLACES_BEFORE = pattern(rf"(?:{REPLACE}|(?i:replaces|supersedes))\s*[《]?$", "本标准代替", "This standard replaces ")
#: the label of a title on a page of a catalogue, up to the next label
_LABELLED_TITLE = pattern(
    r"(?:标准名称|中文名称|标准中文名)\s*[:：]\s*(?P<title>[^\n。]{4,80}?)(?=\s*(?:英文|发布|实施|标准|[\n。]|$))",
    "标准名称：示例视频分析系统\n",
)
#: a first line that ends so is no title
_NO_TITLE_END = pattern(r"[。；;：:]$", "投标人须知：")
#: a word that makes a first line the title of a tender
_TENDER_TITLE = pattern(
    r"项目|采购|招标|工程|(?i:\b(?:tender|procurement|request for proposals?|rfp|project)\b)",
    "虚构市摄像机采购",
    "Example camera project",
)
#: the spaces of a letter-spaced title
_SPACES = pattern(r"\s+", "示例 系统")
#: what stands below the title on a cover
_BELOW_TITLE = pattern(r"发布|实施|代替|^\d{4}", "2030-01-05发布")
#: a line with ideographs to speak of
_WORDS_ZH = pattern(rf"[{HAN}]{{3,}}", "示例视频分析系统")
#: a line of a cover that is no title: a date, the kind of standard, a label, a sentence
_NO_TITLE = pattern(r"代替|发布|实施|(?:国家|行业|地方|团体|企业)标准$|(?<!部分)[：:]|[。；]|备案", "虚构市地方标准")
#: an ideograph: the cover is Chinese
_HAN = pattern(rf"[{HAN}]", "示例")
#: a title in its brackets right behind the number
_TITLE_BEHIND = pattern(r"[\s,，:：(（]{0,3}《([^》\n]{4,80})》", "《示例视频分析系统》")
#: the same right before it
_TITLE_BEFORE = pattern(r"《([^》\n]{4,80})》[\s,，:：(（]{0,3}$", "《示例视频分析系统》（")
#: a line in Latin letters that is no title: a labelled date, a word of the cover, a sentence, a figure
_NO_TITLE_EN = pattern(
    r"[:：]\s*\S+ \d|(?i:\b(?:issued|implemented|edition|standard|union|price)\b)|[.;]$|^\W*\d",
    "Second edition of 2030",
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What the document is, and where it says so. `kind`: `standard`, `tender`, `report` or `document`."""

    node: Node
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TenderFields:
    """Where the name and the number of a tender are, or None."""

    name: Stretch | None
    number: Stretch | None


def standard(number: Number, title: str | None = None) -> Node:
    """A standard as a node: printed number, canonical number as label."""
    return Node("standard", number.printed, number.canonical, number.canonical, number.canonical, title)


def cited(span: Span, number: Number) -> Node:
    """A standard that the text names, with the title that stands beside its number."""
    a, b = span.plain.original(number.start, number.end)
    return standard(number, _quoted_title(span.document.text, a, b))


def identify(span: Span, numbers: Sequence[Number], fields: TenderFields) -> Identity:
    """The document as a standard, a tender (with the name and the number of `fields`), a report, or another text."""
    front = span.text[:FRONT]
    end = min(len(span.text), 80)
    if is_report(span.document.text):
        return Identity(Node("document", _label(span), _label(span)), "report", 0, end)
    if _STANDARD.search(front) and not _TENDER.search(span.text[:COVER]) and (identity := _standard(span, numbers)):
        return identity
    if fields.name or len(_TENDER.findall(front)) >= _TENDER_WORDS or (fields.number and _TENDER.search(front)):
        shown = span.printed(*fields.name) if fields.name else (_tender_title(span) or _label(span))
        node = Node("tender", shown, shown, number=span.printed(*fields.number) if fields.number else None)
        return Identity(node, "tender", *(fields.name or fields.number or (0, end)))
    label = _label(span)
    return Identity(Node("document", label, label), "document", 0, end)


def _label(span: Span) -> str:
    name = PurePosixPath(span.document.path.replace("!/", "/")).name
    return span.document.title.strip() or name


# --- a standard: its own number ---


def _standard(span: Span, numbers: Sequence[Number]) -> Identity | None:
    """The standard that the document is: by the number of its cover, as a part of a series, or as a later edition."""
    number = next((n for n in numbers if n.start < COVER and _is_own(span, n)), None)
    if number is None:
        return _by_part(span, numbers) or _by_series(span, numbers)
    if not number.year and (part := _by_part(span, numbers)):
        return part
    return Identity(standard(number, _title(span, number)), "standard", number.start, number.end)


def _is_own(span: Span, number: Number) -> bool:
    """Whether the number is printed as on a cover or a catalogue page: on a line of its own, and not as another's."""
    text = span.text
    if _OTHERS.search(text[max(0, number.start - 30) : number.start]):
        return False
    if _DRAFTED_BEHIND.match(text, number.end):
        return False
    if _NUMBER_LABEL.search(text[max(0, number.start - 24) : number.start]):
        return True
    return not _REFERENCES.search(text, 0, number.start) and is_no_sentence(span, number)


def is_no_sentence(span: Span, number: Number) -> bool:
    """Whether the printed line of a number is no sentence, as on a cover."""
    raw = span.document.text
    a, b = span.plain.original(number.start, number.end)
    low, high = span.printed_line(number.start, number.end)
    around = f"{raw[low:a]} {raw[b:high]}".strip()
    if _STOP.search(raw[low:a]) or _SENTENCE_EN.search(around) or _SENTENCE_ZH.search(around):
        return False
    return len(around) < 160 or "\t" in raw[low:high] or "|" in raw[low:high]


def _by_part(span: Span, numbers: Sequence[Number]) -> Identity | None:
    """A part that gives its number only by its series: `本文件是DB99/T 0001的第5部分` is DB99/T 0001.5."""
    for number in numbers:
        if number.start >= FRONT or not _THIS_IS.search(span.text[max(0, number.start - 12) : number.start]):
            continue
        match = _PART_OF.match(span.text[number.end : number.end + 160])
        if match and "." not in number.series.rpartition(" ")[2]:
            label = f"{number.series}.{match['part']}"
            title = f"{match['title']}　第{match['part']}部分" if match["title"] else None
            node = replace(standard(number, title), label=label, id=label, number=label)
            return Identity(node, "standard", number.start, number.end + match.end())
    return None


def _by_series(span: Span, numbers: Sequence[Number]) -> Identity | None:
    """A text without a cover: the later edition of a standard that it says it replaces."""
    replaced = {
        n.series: n.year
        for n in numbers
        if n.year and n.start < FRONT and _REPLACES_BEFORE.search(span.text[max(0, n.start - 16) : n.start])
    }
    later = next((n for n in numbers if n.year and n.year > (replaced.get(n.series) or "9999")), None)
    return Identity(cited(span, later), "standard", later.start, later.end) if later else None


# --- titles ---


def _tender_title(span: Span) -> str | None:
    """The first line of a tender that names no project, where it reads as a title."""
    lines = (line.strip(" #*\t") for line in span.document.text[:2000].splitlines())
    line = next((line for line in lines if line), "")
    fits = 4 <= len(line) <= 80 and not _NO_TITLE_END.search(line) and _TENDER_TITLE.search(line)
    return line if fits else None


def _title(span: Span, number: Number) -> str | None:
    """The title: what a label names, what is in 《》 beside the number, or the lines behind it."""
    if labelled := _LABELLED_TITLE.search(span.text[:COVER]):
        return span.printed(*labelled.span("title"))
    text = span.document.text
    a, b = span.plain.original(number.start, number.end)
    if quoted := _quoted_title(text, a, b):
        return quoted
    lines = _title_lines(text[b : b + 600])
    if not lines and not _HAN.search(text[:COVER]):
        return _latin_title(text[b : b + 600])
    return "　".join(lines)[:120] or None


def _title_lines(text: str) -> list[str]:
    """The first lines of ideographs that follow each other and read as a title."""
    lines: list[str] = []
    for line in text.splitlines()[:14]:
        plain = _SPACES.sub("", line)
        if lines and _BELOW_TITLE.search(plain):
            break
        if _WORDS_ZH.search(plain) and not _NO_TITLE.search(plain):
            lines.append(plain)
        elif lines:
            break
    return lines


def _quoted_title(text: str, start: int, end: int) -> str | None:
    """What is in 《》 right behind the number or right before it."""
    quoted = _TITLE_BEHIND.match(text[end : end + 90]) or _TITLE_BEFORE.search(text[max(0, start - 90) : start])
    return quoted[1] if quoted else None


def _latin_title(text: str) -> str | None:
    """The first line of several words that is neither a date, nor a label, nor a sentence."""
    lines = (" ".join(line.split()) for line in text.splitlines()[:10])
    return next((line[:160] for line in lines if len(line.split()) >= 3 and not _NO_TITLE_EN.search(line)), None)
