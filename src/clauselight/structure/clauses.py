"""Clause headings of GB/T 1.1, ISO/IEC Directives 2, laws, tenders and Markdown, and the headings over a line."""

from __future__ import annotations

import re
from collections.abc import Callable

#: lines that are looked at upward from a place, so that it costs nothing where nothing was found
UP = 400
#: divisions of Chinese laws and regulations: "第三章 数据采集", "第十二条 采集人脸…"
_CHAPTER = re.compile(r"\s*(第[一二三四五六七八九十百零〇\d]{1,6}[编章节条])[\s\u3000:：]*(.{0,60})")
#: the title of an annex: "附 录 A", "Annex B (normative)"
_ANNEX = re.compile(r"\s*((?:附\s*录|Annex|ANNEX|Appendix)\s*[A-Z])\b[\s\u3000:：]*(.{0,60})")
#: a clause by numbers: "5.1.2 人脸属性", "5 功能要求", "3、技术参数", "B.2.1 Face attributes"
_NUMBERED = re.compile(
    r"\s*((?:[A-Z]\.)?\d{1,2}(?:\.\d{1,3}){0,5})(?:[.、．)）]|\s|\u3000|(?=[\u4e00-\u9fff]))\s*(\S.{0,80})?$"
)
#: a clause of an annex: "A.2 人脸属性代码"
_ANNEX_CLAUSE = re.compile(r"\s*([A-Z](?:\.\d{1,3}){1,5})\s+(\S.{0,80})$")
#: sections of tenders: "三、技术要求", "（二）人脸识别"
_CHINESE = re.compile(r"\s*([一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])\s*(.{0,60})")
#: a Markdown heading: "## 5.1 Attributes"
_HASH = re.compile(r"\s{0,3}(#{1,6})\s+(.{1,120})")
#: the first characters of all of these; most lines go no further
_STARTS = frozenset("#0123456789第附(（一二三四五六七八九十ABCDEFGHIJKLMNOPQRSTUVWXYZ★▲※*＊☆△")
#: the mark of a mandatory item of a tender before its number: "★3.2 人脸识别"
_MARK = re.compile(r"^\s*[★▲※*#＊☆△]\s*(?=[\d(（A-Z一二三四五六七八九十])")
#: what follows a number that counts something and is no clause number: "～ 10", "个通道", "年质保"
_QUANTITY = re.compile(r"[\d%/:～~-]|年|月|日|个|台|套|米")
#: the end of a sentence, which a heading does not have: "摄像机应能识别人员的民族。"
_FULL_STOP = re.compile(r"[。；;.]$")


def clause_heading(line: str) -> tuple[int, str, str] | None:
    """(depth, number, title) if the line reads like a heading of GB/T 1.1, ISO/IEC Directives 2, a law or Markdown.

    A Markdown heading has a depth below 0 and so is over all numbers.
    """
    if len(line) > 200 or line.lstrip()[:1] not in _STARTS or "\t" in line.strip() or line.lstrip().startswith("|"):
        return None
    line = _MARK.sub("", line)
    if match := _HASH.match(line):
        inner = clause_heading(match[2])
        return len(match[1]) - 10, inner[1] if inner else "", (inner[2] if inner else match[2]).strip(" #")
    if match := _CHAPTER.match(line):
        return {"编": 1, "章": 2, "节": 3, "条": 4}[match[1][-1]], match[1], match[2].strip()
    if match := _ANNEX.match(line):
        return 1, re.sub(r"\s", "", match[1]), match[2].strip()
    if match := _ANNEX_CLAUSE.match(line):
        return match[1].count(".") + 1, match[1], match[2].strip()
    if match := _NUMBERED.match(line):
        title = (match[2] or "").strip()
        if match[1].count(".") == 0 and (not title or int(re.sub(r"\D", "", match[1]) or 0) > 30):
            return None
        if _QUANTITY.match(title):
            return None
        return match[1].count(".") + 1, match[1], title
    if match := _CHINESE.match(line):
        return (1 if "、" in match[1] else 2), match[1].strip("、.．"), match[2].strip()
    return None


def heading_path(line: Callable[[int], str], index: int, up: int = UP) -> tuple[str | None, tuple[str, ...]]:
    """The number of the nearest heading at or above `index`, and the titles from the outermost down to it."""
    path: list[str] = []
    number: str | None = None
    depth = 99
    for i in range(index, max(-1, index - up), -1):
        text = line(i)
        found = clause_heading(text)
        if found is None or found[0] >= depth:
            continue
        if _is_sentence(text):
            # a numbered sentence has a number of its own, and is no heading of what follows
            if i == index:
                number, depth = found[1] or None, found[0] if found[1].count(".") else 99
            continue
        depth = found[0]
        number = number or found[1] or None
        path.append(f"{found[1]} {found[2]}".strip()[:120])
        if depth == -9:
            break
    return number, tuple(reversed(path))


def _is_sentence(text: str) -> bool:
    return bool(_FULL_STOP.search(text.strip())) or len(text.strip()) > 60
