"""What a text does with a standard that it names: cites it, makes it binding, or claims that something meets it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.identity import Identity, cited
from clauselight.statements.numbers import Number
from clauselight.statements.organisations import PRODUCT, english_names, is_body_zh
from clauselight.statements.span import Span

_BINDS = re.compile(
    r"(?<![相响对适反供效])应(?![用急答对])(?:当|严格|全面|完全)?|必须|须|不得|强制|★|投标无效|废标|(?i:\b(?:shall|must|mandatory|is required to|are required to)\b)"
)
_MEETS = re.compile(
    r"符合|满足|遵循|遵守|执行|依据|按照?|达到|通过|支持|兼容|提供|出具|具有|(?i:\b(?:compl(?:y|ies|iant|iance)|conform(?:s|ing|ity|ant)?|meets?|in accordance with|according to|certified|passed|supports?|implements?)\b)"
)
_CLAIM = re.compile(
    r"(?P<passed>通过了?|取得了?|获得了?|获|荣获|(?i:\b(?:passe[sd]|has passed|have passed|(?:is|are|was|were|been) certified (?:to|for|under|as)|certified (?:to|for|under)|certification (?:to|for|under)|obtained|obtains|received|achieved)\b))|"
    r"(?P<meets>完全符合|符合|满足|全面支持|支持|遵循|兼容|达到|(?i:\b(?:conforms? (?:to|with)|compl(?:y|ies) with|(?:is |are )?(?:fully )?compliant (?:with|to)|complying with|conforming (?:to|with)|meets?|supports?|implements?|adheres? to|in (?:full )?compliance with|in conformity with)\b))"
)
_DEMANDS = re.compile(
    r"要求[^，。；]{0,24}(?:符合|满足|遵循|执行)|(?i:\b(?:require[sd]?|requiring|mandate[sd]?|oblige[sd]?|demand(?:s|ed)?|order(?:s|ed)?)\b[^.;]{0,60}\b(?:comply|compliance|conform|conformity|meet|support|follow|implement|adhere)\w*)"
)
_NEGATED = re.compile(
    r"不(?:支持|符合|满足|兼容)|未(?:能)?(?:通过|取得|获得|支持|达到)|尚未|没有(?:通过|取得)|并非|(?i:\b(?:not|never|no longer|cannot|fail(?:s|ed)? to|without)\b)|n't\b"
)
_PLANNED = re.compile(
    r"将(?:支持|通过|符合|于|会|全面)|计划|拟|即将|预计|有望|(?i:\b(?:will|plans? to|planned|going to|intends? to|expected to|expects? to|aims? to|by 20\d\d|next year|roadmap)\b)"
)
#: a subject that says nothing by itself
_GENERIC = re.compile(
    r"^(?:本|该|其|此|我司|我公司|我们|上述)?(?:系统|产品|平台|设备|公司|方案|软件|终端|新一代产品|投标产品|所投产品)?$|(?i:^(?:(?:the|our|this|these|its|their|all|each|every)\s+)?(?:\w+\s+)?(?:product|products|system|systems|platform|platforms|software|devices?|cameras?|solutions?|company|it|they|we)$|^(?:a|an|our|its|their|these|this) )"
)
_SPEAKER = re.compile(
    r"(?P<org>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,5})(?:, [^,]{0,40},)? (?:said|says|claims?|claimed|announced|announces|states?|stated)(?: that)?\s*$"
)
_BIDDER = re.compile(
    r"(?:投标人|投标单位|响应供应商|供应商|投标方|应答人)(?:名称)?\s*(?:[(（]盖章[)）])?\s*[:：]\s*(?P<v>[^\n|，。；;]{3,50})"
)


def uses(span: Span, identity: Identity, found: list[Number], replaced: set[str]) -> Iterator[Statement]:
    """Each number once for every thing done with it; `replaced` are told elsewhere."""
    seen: set[tuple[str, str, str]] = set()
    own = (identity.node.number or "").rsplit("-", 1)[0]
    deviations = _deviations(span)
    bidder = _bidder(span) if deviations else None
    for number in found:
        if number.canonical in (identity.node.number, own) or number.series == own or number.canonical in replaced:
            continue
        if re.search(r"(?:代替|替代|历次版本)[^。]{0,20}$", span.text[max(0, number.start - 24) : number.start]):
            continue
        if deviations and (row := _deviation(span, number)):
            told = [(row, bidder or identity.node)]
            start, end = span.line(number.start, number.end)
        else:
            start, end = span.sentence(number.start, number.end)
            told = _use(identity, span, start, end, number)
        for (predicate, qualifier), subject in told:
            key = (predicate, subject.label, number.canonical)
            if key in seen:
                continue
            seen.add(key)
            quote = (
                (number.start, number.end) if predicate == "cites" else (start, min(end, max(start + 600, number.end)))
            )
            role = _mark(span.text[start:end]) if predicate == "mandates" else None
            marked = qualifier or ("dated" if number.year else "undated")
            yield Statement(
                predicate, subject, cited(span, number), (span.evidence(*quote),), qualifier=marked, role=role
            )


def _mark(sentence: str) -> str | None:
    """★ is a substantive clause, ▲ an important one, unless the tender defines its marks otherwise."""
    found = re.search(r"[★▲]", sentence)
    return found.group() if found else None


def _use(
    identity: Identity, span: Span, start: int, end: int, number: Number
) -> list[tuple[tuple[Predicate, str | None], Node]]:
    sentence, at = span.text[start:end], number.start - start
    before = sentence[:at]
    if identity.kind == "standard":
        return [(("cites", None), identity.node)]
    if identity.kind == "tender":
        binds = _BINDS.search(sentence) and _MEETS.search(sentence)
        return [(("mandates", None) if binds else ("cites", None), identity.node)]
    if re.search(
        r"(?<![相响对适反供效])应(?![用急答对])|必须|须|不得|(?i:\b(?:shall|must)\b)", before[-40:]
    ) or _DEMANDS.search(before[-120:]):
        return [(("mandates", None), identity.node)]
    claim = next(reversed(list(_CLAIM.finditer(before[-160:]))), None)
    if claim is None:
        return [(("cites", None), identity.node)]
    if _NEGATED.search(before[-60:]):
        return [(("cites", "denied"), identity.node)]
    verb = len(before) - len(before[-160:]) + claim.start()
    how = "planned" if _PLANNED.search(before[max(0, verb - 30) :]) else ("passed" if claim["passed"] else "meets")
    title = identity.node.label.casefold()
    # a page on one product speaks of it by the name in its title
    named = [
        identity.node if s.kind == "product" and s.name.casefold() in title else s
        for s in _claimants(span, start, start + verb)
    ]
    return [(("claims_conformity", how), s) for s in named] or [(("claims_conformity", how), identity.node)]


def _claimants(span: Span, start: int, verb: int) -> list[Node]:
    """The product and the organisation that the words before the verb name; none where they name nothing."""
    text = span.text[start:verb]
    if re.search(r"[\u4e00-\u9fff]", text):
        return _claimants_zh(span, start, text)
    return _claimants_en(span, start, text)


def _claimants_zh(span: Span, start: int, text: str) -> list[Node]:
    parts = list(re.finditer(r"[^，,；;：:\s]+", text))
    for part in reversed(parts):
        earlier = _CLAIM.search(part.group())
        phrase = part.group()[: earlier.start()] if earlier and earlier.start() else part.group()
        phrase = re.sub(
            r"(?:目前|现|已经|已|均|都|还|也|并|且|同时|率先|成功|顺利|将|计划|拟|可|能|能够|完全|全面|首批|首家|一次性|日前|近日|已经|正式|圆满|再次)+$",
            "",
            phrase,
        )
        phrase = re.sub(r"^(?:近日|日前|其中|目前|据悉|由|而|且|并|同时|因此|[\d.、★▲#*\-]+)+", "", phrase)
        if _GENERIC.match(phrase) or len(phrase) < 2:
            continue
        at = start + part.start() + part.group().index(phrase)
        owner = re.match(
            r"(?P<org>[\u4e00-\u9fffA-Za-z（）()]{2,40}?(?:公司|集团|科技|研究院|研究所|大学))的?(?=\S)", phrase
        )
        if is_body_zh(phrase) and not PRODUCT.search(phrase):
            return [_node("organisation", span, at, at + len(phrase))]
        if PRODUCT.search(phrase) and len(phrase) <= 40:
            product = _node("product", span, at, at + len(phrase))
            return [product, _node("organisation", span, at, at + len(owner["org"]))] if owner else [product]
    return []


def _claimants_en(span: Span, start: int, text: str) -> list[Node]:
    clause = re.split(r"[;:,]\s|\b(?:while|and that|that|which|who|said|says|because|although)\b|[.]\s", text)
    at = len(text) - len(clause[-1])
    plain = re.sub(
        r"(?i)\s+(?:has|have|had|is|are|was|were|been|also|already|fully|successfully|will|now|can|that|plans to|is expected to|may|would|to|be)\b(?=\s*$)",
        "",
        clause[-1].rstrip(),
    )
    while (
        shorter := re.sub(
            r"(?i)\s+(?:has|have|had|is|are|was|were|been|also|already|fully|successfully|will|now|can|plans|expected|to|be|next)$",
            "",
            plain,
        )
    ) != plain:
        plain = shorter
    lead = len(plain) - len(plain.lstrip(" \n\t-*#>★▲\"'“"))
    phrase = plain[lead:].strip()
    if phrase and _GENERIC.match(phrase) and (speaker := _SPEAKER.search(text[:at])):
        return [_node("organisation", span, start + speaker.start("org"), start + speaker.end("org"))]
    if not phrase or len(phrase) > 80 or _GENERIC.match(phrase) or not re.search(r"[A-Z]", phrase):
        return []
    first = start + at + lead
    owner = re.match(r"(?P<org>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,4})['’]s? ", phrase)
    article = re.match(r"(?i)the ", phrase)
    if PRODUCT.search(phrase):
        skip = owner.end() if owner else (article.end() if article else 0)
        product = _node("product", span, first + skip, first + len(phrase))
        whole = Node("product", product.name, f"{owner['org']} {product.label}" if owner else product.label)
        return [whole, _node("organisation", span, first, first + owner.end("org"))] if owner else [product]
    names = english_names(phrase)
    return [_node("organisation", span, first + a, first + b) for a, b in names] or (
        [_node("product", span, first, first + len(phrase))] if re.search(r"\d|[A-Z]{2}", phrase) else []
    )


def _node(kind: str, span: Span, start: int, end: int) -> Node:
    name = span.printed(start, end).strip(" 、，,:：")
    return Node(kind, name, name)  # type: ignore[arg-type]


def _deviations(span: Span) -> bool:
    """Whether the document holds a table of deviations, in which a bidder answers each demand."""
    return (
        re.search(
            r"偏离表|响应表|偏离(?:情况|说明)|无偏离|(?i:\bdeviation (?:table|statement|list)\b|\bcompliance (?:table|matrix)\b)",
            span.text[:200_000],
        )
        is not None
    )


def _bidder(span: Span) -> Node | None:
    match = _BIDDER.search(span.text)
    if match is None:
        return None
    start, end = match.span("v")
    return _node("organisation", span, start, span.first_line(start, end))


def _deviation(span: Span, number: Number) -> tuple[Predicate, str | None] | None:
    """What the row of a table of deviations answers, or None where the line is no such row."""
    start, end = span.line(number.start, number.end)
    row = span.text[start:end]
    if re.search(r"负偏离|不满足|不响应|(?i:\bnegative deviation\b|\bnot compl\w+|\bnon-compliant\b)", row):
        return "cites", "denied"
    if re.search(
        r"(?:无|正)偏离|完全响应|完全满足|响应|满足要求|(?i:\bno deviation\b|\bpositive deviation\b|\bcompl(?:y|ies|iant)\b)",
        row,
    ):
        return "claims_conformity", "positive deviation" if re.search(
            r"正偏离|(?i:positive deviation)", row
        ) else "no deviation"
    return None
