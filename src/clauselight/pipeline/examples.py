"""Runs the cases that stand beside the rules: what must be found, what must not, and what is known to be missed."""

from __future__ import annotations

from dataclasses import dataclass

from clauselight.model import Document, LineLayout
from clauselight.rules.find import Finder
from clauselight.rules.pack import Example, Rule, RuleBook
from clauselight.structure.describe import describer, kind_by_content

_ORDER = {"mention": 0, "notice": 1, "finding": 2}


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """A case and whether it holds."""

    rule: str
    where: str
    case: Example
    ok: bool
    said: str


def text_document(text: str, name: str = "case.txt") -> Document:
    """A document of plain text, as the text reader would give it."""
    layout = LineLayout(text, describer(kind_by_content(text), name))
    return Document(name, "text/plain", "case", text, layout)


def run_examples(book: RuleBook) -> list[ExampleResult]:
    """The result of each case. A known miss holds as long as it is missed."""
    finder = Finder(book)
    return [_run(finder, rule, case) for rule in book.rules for case in rule.cases]


def _run(finder: Finder, rule: Rule, case: Example) -> ExampleResult:
    found = [f for f in finder.findings(text_document(case.text)) if f.attribute == (case.attribute or rule.attribute)]
    best = max(found, key=lambda f: _ORDER[f.level], default=None)
    level = best.level if best else None
    roles = sorted({f.role for f in found if f.level == level})
    ok = level == case.level and (case.role is None or case.role in roles)
    expected = f"{case.level or 'nothing'}{' ' + case.role if case.role else ''}"
    said = f"expected {expected}, got {level or 'nothing'} {' '.join(roles)}"
    if case.known_miss:
        return ExampleResult(
            rule.id, rule.where, case, not ok, said if not ok else "a known miss is found now; take the mark away"
        )
    return ExampleResult(rule.id, rule.where, case, ok, said)
