"""The drafting organisations of a standard, in printed order (GB/T 1.1-2020, 8.3; and the labels of older prefaces)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clauselight.statements.fragments import (
    ABBREVIATED,
    BODIES,
    BY,
    DRAFT,
    HAN,
    HAN_ALL,
    KINDS,
    THIS,
    THIS_CHAR,
    UNITS_EN,
)
from clauselight.statements.organisations import BODY_EN, is_no_body
from clauselight.statements.stance import is_denied, is_doubted, is_taken_back
from clauselight.text.patterns import pattern

#: characters of a list
LIMIT = 6000
#: the label of a list: 本标准起草单位, 主要起草单位, 参加编制单位, 主编单位, 参编单位, and what translations make of it
_LABEL = pattern(
    rf"(?:{THIS_CHAR}(?:{KINDS}|技术文件)(?:的)?)?(?:主要|负责|参加|参与|联合|共同|牵头|第一|第二)?(?:的)?"
    rf"(?:{DRAFT}|主编|参编|制定)(?:工作)?(?:和参加)?(?:单位|机构|组织)(?:名单|有|为|是)?\s*"
    rf"(?:[:：]|\s|(?=[{HAN}]))|"
    r"(?:牵头|参与|协作)单位\s*[:：]|"
    r"(?i:(?:main |chief |lead(?:ing)? |participating |other )*"
    r"(?:draft(?:ing|er)s?|(?:re)?drafted by|authoring|compil(?:ing|ation)|responsible drafting)\s*"
    rf"(?:{UNITS_EN}|institutions?|bodies|departments?)?"
    r"(?:\s+(?:of|for) (?:this|the|these) (?:standards?|document|part|section|specification))?\s*"
    r"(?:are|is|include|includes)?\s*[:：])|"
    r"(?i:(?:organi[sz]ations?|units?|institutions?|compan(?:y|ies)) "
    r"(?:responsible for|in charge of|that drafted|participating in|involved in)(?: the)?(?: drafting| this)?"
    r"[^:：\n]{0,40}[:：])|"
    r"(?i:this (?:standard|document|part|section|specification) (?:is|was) (?:mainly |jointly )?drafted by\s*[:：])",
    "本标准主要起草单位：",
    "牵头单位：",
    "Drafting organizations of this section:",
    "Organizations responsible for drafting this standard:",
    "This standard was jointly drafted by:",
)
#: where a list of names ends: a stop, the next label, the next chapter, the number of another standard
_END = pattern(
    rf"[。]|”(?!\s*[)）])|\"(?=\s|$)|\n\s*\n|"
    rf"(?:主编|参编|协编|牵头|参与|(?:主要|参加|参与|负责|联合)?(?:{DRAFT}))单位\s*[:：]|"
    r"(?<=\S)\s\d{1,2}\s*(?:范围|总则|概述|引言|规范性引用文件|术语|适用范围|[Ss]cope)|"
    r"(?i:(?:chief|main|participating|other|leading)\s+drafting)|"
    rf"{THIS}(?:的)?(?:主要|所|由|于|为|首次|历次|规定|适用|及|起草|负责|参加|委托|代替|从)|"
    r"(?:主要)?(?:起草|编写|编制|审查|审定)(?:人员|人|员)|(?:归口|提出|批准|发布|实施|主管|执行)(?:单位|日期|部门)|"
    r"历次版本|标准范围|适用范围|标准状态|(?:标准|内容)简介|相关标准|全文下载|引言|前言|目次|ICS|"
    r"(?<=[^\s])\s(?:GB|GA|DB)[/T ]{0,3}\d|[ⅠⅡⅢⅣⅤⅥ]|"
    r"(?i:\.(?:\s|$)|\n(?:main|chief)?\s*draft|\n\s*this (?:standard|part|section))",
    "示例大学。",
    "示例大学”",
    "参编单位：",
    "示例大学 1 范围",
    "主要起草人",
    "Example University. ",
)
#: what an organisation's name may end in; a last name that ends otherwise at the end of the text was cut off
_WHOLE = pattern(
    rf"(?:{BODIES}|院|所|站|处|队|室|厂|科|署|办公室|检验|社|馆|校|会|行|[A-Za-z.])$", "示例检测站", "Ltd."
)
#: 本标准由甲、乙负责起草，丙参加起草
_SENTENCE = pattern(
    rf"{THIS}{BY}(?P<list>[^。；;]{{3,600}}?)(?:主要|负责|共同|联合|牵头|组织)*(?:{DRAFT})(?!单位|人|组|规则)"
    rf"(?:[，,](?P<more>[^。；;]{{3,600}}?)(?:参加|参与|协助|联合|共同|配合)了?(?:{DRAFT}))?",
    "本标准由示例部研究所负责起草，示例大学参加起草",
)
#: who proposed or administers is said in the same words, and is no drafter
_OTHER_PARTS = ("提出", "归口")
#: a short name that is given behind the whole one
_ASIDE = pattern(
    r"\s*[(（](?:(?:以下)?简称[^()（）]*|[^()（）]{1,40}除外|(?i:except[^()]*|excluding[^()]*))[)）]$",
    "示例大学（以下简称“示大”）",
    "示例集团（示例分公司除外）",
)
#: a legal form right before a full stop, which is then part of the name
_ENDS_ABBREVIATED = pattern(rf"(?i)\b(?:{ABBREVIATED})$", "Seamount Co., Ltd")
#: a mark that parts names
_MARK = pattern(r"[、;；]", "甲公司、乙公司")
#: what goes on with the name behind a gap
_GOES_ON = pattern(r"[、,，;；(（]", "（集团）")
#: words that are parts of one longer name: 研究院 有限公司
_LONGER_NAME = pattern(r"(?:有限|股份|责任|集团|分|总)", "有限公司")
#: a legal form behind a comma, which parts no names
_LEGAL_FORM = pattern(r"(?i)(?:ltd|inc|co\b|llc|corp|gmbh|limited)", "Ltd.")
#: an ideograph: the space before it parts names
_HAN = pattern(rf"[{HAN_ALL}]", "示")
#: a letter or a figure: the space behind it parts none
_LATIN = pattern(r"[A-Za-z\d]", "A")
#: an `and` before the last name
_AND = pattern(r"(?:和|以及|及|and\s)(?=\S{4,})", "和示例大学院")


#: right before a label: its list is of those who are none
_VOID_LABEL = pattern(
    r"(?:(?<!除)非|拟|候选|备选|落选|未(?:能)?(?:参与|参加|入选)|没有(?:参与|参加)|退出|(?:被)?取消|(?:被)?拒绝|不是|并非)(?:的|为|作为)?$|"
    r"(?:无关|不包括|除外|未参与|未参加|没有参与|没有参加)[^。；;\n]{0,6}[:：]\s*$|"
    r"(?i:(?:\bnon-?|\b(?:not|never|former|refused|declined|withdrew|withdrawn|excluded|rejected|un(?:successful|related)|"
    r"unrelated to|no(?!\.)|proposed|prospective|candidate)(?: (?!and\b|or\b)[\w'’-]+){0,5}\s+))$",
    "与下列单位无关：",
    "非",
    "Firms not involved in ",
)
#: right behind a label: none of those that follow
_VOID_LIST = pattern(
    r"\s*(?:不包括|不含|不包含|以下(?:单位)?(?:除外|未参与)|并非|不是|没有|无关)|(?i:\s*(?:none|not|no|nobody|neither|never)\b(?!\.))",
    " none of the following: Seamount Ltd.",
)
#: what a body that was listed says, or is said, to have done later
_WITHDRAWS = pattern(
    r"(?:退出|撤回|撤销|未参与|未参加|没有参与|没有参加|从未参与|拒绝参与|除名|否认参与|不再参与)(?:了|对)?[^。；;\n]{0,12}"
    r"(?:起草|编制|署名|名单|参编|编写|制定|单位)|"
    r"(?i:\b(?:withdrew|has withdrawn|was removed|was struck|did not (?:take part|participate|draft|help)|took no part|"
    r"never (?:took part|participated)|denies|denied|resigned)\b[^.;\n]{0,60}\b(?:draft|list|author))",
    "示例大学声明退出起草",
    "Example University withdrew from the drafting",
)
#: characters of a sentence before such words, or behind a sentence, in which is looked
_LEAD = 60
#: the end of a sentence between a name and such words
_STOP = pattern(r"[。；;\n、，,]|\.\s", "示例大学。")
#: what stands in brackets right behind a name
_BRACKET = pattern(r"\s*[(（][^()（）]{0,40}[)）]", " (withdrawn)")


@dataclass(frozen=True, slots=True)
class ListedName:
    """An organisation as it is printed in the list; offsets in the text given."""

    start: int
    end: int
    truncated: bool = False
    #: where the label or the sentence of its list begins
    label: int = 0


def drafters(text: str, gaps: Mapping[int, str]) -> list[ListedName]:
    """The organisations of every list of drafters in a normalised text, in printed order, each once.

    `gaps` says what is printed where the normal form joined ideographs: a space or a line end behind a whole name parts
    names.
    """
    names: dict[str, ListedName] = {}
    for name in (*_of_sentences(text, gaps), *_of_labels(text, gaps)):
        names.setdefault(text[name.start : name.end], name)
    withdrawals = [text[max(0, m.start() - _LEAD) : m.start()] for m in _WITHDRAWS.finditer(text)]
    return [n for printed, n in names.items() if not _is_struck(text, n) and not _is_named(printed, withdrawals)]


def _is_struck(text: str, name: ListedName) -> bool:
    """Whether a name is none, or what is in brackets with it or behind it takes it back."""
    bracket = _BRACKET.match(text, name.end)
    return is_no_body(text[name.start : bracket.end() if bracket else name.end])


def _is_named(printed: str, withdrawals: Sequence[str]) -> bool:
    """Whether a name stands, in its own sentence, before one of the words of a withdrawal."""
    name = printed.removesuffix(".")
    rests = (lead.rpartition(name)[2] for lead in withdrawals if name in lead)
    return any(not _STOP.search(rest.removeprefix(".") if name != printed else rest) for rest in rests)


def _of_sentences(text: str, gaps: Mapping[int, str]) -> Iterator[ListedName]:
    for sentence in _SENTENCE.finditer(text):
        if any(word in sentence["list"] for word in _OTHER_PARTS):
            continue
        if not _is_told(text, sentence):
            continue
        for group in ("list", "more"):
            if sentence[group] and not is_denied(text, *sentence.span(group)):
                yield from _of(sentence, _names(text, *sentence.span(group), gaps))


def _is_told(text: str, sentence: re.Match[str]) -> bool:
    """Whether nothing in the sentence, to its stop, doubts it or takes it back."""
    stop = text.find("。", sentence.end())
    high = stop + 1 if 0 <= stop - sentence.end() < _LEAD else sentence.end()
    return not is_doubted(text[sentence.start() : high]) and not is_taken_back(text, sentence.end(), high)


def _of_labels(text: str, gaps: Mapping[int, str]) -> Iterator[ListedName]:
    position = 0
    while label := _LABEL.search(text, position):
        position = label.end()
        with_colon = label.group().rstrip().endswith((":", "："))
        if _is_label_next(text, label.end()):
            continue  # a sentence that ends in a colon, and the list has a label of its own
        if label.start() > 0 and text[label.start() - 1] in "由经各" and not label.group().endswith((":", "：")):
            continue
        if _VOID_LABEL.search(text[max(0, label.start() - 40) : label.start()]) or _VOID_LIST.match(text, label.end()):
            continue
        stop = _END.search(text, label.end())
        end = _list_end(text, label.end(), stop)
        names = _names(text, label.end(), end, gaps)
        if stop is None or stop.group() != "。":
            names = _last_marked(text, names)
        if label.group().isascii():
            names = [n for n in names if _is_english_body(text[n.start : n.end])]
        if with_colon or any(_WHOLE.search(text[n.start : n.end]) for n in names[:1]):  # else a sentence has the words
            yield from _of(label, names)
            position = end


def _is_label_next(text: str, at: int) -> bool:
    """Whether nothing but white space stands before the next label."""
    label = _LABEL.search(text, at, at + 80)
    return label is not None and not text[at : label.start()].strip()


def _of(label: re.Match[str], names: Iterable[ListedName]) -> Iterator[ListedName]:
    return (replace(name, label=label.start()) for name in names)


def _list_end(text: str, start: int, stop: re.Match[str] | None) -> int:
    """Where the list ends; the full stop of a legal form at its end is part of the name."""
    end = min(stop.start() if stop else len(text), start + LIMIT)
    abbreviated = _ENDS_ABBREVIATED.search(text[max(0, end - 5) : end]) and text[end : end + 1] == "."
    return end + 1 if abbreviated else end


def _is_english_body(name: str) -> bool:
    """A name in ideographs may be in a translated list too."""
    return BODY_EN.search(name) is not None or not name.isascii()


def _last_marked(text: str, names: list[ListedName]) -> list[ListedName]:
    """The names, the last one marked where the text breaks off in it."""
    if not names or _WHOLE.search(text[names[-1].start : names[-1].end]):
        return names
    return [*names[:-1], ListedName(names[-1].start, names[-1].end, True)]


def _names(text: str, start: int, end: int, gaps: Mapping[int, str]) -> list[ListedName]:
    """The names of a list: parted by marks, or by the gaps of a list without marks; never inside brackets."""
    names: list[ListedName] = []
    depth = 0
    at = start
    parting = _parting(text, start, end, gaps)
    for i in range(start, end + 1):
        if i in parting and depth <= 0 and (name := _trimmed(text, at, i)):
            names.append(name)
            at = i
        char = text[i] if i < end else "、"
        depth += (char in "(（") - (char in ")）")
        if i < end and (depth > 0 or not _separates(text, i, end)):
            continue
        depth = 0
        if name := _trimmed(text, at, i):
            names.append(name)
        at = i + 1
    return names


def _parting(text: str, start: int, end: int, gaps: Mapping[int, str]) -> set[int]:
    """Gaps that part names: behind a whole name, in a list that has no other marks between its names."""
    inside = [
        i
        for i in range(start + 1, end)
        if i in gaps and _WHOLE.search(text[max(start, i - 12) : i]) and not _GOES_ON.match(text, i)
    ]
    if not inside or _MARK.search(text[start:end]):
        return set()
    return {i for i in inside if not _LONGER_NAME.match(text, i)}


def _separates(text: str, i: int, end: int) -> bool:
    char = text[i]
    if char in "、;；\n":
        return True
    if char in ",，":
        return not _LEGAL_FORM.match(text[i + 1 : min(end, i + 14)].lstrip())
    # spaces part names of a catalogue page; inside an English name they do not
    return char in " \t\u3000" and bool(_HAN.match(text, i + 1)) and not _LATIN.match(text[i - 1])


def _trimmed(text: str, start: int, end: int) -> ListedName | None:
    """A name without the marks, the `and` and the `etc.` around it, or None where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in ":：、,，.-—·•"):
        start += 1
    end = _trimmed_end(text, start, end)
    if head := _AND.match(text[start:end]):
        start += head.end()
    if text[start:end].endswith("等") and end - start > 3:
        end -= 1
    return ListedName(start, end) if end - start >= 2 else None


def _trimmed_end(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1].isspace() or text[end - 1] in "、,，.;；"):
        if text[end - 1] == "." and _ENDS_ABBREVIATED.search(text[start : end - 1]):
            break
        end -= 1
    aside = _ASIDE.search(text[start:end])
    return start + aside.start() if aside else end
