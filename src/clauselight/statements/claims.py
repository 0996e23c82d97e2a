"""Claims that something meets a standard: how, and of what product or organisation the sentence says so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clauselight.model.statement import Node, NodeKind
from clauselight.statements.discourse import Discourse
from clauselight.statements.fragments import HAN
from clauselight.statements.numbers import Number
from clauselight.statements.orders import rejects
from clauselight.statements.organisations import PRODUCT, english_names, is_body_zh
from clauselight.statements.span import Span
from clauselight.statements.stance import Told, stance
from clauselight.text.patterns import pattern

#: a verb of a claim: a test was passed, or the standard is met
_CLAIM = pattern(
    r"(?P<passed>通过了?|取得了?|获得了?|获|荣获|"
    r"(?i:\b(?:passe[sd]|has passed|have passed|(?:is|are|was|were|been) certified (?:to|for|under|as)|"
    r"certified (?:to|for|under)|certification (?:to|for|under)|obtained|obtains|received|achieved)\b))|"
    r"(?P<meets>完全符合|符合|满足|全面支持|支持|遵循|兼容|达到|"
    r"(?i:\b(?:conforms? (?:to|with)|compl(?:y|ies) with|(?:is |are )?(?:fully )?compliant (?:with|to)|"
    r"complying with|conforming (?:to|with)|meets?|supports?|implements?|adheres? to|in (?:full )?compliance with|"
    r"in conformity with)\b))",
    "示例平台通过了",
    "Our platform passed ",
    "示例终端符合",
    "Our software complies with ",
)
#: right before a verb of a claim: those that meet it, whoever they are, and none that is named
_ANY_SUCH = pattern(
    r"(?i)\b(?:any|all|only|those|each|every|no|products?|systems?|devices?|cameras?|solutions?|bids?|tenders?|bidders?|"
    r"suppliers?|software|equipment)\s+(?:that|which|who)\s+$",
    "Products that ",
)
#: behind the standard, where nobody is named before it: 符合…的 those that meet it, whoever they are
_SUCH_A = pattern(
    r"(?:\s*《[^》\n]{2,80}》)?(?:标准|要求|规定)?(?:的(?!要求|规定|标准|检测|认证|测试|检验|相关|全部|所有|"
    r"各项)|者)",
    "的产品",
)
#: behind the standard: what is said of it is a saying, a plan or a condition and no claim
_NO_CLAIM = pattern(
    r"(?:\s*《[^》\n]{2,80}》)?[”\"』」]?(?:的|之)?(?:\S{0,6})?(?:的)?(?:宣传|说法|谎言|谣言|传言|报道|指控|主张|判断|可能|假设|设想)|"
    r"(?i:[^.;,]{0,40}?\b(?:if|unless|provided that|once|subject to)\b)",
    "”的宣传为虚假宣传",
    " if it is upgraded",
)
#: what puts it into the future
_PLANNED = pattern(
    r"将(?:支持|通过|符合|于|会|全面)|计划|拟|即将|预计|有望|"
    r"(?i:\b(?:will|plans? to|planned|going to|intends? to|expected to|expects? to|aims? to|by 20\d\d|next year|"
    r"roadmap)\b)",
    "示例平台将支持",
    "It will support ",
)
#: a subject that says nothing by itself
_GENERIC = pattern(
    r"^(?:本|该|其|此|我司|我公司|我们|上述)?(?:系统|产品|平台|设备|公司|方案|软件|终端|新一代产品|投标产品|所投产品)?$|"
    r"(?i:^(?:(?:the|our|this|these|its|their|all|each|every)\s+)?(?:\w+\s+)?"
    r"(?:product|products|system|systems|platform|platforms|software|devices?|cameras?|solutions?|company|it|they|we)$|"
    r"^(?:a|an|our|its|their|these|this) )",
    "本系统",
    "the software",
    "our new platform",
)
#: an ideograph: the sentence is Chinese
_HAN = pattern(rf"[{HAN}]", "示例")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: `how` is `passed`, `meets`, `planned` or `denied`; the subjects are never none, unless it is denied."""

    how: str
    subjects: tuple[Node, ...] = ()


