"""The drafting organisations of a standard, in printed order (GB/T 1.1-2020, 8.3; and the label variants of older prefaces)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from clauselight.statements.organisations import BODY_EN

#: 本标准起草单位, 主要起草单位, 负责起草单位, 参加编制单位, 主编单位, 参编单位, Drafting organizations of this section
_LABEL = re.compile(
    r"(?:(?:本|木)(?:标准|部分|文件|规范|指南|导则|规程|技术文件)(?:的)?)?(?:主要|负责|参加|参与|联合|共同|牵头|第一|第二)?(?:的)?"
    r"(?:起草|编制|编写|主编|参编|制定)(?:工作)?(?:和参加)?(?:单位|机构|组织)(?:名单|有|为|是)?\s*(?P<colon>[:：]|\s|(?=[\u4e00-\u9fff]))"
    r"|(?:牵头|参与|协作)单位\s*(?P<colon2>[:：])"
    r"|(?i:(?:main |chief |lead(?:ing)? |participating |other )*(?:draft(?:ing|er)s?|(?:re)?drafted by|authoring|compil(?:ing|ation)|responsible drafting)\s*(?:organi[sz]ations?|units?|institutions?|entit(?:y|ies)|compan(?:y|ies)|bodies|departments?)?"
    r"(?:\s+(?:of|for) (?:this|the|these) (?:standards?|document|part|section|specification))?\s*(?:are|is|include|includes)?\s*[:：])"
    r"|(?i:(?:organi[sz]ations?|units?|institutions?|compan(?:y|ies)) (?:responsible for|in charge of|that drafted|participating in|involved in)(?: the)?(?: drafting| this)?[^:：\n]{0,40}[:：])"
    r"|(?i:this (?:standard|document|part|section|specification) (?:is|was) (?:mainly |jointly )?drafted by\s*[:：])"
)
#: where a list of names ends
_END = re.compile(
    r"[。]|\n\s*\n|(?:主编|参编|协编|牵头|参与|(?:主要|参加|参与|负责|联合)?(?:起草|编制|编写))单位\s*[:：]|(?<=\S)\s\d{1,2}\s*(?:范围|总则|概述|引言|规范性引用文件|术语|适用范围|[Ss]cope)|(?i:(?:chief|main|participating|other|leading)\s+drafting)|(?:本|木)(?:标准|部分|文件|规范|指南|导则|规程)(?:的)?(?:主要|所|由|于|为|首次|历次|规定|适用|及|起草|负责|参加|委托|代替|从)|"
    r"(?:主要)?(?:起草|编写|编制|审查|审定)(?:人员|人|员)|(?:归口|提出|批准|发布|实施|主管|执行)(?:单位|日期|部门)|历次版本|标准范围|适用范围|标准状态|(?:标准|内容)简介|相关标准|全文下载|引言|前言|目次|ICS|"
    r"(?<=[^\s])\s(?:GB|GA|DB)[/T ]{0,3}\d|[ⅠⅡⅢⅣⅤⅥ]|(?i:\.(?:\s|$)|\n(?:main|chief)?\s*draft|\n\s*this (?:standard|part|section))"
)
#: what an organisation's name may end in; a last name that ends otherwise at the end of the text was cut off
_WHOLE = re.compile(
    r"(?:公司|研究所|研究院|大学|学院|中心|局|厅|部|委员会|委|院|所|协会|学会|集团|站|处|队|总队|支队|室|厂|银行|医院|联盟|分局|科|署|办公室|机构|"
    r"检验|政府|社|馆|校|会|行|[)）]|[A-Za-z.])$"
)
LIMIT = 6000
#: 本标准由甲、乙负责起草，丙参加起草
_SENTENCE = re.compile(
    r"(?:本|木)(?:标准|部分|文件|规范|指南|导则|规程)[由山曲田](?P<list>[^。；;]{3,600}?)(?:主要|负责|共同|联合|牵头|组织)*(?:起草|编制|编写)(?!单位|人|组|规则)"
    r"(?:[，,](?P<more>[^。；;]{3,600}?)(?:参加|参与|协助|联合|共同|配合)了?(?:起草|编制|编写))?"
)
_ASIDE = re.compile(r"\s*[(（](?:以下)?简称[^()（）]*[)）]$")


@dataclass(frozen=True, slots=True)
class ListedName:
    """An organisation as it stands in the list; offsets in the text given."""

    start: int
    end: int
    truncated: bool = False


def drafters(text: str, gaps: Mapping[int, str] | None = None) -> list[ListedName]:
    """The organisations of every list of drafters in a normalised text, in printed order, each once.

    `gaps` tells what is printed where the normal form joined ideographs: a space or a line end behind a whole name parts names.
    """
    found: list[ListedName] = []
    seen: set[str] = set()
    for sentence in _SENTENCE.finditer(text):
        if "提出" in sentence["list"] or "归口" in sentence["list"]:
            continue
        for group in ("list", "more"):
            if sentence[group]:
                _take(text, _names(text, *sentence.span(group), gaps or {}, cut=False), found, seen)
    position = 0
    while match := _LABEL.search(text, position):
        position = match.end()
        if match.start() > 0 and text[match.start() - 1] in "由经各" and not match.group().endswith((":", "：")):
            continue
        end_match = _END.search(text, match.end())
        end = min(end_match.start() if end_match else len(text), match.end() + LIMIT)
        if re.search(r"(?i)\b(?:ltd|inc|corp|co)$", text[max(0, end - 5) : end]) and text[end : end + 1] == ".":
            end += 1
        names = _names(text, match.end(), end, gaps or {}, cut=end_match is None or end_match.group() != "。")
        if match.group().isascii():
            names = [n for n in names if BODY_EN.search(text[n.start : n.end]) or not text[n.start : n.end].isascii()]
        if not match.group().rstrip().endswith((":", "：")) and not any(
            _WHOLE.search(text[n.start : n.end]) for n in names[:1]
        ):
            continue  # the words stand in a sentence
        _take(text, names, found, seen)
        position = end
    return found


def _take(text: str, names: list[ListedName], found: list[ListedName], seen: set[str]) -> None:
    for name in names:
        if (key := text[name.start : name.end]) not in seen:
            seen.add(key)
            found.append(name)


def _names(text: str, start: int, end: int, gaps: Mapping[int, str], cut: bool) -> list[ListedName]:
    names: list[ListedName] = []
    depth = 0
    at = start
    parted = _parting(text, start, end, gaps)
    for i in range(start, end + 1):
        if i in parted and depth <= 0 and (name := _trimmed(text, at, i)):
            names.append(name)
            at = i
        char = text[i] if i < end else "、"
        depth += (char in "(（") - (char in ")）")
        if i < end and (depth > 0 or not _separates(text, i, end)):
            continue
        depth = 0
        trimmed = _trimmed(text, at, i)
        if trimmed:
            names.append(trimmed)
        at = i + 1
    if names and cut and not _WHOLE.search(text[names[-1].start : names[-1].end]):
        names[-1] = ListedName(names[-1].start, names[-1].end, True)
    return names


def _parting(text: str, start: int, end: int, gaps: Mapping[int, str]) -> set[int]:
    """Gaps that part names: behind a whole name, in a list that has no other marks between its names."""
    inside = [
        i
        for i in range(start + 1, end)
        if i in gaps and _WHOLE.search(text[max(start, i - 12) : i]) and not re.match(r"[、,，;；(（]", text[i:])
    ]
    if not inside or re.search(r"[、;；]", text[start:end]):
        return set()
    # 研究院 中心 and the like are parts of one longer name
    return {i for i in inside if not re.match(r"(?:有限|股份|责任|集团|分|总)", text[i:])}


def _separates(text: str, i: int, end: int) -> bool:
    char = text[i]
    if char in "、;；\n":
        return True
    if char in ",，":
        rest = text[i + 1 : min(end, i + 14)].lstrip()
        return not re.match(r"(?i:ltd|inc|co\b|llc|corp|gmbh|limited)", rest)
    # spaces part names of a catalogue page; inside an English name they do not
    return (
        char in " \t\u3000"
        and bool(re.match(r"[\u3400-\u9fff]", text[i + 1 : i + 2]))
        and not re.match(r"[A-Za-z\d]", text[i - 1])
    )


def _trimmed(text: str, start: int, end: int) -> ListedName | None:
    while start < end and (text[start].isspace() or text[start] in ":：、,，.-—·•"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "、,，.;；"):
        if text[end - 1] == "." and re.search(r"(?i)\b(?:ltd|inc|corp|co)$", text[start : end - 1]):
            break
        end -= 1
    if aside := _ASIDE.search(text[start:end]):
        end = start + aside.start()
    head = re.match(r"(?:和|以及|及|and\s)(?=\S{4,})", text[start:end])
    if head:
        start += head.end()
    if text[start:end].endswith("等") and end - start > 3:
        end -= 1
    return ListedName(start, end) if end - start >= 2 else None
