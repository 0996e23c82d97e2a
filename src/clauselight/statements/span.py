"""A text in its normal form, with the way back to the places that a statement quotes."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from functools import cached_property

from clauselight.model import Document
from clauselight.model.statement import Evidence
from clauselight.statements.fragments import HAN_ALL
from clauselight.text.normalise import Normalised, normalise
from clauselight.text.patterns import pattern

#: start and end of a stretch of a text, in characters
Stretch = tuple[int, int]
#: characters on each side in which the bounds of a sentence are looked for
_FAR = 400
#: characters of a document in which its first two lines are looked for
_TOP = 2000
#: a reading aid behind an ideograph, in pinyin or bopomofo, as some copies carry
_SALT = pattern(
    rf"(?<=[{HAN_ALL}])\s?[(（](?:[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{{1,7}} ?){{1,3}}[)）]|"
    rf"(?<=[{HAN_ALL}])[(（][\u3105-\u312f\u02ca\u02c7\u02cb\u02d9]{{1,5}}[)）]",
    "標(biāo)",
    "標(ㄅㄧㄠ)",
)
#: where a sentence ends: a full stop, a blank line, or a line end before what begins a new item
_BOUND = pattern(
    r"[。；;！？]\s*|"
    r"[!?:：](?:[ \t]|\s*\n)\s*|"
    r"\.(?<!\bLtd\.)(?<!\bInc\.)(?<!\bCo\.)(?<!\bCorp\.)(?<!\bNo\.)(?:[ \t]|\s*\n)\s*|"
    r"[.!?][\"”’]\s+|"
    r"\.\s+(?=(?:It|The|This|They|In|On|These|A|Its)\b)|"
    r"\n[ \t]*\n\s*|"
    r"\n(?=[ \t]*(?:#|[★▲※●•◆*|>-]|[\d一二三四五六七八九十]{1,3}[ .、．)）]|[(（]\d))",
    "本标准适用于示例系统。",
    "It was drafted by Seamount Ltd. It is new.",
    "示例\n2. 范围",
)
#: a line with something on it
_LINE = pattern(r"[^\n]*\S[^\n]*", "\n示例视频分析系统\n")
#: a line that ends in a stop is a sentence or a part of one, and no title
_STOPPED = pattern(r"[。；，：,;:]\s*$", "本标准规定了：")
#: a gap between ideographs: a line break, or the space of letter-spacing
_LETTER_SPACE = pattern(rf"(?<=[{HAN_ALL}（）()])\s+(?=[{HAN_ALL}（）()])", "有\n限")
#: white space of a printed name, to be one space
_SPACES = pattern(r"\s+", "Seamount  Ltd.")
#: OCR gives one bracket of a pair in full width and the other in half width
_HALF_FULL = pattern(r"\(([^()（）]*)）", "云图(北京）")
#: the same the other way round
_FULL_HALF = pattern(r"（([^()（）]*)\)", "云图（北京)")
#: where a value behind a label ends: its line, a stop, or the wide gap before the next label
_VALUE_END = pattern(r"(?<=\S)\s*(?:[\r\n]|[。；;]|[.](?:\s|$)|\u3000|\s{3,})", "示例部\n批准日期", "示例部   批准日期")


@dataclass(frozen=True)
class Span:
    """A document's text, normalised once. Positions are those of the normal form, unless a name says `printed`."""

    document: Document
    plain: Normalised

    @property
    def text(self) -> str:
        """The normal form."""
        return self.plain.text

    def part(self, start: int, end: int) -> Span:
        """A stretch of the text as one of its own, whose places are still those of the document."""
        plain = self.plain
        return Span(self.document, Normalised(plain.text[start:end], plain.starts[start:end], plain.ends[start:end]))

    @cached_property
    def _heading(self) -> int:
        """Where a title ends: a first line, shorter than the one below it, without a stop. No part of a sentence."""
        lines = list(_LINE.finditer(self.document.text[:_TOP]))[:2]
        if len(lines) < 2 or _STOPPED.search(lines[0].group()):
            return 0
        return 0 if len(lines[0].group()) > 0.8 * len(lines[1].group()) else lines[0].end() + 1

    def printed(self, start: int, end: int) -> str:
        """What is printed there, without line breaks and the spaces of letter-spacing."""
        a, b = self.plain.original(start, end)
        printed = _LETTER_SPACE.sub("", _SALT.sub("", self.document.text[a:b]))
        printed = _SPACES.sub(" ", printed).strip()
        return _HALF_FULL.sub(r"(\1)", _FULL_HALF.sub(r"（\1）", printed))

    def first_line(self, start: int, end: int) -> int:
        """Where the printed line or sentence ends that the stretch begins in; the normal form joins lines."""
        a, b = self.plain.original(start, end)
        cut = _VALUE_END.search(self.document.text[a:b])
        if cut is None:
            return end
        return next((i for i in range(start, end) if self.plain.original(i, i + 1)[0] >= a + cut.start()), end)

    def line(self, start: int, end: int) -> Stretch:
        """The printed line around a stretch of the normal form."""
        low, high = self.printed_line(start, end)
        return self._back(low, high, start, end)

    def printed_line(self, start: int, end: int) -> Stretch:
        """The same line as positions of the document's own text."""
        a, b = self.plain.original(start, end)
        raw = self.document.text
        high = raw.find("\n", b)
        return raw.rfind("\n", 0, a) + 1, high if high >= 0 else len(raw)

    def sentence(self, start: int, end: int) -> Stretch:
        """The sentence around a stretch of the normal form, bounded by what is printed: the normal form joins lines."""
        a, b = self.plain.original(start, end)
        raw = self.document.text
        low, high = max(0, a - _FAR), min(len(raw), b + _FAR)
        first = max((m.end() for m in _BOUND.finditer(raw, low, a)), default=low)
        if first < self._heading <= a:
            first = self._heading
        stop = _BOUND.search(raw, b, high)
        return self._back(first, stop.start() + len(stop.group().rstrip()) if stop else high, start, end)

    def _back(self, low: int, high: int, start: int, end: int) -> Stretch:
        """Positions of the document's text as a stretch of the normal form that holds `start` and `end`."""
        return min(bisect.bisect_left(self.plain.starts, low), start), max(
            bisect.bisect_right(self.plain.ends, high), end
        )

    def gaps(self, limit: int) -> dict[int, str]:
        """Where the normal form joined what is printed apart: the position behind the gap -> what is printed in it."""
        starts, ends, raw = self.plain.starts, self.plain.ends, self.document.text
        return {i: raw[ends[i - 1] : starts[i]] for i in range(1, min(limit, len(starts))) if starts[i] > ends[i - 1]}

    def evidence(self, start: int, end: int) -> Evidence:
        """The place of a stretch of the normal form."""
        return evidence(self.document, *self.plain.original(start, end))


def span_of(document: Document, limit: int) -> Span:
    """The normal form of a document's first `limit` characters."""
    return Span(document, normalise(document.text[:limit]))


def evidence(document: Document, start: int, end: int) -> Evidence:
    """The place of a stretch of the document's own text."""
    place = document.place(start, end)
    quote = document.text[start:end]
    return Evidence(
        document.path, place.page, place.line, place.boxes, quote, document.offset + start, document.offset + end
    )
