"""Statements that a document makes of itself and of standards: identity, drafters, issuers, dates, citations, tenders, claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from clauselight.grammar._span import Span
from clauselight.grammar.drafters import drafters
from clauselight.grammar.numbers import Number, numbers
from clauselight.grammar.specifies import specifies
from clauselight.model import Document, Finding
from clauselight.model.statement import Node, Predicate, Statement

#: characters of a document that hold its cover and preface
FRONT = 60_000
_COVER = 2500
_THIS = r"(?:本|木)(?:标准|部分|文件|规范|指南|导则|规程)"
_ORG = r"(?P<org>[\u4e00-\u9fffA-Za-z（）()/·&\d -]{2,60}?)"
_PROPOSED = re.compile(rf"{_THIS}[由山曲田]{_ORG}(?=提出)")
_ADMINISTERS = (
    re.compile(rf"(?:{_THIS}|国家标准[^。\n]{{0,80}}|、|，|,)\s*[由山曲田]{_ORG}(?=(?:负责)?归口)"),
    re.compile(
        r"归口(?:单位|部门)\s*[:：]\s*(?P<org>[^\n。；;]{4,80}?)(?=\s*(?:批准|发布|主管|执行|起草|提出|实施|[\n。；;]|$))"
    ),
)
_PROPOSED_AND = re.compile(rf"{_THIS}[由山曲田]{_ORG}提出(?:并|和|、)归口")
_ISSUED = re.compile(
    r"(?:批准发布|发布|批准)(?:部门|单位|机构)\s*[:：]\s*(?P<org>[^\n。；;]{2,40}?)(?=\s*(?:[\n。；;]|实施|发布|$))"
)
_COVER_ISSUER = re.compile(
    r"(?:(?<=实施)|(?<=总局)|(?<=委员会)|(?<![\u4e00-\u9fff]))(?!实施|发布)(?P<org>中华人民共和国[\u4e00-\u9fff]{2,24}?(?:总局|部(?!门)|局|委员会)|国家(?:市场监督管理总局|标准化管理委员会|质量监督检验检疫总局)|中国国家标准化管理委员会|[\u4e00-\u9fff]{2,12}(?:市场监督管理局|质量技术监督局|协会|学会|联合会))"
)
_DATE = r"(?P<y>(?:19|20)\d{2})\s*[-—–.年/]\s*(?P<m>\d{1,2})\s*[-—–.月/]\s*(?P<d>\d{1,2})\s*日?"
_PUBLISHED = (re.compile(rf"(?:发布|颁布|批准)(?:日期|时间)?\s*[:：]\s*{_DATE}"), re.compile(rf"{_DATE}\s*(?:发布|批准|颁布)"))
_EFFECTIVE = (re.compile(rf"(?:实施|施行|生效)(?:日期|时间)?\s*[:：]\s*{_DATE}"), re.compile(rf"{_DATE}\s*(?:实施|施行)"))
_REPLACES = re.compile(
    r"(?P<partly>部分)?(?:代替|替代)了?(?:部分)?\s*(?:了\s*)?|(?i:(?P<partly_en>partly |partially )?(?:replaces|supersedes|replacing|superseding)\s+(?:the )?(?:standard )?)"
)
_REPLACED_BY = re.compile(r"被\s*$|(?i:(?:replaced|superseded) by\s*$)")
_NORMATIVE = re.compile(r"规范性引用文件|(?i:\bnormative references\b)|引用标准")
_BINDS = re.compile(
    r"(?<![相响对适反供效])应(?![用急答对])(?:当|严格|全面|完全)?|必须|须|不得|强制|★|投标无效|废标|(?i:\b(?:shall|must|mandatory|is required to|are required to)\b)"
)
_MEETS = re.compile(
    r"符合|满足|遵循|遵守|执行|依据|按照?|达到|通过|支持|兼容|(?i:\b(?:compl(?:y|ies|iant|iance)|conform(?:s|ing|ity|ant)?|meets?|in accordance with|according to|certified|passed|supports?|implements?)\b)"
)
_CLAIM = re.compile(
    r"(?P<passed>通过了?|取得了?|获得了?|(?i:\b(?:passed|has passed|certified (?:to|for|under)|certification (?:to|for|under)|obtained)\b))|"
    r"(?P<meets>符合|满足|支持|遵循|兼容|全面支持|(?i:\b(?:conforms? (?:to|with)|compl(?:y|ies) with|compliant (?:with|to)|meets?|supports?|implements?|in (?:full )?compliance with)\b))"
)
_NEGATED = re.compile(
    r"不(?:支持|符合|满足|兼容)|未(?:通过|取得|获得|支持)|尚未|没有(?:通过|取得)|(?i:\b(?:not|never|no longer|cannot|fail(?:s|ed)? to)\b)|n't\b"
)
_PLANNED = re.compile(
    r"将(?:支持|通过|符合|于)|计划|拟|即将|预计|(?i:\b(?:will|plans? to|planned|going to|intends? to|expected to|by 20\d\d)\b)"
)
_TENDER = re.compile(
    r"招标|采购|投标|磋商|询价|中标|竞价|(?i:\b(?:tender|request for proposals?|rfp|rfq|procurement|bidders?|contracting authority)\b)"
)
_STANDARD_KIND = re.compile(
    r"规范性引用文件|前言|本(?:标准|部分|文件)|ICS\s?\d|(?i:\bnormative references\b|\bthis (?:standard|document|part) (?:was|specifies|replaces))|国家标准《|归口单位|起草单位"
)
_FIELDS: tuple[tuple[Predicate | str, re.Pattern[str]], ...] = (
    (
        "name",
        re.compile(
            r"(?:采购|招标)?项目名称\s*[:：]\s*(?P<v>[^\n|]{2,80})|(?i:(?:^|\n)\W{0,4}(?:project|contract) (?:name|title)\W{0,3}[:：]\s*(?P<v2>[^\n|]{2,120}))"
        ),
    ),
    (
        "number",
        re.compile(
            r"(?:项目|招标|采购|标段)编号\s*[:：]\s*(?P<v>[A-Za-z0-9\u4e00-\u9fff〔〕\[\]()（）_/-]{3,40})|(?i:(?:tender|reference|project|procurement) (?:no\.?|number|reference)\W{0,3}[:：]\s*(?P<v2>[\w/.-]{3,40}))"
        ),
    ),
    (
        "purchases",
        re.compile(
            r"(?:采购人|招标人|采购单位|采购方|建设单位|买方)(?:名称|信息\s*名称)?\s*[:：]\s*(?P<v>[^\n|，。；;]{3,50})|(?i:(?:purchaser|buyer|contracting authority|procuring entity)\W{0,3}[:：]\s*(?P<v2>[^\n|;]{3,90}))"
        ),
    ),
    (
        "supplies",
        re.compile(
            r"(?:中标(?:\s*[(（]?成交[)）]?)?|成交|第一中标候选)(?:供应商|人|单位)(?:名称)?\s*[:：]\s*(?P<v>[^\n|，。；;]{3,50})|(?i:(?:supplier|winning bidder|successful bidder|awarded to|contractor)\W{0,3}[:：]\s*(?P<v2>[^\n|;]{3,90}))"
        ),
    ),
)
_ENGLISH_DATES: tuple[tuple[Predicate, re.Pattern[str]], ...] = (
    (
        "effective_on",
        re.compile(
            r"(?i:\b(?:comes?|came|coming|entered|enters?|takes?|took) into (?:effect|force)|\b(?:effective|implemented|takes effect|took effect)(?: date)?\b)[^.\n]{0,24}?(?P<date>(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+(?:\d{1,2},?\s+)?(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})"
        ),
    ),
    (
        "published_on",
        re.compile(
            r"(?i:\b(?:passed|issued|published|released|adopted|approved)(?: date)?\b)[^.\n]{0,24}?(?P<date>(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+(?:\d{1,2},?\s+)?(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})"
        ),
    ),
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


@dataclass(frozen=True)
class Identity:
    """What the document is, and whether it is a standard or a tender of its own."""

    node: Node
    kind: str
    start: int
    end: int


def statements(document: Document, findings: Sequence[Finding] = ()) -> list[Statement]:
    """Every statement of a document's text and findings, in order of place. Only the first window of a long one has a front."""
    if document.offset:
        return []
    span = Span.of(document, 400_000)
    found = list(numbers(span.text))
    identity = identify(span, found)
    out: list[Statement] = specifies(document.path, identity.node, findings)
    for part in (_preface, _dates, _replacements, _tender, _citations, _english):
        out += part(span, identity, found)
    return sorted(out, key=lambda s: (s.evidence[0].start, s.order or 0))


