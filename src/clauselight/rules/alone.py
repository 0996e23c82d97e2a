"""Lists of peoples or races that stand alone in code and data: no word beside them says what they are.

A map from codes to 汉族, 蒙古族, 回族 … sorts people by itself, as an array of "White", "Black", "Asian" does. In
running text, in tables and in lists of languages, countries or colours the same names say nothing of the kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clauselight.model import Document
from clauselight.rules.candidates import Candidate, Hit
from clauselight.rules.lists import Lists
from clauselight.rules.weights import ALONE, FOLLOWING

#: attributes whose lists are evidence by themselves
_ATTRIBUTES = ("ethnicity", "race")
#: races that a list of people tells apart, whatever else it holds; colours, languages and countries hold no two of them
_LIGHT, _DARK = frozenset({"white", "caucasian"}), frozenset({"black", "african"})
#: words of such lists that are also colours, countries or languages, or that stand in every list
_SHARED = frozenset({
    "yellow", "brown", "chinese", "japanese", "korean", "vietnamese", "filipino", "other", "mixed", "unknown",
})  # fmt: skip
_WORDS = re.compile(r"\w+")
#: a line that declares what its braces hold
_TYPE = re.compile(r"\b(?:enum|class|struct|interface|record|object)\b")
_HOLDS = re.compile(r"\w.*(?:=|:|\(|\[|\{)\s*(?:new\b.*)?[\[({]*[)};]*\s*$")

#: units and attributes that findings and notices speak for
Taken = frozenset[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class LoneList:
    """A list, the line that opens it where there is one, and what its entries name, for the reason to show."""

    opener: Candidate | None
    entries: tuple[Candidate, ...]
    names: tuple[str, ...]


class LoneLists:
    """Finds lists of peoples or races by their values alone."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.values = tuple(r for r in lists.values if r.wide and r.attribute in _ATTRIBUTES)

    def of(self, document: Document, named: Mapping[int, Collection[str]], taken: Taken) -> Iterator[LoneList]:
        """Every such list of a document of code or data, in order.

        `named` are the attributes that are spoken of, by unit; `taken` are units and attributes that are decided.
        """
        if getattr(document.layout, "kind", None) not in ("code", "markup"):
            return
        for units in self._runs(document):
            found = next((f for a in _ATTRIBUTES if (f := self._list(document, units, a, named))), None)
            if found and sum((e.first, e.attribute) in taken for e in found.entries) < ALONE.told * len(found.entries):
                yield found

    def _runs(self, document: Document) -> Iterator[list[int]]:
        """Units in which names stand, as runs with small gaps between them."""
        places = self.lists.places(document, self.values)
        if len(places) < ALONE.races:
            return
        run: list[int] = []
        for unit in sorted({document.layout.index_at(place) for place in places}):
            if run and unit - run[-1] > ALONE.gap:
                yield run
                run = []
            run.append(unit)
        if run:
            yield run

    def _list(
        self, document: Document, units: Sequence[int], attribute: str, named: Mapping[int, Collection[str]]
    ) -> LoneList | None:
        """The list that a run of units is, if it is one."""
        entries = self._entries(document, units, attribute)
        hits = [h for entry in entries for h in entry.hits]
        names = _peoples(hits) if attribute == "ethnicity" else _races(hits)
        if not names:
            return None
        if attribute == "race" and _called(named, entries[0].first, "ethnicity", attribute):
            # what the document calls ethnicities are some: censuses list White and Black under that head
            entries = self._entries(document, units, "ethnicity")
        return LoneList(_opener(document, entries[0]), tuple(entries), names)

    def _entries(self, document: Document, units: Sequence[int], attribute: str) -> list[Candidate]:
        """The lines of a run that are entries: of few other letters, of several names, or of one shape."""
        lines = [found for unit in units if (found := self._line(document, unit, attribute))]
        shapes = Counter(shape for _, _, shape in lines)
        return [c for c, listed, shape in lines if listed or shapes[shape] >= ALONE.alike]

    def _line(self, document: Document, index: int, attribute: str) -> tuple[Candidate, bool, str] | None:
        """A line with values, whether they are what it is about, and what it looks like without them."""
        unit = document.layout.unit(index)
        text = document.text[unit.start : unit.end]
        if len(text) > ALONE.line:
            return None
        hits = [h for h in self.lists.value_hits(text, unit.start, attribute) if h.rule.attribute == attribute]
        if not hits:
            return None
        entry = Candidate(attribute, index, index, unit.start, unit.end, hits, via="list of its own")
        several = len({h.text.lower() for h in hits}) >= ALONE.several
        return entry, several or _mostly(text, hits), _shape(text, unit.start, hits)


def _called(named: Mapping[int, Collection[str]], first: int, attribute: str, other: str) -> bool:
    """Whether what stands shortly above a list speaks of one attribute and not of the other."""
    above = {a for unit in range(first - ALONE.above, first + 1) for a in named.get(unit, ())}
    return attribute in above and other not in above


def _mostly(text: str, hits: Sequence[Hit]) -> bool:
    """Whether the values are what a line is about."""
    covered = sum(h.end - h.start for h in hits)
    return covered >= FOLLOWING.share_code * max(1, sum(c.isalnum() for c in text))


def _shape(text: str, base: int, hits: Sequence[Hit]) -> str:
    """A line with every word as one letter: `map.put("01", "汉族");` and its neighbours look alike."""
    for hit in sorted(hits, key=lambda h: -h.start):
        text = text[: hit.start - base] + "w" + text[hit.end - base :]
    return " ".join(_WORDS.sub("w", text).split())


def _peoples(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The peoples that a list tells apart, or nothing where it may be one of languages, surnames or countries."""
    named = {g for h in hits for g in h.groups}
    spelled = {g for h in hits if h.text.endswith("族") for g in h.groups}
    return tuple(sorted(named)) if len(named if "han" in named else spelled) >= ALONE.peoples else ()


def _races(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The races that a list tells apart, or nothing where it may be one of colours, languages or countries."""
    groups = {g for h in hits for g in h.groups}
    names = {h.text.lower().rstrip("s") for h in hits} - _SHARED
    enough = len(names) >= ALONE.races and groups & _LIGHT and groups & _DARK
    return tuple(sorted(names)) if enough else ()


def _opener(document: Document, first: Candidate) -> Candidate | None:
    """The line that declares the list: the type whose body it is, else the line before it that opens a bracket."""
    layout = document.layout
    above = [layout.unit(i) for i in range(first.first - 1, max(-1, first.first - 1 - ALONE.above), -1)]
    lines = [(unit, document.text[unit.start : unit.end]) for unit in above]
    opens = [(unit, line) for unit, line in lines if _TYPE.search(line) and not line.rstrip().endswith(";")]
    opens += [(unit, line) for unit, line in lines if _HOLDS.search(line)]
    if not opens:
        return None
    unit, line = opens[0]
    index = layout.index_at(unit.start)
    rule = first.best.rule
    start, end = unit.start + len(line) - len(line.lstrip()), unit.start + len(line.rstrip())
    return Candidate(first.attribute, index, index, unit.start, unit.end, [Hit(rule, start, end, line.strip())])
