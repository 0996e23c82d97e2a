"""What covers, prefaces and catalogue pages say of a standard: drafters, proposer, administering body, issuer, what it replaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.drafters import drafters
from clauselight.statements.identity import COVER, FRONT, Identity, cited
from clauselight.statements.numbers import Number
from clauselight.statements.organisations import BODY_EN
from clauselight.statements.span import Span

_THIS = r"(?:本|木|该)(?:标准|部分|文件|规范|指南|导则|规程)"
_ORG = r"(?P<org>[\u4e00-\u9fffA-Za-z（）()/·&\d -]{2,60}?)"
_PROPOSED = re.compile(rf"{_THIS}[由山曲田]{_ORG}(?=提出)")
_ADMINISTERS = (
    re.compile(rf"(?:{_THIS}|国家标准[^。\n]{{0,80}}|、|，|,)\s*[由山曲田]{_ORG}(?=(?:负责)?归口)"),
    re.compile(
        r"归口(?:单位|部门)\s*[:：]?\s*(?P<org>[^\n。；;:：]{4,80}?)(?=\s*(?:批准|发布|主管|执行|起草|提出|实施|[\n。；;]|$))"
    ),
)
_AND_DRAFTED = re.compile(rf"{_THIS}[由山曲田]{_ORG}提出(?:、|，|并|和)?(?:归口)?(?:、|，|并|和)*(?:负责)?起草")
_PROPOSED_LABEL = re.compile(
    r"提出(?:单位|部门|机构)\s*[:：]\s*(?P<org>[^\n。；;:：]{2,60}?)(?=\s*(?:批准|发布|主管|执行|起草|归口|实施|[\n。；;]|$))"
)
_PROPOSED_AND = re.compile(rf"{_THIS}[由山曲田]{_ORG}提出(?:并|和|、)归口")
_ISSUED = re.compile(
    r"(?:批准发布|发布|批准)(?:部门|单位|机构)\s*[:：]\s*(?P<org>[^\n。；;]{2,40}?)(?=\s*(?:[\n。；;]|实施|发布|归口|$))"
)
_COVER_ISSUER = re.compile(
    r"(?:(?<=实施)|(?<=总局)|(?<=委员会)|(?<![\u4e00-\u9fff]))(?!实施|发布)(?P<org>中华人民共和国[\u4e00-\u9fff]{2,24}?(?:总局|部(?!门)|局|委员会)|国家(?:市场监督管理总局|标准化管理委员会|质量监督检验检疫总局)|中国国家标准化管理委员会|[\u4e00-\u9fff]{2,12}(?:市场监督管理局|质量技术监督局|协会|学会|联合会|[\u4e00-\u9fff（）()]{2,24}公司(?=\s*发\s*布)))"
)
_COVER_DATE = re.compile(
    r"(?:19|20)\d{2}\s*[-—–.年/]\s*\d{1,2}\s*[-—–.月/]\s*\d{1,2}\s*日?\s*(?:发布|批准|颁布)|(?:发布|颁布|批准)(?:日期|时间)?\s*[:：]\s*(?:19|20)\d{2}\D\d{1,2}\D\d{1,2}"
)
#: labels of translations; a body in a sentence is read by `prose`
_EN_LABELS: tuple[tuple[Predicate, re.Pattern[str]], ...] = (
    ("issued", re.compile(r"(?i)(?:^|\s)(?:issued|published|released) by\s*[:：]\s*(?P<org>[^\n]{3,160})")),
    (
        "issued",
        re.compile(
            r"(?i)(?:^|\s)(?:issuing|publishing) (?:authority|body|agency|department)\s*[:：]\s*(?P<org>[^\n]{3,160})"
        ),
    ),
    (
        "proposed",
        re.compile(
            r"(?i)(?:^|\s)(?:proposed by|proposing (?:organi[sz]ation|body|unit|department))\s*[:：]\s*(?P<org>[^\n]{3,160})"
        ),
    ),
    (
        "administers",
        re.compile(
            r"(?i)(?:^|\s)(?:administered by|administering (?:body|organi[sz]ation)|(?:technical )?committee|centrali[sz]ed (?:by|unit)|jurisdiction(?: unit)?|responsible committee)\s*[:：]\s*(?P<org>[^\n]{3,160})"
        ),
    ),
)
_COMMITTEE = r"(?P<org>(?:the )?(?:joint )?(?:technical committee|itu-t study group|study group|subcommittee|cen/|cenelec|cen\b|etsi|working group|project group)[^.\n]{0,180}?)(?=\.|,? the secretariat|,? in (?:collaboration|accordance)|\s+(?:under|on) |\s*\(\d{4}|$)"
_ITSELF = r"(?i)(?:\b(?:this|the) (?:document|standard|european standard|international standard|part of [^.\n]{3,40}?|recommendation|technical (?:report|specification))(?: \([^)]{2,40}\))?|\brecommendation itu-t [\w.]+) (?:was|has been)"
_PREPARED: tuple[tuple[Predicate, re.Pattern[str]], ...] = (
    ("drafted", re.compile(rf"{_ITSELF} (?:prepared|developed|drafted) by {_COMMITTEE}")),
    ("issued", re.compile(rf"{_ITSELF} approved (?:on \d[^.\n]{{4,24}}? )?by {_COMMITTEE}")),
)
_REPLACES = re.compile(
    r"(?P<partly>部分)?(?:代替|替代|取代)了?(?:部分)?\s*(?:了\s*)?|(?i:(?P<partly_en>partly |partially )?(?:(?:cancels and )?replaces|supersedes|replacing|superseding)\s+(?:the )?(?:standards? )?(?:parts? of )?)"
)
_REPLACED_BY = re.compile(r"被\s*$|(?i:(?:replaced|superseded) by\s*$)")


def preface(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    """Drafters in printed order, proposer, administering body and issuer."""
    text = span.text[:FRONT]
    if identity.kind != "tender":
        gaps = span.gaps(FRONT)
        subject = _spoken_of(span, identity, found)
        for order, name in enumerate(drafters(text, gaps), 1):
            node = organisation(span, name.start, name.end, name.truncated)
            yield Statement("drafted", node, subject, (span.evidence(name.start, name.end),), order=order)
    both = list(_PROPOSED_AND.finditer(text))
    if identity.kind != "tender":
        yield from _orgs(span, identity, "drafted", list(_AND_DRAFTED.finditer(text)))
    yield from _orgs(span, identity, "proposed", [*_PROPOSED.finditer(text), *_PROPOSED_LABEL.finditer(text)])
    yield from _orgs(span, identity, "administers", [*both, *(m for e in _ADMINISTERS for m in e.finditer(text))])
    issuers = list(_ISSUED.finditer(text))
    if not issuers and identity.kind == "standard":
        published = _COVER_DATE.search(text[:COVER])
        if published:
            issuers = [m for m in _COVER_ISSUER.finditer(text[:COVER]) if 0 <= m.start() - published.end() < 120][:2]
    yield from _orgs(span, identity, "issued", issuers)
    if identity.kind == "standard":
        for predicate, expression in _EN_LABELS:
            yield from _orgs(span, identity, predicate, list(expression.finditer(text))[:2])
        for predicate, expression in _PREPARED:
            yield from _orgs(span, identity, predicate, list(expression.finditer(text))[:1])


def _spoken_of(span: Span, identity: Identity, found: list[Number]) -> Node:
    """What a list of drafters is of: the document itself, or, on a page that is no standard and names but one, that one."""
    if identity.kind == "standard" or re.search(
        r"(?:本|木)(?:标准|部分|文件|规范)|前\s*言|(?i:\bthis (?:standard|document|part|section|specification)\b|foreword)",
        span.text[:FRONT],
    ):
        return identity.node
    named = {n.canonical: n for n in found}
    return cited(span, next(iter(named.values()))) if len(named) == 1 else identity.node


def _orgs(span: Span, identity: Identity, predicate: Predicate, matches: list[re.Match[str]]) -> Iterator[Statement]:
    seen: set[str] = set()
    for match in matches:
        if match.group().startswith("该") and identity.kind != "standard":
            continue  # `prose` finds out which one is spoken of
        if re.search(r"提出(?:并|和|、)?$|^(?:本|由)", match["org"]):
            continue
        start, end = match.span("org")
        labelled = match.re in (_ISSUED, _PROPOSED_LABEL, _ADMINISTERS[1], *(e for _, e in _EN_LABELS))
        end = min(end, span.first_line(start, end)) if labelled else end
        lead = re.match(r"(?i)the\s+", span.text[start:end])
        node = organisation(span, start + (lead.end() if lead else 0), end)
        if (
            node.name not in seen
            and len(node.name) >= 2
            and not (node.name.isascii() and not BODY_EN.search(node.name))
        ):
            seen.add(node.name)
            last = end if labelled else max(match.end(), end)
            tail = re.match(r"(?:负责)?(?:提出|归口)(?:并归口|并组织实施)?", span.text[last : last + 8])
            yield Statement(
                predicate, node, identity.node, (span.evidence(match.start(), last + (tail.end() if tail else 0)),)
            )


def organisation(span: Span, start: int, end: int, truncated: bool = False) -> Node:
    """An organisation as printed."""
    name = span.printed(start, end).strip(" 、，,:：")
    return Node("organisation", name, name, truncated=truncated)


def replacements(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    """Standards that this one takes the place of, wholly or in part."""
    text = span.text
    seen: set[str] = set()
    for number in found:
        if number.start > FRONT or identity.kind != "standard" or number.series == "":
            continue
        before = text[max(0, number.start - 40) : number.start]
        match = next(reversed(list(_REPLACES.finditer(before))), None)
        if (
            match is None
            or not re.fullmatch(r"[\s《〈（(]*|.*?(?:和|与|、|及|,|and)\s*", before[match.end() :])
            or _REPLACED_BY.search(before[: match.start()])
        ):
            continue
        if number.canonical in seen or number.canonical == identity.node.number:
            continue
        seen.add(number.canonical)
        behind = re.match(
            r"\s*(?:《[^》]{2,80}》)?\s*(?:in part|partly|partially|的?部分内容)", text[number.end : number.end + 100]
        )
        partly = (
            "partly"
            if match["partly"] or match["partly_en"] or "部分代替" in before or "parts of" in before.lower() or behind
            else None
        )
        start = number.start - len(before) + match.start()
        end = number.end + (behind.end() if behind else 0)
        yield Statement("replaces", identity.node, cited(span, number), (span.evidence(start, end),), qualifier=partly)