def identify(span: Span, found: list[Number]) -> Identity:
    """The document as a standard, a tender or a plain document."""
    text = span.text
    front = text[:FRONT]
    own = next((n for n in found if n.start < _COVER and _is_own(text, n)), None)
    if own and (_STANDARD_KIND.search(front) or re.search(r"发布|实施", text[:_COVER])) and not _TENDER.search(text[:_COVER]):
        title = _title(span, own)
        return Identity(standard(own, title), "standard", own.start, own.end)
    name = _field(span, "name")
    number = _field(span, "number")
    if len(_TENDER.findall(front)) >= 3 or name or (number and _TENDER.search(front)):
        at = name or number
        shown = span.printed(*name) if name else _label(span)
        node = Node("tender", shown, shown, number=span.printed(*number) if number else None)
        return Identity(node, "tender", *(at or (0, min(len(text), 80))))
    label = _label(span)
    return Identity(Node("document", label, label), "document", 0, min(len(text), 80))


def standard(number: Number, title: str | None = None) -> Node:
    """A standard as a node: printed number, canonical number as label."""
    return Node("standard", number.printed, number.canonical, number.canonical, number.canonical, title)


def _label(span: Span) -> str:
    name = PurePosixPath(span.document.path.replace("!/", "/")).name
    return span.document.title.strip() or name


