"""The benchmark of drafters: names and their order on the labelled real standards, with precision, recall and F1.

Run: python benchmarks/drafters.py GOLD ROOT [--ocr auto|never]

GOLD holds JSON lines with `file` and `drafting_organisations`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from clauselight.api import Check
from clauselight.statements.extract import statements


def main() -> None:
    """Print one row a standard, then the sums for text and for scans."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("gold", type=Path)
    options.add_argument("root", type=Path)
    options.add_argument("--ocr", default="auto", choices=("auto", "never"))
    args = options.parse_args()
    sums: dict[bool, list[int]] = {}
    print("| standard | wanted | found | right | in order |\n|---|---|---|---|---|")
    for line in args.gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wanted = row["drafting_organisations"]
        scan = "scan" in row.get("note", "")
        if scan and args.ocr == "never":
            continue
        run = Check([args.root / row["file"]], jobs=1, ocr=args.ocr, grammar=statements)
        found = [s.subject.name for o in run.outcomes() for s in o.statements if s.predicate == "drafted"]
        right = len(set(wanted) & set(found))
        print(
            f"| {Path(row['file']).name} | {len(wanted)} | {len(found)} | {right} | "
            f"{'yes' if found == wanted else 'no'} |"
        )
        total = sums.setdefault(scan, [0, 0, 0])
        for i, n in enumerate((len(wanted), len(found), right)):
            total[i] += n
    for scan, (want, have, right) in sums.items():
        precision, recall = right / (have or 1), right / (want or 1)
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        print(f"{'scans' if scan else 'text'}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


if __name__ == "__main__":
    main()
