"""Whether a text says a thing as a fact: the one place for what is denied, supposed, doubted, or taken back.

Every reader of sentences asks here before it makes a statement: a false statement about a body is the worst fault, and
what is lost can be read in the source. A negation reaches the verb that it stands before, unless another clause begins
between them. An `if` reaches to the end of its own clause; a word by which something is told as false reaches all of
its sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from clauselight.statements.span import Stretch
from clauselight.text.patterns import pattern

#: said as a fact, said not to be so, or neither: supposed, asked, doubted, told as false
Stance = Literal["said", "denied", "open"]
#: an adverb or an auxiliary between a negation and its verb
_BETWEEN_ZH = (
    "(?:再|予以?|能够?|会|必|需要?|曾|被|得|须|应|要求|完全|全部|全面|直接|正式|实际|真正|"
    "参与|参加|组织|共同|按照?|由|以|对|于|在|自|获得?|准|许)"
)
#: words that turn the verb right behind them into the opposite
_NOT_ZH = pattern(
    r"(?:未(?!来|经|尽|成年)|没有|没(?=参|通|有|能)|并非|不是|绝非|(?<![除而])非(?=由|经)|"
    r"不(?!仅|但|只|断|限于?|得不|低于|少于|小于|亚于|同|管|论|过|可或缺|可缺少|大于|超过|违反|偏离)|"
    r"无需|无须|无法|难以|未能|毋须|毋需|免于|停止|暂停|终止|取消|放弃|拒绝|谢绝|否认|反对|禁止|严禁|切勿|请勿)"
    rf"{_BETWEEN_ZH}{{0,4}}[“《\s]*$|"
    r"(?:未(?!来|经|尽|成年)|没有|并非|不是|不曾|绝非|拒绝|否认|从不|从没)(?:(?!而是|应|须)[^，,。；;：:\n的但]){0,14}$",
    "本项目不再",
    "没有与示例大学",
    "示例公司从未参与",
    "示例大学拒绝",
)
#: the same in English, with up to so many words between; a clause of its own between them ends the reach
_NOT_EN = pattern(
    r"(?i)(?:(?:\b(?:not|never|no longer)|n['’]t)(?:\s+(?!(?:only|just|merely|less|lower|later|but|who|which|"
    r"that|and|while|shall|must|"
    r"should|will)\b)[\w'’-]+){0,5}|"
    r"\b(?:neither|nor|no(?!\s?\d)|none of|nobody|without|fail(?:s|ed|ure)? to|"
    r"refus(?:e[sd]?|ing|al)(?: to)?|declin(?:e[sd]?|ing)(?: to)?|abstain(?:s|ed)? from|refrain(?:s|ed)? from|"
    r"stopp?(?:s|ed)?|ceas(?:e[sd]?|ing)|exempt(?:ed)?(?: from)?|prohibited from|forbidden to|barred from|cannot|"
    r"instead of|rather than|far from|hardly|lacks?)"
    r"(?:\s+(?!(?:only|just|merely|but|who|which|that|while)\b)[\w'’-]+){0,5})\s*$",
    "It did not take part in ",
    "Seamount doesn't ",
    "was never jointly ",
    "None of the firms ",
)
#: right before a verb: it is planned, asked for or possible, and not done
_PLANNED = pattern(
    rf"(?:拟|计划|申请|希望|有意|打算|争取|力争|准备|将|或将|可能|欲|原定|原计划|有望){_BETWEEN_ZH}{{0,4}}$|"
    r"(?i:\b(?:(?:was|were|is|are) (?:originally |initially )?to(?: have)?|(?:would|might|may|could|will|"
    r"shall)(?: have)?|"
    r"(?:plan|hope|intend|want|wish|expect|appl(?:y|ied|ies)|offer|ask|invit|propos)(?:e?s|e?d|ing)? to)"
    r"(?: (?:help|be(?:en)?|jointly|also))*\s*$)",
    "示例公司拟参与",
    "Northlight was to have been ",
    "Seamount plans to ",
)
#: before a verb: somebody wants it so, or does not, or it was so once
_WISHED = pattern(
    r"建议|提议|不同意|反对|呼吁|原(?:先|来)?(?:由)?$|(?i:\b(?:suggest(?:s|ed)?|demand(?:s|ed)?|oppos(?:e[sd]?|ing)|object(?:s|ed)?|"
    r"urg(?:e[sd]?|ing)) that\b)",
    "示例公司不同意",
    "Northlight suggests that",
)
#: words behind which the verb of an English sentence is one of a new clause
_FRESH_EN = pattern(r"(?i)[.;:,]|\b(?:but|while|whereas|although|though|however|instead)\b", "but it ")
#: a condition, in either language: what stands in its clause is no fact
_IF = pattern(
    r"如果|(?<![例诸比假])如(?![图表下上前此附今期实何同])(?=[^，,。；;]{2,40}(?:，|,|则|的话|时))|(?<!除)(?<!倘)若(?!干)|假如|假设|假使|倘若|倘|一旦|设想|万一|是否|"
    r"(?i:\b(?:if|unless|whether|suppos(?:e|ing)|hypothetically|imagine|assuming|in case|provided that|"
    r"in the event that)\b)",
    "如果示例公司声称",
    "若投标产品符合",
    "If Seamount claims",
)
#: what ends the clause of a condition: the comma before the main clause, or a word for it
_IF_ENDS = pattern(r"(?<![称示说认明布])[，,]|则|那么|的话|(?i:\bthen\b)", "如为进口产品，")
#: what doubts all of its sentence, or tells it as false
_DOUBTED = pattern(
    r"据称|据说|传闻|网传|(?:声明|已|已经|后|又|但)(?:退出|撤回|撤销)|谎称|谎报|虚假|不实|误称|妄称|假称|冒充|伪造|假冒|涉嫌|据传|传言|谣言|谣传|疑似|造谣|有误|误报|误写|讹传|并非事实|非事实|"
    r"不属实|子虚乌有|否认|驳斥|辟谣|遭到?质疑|假设|设想|小说|"
    r"(?i:\b(?:neither|none of|false(?:ly|hood)?|alleg(?:e[sd]?|edly|ation|ations|ing)|purport(?:s|ed|edly)|"
    r"rumou?r(?:s|ed)?|untrue|"
    r"unfounded|incorrect(?:ly)?|wrong(?:ly)?|mistaken(?:ly)?|erroneous(?:ly)?|fake[sd]?|fictitious|fictional|bogus|"
    r"misleading(?:ly)?|fabricat(?:e[sd]?|ed|ion)|den(?:y|ies|ied|ial|ying)|refut(?:e[sd]?|ing)|retract(?:s|ed|ion)?|"
    r"no evidence|not true|unproven|unverified|hypothetical(?:ly)?|pretend(?:s|ed)?)\b)",
    "竞争对手谎称其摄像机",
    "Northlight denies that",
    "It falsely claims",
)
#: between a verb and a thing of its list: the thing is named as none of them
_BUT_NOT = pattern(
    r"(?:而|并)?(?:非|不是)|不包括|不含|不包含|"
    r"(?i:\b(?:not(?! only)|none|neither|nor|never|except(?:ing)?(?: for)?|excluding|other than|unlike|without)\b)",
    "，不包括",
    " Seamount and not by ",
)
#: at the head of a sentence: it denies the one before
_DENIED_NEXT = pattern(
    r"[。；;\s]*(?:但|对此|不过)?[，,]?(?:该|上述|此)?[^。；;，,]{0,20}(?:否认|并非事实|不属实|不实|有误)|"
    r"(?i:[.;\s]*(?:but |however,? |yet )?(?:this|that|it|the [\w ]{3,20}|[A-Z][\w .]{1,40}?) "
    r"(?:denie[sd]|disputes?d?|is (?:false|untrue|wrong|incorrect|not true)|was (?:false|untrue|wrong|incorrect)))",
    "。该公司否认",
    " The firm denies this.",
)
#: a question
_ASKED = pattern(r"[?？]\s*[”\"』」]?\s*$|(?:吗|么)\s*[？?。]?\s*$", "是否参与起草？", "Did Seamount draft it?")
#: right behind a thing: what was said of it is taken back
_TAKEN_BACK = pattern(
    r"(?:\s*《[^》\n]{2,80}》)?\s*(?:的|之)?(?:规定|要求|标准|条款|内容|检测|测试|认证|申请|建议|提案|提议|第[\d.]+[条章])*\s*[，,（(]?\s*(?:均|也|已|已经|现已|现|暂|目前|同时|将|被|遭|予以)*"
    r"(?:除外|否决|驳回|撤回|撤销|取消|不适用|不执行|不再(?:执行|适用|采用|有效|引用|使用)|(?:明令)?(?:废止|作废)|失效|停用|不作(?:为)?(?:强制)?要求|不作为[^，,。；;]{0,12}依据|不作强制|不作(?:为)?依据|"
    r"不予(?:采用|执行|适用)|非强制|可选|为可选|(?:仅)?供参考|未(?:被)?(?:引用|采用|通过)|不(?:被)?(?:引用|采用))|"
    r"(?i:(?:\s*\([^()\n]{1,60}\))?,?\s+(?:which\s+|that\s+)?(?:is|are|was|were|shall|does|do|did|need|will|"
    r"has been|have been|"
    r"must|should|may|can)\s+(?:now\s+|hereby\s+|also\s+|only\s+|entirely\s+)*(?:not\b(?! (?:only|less|lower))|"
    r"never\b|no longer|optional|voluntary|withdrawn|excluded|exempt|repealed|waived|superseded|obsolete|"
    r"(?:for )?information(?:al)? only|inapplicable))|"
    r"(?i:(?:\s*\([^()\n]{1,60}\))?,?\s*\(?(?:excluded|excepted|not applicable|n/?a|withdrawn|repealed|optional)\b)|"
    r"(?i:,? which [^.;]{0,60}(?:n['’]t|\bnot|\bdenie[sd]|\bdisputes?|\brejects?)\b)",
    "除外",
    "已废止，不再执行",
    " does not apply",
    ", which Seamount denies",
)


@dataclass(frozen=True, slots=True)
class Told:
    """A thing that a sentence tells: the sentence, its verb, and what the verb is said of or by: a number or a name."""

    sentence: Stretch
    verb: Stretch
    thing: Stretch

    @property
    def start(self) -> int:
        return min(self.verb[0], self.thing[0])

    @property
    def end(self) -> int:
        return max(self.verb[1], self.thing[1])


def stance(text: str, told: Told) -> Stance:
    """How a text stands to what one of its sentences tells."""
    low, high = min(told.sentence[0], told.start), max(told.sentence[1], told.end)
    between = text[told.verb[1] : told.thing[0]]
    if is_denied(text, low, told.verb[0]) or _BUT_NOT.search(between) or is_taken_back(text, told.end, high):
        return "denied"
    # names before a verb may be a list, whose commas end no condition
    listed = told.thing[0] < told.verb[0] and _IF.search(text, low, told.verb[0])
    if listed or is_doubted(text[low:high]) or is_supposed(text, low, told.start):
        return "open"
    return "said"


def is_fact(text: str, told: Told) -> bool:
    """Whether a sentence tells it as done: neither denied, nor open, nor only planned."""
    verb = told.verb[0]
    lead = text[told.sentence[0] : verb]
    return stance(text, told) == "said" and not (_PLANNED.search(lead[-40:]) or _WISHED.search(lead))


def is_denied_behind(text: str, told: Told) -> bool:
    """Whether the next sentence denies what one tells."""
    return _DENIED_NEXT.match(text, max(told.sentence[1], told.end)) is not None


def is_denied(text: str, low: int, verb: int) -> bool:
    """Whether a negation from `low` on reaches a verb."""
    before = text[max(low, verb - 80) : verb]
    if _NOT_ZH.search(before):
        return True
    negation = _NOT_EN.search(before)
    return negation is not None and not _FRESH_EN.search(before[negation.start() :])


def is_doubted(sentence: str) -> bool:
    """Whether a sentence asks, or tells something as false or as a tale."""
    return bool(_DOUBTED.search(sentence) or _ASKED.search(sentence))


def is_supposed(text: str, low: int, at: int) -> bool:
    """Whether a place stands in the clause of a condition that begins behind `low`."""
    condition = _last(_IF, text[low:at])
    return condition is not None and not _IF_ENDS.search(text[low + condition.end() : at])


def is_taken_back(text: str, end: int, high: int) -> bool:
    """Whether the words right behind a thing take back what was said of it."""
    return _TAKEN_BACK.match(text, end, high) is not None


def _last(expression: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(expression.finditer(text))), None)