def _is_own(text: str, number: Number) -> bool:
    before = text[max(0, number.start - 30) : number.start]
    return (
        not re.search(
            r"(?:代替|替代|按照|根据|依据|引用|符合|参照|采用|等同|执行|ICS|CCS|《)\s*$|(?i:(?:replaces|supersedes|according to|accordance with|idt|mod|neq)\s*$)",
            before,
        )
        and "起草" not in text[number.end : number.end + 16]
    )


def _title(span: Span, number: Number) -> str | None:
    """The Chinese title: the lines of ideographs behind the number on the cover, or what stands in 《》 beside it."""
    text = span.document.text
    a, b = span.plain.original(number.start, number.end)
    quoted = re.search(r"《([^》\n]{4,80})》", text[max(0, a - 90) : b + 90])
    if quoted:
        return quoted[1]
    lines: list[str] = []
    for line in text[b : b + 600].splitlines()[:14]:
        plain = re.sub(r"\s+", "", line)
        if re.search(r"发布|实施|代替|^\d{4}", plain) and lines:
            break
        if re.search(r"[\u4e00-\u9fff]{3,}", plain) and not re.search(
            r"代替|发布|实施|(?:国家|行业|地方)标准$|(?<!部分)[：:]|[。；]|备案", plain
        ):
            lines.append(plain)
        elif lines:
            break
    return "　".join(lines)[:120] or None


def _last(expression: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(expression.finditer(text))), None)


def _field(span: Span, which: str) -> tuple[int, int] | None:
    for name, expression in _FIELDS:
        if name == which and (match := expression.search(span.text[:FRONT])):
            return _value(span, match)
    return None


