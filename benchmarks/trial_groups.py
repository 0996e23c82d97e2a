"""Which peoples are named on labelled lines of public repositories, against which the program says.

usage: python benchmarks/trial_groups.py --root DIR [--labels FILE] [--misses N] [--json FILE]
       python benchmarks/trial_groups.py --manifest        print the lines that bring the repositories to DIR

The labels (trials/groups.tsv) name repository, commit, path and line, and hold no text. DIR has one clone a repository,
named like it with two underscores for the slash; a work tree is not needed. A label whose line is not at hand, or is
another by its digest, is counted as not run. A place of any level counts as said. What a place of several lines names
may stand on any of them: it counts as found, and never as false. Names are compared by the ids of `packs/groups/`.

Printed: peoples named on lines about people, found of them and falsely named there; and lines that are traps, with the
peoples that are falsely named on them.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from clauselight import Check
from clauselight.rules.load import load

HERE = Path(__file__).resolve().parent
#: what the labels call a people, where `packs/groups/` has another English name for it
SPELLED = {"tu": "monguor", "jing": "gin", "russian": "russian_of_china", "va": "wa"}


def labels(file: Path) -> list[dict[str, str]]:
    """The rows of a file of labels."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def print_manifest(rows: Iterable[dict[str, str]]) -> None:
    """The lines that a person runs to have the repositories."""
    for repository in sorted({row["repo"] for row in rows}):
        print(f"git clone https://github.com/{repository} {repository.replace('/', '__')}")


def source(root: Path, row: dict[str, str]) -> bytes | None:
    """The labelled file at its commit, None where it is not at hand."""
    clone = root / row["repo"].replace("/", "__")
    done = subprocess.run(
        ["git", "-C", str(clone), "show", f"{row['commit']}:{row['path']}"], capture_output=True, check=False
    )
    return done.stdout if done.returncode == 0 else None


def is_line(data: bytes, row: dict[str, str]) -> bool:
    """Whether the labelled line is the one that was labelled."""
    lines = data.split(b"\n")
    number = int(row["line"])
    if number > len(lines):
        return False
    line = lines[number - 1].removesuffix(b"\r")
    return hashlib.sha256(line).hexdigest() == row["sha256"]


@dataclass
class Said:
    """The peoples named on a line: by a place of this line alone, and by one that goes over several."""

    here: set[str] = field(default_factory=set)
    around: set[str] = field(default_factory=set)


def said(files: Iterable[Path], folder: Path) -> dict[Path, dict[int, Said]]:
    """For each file, and each line of it, the peoples that are named there."""
    found: dict[Path, dict[int, Said]] = {file: defaultdict(Said) for file in files}
    for finding in Check([str(folder)], level="mention", ocr="never"):
        first, last = finding.line or 0, finding.end_line or finding.line or 0
        for line in range(first, last + 1):
            said = found[Path(finding.path)][line]
            (said.here if first == last else said.around).update(finding.groups)
    return found


def judge(row: dict[str, str], said: Said, ids: dict[str, str], counts: Counter[str], faults: list[str]) -> None:
    """Hold what is said of a line against its label."""
    wanted = {ids.get(name, name) for name in filter(None, row["groups"].split(";"))}
    have, false = said.here | said.around, said.here - wanted
    kind = f"{'people' if row['person'] == '1' else 'traps'} {row['language']}"
    counts.update({f"{kind}: lines": 1, f"{kind}: named": len(wanted)})
    counts.update({f"{kind}: found": len(wanted & have), f"{kind}: false": len(false)})
    where = f"{row['repo']} {row['path']}:{row['line']}"
    faults += [f"{kind}: false {g}: {where}" for g in sorted(false)]
    faults += [f"{kind}: missed {g}: {where}" for g in sorted(wanted - have)]


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, help="the folder of the clones")
    parser.add_argument("--labels", type=Path, default=HERE / "trials" / "groups.tsv", help="the labels")
    parser.add_argument("--manifest", action="store_true", help="print how to have the repositories")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="name N lines of each kind of fault")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts as JSON")
    args = parser.parse_args()
    rows = labels(args.labels)
    if args.manifest or args.root is None:
        print_manifest(rows)
        return 0
    counts: Counter[str] = Counter()
    faults: list[str] = []
    files: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        files[row["repo"], row["commit"], row["path"]].append(row)
    ids = {
        n.text.lower(): n.groups[0] for n in load().groups["people"].names if n.language == "en" and len(n.groups) == 1
    } | SPELLED
    with tempfile.TemporaryDirectory() as folder:
        known: dict[Path, list[dict[str, str]]] = {}
        for number, ((_, _, path), each) in enumerate(files.items()):
            data = source(args.root, each[0])
            at_hand = [row for row in each if data is not None and is_line(data, row)]
            counts["labels not run"] += len(each) - len(at_hand)
            if data is not None and at_hand:
                file = Path(folder) / str(number) / Path(path).name
                file.parent.mkdir()
                file.write_bytes(data)
                known[file] = at_hand
        found = said(known, Path(folder))
    for file, each in known.items():
        for row in each:
            judge(row, found[file][int(row["line"])], ids, counts, faults)
    for name, count in sorted(counts.items()):
        print(f"{name:28} {count:>6}")
    for fault in faults[: args.misses]:
        print(fault)
    if args.json:
        args.json.write_text(json.dumps({"counts": counts, "faults": faults}, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
