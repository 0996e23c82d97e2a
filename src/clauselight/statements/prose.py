"""Who drafted, proposed, administers and issued a standard, where sentences say so: press reports, vendor pages, translated prefaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.identity import Identity, cited
from clauselight.statements.numbers import Number
from clauselight.statements.organisations import english_names, is_body_zh
from clauselight.statements.span import Span

_ADVERB = r"(?:jointly |co-|mainly |primarily |reportedly |originally |partly |also |all |together |led by |in part )*"
#: passive: `… was drafted by A, B and C`
_PASSIVE: tuple[tuple[Predicate, re.Pattern[str]], ...] = (
    (
        "drafted",
        re.compile(
            rf"(?i)\b(?:was|were|is|are|been|being)?\s*{_ADVERB}(?:drafted|written|co-?written|authored|co-?authored|developed|prepared|formulated|compiled|drawn up)\s+(?:jointly |together |mainly )?by\s+"
        ),
    ),
    (
        "proposed",
        re.compile(
            r"(?i)\b(?:was|were|is|are|been)?\s*(?:proposed|put forward|initiated)(?: and (?:is |was )?(?:administered|managed))?\s+by\s+(?=\S)"
        ),
    ),
    (
        "administers",
        re.compile(
            r"(?i)\b(?:(?:is|are|shall be|was|be|and)\s+)?(?:under the (?:centrali[sz]ed )?(?:jurisdiction|administration|management|responsibility) of|administered by|centrally managed by|proposed by and (?:shall be |is )?under the jurisdiction of|proposed and administered by|shall be under the jurisdiction of)\s+"
        ),
    ),
    (
        "issued",
        re.compile(
            r"(?i)\b(?:was|were|is|are|been)?\s*(?:jointly )?(?:issued|published|promulgated|released)\s+by\s*[:：]?\s*"
        ),
    ),
)
#: active: `A, B and C helped draft …`
_ACTIVE = re.compile(
    r"(?i)(?<!\bwas)(?<!\bwere)(?<!\bis)(?<!\bare)(?<!\bbeen)(?<!\bbe)\s+(?:(?:have|has|had|also|all|jointly|reportedly|together|both|each|which|who)\s+)*(?:helped\s+(?:to\s+)?(?:draft|write|author|develop|create|set|shape|formulate|compile)|(?:co-?)?(?:drafted|wrote|authored|developed|formulated)|"
    r"(?:participated|took part|were involved|was involved|assisted)\s+in\s+(?:the\s+)?(?:drafting|writing|formulation|development|creation|preparation|compilation)(?:\s+of)?|contributed to (?:the )?(?:drafting|writing|development) of|"
    r"(?:are|is|was|were)\s+(?:one of|among|some of)\s+the\s+(?:main\s+|lead\s+)?(?:co-?)?(?:drafters?|authors?|drafting (?:units?|organi[sz]ations?|entit(?:y|ies)|compan(?:y|ies)))\s+(?:of|behind|for)|"
    r"(?:are|is|was|were)\s+(?:also\s+)?(?:listed|named|credited|cited|identified)\s+(?:as|among|as one of|as being among)\s+(?:the\s+|a\s+|an\s+)?(?:main\s+|lead\s+)?(?:drafters?|drafting (?:units?|organi[sz]ations?|entit(?:y|ies)|compan(?:y|ies))|co-?authors?|authors?|co-?drafters?|contributors?)(?:\s+(?:of|for|to|on|in|behind))?)\b"
)
_DRAFTERS = r"(?:(?:main|lead|chief|principal|key)\s+)?(?:co-?)?(?:drafters?|drafting (?:units?|organi[sz]ations?|entit(?:y|ies)|compan(?:y|ies)|committee)|authors?|writers?)"
#: `drafters of … are A and B`: before the number, and behind it
_OF = re.compile(rf"(?i)\b{_DRAFTERS}\s+(?:of|behind|for)\s+(?:the\s+)?(?:standards?\s+)?$")
_ARE = re.compile(r"(?i)(?:\s*\([^()\n]{1,60}\))?\s+(?:are|is|were|was|include[sd]?|including|comprise[sd]?)\s*:?\s+")
#: `… lists A and B as drafters`
_LISTS = re.compile(
    rf"(?i)(?:\s*\([^()\n]{{1,60}}\))?,?\s+(?:which\s+|that\s+)?(?:lists?|listed|names?|named|credits?|credited|identifies|identified|gives)\s+(?P<list>[^.;]{{2,300}}?)\s+(?:as|among)\s+(?:its\s+|the\s+|an?\s+|one of (?:its|the)\s+)?{_DRAFTERS}\b"
)
#: …的起草单位包括甲、乙; 甲是…的起草单位之一
_ZH_UNITS = re.compile(
    r"\s*(?:《[^》\n]{2,80}》)?(?:标准)?的?(?:主要|负责|参与)?(?:起草|编制|参编|主编)单位(?:包括|包含|有|为|是|分别为)(?:了)?[:：]?(?P<list>[^。；;\n]{2,400})"
)
_ZH_ONE_OF = re.compile(
    r"(?:^|[。；;，,\n、])\s*(?P<org>[\u4e00-\u9fffA-Za-z（）()]{2,30}?)(?:作为|均?[是为])\s*(?:国家标准|行业标准|标准)?\s*$"
)
_ZH_UNIT_OF = re.compile(
    r"\s*(?:《[^》\n]{2,80}》)?(?:系列)?(?:标准)?的?(?:主要|重要|核心|第一|牵头|参与)?(?:起草|编制|参编|主编)单位"
)
_NEGATED = re.compile(r"(?i)\b(?:not|never|denie[sd]|deny|n't|did not|no evidence)\b")
_THE_STANDARD = re.compile(
    r"(?i)\b(?:(?:the|this|that|these|both) (?:standards?|document|specification|part|section|rules?|guidelines?)|it|they)\b"
)
_ZH_VERB = re.compile(
    r"(?P<how>(?:共同|联合|牵头|主导|负责|参与|参加|主持|主要|合作|组织|协同|深度|全程|等单位|等)*)(?P<verb>起草|编制|制定|制订|编写|编撰|修订)(?P<did>了|完成|工作)?"
)
_ZH_LIST = re.compile(r"[、，,]|(?<=[\u4e00-\u9fff])(?:以及|和|(?<!参)与|及|联合|携手|会同)(?=[\u4e00-\u9fff])")
_ZH_NO_NAME = re.compile(
    r"^(?:由|经|的|我国|国家|该|本|其|此次|多家|相关|有关|企业|单位|公司|专家|标准|行业|部门|各)|[的了是在有于将已曾]|[《》]|标准$|规定$|要求$|单位$|人员$|专家$|项目$"
)
_ZH_NEGATED = re.compile(r"(?:未|没有|并未|不曾|不)(?:参与|参加|起草|制定|编制)")
#: 本部分由…提出 speaks of the document itself, which `preface` reads
_ITSELF = re.compile(r"(?:本|木)(?:标准|部分|文件|规范|指南|导则|规程)\s*$")
_ZH_PARTY: tuple[tuple[Predicate, re.Pattern[str]], ...] = (
    ("proposed", re.compile(r"由(?P<org>[\u4e00-\u9fffA-Za-z（）()/ \d]{3,60}?)提出")),
    ("administers", re.compile(r"提出[，,](?:由)?(?P<org>[\u4e00-\u9fffA-Za-z（）()/ \d]{3,60}?)(?:负责)?归口")),
    (
        "administers",
        re.compile(r"由(?P<org>[\u4e00-\u9fffA-Za-z（）()/ \d]{3,60}?)(?:(?:负责)?归口|提出(?:并|和|、)归口)"),
    ),
    (
        "issued",
        re.compile(
            r"(?:^|[。；，,\n]|日)\s*(?P<org>[\u4e00-\u9fff（）()、]{3,60}?)(?:联合|正式|批准|共同)+发布(?:了)?(?=\s*(?:《[^》]{2,60}》)?\s*[(（]?[A-Z])"
        ),
    ),
    (
        "issued",
        re.compile(r"由(?P<org>[\u4e00-\u9fffA-Za-z（）() ]{3,40}?)(?:正式|联合|批准|于\S{0,12})*(?:发布|颁布|印发)"),
    ),
)


def prose(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    """Statements of sentences; each goes to the standard that its sentence names, or that the one before it spoke of."""
    if not found:
        return
    yield from _english(span, identity, found)
    if identity.kind != "standard":
        yield from _chinese(span, identity, found)


def _english(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    text = span.text
    orders: dict[str, int] = {}
    yield from _of_number(span, identity, found, orders)
    for predicate, expression in _PASSIVE:
        for match in expression.finditer(text):
            start, end = span.sentence(match.start(), match.end())
            if _NEGATED.search(text[start : match.start()]) or text[match.start() - 1 : match.start()] == "《":
                continue
            node = _subject(span, identity, found, start, match.start(), end)
            listed = text[match.end() : min(_list_end(text, match.end()), max(end, match.end()))]
            if (
                identity.kind == "standard"
                and predicate in ("drafted", "issued")
                and re.match(r"(?i)(?:the )?(?:joint |technical |study |working |project |sub)", listed)
            ):
                continue  # the committee is read by `preface`
            if node is None:
                continue
            names = english_names(listed, strict=identity.kind == "standard")
            if predicate != "drafted":  # one body, right behind the verb
                names = [n for n in names[:1] if re.fullmatch(r"\s*(?:(?:the|China's)\s+)?", listed[: n[0]])]
            for a, b in names:
                yield _stated(
                    span,
                    predicate,
                    node,
                    match.end() + a,
                    match.end() + b,
                    (min(start, match.start()), match.end() + b),
                    orders,
                )
    for match in _ACTIVE.finditer(text):
        start, end = span.sentence(match.start(), match.end())
        lead = text[start : match.start()]
        if _NEGATED.search(lead[-20:]):
            continue
        cut = max(
            (
                m.end()
                for m in re.finditer(
                    r"(?:\b(?:that|where|said|says|while|because|and that|shows?|reported|revealed)|[:;–—])\s+", lead
                )
            ),
            default=0,
        )
        node = _object(span, identity, found, match.end(), start, end)
        for a, b in english_names(lead[cut:]) if node else ():
            yield _stated(
                span,
                "drafted",
                node,
                start + cut + a,
                start + cut + b,
                (start + cut + a, max(match.end(), _number_end(found, match.end(), end))),
                orders,
            )


#: `The Ministry of … issued GA/T …`
_ISSUES = re.compile(
    r"(?:^|[.;:\n]\s*|\b(?:when|after|as|that)\s+|\b(?=The\s[A-Z]))(?:[Tt]he\s+)?(?P<org>[A-Z][^.;:\n]{2,90}?)\s+(?:has\s+|had\s+|officially\s+|jointly\s+)*(?:released|issued|published|promulgated)\s+(?:the\s+)?(?:new\s+)?(?:standards?\s+)?$"
)


def _of_number(span: Span, identity: Identity, found: list[Number], orders: dict[str, int]) -> Iterator[Statement]:
    """Lists that stand around the number itself: `drafters of … include`, `… lists … as drafters`, and the same in Chinese."""
    text = span.text
    for number in found:
        node = _as(span, identity, number)
        names: list[tuple[int, int]] = []
        if _OF.search(text[max(0, number.start - 60) : number.start]) and (are := _ARE.match(text, number.end)):
            at = are.end()
            names = english_names(text[at : min(_list_end(text, at), at + 600)])
        elif lists := _LISTS.match(text, number.end):
            at = lists.start("list")
            names = english_names(lists["list"])
        elif units := _ZH_UNITS.match(text, number.end):
            at = units.start("list")
            names = _zh_names(units["list"])
        elif _ZH_UNIT_OF.match(text, number.end):
            at = max(0, number.start - 60)
            one = _ZH_ONE_OF.search(text[at : number.start])
            names = [one.span("org")] if one and not _ZH_NO_NAME.search(one["org"]) else []
        if issues := _ISSUES.search(text[max(0, number.start - 160) : number.start]):
            org = issues["org"]
            skip = max(
                (m.end() for m in re.finditer(r"\bThe\s+", org)), default=0
            )  # a heading may stand before the sentence
            low = max(0, number.start - 160) + issues.start("org") + skip
            for a, b in english_names(org[skip:], strict=True)[:2]:
                yield _stated(span, "issued", node, low + a, low + b, (low + a, number.end), orders)
        for a, b in names:
            quote = (min(number.start, at + a), max(number.end, at + b))
            yield _stated(span, "drafted", node, at + a, at + b, quote, orders)


def _list_end(text: str, at: int) -> int:
    """Where a list of names ends that runs to the end of its sentence; `Co., Ltd.` ends none."""
    for match in re.finditer(
        r"\.(?=\s+[A-Z\"“]|\s*$|\s*\n)|;|\n\s*\n|。|\s+(?:which|who|and (?:is|was|came|comes|takes?|took|entered|has|had|shall)|on [A-Z][a-z]+ \d|in (?:19|20)\d\d|(?<!together )(?<!along )with|under the|according|after|before|to (?:be|replace)|for the)\b",
        text[at : at + 1200],
    ):
        if (
            match.group().startswith(".")
            and re.search(
                r"(?i)\b(?:ltd|inc|corp|co|no|st)$", text[max(0, at + match.start() - 6) : at + match.start()]
            )
            and not re.match(r"\.\s*(?:\n|$|\s+(?:It|The|This|They|In|On|These|A)\b)", text[at + match.start() :])
        ):
            continue
        return (
            at
            + match.start()
            + (
                1
                if re.search(r"(?i)\b(?:ltd|inc|corp|co)$", text[max(0, at + match.start() - 6) : at + match.start()])
                else 0
            )
        )
    return min(len(text), at + 1200)


def _number_end(found: list[Number], low: int, high: int) -> int:
    return next((n.end for n in found if low <= n.start < high), low)


def _subject(span: Span, identity: Identity, found: list[Number], start: int, verb: int, end: int) -> Node | None:
    """The standard of a passive sentence: before the verb, else the one that `it` or `the standard` points back to."""
    inside = [n for n in found if start <= n.start and n.end <= verb]
    if inside:
        return _as(span, identity, inside[-1])
    lead = span.text[start:verb]
    if identity.kind == "standard" and (
        re.search(r"(?i)\bthis (?:standard|part|document|section|specification|recommendation)\b", lead)
        or not lead.strip()
    ):
        return identity.node
    if re.search(r"(?i)\bthis (?:standard|part|document|section|specification)\b", lead):
        return None  # it speaks of itself, and what it is is not known
    earlier = next((n for n in reversed(found) if n.end <= start and start - n.end < 600), None)
    if earlier and (_THE_STANDARD.search(lead) or not lead.strip(" \n,") or len(lead) < 4):
        return _as(span, identity, earlier)
    if re.search(r"(?i)\b(?:and|,)\s*(?:was|is)?\s*$", lead) and earlier:
        return _as(span, identity, earlier)
    return None


def _object(span: Span, identity: Identity, found: list[Number], verb: int, start: int, end: int) -> Node | None:
    after = next((n for n in found if verb <= n.start and n.end <= max(end, verb + 160)), None)
    if after and after.start < end:
        return _as(span, identity, after)
    if _THE_STANDARD.search(span.text[verb : verb + 40]):
        earlier = next((n for n in reversed(found) if n.end <= verb and verb - n.end < 600), None)
        return _as(span, identity, earlier) if earlier else None
    return None


def _as(span: Span, identity: Identity, number: Number) -> Node:
    return identity.node if number.canonical == identity.node.number else cited(span, number)


def _stated(
    span: Span,
    predicate: Predicate,
    node: Node | None,
    start: int,
    end: int,
    quote: tuple[int, int],
    orders: dict[str, int],
) -> Statement:
    assert node is not None
    name = span.printed(start, end).strip(" ,;:、，")
    order = None
    if predicate == "drafted":
        order = orders[node.label] = orders.get(node.label, 0) + 1
    return Statement(predicate, Node("organisation", name, name), node, (span.evidence(*quote),), order=order)


def _chinese(span: Span, identity: Identity, found: list[Number]) -> Iterator[Statement]:
    text = span.text
    orders: dict[str, int] = {}
    for number in found:
        start, end = span.sentence(number.start, number.end)
        sentence = text[start:end]
        if not re.search(r"[\u4e00-\u9fff]", sentence) or _ZH_NEGATED.search(sentence):
            continue
        node = _as(span, identity, number)
        for match in _ZH_VERB.finditer(sentence):
            if re.match(r"(?:单位|机构|人|组|稿)", sentence[match.end() :]) or number is not _nearest(
                found, start + match.start(), start, end
            ):
                continue
            for a, b in _zh_names(sentence[: match.start()]):
                yield _stated(
                    span,
                    "drafted",
                    node,
                    start + a,
                    start + b,
                    (start + a, max(number.end, start + match.end())),
                    orders,
                )
        for predicate, expression in _ZH_PARTY:
            for match in expression.finditer(text, start, min(len(text), end + 80)):
                if number is _last_before(found, match.start(), start) and not _ITSELF.search(
                    text[max(0, match.start() - 8) : match.start()]
                ):
                    name = match["org"]
                    if is_body_zh(name):
                        yield _stated(
                            span,
                            predicate,
                            node,
                            match.start("org"),
                            match.start("org") + len(name),
                            match.span(),
                            orders,
                        )


def _nearest(found: list[Number], verb: int, start: int, end: int) -> Number | None:
    """The number that a verb of drafting speaks of: the first behind it in the sentence, else the last before it."""
    after = next((n for n in found if verb <= n.start < end), None)
    return after or next((n for n in reversed(found) if start <= n.start < verb), None)


def _last_before(found: list[Number], at: int, low: int) -> Number | None:
    return next((n for n in reversed(found) if low <= n.start and n.end <= at), None)


def _zh_names(lead: str) -> list[tuple[int, int]]:
    """Organisations of the words before a verb of drafting: the last run of a list; a short name counts only in the list's own form."""
    low = max(
        (
            m.end()
            for m in re.finditer(r"[。；;：:！？\n]|(?:近日|日前|据悉|其中|此前|目前|此次|同时|标准)[，,]?", lead)
        ),
        default=0,
    )
    out: list[tuple[int, int]] = []
    at = low
    pieces: list[tuple[int, int]] = []
    for match in _ZH_LIST.finditer(lead, low):
        pieces.append((at, match.start()))
        at = match.end()
    pieces.append((at, len(lead)))
    for a, b in pieces:
        raw = lead[a:b]
        head = re.match(
            r"\s*(?:(?:是)?由|经|被|作为\S{0,12}单位的?|(?:该|本|此)标准由|\S{0,20}》由|\S{0,24}\d由)?\s*", raw
        )
        a += head.end() if head else 0
        name = re.sub(
            r"(?:作为\S*|等(?:\S{0,8}(?:单位|企业|公司|家|机构|厂商|部门))?|牵头|主导|负责|联合|共同|参与|参加|单位|携手|组织|、|\d+家\S*)+$",
            "",
            re.sub(r"(?:参与|参加|牵头|主导|主持|负责)了?[^参牵主负]*$", "", lead[a:b]).rstrip() or lead[a:b].rstrip(),
        )
        if len(name) < 2 or len(name) > 40:
            continue
        if (
            (is_body_zh(name) and not _ZH_NO_NAME.search(name[:2]) and "《" not in name)
            or (
                len(name) <= 8
                and re.fullmatch(r"[\u4e00-\u9fffA-Za-z]+", name)
                and not _ZH_NO_NAME.search(name)
                and len(pieces) > 1
            )
            or (len(name) <= 6 and re.fullmatch(r"[\u4e00-\u9fff]{2,6}", name) and not _ZH_NO_NAME.search(name))
        ):
            out.append((a, a + len(name)))
    return out
