"""Whether a text that orders makes a standard binding: an order may also forbid it, excuse from it, or count twice.

`The product shall comply with it` binds. `The product must not comply with it` does not, nor `need not`, nor `products
that comply with it will be rejected`. Two such words are an order again: `products that do not comply with it will be
rejected`, 不得使用不符合…的产品.
"""

from __future__ import annotations

import re
from typing import Literal

from clauselight.statements.fragments import MUST, SHALL
from clauselight.statements.numbers import Number
from clauselight.statements.span import Stretch
from clauselight.statements.stance import is_denied, is_supposed, is_taken_back
from clauselight.text.patterns import pattern

#: a word of a tender that orders
_BINDS = pattern(
    rf"{SHALL}(?:当|严格|全面|完全)?|{MUST}|强制|★|投标无效|废标|"
    r"(?i:\b(?:shall|must|mandatory|is required to|are required to)\b)",
    "投标产品应符合",
    "The cameras shall comply",
)
#: a word for what is ordered: to meet the standard
_MEETS = pattern(
    r"符合|满足|遵循|遵守|执行|依据|按照?|达到|通过|支持|兼容|提供|出具|具有|"
    r"(?i:\b(?:compl(?:y|ies|iant|iance)|conform(?:s|ing|ity|ant)?|meets?|in accordance with|according to|certified|"
    r"passed|supports?|implements?)\b)",
    "应符合",
    "shall comply with",
)
#: a verb by which a standard is used or met
_USES = pattern(
    r"符合|满足|遵循|遵守|执行|依据|根据|按照?|达到|通过|支持|兼容|提供|出具|具有|采用|适用于?|引用|使用|参照|涉及|要求|"
    r"(?i:\b(?:compl(?:y|ies|ying|iant|iance)|conform(?:s|ing|ity|ant)?|meet(?:s|ing)?|(?:in )?accordance|"
    r"according|certified|"
    r"certification|certificates?|pass(?:ed|es)?|support(?:s|ed|ing)?|implement(?:s|ed|ing|ation)?|follow(?:s|ed|ing)?|appl(?:y|ies|ied)|"
    r"adher(?:e|es|ence)|us(?:e|es|ed|ing)|based)\b)",
    "应符合",
    "shall comply with",
)
#: where a clause ends that may have a verb of its own
_BREAK = pattern(
    r"[，,；;。：:]|但|(?i:\b(?:but|except|while|whereas)\b|\band (?=(?:shall|must|may|should|need|will|is|are)\b))",
    "应符合要求，",
    "shall work and shall not",
)
#: what forbids the verb that follows in its clause
_BANS = pattern(
    r"不得(?!不(?![符满执遵按通]))|不应|禁止|严禁|不准|不允许|不许|切勿|请勿|不能|不可|杜绝|不接受|不采购|拒收|拒绝|"
    r"(?i:\b(?:must|shall|may|should|can|will)\s+(?:not|never)\b|\bcannot\b|\b(?:must|should)n['’]t\b|"
    r"\b(?:prohibited|barred|banned) from\b|\b(?:forbidden|not permitted|not allowed) to\b|\brefrain from\b|"
    r"(?:^|[.:;]\s*)(?:do not|never|avoid)\b)",
    "投标人不得",
    "The supplier must not",
)
#: behind such a word: what is forbidden is to fall short of the standard
_SHORT = pattern(
    r"低于|少于|小于|劣于|弱于|次于|违反|违背|偏离|降低|抵触|冲突|相悖|超出|超过|高于|大于|缺少|遗漏|"
    r"(?i:\b(?:less|lower|below|inferior|short|deviat\w+|depart\w*|violat\w+|contraven\w+|conflict\w*|exceed\w*|only|"
    r"fail\w*|omit\w*|worse|weaker|breach\w*|contrary)\b)",
    "低于",
    " deviate from ",
)
#: what excuses from it
_EXCUSES = pattern(
    r"无需|无须|不必|毋须|毋需|不要求|不强制|不需要|免于|豁免|可不|可以不|自愿|(?<![不许认])可以?(?=采用|执行|参照|按|符合|使用|选用)|"
    r"(?i:\b(?:need(?:s)? not|needn['’]t|not (?:be )?(?:required|obliged|obligated|necessary|mandatory|"
    r"compulsory|bound)|"
    r"(?:do|does|did)(?: not|n['’]t) (?:need|have)|exempt(?:ed|ion|ions)?|waive[sd]?|waiver|optional(?:ly)?|"
    r"voluntar(?:y|ily)|regardless|irrespective|excluding|other than|apart from|except(?:ing)?|"
    r"instead of|rather than|in place of|"
    r"(?:may|could|might) (?!not\b)\w+)\b)",
    "投标人无需",
    "The bidder need not ",
)
#: 除…外, right before a number; 还, 也 and 尚 behind it make it an addition
_BESIDE = pattern(r"除了?(?:应?(?:符合|满足|执行|遵循))?\s*《?\s*$", "除")
#: 外 behind the number, without such a word
_EXCEPT = pattern(
    r"(?:\s*《[^》\n]{2,80}》)?[^，,。；;还也尚亦]{0,20}?(?:之|以)?外[，,]?(?![^。；;]{0,20}(?:还|也|尚|亦|同时))",
    "之外，不",
)
#: behind a number: what meets it is turned away; `or` and 否则 say that of what does not
_REJECTS = pattern(
    r"(?:\s*《[^》\n]{2,80}》)?[^，,。；;的]{0,12}(?:的(?!要求|规定|标准|相关)|者)[^，,。；;]{0,16}?[，,]?"
    r"(?:(?!否则|不满足|不符合|未|除外|如不|或者|应|须)[^。；;]){0,20}?"
    r"(?:拒绝|拒收|否决|废标|无效|不予(?:接受|通过|受理|采用|采购|考虑|认可)|不(?:被)?(?:接受|采购|采用|考虑)(?![不未])|淘汰|排除|"
    r"不得(?:投标|参与|参加|使用|采用|入围|采购)|禁止|作废)|"
    r"(?i:(?:(?!\b(?:or|otherwise|else|fail\w*|not|unless|and)\b)[^.;]){0,60}?\b(?:(?:will|shall|must|may|should|would|can)\s+(?:be\s+"
    r"(?:rejected|excluded|refused|disqualified|discarded|banned)|not\s+(?:be|apply|bid))|"
    r"(?:is|are|was|were)\s+(?:rejected|excluded|refused|not\s+(?:accepted|acceptable|permitted|allowed|considered)|"
    r"prohibited|forbidden|banned|unacceptable|disqualified|ineligible)|cannot be accepted))",
    "的产品将被拒绝",
    " will be rejected",
    " are not accepted",
)


