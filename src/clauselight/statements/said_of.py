"""Whether a date in a sentence is said of the standard that the sentence names, or of something else in it.

`The platform passed DB99/T 0001-2030 in June 2031` dates a test, and `its platform, tested to DB99/T 0001-2030, was
released in June 2031` a product. A date that is lost can be read in the source; a date that is wrong is believed.
"""

from __future__ import annotations

from clauselight.statements.discourse import Discourse
from clauselight.statements.fragments import KINDS, KINDS_EN, TITLE
from clauselight.statements.numbers import Number
from clauselight.statements.organisations import PRODUCT
from clauselight.statements.span import Stretch
from clauselight.text.patterns import pattern

#: before a number: it is what something is measured by, speaks of or works on, and not what the sentence is on
_AN_OBJECT = pattern(
    r"(?:符合|满足|通过了?|依据|按照?|根据|关于|对|支持|遵循|遵守|兼容|达到|引用|执行|基于|参与|起草了?|编制了?|解读)"
    r"\s*(?:国家|行业|地方|推荐性|强制性)*(?:标准)?\s*《?$|"
    r"(?i:\b(?:to|with|under|for|against|per|on|about|by|from|than|"
    r"(?:draft|test|pass|meet|support|implement|cit|quot|mention|us|follow|appl|review|stud|analy[sz]|read|"
    r"author|develop|certif)(?:e|es|ed|ing|s|y|ies|ied)?|wrote|met)\s+"
    r"(?:(?:the|a|its|new|national|industry|local|police|chinese)\s+)*(?:standards?\s+)?$)",
    "示例平台通过了",
    "The platform, tested to the standard ",
    "Seamount helped draft ",
)
#: behind a number: what follows is said of it, whatever the sentence is on
_RELATIVE = pattern(
    rf"\s*(?:{TITLE})?\s*[，,、;；]?\s*(?:[(（]|(?:该|本|此)(?:{KINDS})|其(?!他)|"
    rf"(?i:(?:which|that|it|the (?:{KINDS_EN})|and it)\b))",
    "，该标准",
    ", which was ",
    " (",
)
#: a title beside a number, which may name a product
_TITLES = pattern(rf"{TITLE}|[“\"][^”\"\n]*[”\"]|[(（][^()（）\n]*[)）]", "《示例视频平台》")
#: the same without marks, between two commas and before the verb
_COMMAS = pattern(r"^\s*[,，:–—-][^.;]*,\s*(?:was|were|is|has|had)\b", ", Video example systems, was ")
#: what else is put out on a day
_ANOTHER = pattern(
    r"报告|论文|研究|文章|公告|招标|采购|项目|版本|证书|白皮书|专利|公司|"
    r"(?i:\b(?:reports?|papers?|stud(?:y|ies)|articles?|tenders?|notices?|certificates?|patents?|books?|reviews?|firms?|"
    r"compan(?:y|ies)|contracts?|updates?|releases?)\b)",
    "的研究报告",
    " a report ",
)
#: between a date and the number behind it: nothing but the kind of standard
_ONLY_KIND = pattern(
    rf"(?:[\s,，:：;；(（《、的了]|新版|修订|国家|行业|地方|团体|推荐性|强制性|公共安全|标准|规范|{TITLE}|"
    r"(?i:\b(?:the|new|revised|national|industry|local|police|standards?|of)\b))*",
    "了行业标准",
    ", the new standard ",
)
#: active verbs by which a user takes a standard up, and a body passes it
_TAKEN_UP = pattern(r"(?i)(?:passed|adopted|approved)\b", "passed DB99/T 0001-2030 in June 2031")
#: who passes a standard
_PASSES = pattern(
    r"(?i)\b(?:ministry|administration|bureau|committee|commission|council|government|parliament|congress|assembly|"
    r"ISO|IEC|ITU|CEN|CENELEC|ETSI|SAC)\b",
    "The Example Ministry ",
)
#: words by which a sentence without a number speaks of the standard before it
_POINTS_BACK = pattern(
    rf"(?:该|本|木|此|这[一项部]*)(?:{KINDS}|国标|行标)|^\s*其(?!他|中)|标准(?:的)?(?:正式)?\s*[:：于自将已]?\s*$|"
    rf"(?i:\b(?:the|this|that|both) (?:new |national |european |international |chinese )?"
    rf"(?:{KINDS_EN}|recommendation|rules?|guidelines?)s?\b|^\W*(?:it|they|both)\b)",
    "该标准于",
    "The standard was ",
    "It ",
)


def is_said_of(discourse: Discourse, number: Number, event: Stretch) -> bool:
    """Whether what happens in the stretch `event`, from a verb to its date or the reverse, happens to the standard."""
    text = discourse.text
    start, end = event
    if number.end <= start:
        return _follows(text, number, start)
    if number.start >= end:
        return _ONLY_KIND.fullmatch(text[end : number.start]) is not None
    lead = text[max(0, start - 120) : start]
    return not _TAKEN_UP.match(text[start:end]) or _PASSES.search(lead) is not None


def _follows(text: str, number: Number, verb: int) -> bool:
    """Whether a verb behind a number is said of it."""
    between = text[number.end : verb]
    if _RELATIVE.match(between):
        return True
    if _AN_OBJECT.search(text[max(0, number.start - 60) : number.start]):
        return False
    plain = _TITLES.sub("", between)
    return bool(_COMMAS.match(between)) or not (PRODUCT.search(plain) or _ANOTHER.search(plain))


def points_back(lead: str) -> bool:
    """Whether the words of a sentence before its verb speak of a standard that was named before."""
    return _POINTS_BACK.search(lead) is not None
