"""Accuracy on the labelled clauses beside this file, and on a labelled corpus if one is given.

usage: python benchmarks/accuracy.py [--part build|measure|all] [--misses N] [--json FILE]
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import yaml

from clauselight.formats.session import ReadOptions
from clauselight.model import Blob
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.options import Analysis
from clauselight.rules.find import Finder
from clauselight.rules.load import load

HERE = Path(__file__).resolve().parent
ORDER = {"mention": 0, "notice": 1, "finding": 2}


@dataclass(frozen=True)
class Clause:
    """One labelled text: what must come of it, at which level."""

    language: str
    domain: str
    name: str
    level: str
    attribute: str | None
    role: str | None
    text: str
    #: `build`: rules may be made from it; `measure`: written after the rules and never looked at while they change
    part: str = "build"


def clauses() -> list[Clause]:
    """All labelled texts, from the TSV files, the frames and the part that is only measured."""
    rows: list[Clause] = []
    for file in sorted((HERE / "clauses").glob("*.tsv")):
        # a file of one language is named after it; mixed.lang.tsv names the language in a column of its own
        rows += [_clause(row if file.stem == "mixed.lang" else [file.stem, *row], "build") for row in _rows(file)]
    held_out = [_clause(row, "measure") for row in _rows(HERE / "clauses" / "held-out" / "clauses.tsv")]
    return rows + frames() + held_out


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8") as stream:
        return list(csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def _clause(row: list[str], part: str) -> Clause:
    language, domain, name, level, attribute, role, text = row
    text = text.replace("\\n", "\n").replace("\\t", "\t")
    return Clause(language, domain, name, level, _none(attribute), _none(role), text, part)


def frames() -> list[Clause]:
    """The sentences of frames.yaml, each filled with every attribute word of its language."""
    rows: list[Clause] = []
    for language, part in yaml.safe_load((HERE / "clauses" / "frames.yaml").read_text(encoding="utf-8")).items():
        for attribute, word in part["words"].items():
            for role, frame in part["positive"]:
                rows.append(
                    Clause(language, "frame", "frame.txt", "finding", attribute, role, frame.replace("{a}", word))
                )
            for level, frame in part["negative"]:
                rows.append(Clause(language, "frame", "frame.txt", level, attribute, None, frame.replace("{a}", word)))
    return rows


def _none(value: str) -> str | None:
    return None if value == "\\N" else value


def judge(finder: Finder, clause: Clause) -> tuple[str, list[tuple[str, str]]]:
    """Highest level found and the (attribute, role) pairs at level finding."""
    outcome = analyse(Blob(clause.name, data=clause.text.encode()), Analysis(finder), ReadOptions("never"))
    level = max((f.level for f in outcome.findings), key=ORDER.__getitem__, default="none")
    return level, [(f.attribute, f.role) for f in outcome.findings if f.level == "finding"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("build", "measure", "all"), default="all")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args()
    finder = Finder(load())
    count: dict[str, Counter[str]] = defaultdict(Counter)
    shown = 0
    for clause in clauses():
        if args.part not in ("all", clause.part):
            continue
        level, found = judge(finder, clause)
        for key in (clause.language, "all"):
            c = count[key]
            if clause.level == "finding":
                hit = any(a == clause.attribute for a, _ in found)
                c["positive"] += 1
                c["found"] += bool(found)
                c["attribute"] += hit
                if clause.role:
                    c["roles"] += bool(found)
                    c["role_right"] += any(a == clause.attribute and r == clause.role for a, r in found)
            else:
                c["negative"] += 1
                c["alarmed"] += level == "finding"
                c["level_right"] += level == clause.level or (clause.level == "mention" and level == "none")
        wrong = (clause.level == "finding") != (level == "finding") or (
            clause.level == "finding"
            and (clause.attribute, clause.role or found[0][1]) not in found
            and clause.role is not None
        )
        if wrong and shown < args.misses and clause.part == "build":  # misses of the measured part stay unseen
            shown += 1
            print(
                f"{clause.language} {clause.domain}: expected {clause.level} {clause.attribute} {clause.role}, "
                f"got {level} {found[:3]}: {clause.text[:110]!r}"
            )
    print(
        f"{'':6} {'positives':>9} {'recall':>7} {'attribute':>9} {'role':>6} "
        f"{'negatives':>9} {'alarms':>7} {'level':>6}"
    )
    for key, c in sorted(count.items(), key=lambda pair: pair[0] == "all"):

        def share(a: str, b: str, c: Counter[str] = c) -> str:
            return f"{c[a] / c[b]:.3f}" if c[b] else "-"

        print(
            f"{key:6} {c['positive']:>9} {share('found', 'positive'):>7} {share('attribute', 'found'):>9} "
            f"{share('role_right', 'roles'):>6} "
            f"{c['negative']:>9} {share('alarmed', 'negative'):>7} {share('level_right', 'negative'):>6}"
        )
    if args.json:
        result = {
            "part": args.part,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "counts": count,
        }
        Path(args.json).write_text(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
