"""What a case looks like: its state, what is the same in other bytes, and how far reviewers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from clauselight.case import journal
from clauselight.case.orphans import Orphan, orphans
from clauselight.case.staleness import Keys, stale
from clauselight.case.store import Case, Judgement


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on the findings that both judged. `kappa` is Cohen's (1960), None where chance explains all."""

    first: str
    second: str
    both: int
    agree: int
    kappa: float | None


def agreement(judgements: list[Judgement]) -> list[Agreement]:
    """Each pair of reviewers, by the latest judgement of each on each finding."""
    latest: dict[str, dict[str, str]] = {}
    for j in judgements:
        latest.setdefault(j.by, {})[j.finding] = j.decision
    out = []
    for a, b in combinations(sorted(latest), 2):
        shared = [(latest[a][f], latest[b][f]) for f in latest[a] if f in latest[b]]
        if shared:
            out.append(Agreement(a, b, len(shared), sum(x == y for x, y in shared), kappa(shared)))
    return out


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa: agreement beyond what the two would reach by chance."""
    n = len(pairs)
    observed = sum(x == y for x, y in pairs) / n
    first, second = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    expected = sum(first[c] * second[c] for c in first) / (n * n)
    return None if expected == 1 else round((observed - expected) / (1 - expected), 4)


def twins(case: Case) -> list[dict[str, Any]]:
    """Sources with more than one origin, and texts that lie in more than one source."""
    same_bytes = [[o.path for o in case.origins(sha256)] for sha256 in case.obtained_twice()]
    return [
        *({"kind": "same bytes", "origins": paths} for paths in same_bytes),
        *({"kind": "same text, other bytes", "origins": paths} for paths in case.texts_in_more_sources()),
    ]


def judged(case: Case, orphaned: Iterable[Orphan]) -> dict[str | None, int]:
    """How many findings of now are decided how; those that are no longer made count apart."""
    gone = {o.finding for o in orphaned}
    by_finding: dict[str, list[Judgement]] = {}
    for j in case.judgements():
        if j.finding not in gone:
            by_finding.setdefault(j.finding, []).append(j)
    return dict(Counter(case.decision(given) for given in by_finding.values()))


def status(case: Case, keys: Keys, *, cover: Callable[[str], str]) -> dict[str, Any]:
    """Everything that you want to know before you go on; `cover` hides personal data in quotes."""
    todo = stale(case, keys)
    chain = case.entries()
    orphaned = orphans(case)
    return {
        "title": case.meta("title"),
        "sources": case.count_sources(),
        "origins": case.count_origins(),
        "readings": case.counts_by_state(),
        "findings": case.counts_by_level(),
        "statements": case.count_statements(),
        "not_read_yet": len(todo.unread),
        "stale": dict(Counter([*todo.reread.values(), *todo.redecide.values()])),
        "judged": judged(case, orphaned),
        "orphaned": [o.record(cover) for o in orphaned],
        "agreement": [
            {"reviewers": [a.first, a.second], "both": a.both, "agree": a.agree, "kappa": a.kappa}
            for a in agreement(case.judgements())
        ],
        "same": twins(case),
        "journal": {"entries": len(chain), "head": chain[-1].hash if chain else None, "broken": journal.broken(chain)},
    }
