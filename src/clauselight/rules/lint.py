"""Mistakes in packs that reading them does not show: rules that can never match, cases that test nothing."""

from __future__ import annotations

from clauselight.rules.candidates import Gate
from clauselight.rules.pack import Rule, RuleBook
from clauselight.text.normalise import normalise


def lint(book: RuleBook) -> list[str]:
    """Every problem as ``file:line: message``."""
    gate = Gate(book)
    return [f"{rule.where}: {problem}" for rule in book.rules for problem in _rule(rule, gate)]


def _rule(rule: Rule, gate: Gate) -> list[str]:
    problems: list[str] = []
    for term in rule.terms:
        plain = term.removeprefix("=").removesuffix("*")
        if normalise(plain).text != plain:
            problems.append(
                f"{rule.id}: term {term!r} is not in normal form and can never match; write {normalise(plain).text!r}"
            )
        elif not rule.expression.search(plain):
            problems.append(f"{rule.id}: term {term!r} does not match itself")
        elif rule.kind != "value" and gate.rules.index(rule) not in gate.rule_numbers(plain):
            problems.append(f"{rule.id}: term {term!r} is not seen by the scan")
    if rule.kind == "sorts" and not rule.cases:
        problems.append(f"{rule.id}: a rule of kind `sorts` decides alone and needs cases")
    return problems
