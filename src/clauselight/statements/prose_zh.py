"""Chinese sentences on who drafted, proposed, administers and issued a standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.model.statement import Predicate
from clauselight.statements.discourse import Discourse
from clauselight.statements.fragments import DRAFT, HAN, THIS, TITLE
from clauselight.statements.mentions import Mention
from clauselight.statements.numbers import Number
from clauselight.statements.organisations import chinese_names, is_body_zh
from clauselight.statements.span import Stretch
from clauselight.text.patterns import pattern

_UNITS = "(?:起草|编制|参编|主编)单位"
#: behind a number: 的起草单位包括甲、乙
_UNITS_ARE = pattern(
    rf"\s*(?:{TITLE})?(?:标准)?的?(?:主要|负责|参与)?{_UNITS}(?:包括|包含|有|为|是|分别为)(?:了)?[:：]?"
    r"(?P<list>[^。；;\n]{2,400})",
    "的主要起草单位包括虚构海山、示例云图",
)
#: behind a number: 的主要起草单位之一
_UNIT_OF = pattern(
    rf"\s*(?:{TITLE})?(?:系列)?(?:标准)?的?(?:主要|重要|核心|第一|牵头|参与)?{_UNITS}", "系列标准的主要起草单位之一"
)
#: before that number: 甲是, 甲作为国家标准
_IS_ONE = pattern(
    rf"(?:^|[。；;，,\n、])\s*(?P<org>[{HAN}A-Za-z（）()]{{2,30}}?)(?:作为|均?[是为])\s*(?:国家标准|行业标准|标准)?\s*$",
    "虚构海山是国家标准",
)
#: a verb of drafting, with the part that was taken in it
_VERB = pattern(
    r"(?:共同|联合|牵头|主导|负责|参与|参加|主持|主要|合作|组织|协同|深度|全程|等单位|等)*"
    rf"(?:{DRAFT}|制定|制订|编撰|修订)(?:了|完成|工作)?",
    "共同参与起草了",
)
#: behind the verb: it is a noun (起草单位, 起草人)
_NOUN = pattern(r"(?:单位|机构|人|组|稿)", "单位")
#: who did not take part
_NEGATED = pattern(r"(?:未|没有|并未|不曾|不)(?:参与|参加|起草|制定|编制)", "虚构云图未参与")
#: between a verb of drafting and a number: the text is on that standard
_ON = pattern(r"反对|质疑|批评|抗议|关于|针对|有关|解读|评论", "反对")
#: behind a number: another text is drafted, on it
_WORK_ON = pattern(
    r"(?:\s*《[^》\n]{2,80}》)?的?(?:修改|反对|征求)?(?:意见|报告|解读|评论|说明|建议|论文|文章|研究|批评|译本|教材|解释|公开信|声明)",
    "的意见书",
)
#: an ideograph: the sentence is Chinese
_HAN = pattern(rf"[{HAN}]", "标准")
#: 本部分 right before 由…提出: the document speaks of itself, which `preface` reads
_ITSELF = pattern(rf"{THIS}\s*$", "本部分")
_BODY = rf"(?P<org>[{HAN}A-Za-z（）()/ \d]{{3,60}}?)"


@dataclass(frozen=True, slots=True)
class _ChineseForm:
    """A form in which a sentence names one body (`org`) with a part in the standard."""

    predicate: Predicate
    expression: re.Pattern[str]


#: 由甲提出, 由甲归口, 甲联合发布, 由甲发布
_BODIES = (
    _ChineseForm("proposed", pattern(rf"由{_BODY}提出", "由虚构市示例局提出")),
    _ChineseForm("administers", pattern(rf"提出[，,](?:由)?{_BODY}(?:负责)?归口", "提出，由示例标准化技术委员会归口")),
    _ChineseForm(
        "administers", pattern(rf"由{_BODY}(?:(?:负责)?归口|提出(?:并|和|、)归口)", "由示例标准化技术委员会归口")
    ),
    _ChineseForm(
        "issued",
        pattern(
            rf"(?:^|[。；，,\n]|日)\s*(?P<org>[{HAN}（）()、]{{3,60}}?)(?:联合|正式|批准|共同)+发布(?:了)?"
            r"(?=\s*(?:《[^》]{2,60}》)?\s*[(（]?[A-Z])",
            "2034年8月23日，示例总局联合发布GB/T 94297",
        ),
    ),
    _ChineseForm(
        "issued",
        pattern(
            rf"由(?P<org>[{HAN}A-Za-z（）() ]{{3,40}}?)(?:正式|联合|批准|于\S{{0,12}})*(?:发布|颁布|印发)",
            "由示例部正式发布",
        ),
    ),
)
#: characters behind a sentence in which it is said who proposed, administers or issued
_BEHIND = 80


# --- forms right around a number ---


def drafting_units(text: str, number: Number) -> list[Stretch] | None:
    """…的起草单位包括甲、乙; None where the number is in no such form."""
    units = _UNITS_ARE.match(text, number.end)
    if units is None:
        return None
    at = units.start("list")
    return [(at + start, at + end) for start, end in chinese_names(units["list"])]


def one_of_the_units(text: str, number: Number) -> list[Stretch] | None:
    """甲是…的起草单位之一; None where the number is in no such form."""
    if not _UNIT_OF.match(text, number.end):
        return None
    low = max(0, number.start - 60)
    one = _IS_ONE.search(text[low : number.start])
    if one is None or not chinese_names(one["org"]):
        return []
    return [(low + one.start("org"), low + one.end("org"))]


# --- sentences ---


def sentences(discourse: Discourse) -> Iterator[Mention]:
    """What the sentence of each number says of it."""
    for number in discourse.numbers:
        sentence = discourse.sentence(number.start, number.end)
        text = discourse.text[slice(*sentence)]
        if _HAN.search(text) and not _NEGATED.search(text):
            yield from _drafted(discourse, number, sentence)
            yield from _by_bodies(discourse, number, sentence)


def _drafted(discourse: Discourse, number: Number, sentence: Stretch) -> Iterator[Mention]:
    """甲、乙参与起草, where the verb is said of this number."""
    start, end = sentence
    text = discourse.text[start:end]
    standard = discourse.node(number)
    for verb in _VERB.finditer(text):
        if _NOUN.match(text[verb.end() :]) or _is_another(text, verb, number, start):
            continue
        if number is not _nearest(discourse, start + verb.start(), sentence):
            continue
        for a, b in chinese_names(text[: verb.start()]):
            quote = (start + a, max(number.end, start + verb.end()))
            yield Mention(
                "drafted", standard, (start + a, start + b), quote, (start + verb.start(), start + verb.end())
            )


def _is_another(text: str, verb: re.Match[str], number: Number, start: int) -> bool:
    """Whether what is drafted is another text, on the standard."""
    between = text[verb.end() : number.start - start]
    behind = number.end - start >= verb.end() and _WORK_ON.match(text, number.end - start)
    return bool(_ON.search(between) or behind)


def _by_bodies(discourse: Discourse, number: Number, sentence: Stretch) -> Iterator[Mention]:
    """Who proposed, administers and issued it, where this is the last number before."""
    start, end = sentence
    text = discourse.text
    standard = discourse.node(number)
    for form in _BODIES:
        for match in form.expression.finditer(text, start, min(len(text), end + _BEHIND)):
            of_this = number is discourse.last_inside(start, match.start())
            of_itself = _ITSELF.search(text[max(0, match.start() - 8) : match.start()])
            if of_this and not of_itself and is_body_zh(match["org"]):
                name = match.span("org")
                yield Mention(form.predicate, standard, name, match.span(), (name[0] - 1, name[0]))


def _nearest(discourse: Discourse, verb: int, sentence: Stretch) -> Number | None:
    """The number that a verb of drafting speaks of: the first behind it in the sentence, else the last before it."""
    start, end = sentence
    after = discourse.first_from(verb, end)
    return after or next((n for n in reversed(discourse.numbers) if start <= n.start < verb), None)
