"""What a document is: a standard with its own number and title, a tender, or another text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from clauselight.model.statement import Node
from clauselight.statements.numbers import Number
from clauselight.statements.span import Span

#: characters of a document that hold its cover and preface
FRONT = 60_000
COVER = 2500
_TENDER = re.compile(
    r"招标|采购|投标|磋商|询价|中标(?!分类|准)|竞价|(?i:\b(?:tender|request for proposals?|rfp|rfq|procurement|bidders?|contracting authority)\b)"
)
#: what only a standard says of itself
_STANDARD = re.compile(
    r"规范性引用文件|[(（]?(?:本|木)(?:标准|部分|文件|规范|导则|规程)(?:的|按照|由|规定|代替|适用|起草|是|为|主要|负责|归口)|ICS\s?\d|归口单位|起草单位|标准(?:编号|号|名称)\s*[:：]|实施日期|国家标准《|"
    r"(?i:\bnormative references\b|\bthis (?:standard|document|part|section|recommendation|european standard|international standard|specification) (?:was|is|has been|specifies|replaces|supersedes|shall|cancels|defines)|"
    r"\bthis (?:first|second|third|\w+th) edition\b|drafting (?:organi[sz]ations|units)|implemented on|recommendation itu-t|international standard|european standard|^foreword$)",
    re.MULTILINE,
)
_OTHERS = re.compile(
    r"(?:代替|替代|按照|根据|依据|引用|符合|参照|采用|等同|执行|遵循|满足|ICS|CCS|《|与|和|及|发布为|(?:本|木)(?:文件|部分|标准)(?:是|为)\s*《?)\s*$|(?i:(?:replaces|supersedes|superseding|according to|accordance with|with|of|see|idt|mod|neq|and|to|by|under)\s*$)"
)
#: 本文件是 GA/T 1400《…》的第5部分
_PART_OF = re.compile(
    r"^\s*(?:《(?P<title>[^》\n]{2,80})》)?(?:分为[^。]{0,60}。[^。]{0,20})?\s*的?\s*第\s*(?P<part>\d{1,3})\s*部分"
)
_NUMBERED_TITLE = re.compile(
    r"(?:标准名称|中文名称|标准中文名)\s*[:：]\s*(?P<title>[^\n。]{4,80}?)(?=\s*(?:英文|发布|实施|标准|[\n。]|$))"
)


@dataclass(frozen=True)
class Identity:
    """What the document is, and whether it is a standard or a tender of its own."""

    node: Node
    kind: str
    start: int
    end: int


def standard(number: Number, title: str | None = None) -> Node:
    """A standard as a node: printed number, canonical number as label."""
    return Node("standard", number.printed, number.canonical, number.canonical, number.canonical, title)


def identify(span: Span, found: list[Number], name: tuple[int, int] | None, number: tuple[int, int] | None) -> Identity:
    """The document as a standard, a tender (whose name and number stand where `name` and `number` say) or a plain document."""
    text = span.text
    front = text[:FRONT]
    if _STANDARD.search(front) and not _TENDER.search(text[:COVER]):
        own = next((n for n in found if n.start < COVER and _is_own(span, n)), None)
        if own and not own.year and (part := _by_part(span, found)):
            return part
        if own:
            return Identity(standard(own, _title(span, own)), "standard", own.start, own.end)
        if part := _by_part(span, found) or _by_series(span, found):
            return part
    if len(_TENDER.findall(front)) >= 3 or name or (number and _TENDER.search(front)):
        shown = span.printed(*name) if name else (_tender_title(span) or _label(span))
        node = Node("tender", shown, shown, number=span.printed(*number) if number else None)
        return Identity(node, "tender", *(name or number or (0, min(len(text), 80))))
    label = _label(span)
    return Identity(Node("document", label, label), "document", 0, min(len(text), 80))


def _label(span: Span) -> str:
    name = PurePosixPath(span.document.path.replace("!/", "/")).name
    return span.document.title.strip() or name


def _is_own(span: Span, number: Number) -> bool:
    """Whether the number stands as on a cover or a catalogue page: on a line that is no sentence, and not as another's."""
    text = span.text
    if _OTHERS.search(text[max(0, number.start - 30) : number.start]) or "起草" in text[number.end : number.end + 16]:
        return False
    if re.search(
        r"标准(?:编号|号)\s*[:：]\s*$|(?i:standard (?:no|number)\.?\s*[:：]?\s*$)",
        text[max(0, number.start - 24) : number.start],
    ):
        return True
    a, b = span.plain.original(number.start, number.end)
    raw = span.document.text
    low, high = raw.rfind("\n", 0, a) + 1, raw.find("\n", b)
    line = raw[low : high if high >= 0 else len(raw)]
    if re.search(r"[。；，]", raw[low:a]):
        return False
    around = (raw[low:a] + " " + raw[b : low + len(line)]).strip()
    if re.search(r"(?i)\b(?:is|was|are|were|has|have|passed|helped|draft\w*|issued by|claims?)\b", around):
        return False
    if re.search(r"起草|参与|参编|通过|符合|支持|检测|认证|正式|将于|近日", around):
        return False
    return len(around) < 160 or "\t" in line or "|" in line


