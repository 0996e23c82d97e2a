"""A text in its normal form, with the way back to the places that a statement quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clauselight.model import Document
from clauselight.model.statement import Evidence
from clauselight.text.normalise import Normalised, normalise


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

    def printed(self, start: int, end: int) -> str:
        """What is printed there, without line breaks and the spaces of letter-spacing."""
        a, b = self.plain.original(start, end)
        raw = self.document.text[a:b]
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

    def evidence(self, start: int, end: int) -> Evidence:
        """The place of a stretch of the normal form."""
        a, b = self.plain.original(start, end)
        place = self.document.place(a, b)
        document = self.document
        return Evidence(
            document.path, place.page, place.line, place.boxes, document.text[a:b], document.offset + a, document.offset + b
        )

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a stretch."""
        before = max(self.text.rfind(c, max(0, start - 300), start) for c in "。；;\n")
        after = [i for i in (self.text.find(c, end, end + 300) for c in "。；;\n") if i >= 0]
        return before + 1 if before >= 0 else max(0, start - 300), min(after, default=min(len(self.text), end + 300))
