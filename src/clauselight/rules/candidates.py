"""From a document to the stretches that hold a rule's words: gate, normalise, confirm, leave out other senses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from clauselight.model import Document
from clauselight.rules.gate import Gate
from clauselight.rules.pack import Rule
from clauselight.rules.spans import Spans
from clauselight.text.escapes import broken
from clauselight.text.normalise import Normalised, normalise

#: units longer than this are looked at in stretches around each match
_LONG = 1200
_AROUND = 300
#: stretches overlap, so that no word is cut where one ends
_OVERLAP = 40
#: a shorter stretch of running text is one sentence
_SENTENCES = 60
_KIND_ORDER = {"sorts": 0, "near": 1, "field": 1, "group": 2, "value": 3, "word": 4}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's words at offsets of the canonical text of the document window."""

    rule: Rule
    start: int
    end: int
    text: str
    #: the peoples and other groups that these words name
    groups: tuple[str, ...] = ()


@dataclass(slots=True)
class Candidate:
    """All hits of one attribute in one unit (or one stretch of a long one)."""

    attribute: str
    first: int
    last: int
    start: int
    end: int
    hits: list[Hit] = field(default_factory=list)
    #: set where the candidate came from a list or an alias, not from its own words
    via: str = ""

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(sorted({g for h in self.hits for g in h.groups}))

    @property
    def best(self) -> Hit:
        """The hit that says most by itself."""
        return min(self.hits, key=lambda h: (_KIND_ORDER[h.rule.kind], h.start))


def kind_order(candidate: Candidate) -> int:
    """How much a candidate's best word says by itself; the lower, the more."""
    return _KIND_ORDER[candidate.best.rule.kind]


def candidates(document: Document, gate: Gate) -> list[Candidate]:
    """Every stretch of the document in which a rule's words stand in their own sense."""
    found: list[Candidate] = []
    looked = broken if getattr(document.layout, "kind", None) == "code" else str
    done = 0  # stretches of a long unit overlap; what one has confirmed the next leaves alone
    for first, last, start, end in _regions(document, gate.offsets(document)):
        prose = partial(_is_prose, document, first)
        hits = [h for h in confirm(looked(document.text[start:end]), start, gate, prose) if h.end > done]
        if not hits and first > 0 and start == document.layout.unit(first).start:
            earlier = document.layout.unit(first - 1)
            if start - earlier.end <= 4 and end - earlier.start < _LONG:  # a word broken over two lines
                hits = [
                    h
                    for h in confirm(looked(document.text[earlier.start : end]), earlier.start, gate, prose)
                    if h.start < start < h.end
                ]
                first, start = (first - 1, earlier.start) if hits else (first, start)
        done = max((h.end for h in hits), default=done)
        if hits and end - start > _LONG // 2:
            start, end = max(start, hits[0].start - _AROUND // 2), min(end, hits[-1].end + _AROUND // 2)
        found += _by_attribute(hits, (first, last, start, end), document, gate.languages.sentence_end)
    return found


def _regions(document: Document, offsets: Iterable[int]) -> Iterator[tuple[int, int, int, int]]:
    """(first unit, last unit, start, end) of each stretch to confirm, without overlap."""
    layout = document.layout
    seen_unit = -1
    reach = -1
    for offset in offsets:
        index = layout.index_at(offset)
        unit = layout.unit(index)
        if unit.end - unit.start <= _LONG:
            if index != seen_unit:
                seen_unit = index
                yield index, index, unit.start, unit.end
            continue
        if offset < reach - _OVERLAP:
            continue
        start = max(unit.start, offset - _AROUND, reach - 2 * _OVERLAP)
        end = min(unit.end, offset + _AROUND)
        reach = end
        yield index, index, start, end


def _is_prose(document: Document, unit: int) -> bool:
    return document.layout.context(unit).kind == "prose"


def confirm(text: str, base: int, gate: Gate, prose: Callable[[], bool]) -> list[Hit]:
    """Hits in `text`, at offsets from `base`; in running text no name of code is one.

    Of two of one attribute that overlap the longer stays, of equal ones the one that says more.
    """
    normal = normalise(text)
    numbers = gate.rule_numbers(normal.text)
    raw: list[tuple[int, int, Rule]] = []
    for number in numbers:
        rule = gate.rules[number]
        if rule.code_only and prose():  # before hits compete: it must not push a word of prose away
            continue
        spans = [(m.start(), m.end()) for m in rule.expression.finditer(normal.text)]
        if not spans:
            continue
        other = Spans.of(rule.other_sense.finditer(normal.text)) if rule.other_sense else Spans()
        raw += [(s, e, rule) for s, e in spans if e > s and not other.around(s, e)]
    return [_hit(normal, s, e, rule, base) for s, e, rule in _without_overlap(raw)]


def _hit(normal: Normalised, start: int, end: int, rule: Rule, base: int) -> Hit:
    first, last = normal.original(start, end)
    return Hit(rule, base + first, base + last, normal.text[start:end], rule.named(normal.text, start, end))


def _without_overlap(raw: list[tuple[int, int, Rule]]) -> list[tuple[int, int, Rule]]:
    """Of hits of one attribute that overlap, the longest.

    Hits of different attributes never compete: a clause that names three of them provides for three. Nor do rules of
    different languages, before it is known which is spoken.
    """
    kept: list[tuple[int, int, Rule]] = []
    taken: defaultdict[tuple[str, str], Spans] = defaultdict(Spans)
    for start, end, rule in sorted(raw, key=lambda r: (-(r[1] - r[0]), _KIND_ORDER[r[2].kind], r[0], r[2].id)):
        if taken[rule.language, rule.attribute].take(start, end):
            kept.append((start, end, rule))
    return sorted(kept, key=lambda r: (r[0], r[1], r[2].id))


def _by_attribute(
    hits: list[Hit], region: tuple[int, int, int, int], document: Document, ends: re.Pattern[str]
) -> list[Candidate]:
    """Candidates of a region, which is (first unit, last unit, start, end); in prose one for each sentence."""
    first, last, start, end = region
    kind = document.layout.context(first).kind if hits else "prose"
    groups: dict[tuple[str, int, int], Candidate] = {}
    sentences = Sentences(document.text, start, end, ends) if kind == "prose" and end - start >= _SENTENCES else None
    for hit in hits:
        a, b = sentences.around(hit) if sentences else (start, end)
        key = (hit.rule.attribute, a, b)
        if key not in groups:
            groups[key] = Candidate(hit.rule.attribute, first, last, a, b)
        groups[key].hits.append(hit)
    return list(groups.values())


class Sentences:
    """The sentences of one stretch of text; their ends are looked for once, however many words stand in it."""

    def __init__(self, text: str, start: int, end: int, ends: re.Pattern[str]) -> None:
        self._text, self._start, self._end = text, start, end
        found = [(start + m.start(), start + m.end()) for m in ends.finditer(text[start:end])]
        self._from, self._to = [first for first, _ in found], [last for _, last in found]

    def around(self, hit: Hit) -> tuple[int, int]:
        """The sentence around a hit, without white space around it."""
        before, after = bisect_right(self._to, hit.start), bisect_left(self._from, hit.end)
        a = self._to[before - 1] if before else self._start
        b = self._to[after] if after < len(self._to) else self._end
        body = self._text[a:b]
        return a + len(body) - len(body.lstrip()), b - (len(body) - len(body.rstrip()))
