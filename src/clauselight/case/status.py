"""What a case looks like: its state, what is the same in other bytes, and how far reviewers agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from clauselight.case import journal
from clauselight.case.store import Case, Judgement
from clauselight.case.update import Keys, stale


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on the findings that both judged. `kappa` is Cohen's (1960), None where chance alone explains all."""

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
    out: list[dict[str, Any]] = []
    rows = case.db.execute("SELECT sha256 FROM origin GROUP BY sha256 HAVING count(*) > 1").fetchall()
    out += [{"kind": "same bytes", "origins": [o.path for o in case.origins(s)]} for (s,) in rows]
    for (gist,) in case.db.execute(
        "SELECT gist FROM reading WHERE gist IS NOT NULL GROUP BY gist HAVING count(DISTINCT sha256) > 1"
    ).fetchall():
        paths = [r[0] for r in case.db.execute("SELECT path FROM reading WHERE gist = ? ORDER BY id", (gist,))]
        out.append({"kind": "same text, other bytes", "origins": paths})
    return out


def status(case: Case, keys: Keys) -> dict[str, Any]:
    """Everything that one wants to know before going on."""
    ask = case.db.execute
    todo = stale(case, keys)
    chain = journal.entries(case.db)
    given = case.judgements()
    by_finding: dict[str, list[Judgement]] = {}
    for j in given:
        by_finding.setdefault(j.finding, []).append(j)
    return {
        "title": case.meta("title"),
        "sources": ask("SELECT count(*) FROM source").fetchone()[0],
        "origins": ask("SELECT count(*) FROM origin").fetchone()[0],
        "readings": dict(ask("SELECT state, count(*) FROM reading GROUP BY state").fetchall()),
        "findings": dict(ask("SELECT level, count(*) FROM finding GROUP BY level").fetchall()),
        "statements": ask("SELECT count(*) FROM statement").fetchone()[0],
        "not_read_yet": len(todo.unread),
        "stale": dict(Counter([*todo.reread.values(), *todo.redecide.values()])),
        "judged": dict(Counter(case.decision(v) for v in by_finding.values())),
        "agreement": [
            {"reviewers": [a.first, a.second], "both": a.both, "agree": a.agree, "kappa": a.kappa}
            for a in agreement(given)
        ],
        "same": twins(case),
        "journal": {"entries": len(chain), "head": chain[-1].hash if chain else None, "broken": journal.broken(chain)},
    }