def _value(span: Span, match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span("v" if match["v"] else "v2")
    return start, span.first_line(start, end)


def organisation(span: Span, start: int, end: int, truncated: bool = False) -> Node:
    """An organisation as printed."""
    name = span.printed(start, end).strip(" 、，,:：")
    return Node("organisation", name, name, truncated=truncated)


def _preface(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    text = span.text[:FRONT]
    if identity.kind != "tender":
        for order, name in enumerate(drafters(text), 1):
            node = organisation(span, name.start, name.end, name.truncated)
            yield Statement("drafted", node, identity.node, (span.evidence(name.start, name.end),), order=order)
    both = list(_PROPOSED_AND.finditer(text))
    yield from _orgs(span, identity, "proposed", [*_PROPOSED.finditer(text)])
    yield from _orgs(span, identity, "administers", [*both, *(m for e in _ADMINISTERS for m in e.finditer(text))])
    issuers = list(_ISSUED.finditer(text))
    if not issuers and identity.kind == "standard":
        published = next((m for e in _PUBLISHED for m in e.finditer(text[:_COVER])), None)
        if published:
            issuers = [m for m in _COVER_ISSUER.finditer(text[:_COVER]) if 0 <= m.start() - published.end() < 120][:2]
    yield from _orgs(span, identity, "issued", issuers)


def _orgs(span: Span, identity: Identity, predicate: Predicate, matches: list[re.Match[str]]) -> Iterator[Statement]:
    seen: set[str] = set()
    for match in matches:
        node = organisation(span, *match.span("org"))
        if node.name not in seen and len(node.name) >= 2:
            seen.add(node.name)
            yield Statement(predicate, node, identity.node, (span.evidence(*match.span()),))


def _dates(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    if identity.kind != "standard":
        return
    text = span.text[:_COVER]
    for predicate, expressions in (("published_on", _PUBLISHED), ("effective_on", _EFFECTIVE)):
        match = next(
            (m for e in expressions for m in e.finditer(text) if 1 <= int(m["m"]) <= 12 and 1 <= int(m["d"]) <= 31), None
        )
        if match:
            date = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
            evidence = (span.evidence(*match.span()),)
            yield Statement(predicate, identity.node, Node("date", match.group(), date), evidence, date)  # type: ignore[arg-type]


def _replacements(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    text = span.text
    seen: set[str] = set()
    for number in found:
        if number.start > FRONT or identity.kind != "standard" or number.series == "":
            continue
        before = text[max(0, number.start - 24) : number.start]
        match = _last(_REPLACES, before)
        if (
            match is None
            or not re.fullmatch(r"[\s《〈（(]*|.*?(?:和|与|、|及|,|and)\s*", before[match.end() :])
            or _REPLACED_BY.search(before[: match.start()])
        ):
            continue
        if number.canonical in seen or number.canonical == identity.node.number:
            continue
        seen.add(number.canonical)
        partly = "partly" if match["partly"] or match["partly_en"] or "部分代替" in before else None
        start = number.start - len(before) + match.start()
        yield Statement("replaces", identity.node, standard(number), (span.evidence(start, number.end),), qualifier=partly)


def _tender(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    if identity.kind != "tender":
        return
    for predicate, expression in _FIELDS[2:]:
        seen: set[str] = set()
        for match in expression.finditer(span.text):
            start, end = _value(span, match)
            node = organisation(span, start, end)
            if node.name in seen or not re.search(r"[\u4e00-\u9fffA-Za-z]{2}", node.name):
                continue
            seen.add(node.name)
            yield Statement(predicate, node, identity.node, (span.evidence(match.start(), end),))  # type: ignore[arg-type]


def _citations(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    """Each number once for every thing done with it: cited, made binding, claimed."""
    seen: set[tuple[str, str]] = set()
    for number in found:
        if number.canonical == identity.node.number or number.series == (identity.node.number or "").rsplit("-", 1)[0]:
            continue
        start, end = span.sentence(number.start, number.end)
        sentence = span.text[start:end]
        predicate, qualifier = _use(identity, sentence, number.start - start)
        qualifier = qualifier or ("dated" if number.year else "undated")
        if (
            re.search(r"(?:代替|替代|历次版本)[^。]{0,20}$", span.text[max(0, number.start - 24) : number.start])
            or (predicate, number.canonical) in seen
        ):
            continue
        seen.add((predicate, number.canonical))
        quote = (
            span.evidence(start, min(end, max(start + 600, number.end)))
            if predicate != "cites"
            else span.evidence(number.start, number.end)
        )
        yield Statement(predicate, identity.node, standard(number), (quote,), qualifier=qualifier)


def _use(identity: Identity, sentence: str, at: int) -> tuple[Predicate, str | None]:
    before = sentence[:at]
    if identity.kind == "standard":
        return "cites", None
    if identity.kind == "tender":
        return ("mandates", None) if _BINDS.search(sentence) and _MEETS.search(sentence) else ("cites", None)
    if re.search(r"(?<![相响对适反供效])应(?![用急答对])|必须|须|不得|(?i:\b(?:shall|must)\b)", before[-40:]):
        return "mandates", None
    claim = _last(_CLAIM, before[-120:])
    if claim is None:
        return "cites", None
    if _NEGATED.search(before[-60:]):
        return "cites", "denied"
    return "claims_conformity", "planned" if _PLANNED.search(before[-60:]) else ("passed" if claim["passed"] else "meets")


def _english(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    """Dates in English prose, each for the nearest standard before it."""
    if identity.kind == "standard" and any("\u4e00" <= c <= "\u9fff" for c in span.text[:400]):
        return
    for predicate, expression in _ENGLISH_DATES:
        seen: set[str] = set()
        for match in expression.finditer(span.text):
            number = next((n for n in reversed(found) if n.end <= match.start() and match.start() - n.end < 240), None)
            subject = standard(number) if number else (identity.node if identity.kind == "standard" else None)
            date = _iso(match["date"])
            if subject is None or subject.label in seen or not date:
                continue
            seen.add(subject.label)
            start = number.start if number else match.start()
            yield Statement(predicate, subject, Node("date", match["date"], date), (span.evidence(start, match.end()),), date)


def _iso(printed: str) -> str | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", printed):
        return printed
    match = re.match(r"(\w+)\s+(?:(\d{1,2}),?\s+)?(\d{4})", printed)
    if not match or match[1].lower() not in _MONTHS:
        return None
    month = f"{match[3]}-{_MONTHS.index(match[1].lower()) + 1:02}"
    return f"{month}-{int(match[2]):02}" if match[2] else month
