"""What follows from a finding: the values of its list, and the names that the document itself ties to it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cached_property

from clauselight.model import Document
from clauselight.rules.candidates import Candidate, Hit
from clauselight.rules.pack import Rule, RuleBook
from clauselight.text.normalise import normalise
from clauselight.text.terms import IDENTIFIER, split_identifier

_BODY = 90
_LIST_LINE = re.compile(
    r"\s*(?:[-•*●·+]+\s*|[|]\s*)?(?:(?:Data Values?|Values?|取值)\s*[:：]\s*)?(?:[\w.'\"]{1,24}\s*(?:[=:：\-–—,、\t|]|\s{2,})\s*)?['\"\w(\u4e00-\u9fff]"
)

_SENTENCE_LIKE = re.compile(r"^\d+\.\d|[。；;]$|\w\.$")


class Lists:
    """Finds the values of lists and the local aliases of findings in one document."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.values = tuple(r for r in book.rules if r.kind == "value")

    @cached_property
    def _expressions(self) -> list[tuple[Rule, re.Pattern[str]]]:
        return [(r, r.expression) for r in self.values]

    def value_hits(self, text: str, base: int, attribute: str) -> list[Hit]:
        """Values of `attribute` in a text; a value of another attribute counts for that one, unless both share it."""
        normal = normalise(text)
        hits: list[Hit] = []
        taken: list[tuple[int, int]] = []
        ordered = sorted(
            self._expressions, key=lambda pair: (pair[0].attribute != attribute, pair[0].attribute != "race")
        )
        for rule, expression in ordered:
            if rule.attribute != attribute and {rule.attribute, attribute} != {"race", "skin_colour"}:
                continue  # lists mix race and skin colour, nothing else
            for match in expression.finditer(normal.text):
                if any(match.start() < e and s < match.end() for s, e in taken):
                    continue
                taken.append(match.span())
                start, end = normal.original(*match.span())
                hits.append(Hit(rule, base + start, base + end, match.group()))
        return hits

    def values_of(self, document: Document, owner: Candidate) -> Iterator[Candidate]:
        """The entries of the list that a finding opens: enum constants, enumerations, table rows, lines of a legend."""
        layout = document.layout
        misses = 0
        own = _symbols(document.text[owner.start : owner.end], owner)
        member = layout.context(owner.first).member
        last = max(owner.last, member[1]) if member else owner.last
        opener = layout.unit(last)
        body = document.text[opener.start : opener.end].rstrip().endswith(("{", "[", "("))
        for index in range(last + 1, min(last + _BODY, len(layout))):
            unit = layout.unit(index)
            text = document.text[unit.start : unit.end]
            context = layout.context(index)
            if context.kind in ("code", "markup"):
                body = body and not text.lstrip().startswith(("}", "]", ")"))
                inside = body or bool(own & set(context.owners))
            else:
                inside = self._listed(text, context.kind)
            if not inside:
                misses += bool(text.strip())
                if misses > (3 if context.kind in ("code", "markup") else 1):
                    return
                continue
            hits = self.value_hits(text, unit.start, owner.attribute) if len(text) <= 300 else []
            if hits and _mostly_values(text, hits, context.kind):
                misses = 0
                attribute = _own_attribute(hits, owner.attribute)
                yield Candidate(
                    attribute, index, index, unit.start, unit.end, hits, via=f"list of {owner.best.text[:40]}"
                )
            elif context.kind not in ("code", "markup"):
                misses += bool(text.strip())
                if misses > 2:
                    return

    def _listed(self, text: str, kind: str) -> bool:
        return kind == "table" or (
            len(text.strip()) <= 120 and bool(_LIST_LINE.match(text)) and not _SENTENCE_LIKE.search(text.strip())
        )

    def alias_hits(self, document: Document, findings: list[Candidate]) -> Iterator[Candidate]:
        """Identifiers that this document ties to a finding: declared under its comment, or its name in pinyin."""
        names = self._local_names(document, findings)
        groups = {g for c in findings for g in c.groups}
        words = {w: g for g in groups for w in self.book.aliases.get(g, ())}
        if not names and not words:
            return
        taken = {(c.first, c.attribute) for c in findings}
        rules = {g: c.best.rule for c in findings for g in c.groups}
        tokens = sorted({*names, *words}, key=len, reverse=True)
        gate = re.compile("|".join(re.escape(t) for t in tokens), re.IGNORECASE)
        for line in _lines_with(document, gate):
            unit = document.layout.unit(line)
            text = document.text[unit.start : unit.end]
            for match in IDENTIFIER.finditer(text):
                rule, why = self._alias(match.group(), names, words, rules)
                if rule and (line, rule.attribute) not in taken:
                    taken.add((line, rule.attribute))
                    hit = Hit(rule, unit.start + match.start(), unit.start + match.end(), match.group())
                    yield Candidate(rule.attribute, line, line, unit.start, unit.end, [hit], via=why)

    def _alias(
        self, name: str, names: dict[str, Rule], words: dict[str, str], rules: dict[str, Rule]
    ) -> tuple[Rule | None, str]:
        if name in names:
            return names[name], "name declared under the comment"
        parts = split_identifier(name)
        joined = {a + b for a, b in itertools.pairwise(parts)}
        for word, group in words.items():
            if (word in parts or word in joined) and group in rules and len(parts) > 1:
                return rules[group], f"pinyin of {group}"
        return None, ""

    def _local_names(self, document: Document, findings: list[Candidate]) -> dict[str, Rule]:
        names: dict[str, Rule] = {}
        for candidate in findings:
            context = document.layout.context(candidate.first)
            if context.kind != "code" or context.member is None or not context.comment:
                continue
            unit = document.layout.unit(context.member[1])
            declared = _declared(document.text[unit.start : unit.end])
            if declared and _distinctive(declared):
                names[declared] = candidate.best.rule
        return names


def _lines_with(document: Document, gate: re.Pattern[str]) -> Iterator[int]:
    last = -1
    for match in gate.finditer(document.text):
        index = document.layout.index_at(match.start())
        if index != last:
            last = index
            yield index


def _declared(line: str) -> str | None:
    """The name that a field declaration gives; None for methods and everything else."""
    match = re.match(
        r"\s*(?:(?:public|private|protected|static|final|const|readonly|var|let|val)\s+)*[\w<>\[\], .*]*?\b([A-Za-z_]\w*)\s*(?:\[\w*\])?\s*(?:=[^=].*)?[;,]\s*",
        line,
    )
    return match[1] if match else None


def _distinctive(name: str) -> bool:
    common = {
        "type",
        "code",
        "name",
        "label",
        "value",
        "list",
        "data",
        "info",
        "status",
        "nation",
        "people",
        "person",
        "result",
        "items",
        "field",
    }
    return len(name) >= 4 and name.lower() not in common


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
    markup = sum(len(m) for m in re.findall(r"</?[\w:]+|\bvalue=|\bname=", text))
    share = covered / max(1, letters - markup)
    return letters > 0 and share >= (0.45 if kind == "prose" else 0.3)
