"""From a document to the stretches in which a rule's words really stand: gate, normalise, confirm, leave out other senses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from clauselight.model import Document
from clauselight.rules.pack import Rule, RuleBook
from clauselight.rules.scan import MARKERS, Scanner, gate_patterns
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
        return tuple(sorted({g for h in self.hits for g in h.rule.groups}))

    @property
    def best(self) -> Hit:
        """The hit that says most by itself."""
        return min(self.hits, key=lambda h: (_KIND_ORDER[h.rule.kind], h.start))


def kind_order(candidate: Candidate) -> int:
    """How much a candidate's best word says by itself; the lower, the more."""
    return _KIND_ORDER[candidate.best.rule.kind]


class Gate:
    """All rules of a book as one scan."""

    def __init__(self, book: RuleBook) -> None:
        self.rules = book.rules

    @cached_property
    def scanner(self) -> Scanner:
        expressions: list[tuple[int, str]] = []
        self._rule_of: list[int] = []
        for number, rule in enumerate(self.rules):
            if rule.kind == "value":
                continue
            for expression in gate_patterns(rule.terms, rule.patterns):
                expressions.append((len(self._rule_of), expression))
                self._rule_of.append(number)
        for marker in MARKERS:
            expressions.append((len(self._rule_of), marker))
            self._rule_of.append(-1)
        return Scanner(expressions)

    def rule_numbers(self, text: str) -> set[int]:
        """Rules whose words may stand in a normalised text."""
        scanner = self.scanner
        return {self._rule_of[n] for n in scanner.numbers(text)} - {-1}

    def offsets(self, document: Document) -> list[int]:
        """Character offsets at which something ends that must be looked at, in order, each once."""
        data = document.utf8 if document.utf8 is not None else document.text.encode("utf-8", "replace")
        ends = sorted({end for end, _ in self.scanner.ends(data)})
        if not ends or len(data) == len(document.text):
            return [max(0, e - 1) for e in ends]
        return list(_characters(data, ends))


def _characters(data: bytes, ends: list[int]) -> Iterator[int]:
    byte, char = (3 if data.startswith(b"\xef\xbb\xbf") else 0), 0
    for end in ends:
        char += len(data[byte:end].decode("utf-8", "ignore"))
        byte = end
        yield max(0, char - 1)


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
        found += _by_attribute(hits, first, last, start, end, document)
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
    """Hits in `text`, at offsets from `base`; of two that overlap the longer stays, of equal ones the one that says more."""
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
    return Hit(rule, base + first, base + last, normal.text[start:end])


def _without_overlap(raw: list[tuple[int, int, Rule]]) -> list[tuple[int, int, Rule]]:
    """Of hits that overlap, the longest. Rules of different languages do not compete before it is known which is spoken."""
    kept: list[tuple[int, int, Rule]] = []
    for start, end, rule in sorted(raw, key=lambda r: (-(r[1] - r[0]), _KIND_ORDER[r[2].kind], r[0], r[2].id)):
        if all(not _competes((start, end, rule), other) for other in kept):
            kept.append((start, end, rule))
    return sorted(kept, key=lambda r: (r[0], r[1], r[2].id))


def _competes(a: tuple[int, int, Rule], b: tuple[int, int, Rule]) -> bool:
    if a[1] <= b[0] or b[1] <= a[0] or a[2].language != b[2].language:
        return False
    return a[2].attribute == b[2].attribute or (a[0], a[1]) != (b[0], b[1])


_SENTENCE = re.compile(r"[。！？；;!?]|\.(?=\s+[A-ZÀ-ÞА-Я«“\"])|\r?\n[ \t]*\r?\n")


def _by_attribute(hits: list[Hit], first: int, last: int, start: int, end: int, document: Document) -> list[Candidate]:
    kind = document.layout.context(first).kind if hits else "prose"
    groups: dict[tuple[str, int, int], Candidate] = {}
    for hit in hits:
        if hit.rule.code_only and kind == "prose":
            continue
        a, b = (start, end) if kind != "prose" or end - start < 60 else sentence(document.text, hit, start, end)
        key = (hit.rule.attribute, a, b)
        if key not in groups:
            groups[key] = Candidate(hit.rule.attribute, first, last, a, b)
        groups[key].hits.append(hit)
    return list(groups.values())


def sentence(text: str, hit: Hit, start: int, end: int) -> tuple[int, int]:
    """The sentence around a hit, inside ``text[start:end]``, without white space at its ends."""
    stretch = text[start:end]
    a, b = 0, len(stretch)
    for match in _SENTENCE.finditer(stretch):
        if start + match.end() <= hit.start:
            a = match.end()
        elif start + match.start() >= hit.end:
            b = match.end()
            break
    body = stretch[a:b]
    return start + a + len(body) - len(body.lstrip()), start + b - (len(body) - len(body.rstrip()))
