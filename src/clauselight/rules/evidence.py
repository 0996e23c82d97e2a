"""What speaks for and against a candidate: the cues of each domain, each counted once, at the nearest place it has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from clauselight.model import Context, Cue, Document
from clauselight.model.finding import Strength
from clauselight.rules.candidates import Candidate
from clauselight.rules.gate import gate_patterns
from clauselight.rules.marks import mark_meanings
from clauselight.rules.pack import CueSet, RoleCue, RuleBook
from clauselight.rules.scan import OwnedScanner
from clauselight.rules.weights import CUES, REACH, SHOWN, SPOKEN
from clauselight.structure.retold import Retold
from clauselight.text.escapes import broken, unescaped
from clauselight.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a cue may stand, and what it counts there."""

    name: str
    factor: float
    #: whether a cue there speaks of the clause itself
    local: bool = False
    #: whether a cue there says the less, the longer the document is
    fades: bool = False


#: from the nearest to the farthest: a cue counts at the first at which it stands
SCOPES = (
    Scope("here", CUES.here, local=True),
    Scope("heading", CUES.heading, local=True),
    Scope("near", CUES.near),
    Scope("file name", CUES.file_name),
    Scope("document", CUES.document, fades=True),
)


def _none() -> defaultdict[str, float]:
    return defaultdict(float)


@dataclass(slots=True)
class CueScores:
    """Scores of each domain and role, and the cues that made them."""

    domains: defaultdict[str, float] = field(default_factory=_none)
    local: defaultdict[str, float] = field(default_factory=_none)
    own: defaultdict[str, float] = field(default_factory=_none)
    roles: defaultdict[str, float] = field(default_factory=_none)
    local_roles: defaultdict[str, float] = field(default_factory=_none)
    cues: list[Cue] = field(default_factory=list)

    def score(self, *names: str) -> float:
        """Points of some domains from all scopes."""
        return sum(self.domains.get(n, 0.0) for n in names)

    def here(self, *names: str) -> float:
        """Points from the unit itself and its headings alone."""
        return sum(self.local.get(n, 0.0) for n in names)

    def own_words(self, name: str) -> float:
        """Points of a domain from the unit itself, without its headings."""
        return self.own.get(name, 0.0)

    def role(self, name: str) -> float:
        """Points of a role from all scopes."""
        return self.roles.get(name, 0.0)

    def role_here(self, name: str) -> float:
        """Points of a role from the unit itself, its headings and the rule's own words."""
        return self.local_roles.get(name, 0.0)

    def strongest(self) -> tuple[Cue, ...]:
        """The cues to show, the heaviest first."""
        return tuple(sorted(self.cues, key=lambda c: -c.weight)[: SHOWN.cues])

    def count(self, item: CueSet | RoleCue, words: str, scope: Scope, weight: float) -> None:
        """Add a cue set whose words stand at a scope."""
        if isinstance(item, RoleCue):
            name, whole, local = item.role, self.roles, self.local_roles
        else:
            name, whole, local = item.domain, self.domains, self.local
        whole[name] += weight
        if scope.local:
            local[name] += weight
        if scope is SCOPES[0] and isinstance(item, CueSet):
            self.own[name] += weight
        self.cues.append(Cue(f"role:{name}" if isinstance(item, RoleCue) else name, words, scope.name, weight))


class CueIndex:
    """All cues and role words of a book as one scan."""

    def __init__(self, book: RuleBook) -> None:
        self.items: tuple[CueSet | RoleCue, ...] = (*book.cues, *book.roles)
        self.languages = book.languages

    @cached_property
    def _scanner(self) -> OwnedScanner:
        each = ((n, e) for n, item in enumerate(self.items) for e in gate_patterns(item.terms, item.patterns))
        return OwnedScanner(each, once=True)

    def warm(self) -> None:
        """Build the scanner before workers fork."""
        self._scanner.warm()

    def numbers(self, text: str) -> frozenset[int]:
        """Which cue sets may stand in a short text."""
        return self._scanner.owners(text.encode("utf-8", "replace"))

    def document_numbers(self, data: bytes) -> frozenset[int]:
        """The same for a whole document."""
        return self._scanner.owners(data)

    def words(self, number: int, text: str) -> str:
        """The words of a cue set as they stand in a text, or the empty text."""
        item = self.items[number]
        words = item.first(text) or ("" if text.isascii() else item.first(normalise(text).text))
        return words[: SHOWN.words]


