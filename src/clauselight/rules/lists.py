"""What follows from a finding: the values of its list, and the names that the document itself ties to it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from clauselight.model import Context, Document
from clauselight.rules.candidates import Candidate, Hit
from clauselight.rules.gate import encoded, gate_patterns, offsets
from clauselight.rules.pack import LISTED_TOGETHER, Rule, RuleBook
from clauselight.rules.scan import OwnedScanner
from clauselight.rules.spans import Spans
from clauselight.rules.weights import FOLLOWING, SHOWN
from clauselight.text.normalise import normalise
from clauselight.text.terms import IDENTIFIER, split_identifier

#: a bullet, a heading of the list, a code before the entry; then the entry begins
_LIST_LINE = re.compile(
    r"\s*(?:[-•*●·+]+\s*|[|]\s*)?"
    r"(?:(?:Data Values?|Values?|取值)\s*[:：]\s*)?"
    rf"(?:[\w.'\"]{{1,{FOLLOWING.label}}}\s*(?:[=:：\-–—,、\t|]|\s\s+)\s*)?"
    r"['\"\w(\u4e00-\u9fff]"
)
_DECLARATION = re.compile(
    r"\s*(?:(?:public|private|protected|static|final|const|readonly|var|let|val)\s+)*"
    r"[\w<>\[\], .*]*?\b([A-Za-z_]\w*)\s*(?:\[\w*\])?\s*(?:=[^=].*)?[;,]\s*"
)
#: a line that declares a type or an array and leaves its body open
_DECLARES_LIST = re.compile(
    r"^\s*(?:[a-z]+\s+)*(?:enum|class|struct|interface|record|object|type)\b.*(?:[{(:]|\w)\s*$"
    r"|[=:]\s*(?:new\b.*)?(?:\w+\()?[\[{(]+\s*$"
)
#: a type that holds its list on the same line
_ENUM_INLINE = re.compile(r"\benum\b(?!\s*\()[^{]*\{|\bAS\s+ENUM\s*\(", re.IGNORECASE)
#: an array that does: the values of a field or of a classifier, unless nothing else is said of it
_ARRAY_INLINE = re.compile(r"=\s*(?:new\b[^{]*)?(?:\w+\()?[\[{(]")
#: a statement that puts rows into a table
_INSERT = re.compile(r"\bINSERT\s+(?:IGNORE\s+)?INTO\s+([\w.`\"\[\]]+)", re.IGNORECASE)
_MARKUP = re.compile(r"</?[\w:]+|\bvalue=|\bname=")
#: names that too many things have
_COMMON = frozenset({
    "type", "code", "name", "label", "value", "list", "data", "info", "status", "nation", "people", "person", "result",
    "items", "field",
})  # fmt: skip
_SENTENCE_LIKE = re.compile(r"^\d+\.\d|[。；;]$|\w\.$")


class Lists:
    """Finds the values of lists and the local aliases of findings in one document."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.values = tuple(r for r in book.rules if r.kind == "value")

    @cached_property
    def _scanner(self) -> OwnedScanner:
        """All values as one scan, which may report too much; each rule owns its expressions by its number."""
        rules = enumerate(self.values)
        return OwnedScanner((n, e) for n, rule in rules for e in gate_patterns(rule.terms, rule.wide or rule.patterns))

    def warm(self) -> None:
        """Build the scan before workers fork."""
        self._scanner.warm()

    def places(self, document: Document, rules: Collection[Rule]) -> list[int]:
        """Character offsets where values of some rules may end, in order, each once."""
        data = encoded(document)
        owners = [n for n, rule in enumerate(self.values) if rule in rules]
        return offsets(document, data, self._scanner.places(data, owners))

    def _values_in(self, text: str, attribute: str) -> list[Rule]:
        """Rules whose values may stand in a normalised text: those of the attribute first, then those it shares."""
        found = [self.values[n] for n in sorted(self._scanner.owners(text.encode("utf-8", "replace")))]
        own = [r for r in found if r.attribute == attribute or {r.attribute, attribute} == LISTED_TOGETHER]
        return sorted(own, key=lambda rule: (rule.attribute != attribute, rule.attribute != "race"))

    def value_hits(self, text: str, base: int, attribute: str) -> list[Hit]:
        """Values of `attribute` in a text; a value of another attribute counts for that one, unless both share it."""
        normal = normalise(text)
        hits: list[Hit] = []
        taken = Spans()
        for rule in self._values_in(normal.text, attribute):
            for match in rule.expression.finditer(normal.text):
                if not taken.take(*match.span()):
                    continue
                start, end = normal.original(*match.span())
                named = rule.named(normal.text, *match.span())
                hits.append(Hit(rule, base + start, base + end, match.group(), named))
        return hits

    def values_of(self, document: Document, owner: Candidate) -> Iterator[Candidate]:
        """The entries of the list that a finding opens: enum constants, enumerations, table rows, lines of a legend."""
        body = _Body(document, owner)
        misses = 0
        for index in body.units():
            unit, context = document.layout.unit(index), document.layout.context(index)
            text = document.text[unit.start : unit.end]
            code = context.kind in ("code", "markup")
            inside = body.holds(text, context)
            hits = self._entry_hits(text, unit.start, context.kind, owner.attribute) if inside else []
            if hits:
                misses = 0
                via = f"list of {owner.best.text[: SHOWN.owner]}"
                attribute = _own_attribute(hits, owner.attribute)
                yield Candidate(attribute, index, index, unit.start, unit.end, hits, via=via)
            elif not (inside and code):  # a body of code may hold anything between its values
                misses += bool(text.strip())
                if misses > _patience(inside, code):
                    return

    def beside(self, document: Document, owner: Candidate) -> list[Hit]:
        """Values of the owner's attribute on its own lines, behind its words: `ethnie: [arabe, berbère]`.

        Nothing where the rest of the line is about something else.
        """
        table = _inserts(document, owner)
        if table:
            return self._row(document, owner.first, table, owner.attribute)
        start = owner.hits[0].end
        text = document.text[start : owner.end]
        hits = self.value_hits(text, start, owner.attribute) if len(text) <= FOLLOWING.line else []
        return hits if hits and _mostly_values(text, hits, "code") else []

    def rows(self, document: Document, owner: Candidate) -> set[str]:
        """Different values in the rows that are put into the table that an owner names, before and behind it."""
        table = _inserts(document, owner)
        if table is None:
            return set()
        names: set[str] = set()
        for step in (-1, 1):
            for index in range(owner.first, owner.first + step * FOLLOWING.body, step):
                if not 0 <= index < len(document.layout) or len(names) >= FOLLOWING.named:
                    break
                unit = document.layout.unit(index)
                row = document.text[unit.start : unit.end]
                if table not in row and not row.lstrip().startswith("("):
                    break
                names |= {h.text.lower() for h in self._row(document, index, table, owner.attribute)}
        return names

    def _row(self, document: Document, index: int, table: str, attribute: str) -> list[Hit]:
        """The values in a row of a statement, behind the name of its table where that is written."""
        unit = document.layout.unit(index)
        row = document.text[unit.start : unit.end]
        if len(row) > FOLLOWING.line:
            return []
        at = row.find(table) + len(table) if table in row else 0
        return self.value_hits(row[at:], unit.start + at, attribute)

    def lists_beside(self, document: Document, owner: Candidate, analysed: bool) -> list[Hit]:
        """Values on the owner's own lines, if these are a row of its table, a type, or an array that is no output.

        `analysed` says that something is told of pictures there: the labels of a classifier are what it says.
        """
        hits = self.beside(document, owner) if document.layout.context(owner.first).kind in ("code", "markup") else []
        if _inserts(document, owner):
            return hits
        forms = (_ENUM_INLINE,) if analysed else (_ENUM_INLINE, _ARRAY_INLINE)
        return hits if _several(h.text.lower() for h in hits) and _one_line(document, owner, forms) else []

    def declares(self, document: Document, owner: Candidate) -> bool:
        """Whether a place in code declares a type or an array of several values of its attribute, each on its line."""
        context = document.layout.context(owner.first)
        if context.kind not in ("code", "markup"):
            return False
        unit = document.layout.unit(context.member[0] if context.member and not context.comment else owner.last)
        if not _DECLARES_LIST.search(document.text[unit.start : unit.end].rstrip()):
            return False
        entries = list(itertools.islice(self.values_of(document, owner), FOLLOWING.several))
        names = (h.text.lower() for entry in entries for h in entry.hits)
        return len(entries) >= FOLLOWING.several and _several(names)

    def _entry_hits(self, text: str, base: int, kind: str, attribute: str) -> list[Hit]:
        """The values of an entry; none where the line is about something else."""
        hits = self.value_hits(text, base, attribute) if len(text) <= FOLLOWING.line else []
        return hits if hits and _mostly_values(text, hits, kind) else []

    def alias_hits(self, document: Document, findings: list[Candidate]) -> Iterator[Candidate]:
        """Identifiers that this document ties to a finding: declared under its comment, or its name in pinyin."""
        names = self._local_names(document, findings)
        # an entry of a list names its group and no more: `wei` in a list of peoples is no name for one of them
        groups = {g for c in findings if not c.via for g in c.groups}
        words = {w: g for g in groups for w in self.book.aliases.get(g, ())}
        if not names and not words:
            return
        taken = {(c.first, c.attribute) for c in findings}
        rules = {g: c.best.rule for c in findings if not c.via for g in c.groups}
        tokens = sorted({*names, *words}, key=len, reverse=True)
        gate = re.compile("|".join(re.escape(t) for t in tokens), re.IGNORECASE)
        for line in _lines_with(document, gate):
            unit = document.layout.unit(line)
            text = document.text[unit.start : unit.end]
            for match in IDENTIFIER.finditer(text):
                rule, why, named = self._alias(match.group(), names, words, rules)
                if rule and (line, rule.attribute) not in taken:
                    taken.add((line, rule.attribute))
                    hit = Hit(rule, unit.start + match.start(), unit.start + match.end(), match.group(), named)
                    yield Candidate(rule.attribute, line, line, unit.start, unit.end, [hit], via=why)

    def _alias(
        self, name: str, names: dict[str, Candidate], words: dict[str, str], rules: dict[str, Rule]
    ) -> tuple[Rule | None, str, tuple[str, ...]]:
        """The rule that a name follows, why, and the groups that it stands for."""
        if name in names:
            return names[name].best.rule, "name declared under the comment", names[name].groups
        parts = split_identifier(name)
        joined = {a + b for a, b in itertools.pairwise(parts)}
        for word, group in words.items():
            if (word in parts or word in joined) and group in rules and len(parts) > 1:
                return rules[group], f"pinyin of {group}", (group,)
        return None, "", ()

    def _local_names(self, document: Document, findings: list[Candidate]) -> dict[str, Candidate]:
        names: dict[str, Candidate] = {}
        for candidate in findings:
            context = document.layout.context(candidate.first)
            if context.kind != "code" or context.member is None or not context.comment:
                continue
            unit = document.layout.unit(context.member[1])
            declared = _declared(document.text[unit.start : unit.end])
            if declared and _distinctive(declared):
                names[declared] = candidate
        return names