def _by_part(span: Span, found: list[Number]) -> Identity | None:
    """A part that tells its number only by its series: `本文件是GA/T 1400的第5部分` is GA/T 1400.5."""
    for number in found:
        before = span.text[max(0, number.start - 12) : number.start]
        if number.start < FRONT and re.search(r"(?:本|木)(?:文件|部分|标准)(?:是|为)\s*《?$", before):
            match = _PART_OF.match(span.text[number.end : number.end + 160])
            if match and "." not in number.series.rpartition(" ")[2]:
                label = f"{number.series}.{match['part']}"
                title = f"{match['title']}　第{match['part']}部分" if match["title"] else None
                node = replace(standard(number, title), label=label, id=label, number=label)
                return Identity(node, "standard", number.start, number.end + match.end())
    return None


def _by_series(span: Span, found: list[Number]) -> Identity | None:
    """A text without a cover: the later edition of a standard that it says it replaces."""
    replaced = {
        n.series: n.year
        for n in found
        if n.year
        and n.start < FRONT
        and re.search(r"(?:代替|替代|(?i:replaces|supersedes))\s*[《]?$", span.text[max(0, n.start - 16) : n.start])
    }
    own = next((n for n in found if n.year and n.year > (replaced.get(n.series) or "9999")), None)
    return Identity(cited(span, own), "standard", own.start, own.end) if own else None


def _tender_title(span: Span) -> str | None:
    """The first line of a tender that names no project, where it reads as a title."""
    line = next((line.strip(" #*\t") for line in span.document.text[:2000].splitlines() if line.strip(" #*\t")), "")
    fits = 4 <= len(line) <= 80 and not re.search(r"[。；;：:]$", line)
    return (
        line
        if fits
        and re.search(r"项目|采购|招标|工程|(?i:\b(?:tender|procurement|request for proposals?|rfp|project)\b)", line)
        else None
    )


def _title(span: Span, number: Number) -> str | None:
    """The title: what a label names, what stands in 《》 beside the number, or the lines of ideographs or words behind it."""
    if labelled := _NUMBERED_TITLE.search(span.text[:COVER]):
        return span.printed(*labelled.span("title"))
    text = span.document.text
    a, b = span.plain.original(number.start, number.end)
    if quoted := _quoted_title(text, a, b):
        return quoted
    lines: list[str] = []
    for line in text[b : b + 600].splitlines()[:14]:
        plain = re.sub(r"\s+", "", line)
        if re.search(r"发布|实施|代替|^\d{4}", plain) and lines:
            break
        if re.search(r"[\u4e00-\u9fff]{3,}", plain) and not re.search(
            r"代替|发布|实施|(?:国家|行业|地方|团体|企业)标准$|(?<!部分)[：:]|[。；]|备案", plain
        ):
            lines.append(plain)
        elif lines:
            break
    if not lines and not re.search(r"[\u4e00-\u9fff]", text[:COVER]):
        return _latin_title(text[b : b + 600])
    return "　".join(lines)[:120] or None


def _quoted_title(text: str, start: int, end: int) -> str | None:
    """What stands in 《》 right behind the number or right before it."""
    quoted = re.match(r"[\s,，:：(（]{0,3}《([^》\n]{4,80})》", text[end : end + 90]) or re.search(
        r"《([^》\n]{4,80})》[\s,，:：(（]{0,3}$", text[max(0, start - 90) : start]
    )
    return quoted[1] if quoted else None


def cited(span: Span, number: Number) -> Node:
    """A standard that the text names, with the title that stands beside its number."""
    a, b = span.plain.original(number.start, number.end)
    return standard(number, _quoted_title(span.document.text, a, b))


def _latin_title(text: str) -> str | None:
    """The first line of several words that is neither a date, nor a label, nor a sentence."""
    for line in text.splitlines()[:10]:
        plain = " ".join(line.split())
        if len(plain.split()) >= 3 and not re.search(
            r"[:：]\s*\S+ \d|(?i:\b(?:issued|implemented|edition|standard|union|price)\b)|[.;]$|^\W*\d", plain
        ):
            return plain[:160]
    return None