class Witness:
    """Collects evidence for the candidates of one document; what concerns the whole document is worked out once,
    and only where something asks for it."""

    def __init__(self, document: Document, index: CueIndex) -> None:
        self.document = document
        self.index = index

    @cached_property
    def retold(self) -> Retold:
        """Places that tell again what stands elsewhere."""
        return Retold(self.document)

    @cached_property
    def _name(self) -> str:
        name = PurePosixPath(self.document.path.replace("!/", "/"))
        return " ".join(name.parts[-REACH.name_parts :]) + " " + self.document.title

    @cached_property
    def _file(self) -> frozenset[int]:
        """Cue sets that stand in the names of the file and its folder, or in the title."""
        return self.index.numbers(self._name)

    @cached_property
    def _languages(self) -> frozenset[str]:
        return self.index.languages.of(self.document.text[: SPOKEN.document])

    @cached_property
    def _names(self) -> frozenset[str]:
        """Languages that names in code are made of."""
        return self.index.languages.of_names(self.document.text[: SPOKEN.names])

    @cached_property
    def _far(self) -> float:
        """How much a word anywhere counts: the longer a document, the less it says of one place."""
        return float(min(1, (REACH.whole / max(1, len(self.document.text))) ** REACH.fading))

    @cached_property
    def _document(self) -> frozenset[int]:
        """Cue sets that stand anywhere in the document."""
        document = self.document
        text = unescaped(document.text)
        if document.utf8 is not None and text == document.text:
            return self.index.document_numbers(document.utf8)
        return self.index.document_numbers(text.encode("utf-8", "replace"))

    @cached_property
    def marks(self) -> dict[str, Strength]:
        """Meanings that the document gives to its marks."""
        return mark_meanings(unescaped(self.document.text))

    def evidence(self, candidate: Candidate, context: Context, head: str = "") -> CueScores:
        """Cues at every scope, each counted once where it is nearest; `head` opens the list of which it is an item."""
        texts = {
            "here": self.document.text[candidate.start : candidate.end] + self._member(context),
            "heading": f"{_above(context)}\n{head}",
            "near": self.near(candidate),
        }
        in_code = context.kind == "code"
        texts = {scope: unescaped(broken(text) if in_code else text) for scope, text in texts.items()}
        numbers = {scope: self.index.numbers(text) if text.strip() else frozenset() for scope, text in texts.items()}
        numbers |= {"file name": self._file, "document": self._document}
        texts |= {"file name": self._name, "document": ""}
        spoken = self.spoken(candidate)
        scores = self._weigh(numbers, texts, spoken)
        self._own_words(scores, candidate, spoken)
        return scores

    def _own_words(self, scores: CueScores, candidate: Candidate, spoken: frozenset[str]) -> None:
        """A verb inside the rule's own words tells the role best: *search for persons by skin colour*."""
        for number in self.index.numbers(" ".join(h.text for h in candidate.hits if h.rule.kind in ("sorts", "near"))):
            item = self.index.items[number]
            if isinstance(item, RoleCue) and item.language in spoken:
                scores.local_roles[item.role] += item.weight

    def spoken(self, candidate: Candidate) -> frozenset[str]:
        """Languages of the text around a candidate, or of the document where that text shows none; and those of all.

        The words of code apply in code, whatever its comments are in, and in prose unless another language is plain.
        """
        known = self.index.languages
        here = self.document.text[max(0, candidate.start - SPOKEN.around) : candidate.end + SPOKEN.around]
        local = known.of(here) or self._languages
        spoken = known.always | local
        running = self.document.layout.context(candidate.first).kind == "prose"
        if not running:
            spoken |= self._names | {h.rule.language for h in candidate.hits if h.rule.of_names}
        if not running or not local - known.always - known.in_code:
            spoken |= known.in_code
        return spoken

    def languages(self, candidate: Candidate) -> frozenset[str]:
        """Languages of the candidate's own sentence, or of the text around it where the sentence shows none."""
        own = self.index.languages.of(self.document.text[candidate.start : candidate.end])
        return own or self.spoken(candidate)

    def closest(self, candidate: Candidate) -> frozenset[str]:
        """The one language that the candidate's own sentence is in, as far as its words tell."""
        return self.index.languages.closest(self.document.text[candidate.start : candidate.end])

    def _weigh(self, numbers: dict[str, frozenset[int]], texts: dict[str, str], spoken: frozenset[str]) -> CueScores:
        scores = CueScores()
        seen = {n for n, item in enumerate(self.index.items) if item.language not in spoken}
        for scope in SCOPES:
            factor = scope.factor * self._far if scope.fades else scope.factor
            text = texts[scope.name]
            for number in sorted(numbers[scope.name] - seen):
                words = self.index.words(number, text) if text else self._elsewhere(number)
                if words:
                    seen.add(number)
                    item = self.index.items[number]
                    scores.count(item, words, scope, round(item.weight * factor, CUES.digits))
        return scores

    def _elsewhere(self, number: int) -> str:
        """A cue that stands far off is named by its set; where it stands is not worth a search."""
        item = self.index.items[number]
        return f"words of {item.id}" if isinstance(item, CueSet) else f"words for {item.role}"

    def _member(self, context: Context) -> str:
        if context.member is None:
            return ""
        layout = self.document.layout
        first, last = layout.unit(context.member[0]), layout.unit(context.member[1])
        return "\n" + self.document.text[first.start : min(last.end, first.start + REACH.member)]

    def near(self, candidate: Candidate) -> str:
        """The units around a candidate, without itself."""
        layout, text = self.document.layout, self.document.text
        low = layout.unit(max(0, candidate.first - REACH.units)).start
        high = layout.unit(min(len(layout) - 1, candidate.last + REACH.units)).end
        before = text[max(low, candidate.start - REACH.characters) : candidate.start]
        after = text[candidate.end : min(high, candidate.end + REACH.characters)]
        return before + "\n" + after


def _above(context: Context) -> str:
    """What stands over a unit: headings, owners, table headers, the name of its row."""
    headings = context.headings[-REACH.headings :]
    return "\n".join((*headings, *context.owners, *context.headers, context.row or ""))
