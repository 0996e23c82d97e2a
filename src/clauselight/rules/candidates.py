"""From a document to the stretches that hold a rule's words: gate, normalise, confirm, leave out other senses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from clauselight.model import Document
from clauselight.rules.gate import Gate
from clauselight.rules.pack import Rule
from clauselight.text.normalise import Normalised, normalise

#: units longer than this are looked at in stretches around each match
_LONG = 1200
_AROUND = 300
#: stretches overlap, so that no word is cut where one ends
_OVERLAP = 40
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
    done = 0  # stretches of a long unit overlap; what one has confirmed the next leaves alone
    for first, last, start, end in _regions(document, gate.offsets(document)):
        hits = [h for h in confirm(document.text[start:end], start, gate) if h.end > done]
        if not hits and first > 0 and start == document.layout.unit(first).start:
            earlier = document.layout.unit(first - 1)
            if start - earlier.end <= 4 and end - earlier.start < _LONG:  # a word broken over two lines
                hits = [
                    h
                    for h in confirm(document.text[earlier.start : end], earlier.start, gate)
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


def confirm(text: str, base: int, gate: Gate) -> list[Hit]:
    """Hits in `text`, at offsets from `base`.

    Of two that overlap the longer stays, of equal ones the one that says more.
    """
    normal = normalise(text)
    numbers = gate.rule_numbers(normal.text)
    raw: list[tuple[int, int, Rule]] = []
    for number in numbers:
        rule = gate.rules[number]
        spans = [(m.start(), m.end()) for m in rule.expression.finditer(normal.text)]
        if not spans:
            continue
        other = [(m.start(), m.end()) for m in rule.other_sense.finditer(normal.text)] if rule.other_sense else []
        raw += [(s, e, rule) for s, e in spans if e > s and not any(o[0] <= s and e <= o[1] for o in other)]
    return [_hit(normal, s, e, rule, base) for s, e, rule in _without_overlap(raw)]


def _hit(normal: Normalised, start: int, end: int, rule: Rule, base: int) -> Hit:
    first, last = normal.original(start, end)
    return Hit(rule, base + first, base + last, normal.text[start:end], rule.named(normal.text, start, end))


def _without_overlap(raw: list[tuple[int, int, Rule]]) -> list[tuple[int, int, Rule]]:
    """Of hits that overlap, the longest.

    Rules of different languages do not compete before it is known which is spoken.
    """
    kept: list[tuple[int, int, Rule]] = []
    for start, end, rule in sorted(raw, key=lambda r: (-(r[1] - r[0]), _KIND_ORDER[r[2].kind], r[0], r[2].id)):
        if all(not _competes((start, end, rule), other) for other in kept):
            kept.append((start, end, rule))
    return sorted(kept, key=lambda r: (r[0], r[1], r[2].id))


def _competes(a: tuple[int, int, Rule], b: tuple[int, int, Rule]) -> bool:
    if a[1] <= b[0] or b[1] <= a[0] or a[2].language != b[2].language:
        return False
    return a[2].attribute == b[2].attribute or (a[0], a[1]) != (b[0], b[1])


def _by_attribute(
    hits: list[Hit], region: tuple[int, int, int, int], document: Document, ends: re.Pattern[str]
) -> list[Candidate]:
    """Candidates of a region, which is (first unit, last unit, start, end); in prose one for each sentence."""
    first, last, start, end = region
    kind = document.layout.context(first).kind if hits else "prose"
    groups: dict[tuple[str, int, int], Candidate] = {}
    for hit in hits:
        if hit.rule.code_only and kind == "prose":
            continue
        a, b = (start, end) if kind != "prose" or end - start < 60 else sentence(document.text, hit, start, end, ends)
        key = (hit.rule.attribute, a, b)
        if key not in groups:
            groups[key] = Candidate(hit.rule.attribute, first, last, a, b)
        groups[key].hits.append(hit)
    return list(groups.values())


def sentence(text: str, hit: Hit, start: int, end: int, ends: re.Pattern[str]) -> tuple[int, int]:
    """The sentence around a hit, inside ``text[start:end]``, without white space around it; `ends` matches an end."""
    stretch = text[start:end]
    a, b = 0, len(stretch)
    for match in ends.finditer(stretch):
        if start + match.end() <= hit.start:
            a = match.end()
        elif start + match.start() >= hit.end:
            b = match.end()
            break
    body = stretch[a:b]
    return start + a + len(body) - len(body.lstrip()), start + b - (len(body) - len(body.rstrip()))