#: before a number: nothing else is let in
_UNLESS = pattern(
    r"不(?:得|予|能|可|允许)[^。；;]{0,40}除非[^。；;，,]*$|(?i:\b(?:no|not|cannot|never|neither)\b[^.;]{0,80}\b(?:unless|until)\b[^.;,]*$)",
    "No product shall be accepted unless it complies with ",
)
#: before a number: the order is one that was given before, or that was turned down
_REVOKED = pattern(
    r"(?:删除|取消(?:了)?[“\"]|废除|原(?:招标文件|采购文件|文件|条款|规定))(?:(?!改为|修改为|更正为|调整为|变更为)[^。；;]){0,40}$|"
    r"(?i:\b(?:formerly|former \w+|previously (?:required|demanded)|rejected (?:a|the) (?:proposal|request|demand)|"
    r"(?:deletes?|deleted|removes?|removed|drops?|dropped) the (?:requirement|demand|clause))\b[^.;]{0,60}$)",
    "删除“投标产品应符合",
    "Former tenders required compliance with ",
)
#: behind a number: the order is taken back or put into other words
_REVOKES = pattern(
    r"[^。；;]{0,24}?[”\"]?(?:改为|修改为|更正为|调整为|变更为|替换为|现?删除|取消(?:该|此|本|上述)(?:项|条)?(?:要求|条款|规定)|不合理)|"
    r"(?i:[^.;]{0,40}?\b(?:has|have|is|was|were)(?: been)? (?:deleted|removed|withdrawn|dropped|lifted|revoked|struck|"
    r"cancelled|"
    r"abolished|repealed))",
    "”改为“",
    " has been deleted",
)
#: behind a number: what meets it is liked better, and no more
_PREFERS = pattern(
    r"[^，,。；;]{0,12}(?:优先|[，,]?\s*不强制)|(?i:[^.;,]{0,30}\b(?:preferred|preferable|desirable|"
    r"an advantage|encouraged)\b)",
    "的产品优先",
    " are preferred",
)


def orders(text: str, sentence: Stretch, number: Number) -> bool:
    """Whether a sentence of a tender makes a number binding."""
    turn = _turn(text, sentence, number)
    whole = text[slice(*sentence)]
    return turn == "twice" or (turn == "none" and bool(_BINDS.search(whole) and _MEETS.search(whole)))


def is_turned(text: str, sentence: Stretch, number: Number) -> bool:
    """Whether an order that a sentence gives is none for this number: forbidden, excused, excepted, supposed."""
    return _turn(text, sentence, number) == "once"


def rejects(text: str, number: Number, high: int) -> bool:
    """Whether the words behind a number, up to `high`, turn away what meets it."""
    return _REJECTS.match(text, number.end, high) is not None


def _turn(text: str, sentence: Stretch, number: Number) -> Literal["none", "once", "twice"]:
    """How often the words around a number turn an order to meet it into the opposite."""
    low, high = sentence
    start = _clause(text, low, number.start)
    before = text[start : number.start]
    if is_taken_back(text, number.end, high) or _PREFERS.match(text, number.end, high):
        return "once"
    if _UNLESS.search(text[low : number.start]):
        return "twice"
    if _REVOKED.search(text[low : number.start]) or _REVOKES.match(text, number.end, high):
        return "once"
    if is_supposed(text, low, number.start) or _is_excepted(text, number):
        return "once"
    unmet = _is_unmet(text, start, number.start)
    barred = _is_barred(before) or rejects(text, number, high)
    if unmet and barred:
        return "twice"
    return "once" if unmet or barred or _EXCUSES.search(before) else "none"


def _clause(text: str, low: int, at: int) -> int:
    """Where the clause begins that has the verb for what stands at `at`: numbers of a list share one."""
    for mark in reversed([m.end() for m in _BREAK.finditer(text, low, at)]):
        if _USES.search(text, mark, at) or _EXCUSES.search(text, mark, at):
            return mark
    return low


def _is_unmet(text: str, start: int, at: int) -> bool:
    """Whether the last verb before a number is denied: 不符合, `does not comply with`."""
    verbs = list(_USES.finditer(text, start, at))
    if not verbs:
        return False
    last = verbs[-1].start()
    ban = _last_ban(text[start:last])
    return is_denied(text, start if ban is None else start + ban.end(), last)


def _is_barred(before: str) -> bool:
    ban = _last_ban(before)
    return ban is not None and not _SHORT.search(before[ban.end() :])


def _last_ban(before: str) -> re.Match[str] | None:
    return next(reversed(list(_BANS.finditer(before))), None)


def _is_excepted(text: str, number: Number) -> bool:
    return bool(_BESIDE.search(text[max(0, number.start - 12) : number.start]) and _EXCEPT.match(text, number.end))