def _several(names: Iterable[str]) -> bool:
    return len(set(names)) >= FOLLOWING.several


def _inserts(document: Document, owner: Candidate) -> str | None:
    """The table that an owner's words name in a statement that puts rows into it, as it is written."""
    text = document.text[owner.start : owner.end]
    match = _INSERT.search(text)
    if match and any(match.start(1) <= h.start - owner.start < match.end(1) for h in owner.hits):
        return match.group()
    return None


def _one_line(document: Document, owner: Candidate, forms: Iterable[re.Pattern[str]]) -> bool:
    """Whether an owner's words stand in what declares a list on one line, by one of some forms."""
    text = document.text[owner.start : owner.end]
    ends = [m.end() for form in forms for m in form.finditer(text)]
    return bool(ends) and owner.hits[0].start - owner.start < max(ends)


class _Body:
    """Where the list that a finding opens may go on."""

    def __init__(self, document: Document, owner: Candidate) -> None:
        layout = document.layout
        member = layout.context(owner.first).member
        self._last = max(owner.last, member[1]) if member else owner.last
        self._end = min(self._last + FOLLOWING.body, len(layout))
        self._symbols = _symbols(document.text[owner.start : owner.end], owner)
        opener = layout.unit(self._last)
        #: whether a bracket that the opening line leaves open is still open
        self._open = document.text[opener.start : opener.end].rstrip().endswith(("{", "[", "("))

    def units(self) -> range:
        """Indices of the units after the opening line."""
        return range(self._last + 1, self._end)

    def holds(self, text: str, context: Context) -> bool:
        """Whether the next unit belongs to the list, by its form and its owners. Ask once for each, in order."""
        if context.kind in ("code", "markup"):
            self._open = self._open and not text.lstrip().startswith(("}", "]", ")"))
            return self._open or bool(self._symbols & set(context.owners))
        return context.kind == "table" or _listed(text)


