"""What people use today on the same texts: a caseless search for the obvious words, and for every term of the packs.

usage: python benchmarks/peers.py [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from accuracy import clauses, judge

from clauselight.rules.find import Finder
from clauselight.rules.load import load

OBVIOUS = "ethnic|race|racial|skin.?colou?r|skin.?tone|religio|uyghur|uighur|民族|种族|人种|肤色|维族|维吾尔|宗教|膚色"


def row(name: str, verdicts: list[tuple[bool, bool]], seconds: float) -> dict[str, float | str]:
    found = sum(v for want, v in verdicts if want)
    alarms = sum(v for want, v in verdicts if not want)
    positives = sum(want for want, _ in verdicts)
    negatives = len(verdicts) - positives
    precision = found / (found + alarms) if found + alarms else 0.0
    print(
        f"{name:44} recall {found / positives:.3f}  precision {precision:.3f}  "
        f"alarms in negatives {alarms / negatives:.3f}  {seconds:.2f} s"
    )
    return {
        "tool": name,
        "recall": found / positives,
        "precision": precision,
        "alarms": alarms / negatives,
        "seconds": seconds,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args()
    cases = clauses()
    rows = []
    book = load()
    finder = Finder(book)
    finder.warm()
    began = time.perf_counter()
    ours = [(c.level == "finding", judge(finder, c)[0] == "finding") for c in cases]
    rows.append(row("clauselight", ours, time.perf_counter() - began))
    obvious = re.compile(OBVIOUS, re.IGNORECASE)
    began = time.perf_counter()
    rows.append(
        row(
            "search for the obvious words",
            [(c.level == "finding", bool(obvious.search(c.text))) for c in cases],
            time.perf_counter() - began,
        )
    )
    if rg := shutil.which("rg"):
        with tempfile.TemporaryDirectory() as name:
            for number, case in enumerate(cases):
                (Path(name) / f"{number:05}.txt").write_text(case.text, encoding="utf-8")
            terms = Path(name) / "terms"
            terms.write_text(
                "\n".join(sorted({t.strip("=*") for r in book.rules if r.kind != "value" for t in r.terms})),
                encoding="utf-8",
            )
            began = time.perf_counter()
            done = subprocess.run(
                [rg, "-i", "-l", "-F", "-f", str(terms), "-g", "*.txt", name],
                capture_output=True,
                text=True,
                check=False,
            )
            hit = {Path(line).stem for line in done.stdout.splitlines()}
            seconds = time.perf_counter() - began
        rows.append(
            row(
                "ripgrep with every term of the packs",
                [(c.level == "finding", f"{n:05}" in hit) for n, c in enumerate(cases)],
                seconds,
            )
        )
    if args.json:
        Path(args.json).write_text(json.dumps(rows, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
