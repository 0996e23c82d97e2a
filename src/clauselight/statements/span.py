"""A text in its normal form, with the way back to the places that a statement quotes."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cached_property

from clauselight.model import Document
from clauselight.model.statement import Evidence
from clauselight.text.normalise import Normalised, normalise

_FAR = 400
#: a reading aid behind an ideograph, as some copies carry: 標(biāo)
_SALT = re.compile(
    r"(?<=[\u3400-\u9fff])\s?[(（](?:[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7} ?){1,3}[)）]|(?<=[\u3400-\u9fff])[(（][\u3105-\u312f\u02ca\u02c7\u02cb\u02d9]{1,5}[)）]"
)
#: a full stop, a blank line, or a line end before what begins a new item
_BOUND = re.compile(
    r"[。；;！？]\s*|[!?:：](?:[ \t]|\s*\n)\s*|\.(?<!\bLtd\.)(?<!\bInc\.)(?<!\bCo\.)(?<!\bCorp\.)(?<!\bNo\.)(?:[ \t]|\s*\n)\s*|[.!?][\"”’]\s+|\.\s+(?=(?:It|The|This|They|In|On|These|A|Its)\b)|\n[ \t]*\n\s*|\n(?=[ \t]*(?:#|[★▲※●•◆*|>-]|[\d一二三四五六七八九十]{1,3}[ .、．)）]|[(（]\d))"
)


@dataclass(frozen=True)
class Span:
    """A document's text, normalised once."""

    document: Document
    plain: Normalised

    @classmethod
    def of(cls, document: Document, limit: int | None = None) -> Span:
        """The normal form of a document, or of its first `limit` characters."""
        return cls(document, normalise(document.text[:limit] if limit else document.text))

    @property
    def text(self) -> str:
        return self.plain.text

    @cached_property
    def _heading(self) -> int:
        """Where the first line ends that is shorter than the one below it and has no stop: a title, and no part of a sentence."""
        lines = list(re.finditer(r"[^\n]*\S[^\n]*", self.document.text[:2000]))[:2]
        if (
            len(lines) < 2
            or re.search(r"[。；，：,;:]\s*$", lines[0].group())
            or len(lines[0].group()) > 0.8 * len(lines[1].group())
        ):
            return 0
        return lines[0].end() + 1

    def printed(self, start: int, end: int) -> str:
        """What is printed there, without line breaks and the spaces of letter-spacing."""
        a, b = self.plain.original(start, end)
        raw = self.document.text[a:b]
        raw = _SALT.sub("", raw)
        raw = re.sub(r"(?<=[\u3400-\u9fff（）()])\s+(?=[\u3400-\u9fff（）()])", "", raw)
        raw = re.sub(r"\s+", " ", raw).strip()
        # recognition gives one bracket of a pair in full width and the other in half width
        return re.sub(r"\(([^()（）]*)）", r"(\1)", re.sub(r"（([^()（）]*)\)", r"（\1）", raw))

    def first_line(self, start: int, end: int) -> int:
        """Where the printed line or sentence ends that the stretch begins in; the normal form joins lines."""
        a, b = self.plain.original(start, end)
        cut = re.search(r"(?<=\S)\s*(?:[\r\n]|[。；;]|[.](?:\s|$)|\u3000|\s{3,})", self.document.text[a:b])
        if cut is None:
            return end
        return next((i for i in range(start, end) if self.plain.original(i, i + 1)[0] >= a + cut.start()), end)

    def line(self, start: int, end: int) -> tuple[int, int]:
        """The printed line around a stretch of the normal form."""
        a, b = self.plain.original(start, end)
        raw = self.document.text
        low = raw.rfind("\n", 0, a) + 1
        high = raw.find("\n", b)
        starts, ends = self.plain.starts, self.plain.ends
        return min(bisect.bisect_left(starts, low), start), max(
            bisect.bisect_right(ends, high if high >= 0 else len(raw)), end
        )

    def gaps(self, limit: int) -> dict[int, str]:
        """Where the normal form joined what is printed apart: position of the character behind the gap -> what is printed in it."""
        starts, ends, raw = self.plain.starts, self.plain.ends, self.document.text
        return {i: raw[ends[i - 1] : starts[i]] for i in range(1, min(limit, len(starts))) if starts[i] > ends[i - 1]}

    def evidence(self, start: int, end: int) -> Evidence:
        """The place of a stretch of the normal form."""
        a, b = self.plain.original(start, end)
        place = self.document.place(a, b)
        document = self.document
        return Evidence(
            document.path,
            place.page,
            place.line,
            place.boxes,
            document.text[a:b],
            document.offset + a,
            document.offset + b,
        )

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a stretch of the normal form, bounded by what is printed: the normal form joins lines."""
        a, b = self.plain.original(start, end)
        raw = self.document.text
        low, high = max(0, a - _FAR), min(len(raw), b + _FAR)
        before = next(reversed([m.end() for m in _BOUND.finditer(raw, low, a)]), low)
        if before < self._heading <= a:
            before = self._heading
        after = _BOUND.search(raw, b, high)
        first, last = before, after.start() + len(after.group().rstrip()) if after else high
        starts, ends = self.plain.starts, self.plain.ends
        return min(bisect.bisect_left(starts, first), start), max(bisect.bisect_right(ends, last), end)