def claim(discourse: Discourse, start: int, number: Number) -> Claim | None:
    """The claim that the words from `start` to a number make with their last verb, or None where they make none."""
    before = discourse.text[start : number.start]
    low = max(0, len(before) - 160)
    verb = next(reversed(list(_CLAIM.finditer(before[low:]))), None)
    if verb is None:
        return None
    at = start + low + verb.start()
    high = discourse.sentence(number.start, number.end)[1]
    told = stance(discourse.text, Told((start, high), (at, start + low + verb.end()), (number.start, number.end)))
    if told == "denied":
        return Claim("denied")
    if told == "open" or _ANY_SUCH.search(discourse.text[start:at]) or _is_no_claim(discourse.text, number, high):
        return None
    subjects = _subjects(discourse, start, at)
    if subjects == (discourse.itself,) and _SUCH_A.match(discourse.text, number.end):
        return None
    how = "planned" if _PLANNED.search(discourse.text[max(start, at - 30) : number.start]) else _how(verb)
    return Claim(how, subjects)


def _how(verb: re.Match[str]) -> str:
    return "passed" if verb["passed"] else "meets"


def _is_no_claim(text: str, number: Number, high: int) -> bool:
    return _NO_CLAIM.match(text, number.end, high) is not None or rejects(text, number, high)


def _subjects(discourse: Discourse, start: int, verb: int) -> tuple[Node, ...]:
    """The claimants; a page on one product speaks of it by the name in its title."""
    title = discourse.itself.label.casefold()
    named = _claimants(discourse, start, verb)
    return tuple(
        discourse.itself if node.kind == "product" and node.name.casefold() in title else node for node in named
    ) or (discourse.itself,)


def _claimants(span: Span, start: int, verb: int) -> list[Node]:
    """The product and the organisation that the words before the verb name; none where they name nothing."""
    text = span.text[start:verb]
    return _claimants_zh(span, start, text) if _HAN.search(text) else _claimants_en(span, start, text)


def named(kind: NodeKind, span: Span, start: int, end: int) -> Node:
    """A product or an organisation as printed."""
    name = span.printed(start, end).strip(" 、，,:：")
    return Node(kind, name, name)


# --- Chinese ---

#: the phrases of a sentence
_PHRASE = pattern(r"[^，,；;：:\s]+", "示例平台，")
#: words between a subject and its verb
_ADVERBS_ZH = pattern(
    r"(?:目前|现|已经|已|均|都|还|也|并|且|同时|率先|成功|顺利|将|计划|拟|可|能|能够|完全|全面|首批|首家|一次性|日前|近日|"
    r"已经|正式|圆满|再次|不仅|不但|不再|不|未|没有|无法)+$",
    "示例平台已经成功",
)
#: the firm that says it of itself
_SPEAKER_ZH = pattern(
    rf"(?P<org>[{HAN}A-Za-z（）()]{{2,40}}?(?:公司|集团))(?:[今昨近]日|日前)?(?:表示|宣称|声称|自称|宣布|声明|称|介绍)"
    r"(?:其|该|本|旗下|自己)?(?:公司)?的?(?:产品|平台|系统|设备|软件|终端|摄像机)?(?:已经?|均|都|不仅|不但)*$",
    "虚构海山公司表示",
    "虚构海山公司称其平台已",
)
#: words before a subject, and the marks of a list
_LEAD_ZH = pattern(r"^(?:近日|日前|其中|目前|据悉|由|而|且|并|同时|因此|[\d.、★▲#*\-]+)+", "近日示例平台")
#: the organisation that a product is of: 示例科技公司的视频平台
_OWNER_ZH = pattern(
    rf"(?P<org>[{HAN}A-Za-z（）()]{{2,40}}?(?:公司|集团|科技|研究院|研究所|大学))的?(?=\S)", "示例科技的视频平台"
)


def _claimants_zh(span: Span, start: int, text: str) -> list[Node]:
    """Those of the last phrase that names any."""
    for part in reversed(list(_PHRASE.finditer(text))):
        phrase = _subject_zh(part.group())
        if len(phrase) < 2 or _GENERIC.match(phrase):
            continue
        at = start + part.start() + part.group().index(phrase)
        is_product = PRODUCT.search(phrase) is not None
        if is_body_zh(phrase) and not is_product:
            return [named("organisation", span, at, at + len(phrase))]
        if is_product and len(phrase) <= 40:
            return _product_zh(span, at, phrase)
    return []


