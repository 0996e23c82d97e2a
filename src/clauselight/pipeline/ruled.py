"""What a source is where a part of it is in a language without rules: read, but judged by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clauselight.model import Coverage, Problem
from clauselight.model.coverage import DOUBTS, NO_RULES, State
from clauselight.text.unruled import Share

#: share of the letters from which a source counts as one without rules, and not as one read in part
_MOSTLY = 0.5
#: states that rules have a say in: whatever else a source is, its text was not looked at
_READ: tuple[State, ...] = ("read", "partly", "no_rules")


def judged(coverage: Coverage, shares: Sequence[Share]) -> Coverage:
    """The account of a source with what is said of its languages. What was said of them before is taken back."""
    if coverage.state not in _READ:
        return coverage
    others = tuple(p for p in coverage.problems if p.reason != NO_RULES)
    state: State = "partly" if _missing(coverage, others) else "read"
    if shares:
        state = "no_rules" if sum(s.share for s in shares) >= _MOSTLY else "partly"
        others = (*others, Problem(NO_RULES, _words(shares)))
    return replace(coverage, state=state, problems=others, languages=tuple(s.code for s in shares))


def _missing(coverage: Coverage, problems: Sequence[Problem]) -> bool:
    unread = coverage.pages is not None and bool(coverage.pages.unread)
    return unread or any(p.reason not in DOUBTS for p in problems)


def _words(shares: Sequence[Share]) -> str:
    parts = ", ".join(f"about {max(0.01, s.share):.0%} of its letters read as {s.name}" for s in shares)
    return (
        f"{parts}, for which there are no rules: it was read, and no rule judges it; have somebody read it who knows "
        "the language, or check a translation, or give rules of your own with --packs"
    )
