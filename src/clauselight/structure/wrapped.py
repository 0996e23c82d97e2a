"""The whole of a sentence that is wrapped over lines, and the answer to a question: what binds may be there."""

from __future__ import annotations

from clauselight.model import Document
from clauselight.model.document import LineLayout
from clauselight.structure.items import ITEM
from clauselight.text.patterns import pattern

#: lines above and below that one sentence may be wrapped over, and the characters that it may have
_LINES, _LONGEST = 4, 700
#: how a line ends that no other goes on from: a full stop, a sign that opens a list, the edge of a table
_ENDS = pattern(r"(?:[。.；;！!？?：:|｜؛؟]|…)[\s\"'”’)）】」]*$", "shall be stored.", "应识别下列属性：")
#: how a line begins that goes on from the one above: a small letter, CJK or Arabic, after white space
_GOES_ON = pattern(
    r"^[ \t\u3000]*(?:[a-zà-öø-ÿа-яё(（\"'“‘]|[\u3400-\u9fff]|[\u0621-\u064a])", "and writes it down", "完成民族判别"
)
#: a heading by its first characters; what is under it is another text
_HEADS = pattern(
    r"^\s*(?:第[一二三四五六七八九十百零\d]{1,5}[编章节条]|附\s*[录件]|#{1,6}\s|\d{1,2}(?:\.\d{1,3})+)",
    "第三条",
    "5.1.2 a",
)
#: an unspaced line is only wrapped where it is long, else it is a title or an entry
_UNSPACED = pattern(r"[\u3400-\u9fff]", "民")
_SHORTEST_UNSPACED, _SHORTEST_SPACED = 16, 28
#: a question, and how an answer to it begins
_ASKS = pattern(r"[?？؟][\s\"'”’)）]*$", "必填吗？")
_ANSWERS = pattern(
    r"^\s*(?:[\"'“]?\s*)(?:(?:A|R|Ans)\d{0,3}\s*[.:：)]|(?i:answers?|repl(?:y|ies)|responses?|purchaser|buyer)\b|[^。？！\n]{0,8}[答复应]\w{0,2}\s*[:：]"
    r"|(?i:respuestas?|respostas?|ответ\w*)\b|الجواب|(?i:yes|no|sí|não|да|нет|نعم)\b|是的|[是否]，)",
    "A14. No. It is a requirement",
    "采购人答复：改为必填",
    "Respuesta: Sí",
)


def whole(document: Document, first: int, start: int, end: int, asked: bool = True) -> tuple[int, int]:
    """The stretch with the lines that its sentence is wrapped over, and with the answer where it is a question."""
    start, end = _wrapped(document, first, start, end)
    if asked and _ASKS.search(document.text[start:end]):
        end = _answered(document, end)
    return start, end


def _wrapped(document: Document, first: int, start: int, end: int) -> tuple[int, int]:
    layout, text = document.layout, document.text
    if not isinstance(layout, LineLayout) and layout.unit(first).page is None:
        return start, end
    index = first
    while start == layout.unit(index).start and index > max(0, first - _LINES) and _joins(document, index - 1):
        index -= 1
        above = layout.unit(index)
        start = max(above.start, _last_sentence(text, above.start, above.end))
        if start > above.start or end - start > _LONGEST:
            break
    index = layout.index_at(max(start, end - 1))
    low = index
    while end >= layout.unit(index).end and index < min(len(layout) - 1, low + _LINES) and _joins(document, index):
        index += 1
        below = layout.unit(index)
        end = _first_sentence(text, below.start, below.end)
        if end < below.end or end - start > _LONGEST:
            break
    return start, end


def _joins(document: Document, index: int) -> bool:
    """Whether the line goes on in the next one."""
    layout, text = document.layout, document.text
    upper, lower = layout.unit(index), layout.unit(index + 1)
    between = text[upper.end : lower.start]
    if between.strip() or between.count("\n") > 1 or lower.start - upper.end > 12:
        return False
    above, below = text[upper.start : upper.end], text[lower.start : min(lower.end, lower.start + 80)]
    shortest = _SHORTEST_UNSPACED if _UNSPACED.search(above) else _SHORTEST_SPACED
    return (
        len(above.strip()) >= shortest
        and not _ENDS.search(above)
        and bool(_GOES_ON.search(below))
        and not ITEM.search(below)
        and not _HEADS.search(below)
        and layout.context(index).kind == layout.context(index + 1).kind == "prose"
    )


_STOP = pattern(r"[。；;！!？?؛؟]|\.\s", "end. Next")


def _last_sentence(text: str, start: int, end: int) -> int:
    """Where the last sentence of a line begins."""
    return max((start + m.end() for m in _STOP.finditer(text[start:end])), default=start)


def _first_sentence(text: str, start: int, end: int) -> int:
    """Where the first sentence of a line ends."""
    found = _STOP.search(text[start:end])
    return start + found.end() if found else end


def _answered(document: Document, end: int) -> int:
    """The end of the answer that follows a question, on its line or the next one."""
    layout = document.layout
    index = layout.index_at(max(0, end - 1))
    unit = layout.unit(index)
    rest = document.text[end : unit.end]
    if rest.strip():
        return min(unit.end, end + _LONGEST) if _ANSWERS.search(rest) else end
    for below in range(index + 1, min(len(layout), index + 3)):
        unit = layout.unit(below)
        line = document.text[unit.start : min(unit.end, unit.start + _LONGEST)]
        if line.strip():
            return unit.start + len(line) if _ANSWERS.search(line) else end
    return end