def _listed(line: str) -> bool:
    """Whether a line of running text looks like the entry of a list."""
    entry = line.strip()
    return len(entry) <= FOLLOWING.entry and bool(_LIST_LINE.match(line)) and not _SENTENCE_LIKE.search(entry)


def _patience(inside: bool, code: bool) -> int:
    """How many units in a row without a value a list may have."""
    if inside:
        return FOLLOWING.misses_other
    return FOLLOWING.misses_code if code else FOLLOWING.misses_text


def _lines_with(document: Document, gate: re.Pattern[str]) -> Iterator[int]:
    last = -1
    for match in gate.finditer(document.text):
        index = document.layout.index_at(match.start())
        if index != last:
            last = index
            yield index


def _declared(line: str) -> str | None:
    """The name that a field declaration gives; None for methods and everything else."""
    match = _DECLARATION.match(line)
    return match[1] if match else None


def _distinctive(name: str) -> bool:
    return len(name) >= FOLLOWING.name and name.lower() not in _COMMON


def _symbols(text: str, owner: Candidate) -> set[str]:
    """Identifiers in the opening line that hold a hit."""
    offset = owner.start
    spans = [(h.start - offset, h.end - offset) for h in owner.hits]
    return {m.group() for m in IDENTIFIER.finditer(text) if any(m.start() < e and s < m.end() for s, e in spans)}


def _own_attribute(hits: list[Hit], wanted: str) -> str:
    return wanted if any(h.rule.attribute == wanted for h in hits) else hits[0].rule.attribute


def _mostly_values(text: str, hits: list[Hit], kind: str) -> bool:
    """Whether the values are what the line is about: a table row, a constant, or a short legend, not a sentence."""
    if kind == "table":
        return True
    letters = sum(c.isalnum() for c in text)
    covered = sum(h.end - h.start for h in hits)
    markup = sum(len(m) for m in _MARKUP.findall(text))
    share = covered / max(1, letters - markup)
    return letters > 0 and share >= (FOLLOWING.share_text if kind == "prose" else FOLLOWING.share_code)
