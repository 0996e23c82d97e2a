"""What speaks for and against a candidate: cues of each domain, counted once each, at the nearest place where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from clauselight.model import Context, Cue, Document
from clauselight.model.finding import Strength
from clauselight.rules.candidates import Candidate
from clauselight.rules.marks import mark_meanings
from clauselight.rules.pack import CueSet, RoleCue, RuleBook
from clauselight.rules.scan import Scanner, gate_patterns
from clauselight.text.language import languages
from clauselight.text.normalise import normalise

#: how much a cue weighs where it stands; the unit itself counts fully, the far end of the document little
SCOPES = {"here": 1.0, "heading": 0.9, "near": 0.55, "file name": 0.4, "document": 0.3}
#: characters up to which a document counts as one place
_LONG = 20_000
_NEAR_UNITS = 12
_NEAR_CHARS = 900


@dataclass(slots=True)
class CueScores:
    """Scores of each domain and role, and the cues that made them."""

    domains: dict[str, float] = field(default_factory=dict)
    local: dict[str, float] = field(default_factory=dict)
    roles: dict[str, float] = field(default_factory=dict)
    local_roles: dict[str, float] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)

    def score(self, *names: str) -> float:
        return sum(self.domains.get(n, 0.0) for n in names)

    def here(self, *names: str) -> float:
        """Scores from the unit itself and its headings alone."""
        return sum(self.local.get(n, 0.0) for n in names)


class CueIndex:
    """All cues and role words of a book as one scan."""

    def __init__(self, book: RuleBook) -> None:
        self.items: tuple[CueSet | RoleCue, ...] = (*book.cues, *book.roles)

    @cached_property
    def _built(self) -> tuple[Scanner, Scanner, list[int]]:
        owner: list[int] = []
        expressions: list[tuple[int, str]] = []
        for number, item in enumerate(self.items):
            for expression in gate_patterns(item.terms, item.patterns):
                expressions.append((len(owner), expression))
                owner.append(number)
        return Scanner(expressions), Scanner(expressions, once=True), owner

    def warm(self) -> None:
        """Build the scanners before workers fork."""
        self._built[0].warm()
        self._built[1].warm()

    def numbers(self, text: str) -> frozenset[int]:
        """Which cue sets may stand in a short text."""
        scanner, _, owner = self._built
        return frozenset(owner[n] for n in scanner.numbers(text))

    def document_numbers(self, data: bytes) -> frozenset[int]:
        """The same for a whole document."""
        _, scanner, owner = self._built
        return frozenset(owner[n] for _, n in scanner.ends(data))

    def words(self, number: int, text: str) -> str:
        """The words of a cue set as they stand in a text, or the empty text."""
        expression = self.items[number].expression
        match = expression.search(text) or (None if text.isascii() else expression.search(normalise(text).text))
        return match.group()[:60] if match else ""


class Witness:
    """Collects evidence for the candidates of one document; what concerns the whole document is worked out once."""

    def __init__(self, document: Document, index: CueIndex) -> None:
        self.document = document
        self.index = index
        name = PurePosixPath(document.path.replace("!/", "/"))
        self._name = " ".join(name.parts[-2:]) + " " + document.title
        self._file = index.numbers(self._name)
        self._languages = languages(document.text[:6000])
        # the longer a document, the less a word somewhere in it says of one place
        self._far = min(1.0, (_LONG / max(1, len(document.text))) ** 0.5)

    @cached_property
    def _document(self) -> frozenset[int]:
        """Cue sets that stand anywhere in the document."""
        document = self.document
        return self.index.document_numbers(
            document.utf8 if document.utf8 is not None else document.text.encode("utf-8", "replace")
        )

    @cached_property
    def marks(self) -> dict[str, Strength]:
        """Meanings that the document gives to its marks."""
        return mark_meanings(self.document.text) if re.search("[★▲※☆△]", self.document.text) else {}

    def evidence(self, candidate: Candidate, context: Context) -> CueScores:
        """Cues at every scope, each counted once where it is nearest."""
        texts = {
            "here": self.document.text[candidate.start : candidate.end] + self._member(context),
            "heading": "\n".join((*context.headings[-4:], *context.owners, *context.headers, context.row or "")),
            "near": self.near(candidate),
        }
        numbers = {scope: self.index.numbers(text) if text.strip() else frozenset() for scope, text in texts.items()}
        numbers |= {"file name": self._file, "document": self._document}
        texts |= {"file name": self._name, "document": ""}
        evidence = self._weigh(numbers, texts, self.spoken(candidate))
        self._own_words(evidence, candidate)
        return evidence

    def _own_words(self, evidence: CueScores, candidate: Candidate) -> None:
        """A verb inside the rule's own words tells the role best: *search for persons by skin colour*."""
        for number in self.index.numbers(" ".join(h.text for h in candidate.hits if h.rule.kind in ("sorts", "near"))):
            item = self.index.items[number]
            if isinstance(item, RoleCue):
                evidence.local_roles[item.role] = evidence.local_roles.get(item.role, 0.0) + item.weight

    def spoken(self, candidate: Candidate) -> frozenset[str]:
        """Languages of the text around a candidate and of the document; ``mul`` and ``zh`` always, English unless another is plain."""
        here = self.document.text[max(0, candidate.start - 400) : candidate.end + 400]
        local = languages(here) or self._languages
        spoken = {"mul", "zh", *local, *(self._languages if len(here) < 300 else ())}
        if not local - {"zh", "en"} or self.document.layout.context(candidate.first).kind != "prose":
            spoken.add("en")  # code is written in English words whatever its comments are in
        return frozenset(spoken)

    def _weigh(self, numbers: dict[str, frozenset[int]], texts: dict[str, str], spoken: frozenset[str]) -> CueScores:
        evidence = CueScores()
        seen = {n for n, item in enumerate(self.index.items) if item.language not in spoken}
        for scope, whole in SCOPES.items():
            factor = whole * self._far if scope == "document" else whole
            for number in sorted(numbers[scope] - seen):
                words = self.index.words(number, texts[scope]) if texts[scope] else self._elsewhere(number)
                if not words:
                    continue
                seen.add(number)
                self._count(evidence, self.index.items[number], scope, factor, words)
        return evidence

    def _elsewhere(self, number: int) -> str:
        """A cue that stands far off is named by its set; where it stands is not worth a search."""
        item = self.index.items[number]
        return f"words of {item.id}" if isinstance(item, CueSet) else f"words for {item.role}"

    def _count(self, evidence: CueScores, item: CueSet | RoleCue, scope: str, factor: float, words: str) -> None:
        weight = round(item.weight * factor, 3)
        if isinstance(item, RoleCue):
            evidence.roles[item.role] = evidence.roles.get(item.role, 0.0) + weight
            if scope in ("here", "heading"):
                evidence.local_roles[item.role] = evidence.local_roles.get(item.role, 0.0) + weight
            evidence.cues.append(Cue(f"role:{item.role}", words, scope, weight))
            return
        evidence.domains[item.domain] = evidence.domains.get(item.domain, 0.0) + weight
        if scope in ("here", "heading"):
            evidence.local[item.domain] = evidence.local.get(item.domain, 0.0) + weight
        evidence.cues.append(Cue(item.domain, words, scope, weight))

    def _member(self, context: Context) -> str:
        if context.member is None:
            return ""
        layout = self.document.layout
        a, b = layout.unit(context.member[0]), layout.unit(context.member[1])
        return "\n" + self.document.text[a.start : min(b.end, a.start + 1500)]

    def near(self, candidate: Candidate) -> str:
        """The units around a candidate, without itself."""
        layout, text = self.document.layout, self.document.text
        low = layout.unit(max(0, candidate.first - _NEAR_UNITS)).start
        high = layout.unit(min(len(layout) - 1, candidate.last + _NEAR_UNITS)).end
        before = text[max(low, candidate.start - _NEAR_CHARS) : candidate.start]
        after = text[candidate.end : min(high, candidate.end + _NEAR_CHARS)]
        return before + "\n" + after