def _subject_zh(phrase: str) -> str:
    """A phrase up to its verb, without the words around its subject; a firm that says it is one."""
    verb = _CLAIM.search(phrase)
    subject = phrase[: verb.start()] if verb and verb.start() else phrase
    speaker = _SPEAKER_ZH.match(subject)
    return _LEAD_ZH.sub("", speaker["org"] if speaker else _ADVERBS_ZH.sub("", subject))


def _product_zh(span: Span, at: int, phrase: str) -> list[Node]:
    product = named("product", span, at, at + len(phrase))
    owner = _OWNER_ZH.match(phrase)
    return [product, named("organisation", span, at, at + len(owner["org"]))] if owner else [product]


# --- English ---

#: where a clause begins that has a subject of its own
_CLAUSE = pattern(
    r"[;:,]\s|\b(?:while|and that|that|which|who|said|says|"
    r"announce[sd]?|claim(?:s|ed)|stated?|because|although)\b|[.]\s",
    "It says that Seamount",
)
_AUXILIARIES = "has|have|had|is|are|was|were|been|also|already|fully|successfully|will|now|can"
#: the auxiliary in front of a verb
_AUXILIARY = pattern(
    rf"(?i)\s+(?:{_AUXILIARIES}|that|plans to|is expected to|may|would|to|be)\b(?=\s*$)", "Seamount software will"
)
#: the same once more: more than one may be left
_AUXILIARY_AGAIN = pattern(rf"(?i)\s+(?:{_AUXILIARIES}|plans|expected|to|be|next)$", "Seamount software already")
#: who says it, before the clause with the claim
_SPEAKER = pattern(
    r"(?P<org>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,5})(?:, [^,]{0,40},)? "
    r"(?:said|says|claims?|claimed|announced|announces|states?|stated)(?: that)?\s*$",
    "Northlight Example said ",
)
#: whose product it is
_OWNER = pattern(r"(?P<org>[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,4})['’]s? ", "Northlight's ")
#: the article before a product
_ARTICLE = pattern(r"(?i)the ", "The Example platform")
#: a capital, which every name has
_CAPITAL = pattern(r"[A-Z]", "Seamount")
#: letters or figures of the name of a model
_MODEL = pattern(r"\d|[A-Z]{2}", "XG-200")
#: marks before the first word of a clause
_MARKS = " \n\t-*#>★▲\"'“"


def _claimants_en(span: Span, start: int, text: str) -> list[Node]:
    """Those of the last clause; where its subject says nothing by itself, who says it."""
    clause = _CLAUSE.split(text)[-1]
    plain = _without_auxiliaries(clause)
    lead = len(plain) - len(plain.lstrip(_MARKS))
    phrase = plain[lead:].strip()
    at = len(text) - len(clause)
    is_generic = phrase and _GENERIC.match(phrase)
    if is_generic and (speaker := _SPEAKER.search(text[:at])):
        return [named("organisation", span, start + speaker.start("org"), start + speaker.end("org"))]
    if not phrase or is_generic or len(phrase) > 80 or not _CAPITAL.search(phrase):
        return []
    first = start + at + lead
    return _product_en(span, first, phrase) if PRODUCT.search(phrase) else _others_en(span, first, phrase)


def _without_auxiliaries(clause: str) -> str:
    plain = _AUXILIARY.sub("", clause.rstrip())
    while (shorter := _AUXILIARY_AGAIN.sub("", plain)) != plain:
        plain = shorter
    return plain


def _product_en(span: Span, at: int, phrase: str) -> list[Node]:
    """A product, and whose it is."""
    end = at + len(phrase)
    owner = _OWNER.match(phrase)
    if owner is None:
        article = _ARTICLE.match(phrase)
        return [named("product", span, at + (article.end() if article else 0), end)]
    product = named("product", span, at + owner.end(), end)
    whole = Node("product", product.name, f"{owner['org']} {product.label}")
    return [whole, named("organisation", span, at, at + owner.end("org"))]


def _others_en(span: Span, at: int, phrase: str) -> list[Node]:
    """Organisations, or what is named like a model."""
    names = [named("organisation", span, at + a, at + b) for a, b in english_names(phrase)]
    if names or not _MODEL.search(phrase):
        return names
    return [named("product", span, at, at + len(phrase))]
