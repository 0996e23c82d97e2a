"""What is found on labelled lines of public repositories, by level, role, strength and polarity.

usage: python benchmarks/trial_find.py --set find_a --root DIR [--misses N] [--json FILE]
       python benchmarks/trial_find.py --set find_a --manifest     print the lines that bring the repositories to DIR

The labels (trials/SET.files.tsv and trials/SET.places.tsv) name repository, commit, path and line, and hold no text.
DIR has one clone a repository, named like it with two underscores for the slash; a work tree is not needed. A file that
is not at hand, or is another by its digest, is counted as not run.

A place is a labelled line of level finding or notice with one attribute. It is found where ours says finding or notice
of that attribute on a stretch that holds the line. A stretch of ours of which no line is such a place, nor a line that
says the same beside one (`also`), is false. Values of a list (`fold`) are counted apart from what opens it. Lines
outside the range that was labelled count for nothing. Level, role, strength, polarity and groups are compared on the
places that are found.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from trial_groups import labels, print_manifest, source  # noqa: E402

from clauselight import Check  # noqa: E402
from clauselight.model import Finding  # noqa: E402

Row = dict[str, str]
FOUND = ("finding", "notice")
COMPARED = ("level", "role", "strength", "polarity", "groups")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file of the set with the places on it."""

    row: Row
    places: tuple[Row, ...]

    @property
    def where(self) -> str:
        """What people call it."""
        return f"{self.row['repo']} {self.row['path']}"

    def read(self, line: int) -> bool:
        """Whether the line was labelled, or read and found to hold nothing."""
        return int(self.row["first"] or 1) <= line <= int(self.row["last"] or 10**9)

    def wanted(self) -> list[Row]:
        """The places that are to be found."""
        return [p for p in self.places if p["level"] in FOUND]

    def near(self, attribute: str) -> set[int]:
        """Lines of its places of an attribute, and those that say the same beside one."""
        rows = [p for p in self.wanted() if p["attribute"] == attribute]
        return {int(p["line"]) for p in rows} | {int(n) for p in rows for n in p["also"].split(",") if n.strip()}


def labelled(name: str) -> list[Labelled]:
    """The files of a set."""
    places: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in labels(HERE / "trials" / f"{name}.places.tsv"):
        places[row["repo"], row["path"]].append(row)
    files = labels(HERE / "trials" / f"{name}.files.tsv")
    return [Labelled(row, tuple(places[row["repo"], row["path"]])) for row in files]


def run(files: Iterable[Labelled], root: Path) -> dict[str, list[Finding]]:
    """What ours says of each file that is at hand, by `where`."""
    found: dict[str, list[Finding]] = {}
    with tempfile.TemporaryDirectory() as folder:
        names: dict[str, str] = {}
        for number, each in enumerate(files):
            data = source(root, each.row)
            if data is None or hashlib.sha256(data).hexdigest() != each.row["sha256"]:
                continue
            file = Path(folder) / str(number) / Path(each.row["path"]).name
            file.parent.mkdir()
            file.write_bytes(data)
            names[str(file)], found[each.where] = each.where, []
        for finding in Check([folder], level="mention", ocr="never"):
            found[names[finding.path.split("!/")[0]]].append(finding)
    return found


def judge(file: Labelled, said: list[Finding], counts: Counter[str], faults: list[str]) -> None:
    """Hold what is said of a file against its labels."""
    ours = [f for f in said if f.level in FOUND and any(file.read(n) for n in lines_of(f))]
    counts["files"] += 1
    if not file.wanted():
        counts.update({"negative files": 1, "alarmed": bool(ours)})
    for place in file.wanted():
        kind = "values of lists" if place["fold"] else "places"
        hits = [f for f in ours if f.attribute == place["attribute"] and int(place["line"]) in lines_of(f)]
        counts.update({kind: 1, f"{kind} found": bool(hits)})
        if not hits:
            faults.append(f"missed {place['attribute']} {place['level']}: {file.where}:{place['line']}")
        elif not place["fold"]:
            compare(file, place, hits, counts, faults)
    for finding in ours:
        right = not file.near(finding.attribute).isdisjoint(lines_of(finding))
        counts.update({"said": 1, "right": right})
        if not right:
            faults.append(f"false {finding.attribute} {finding.level}: {file.where}:{finding.line}")


def lines_of(finding: Finding) -> range:
    """The lines that a finding stands on."""
    return range(finding.line or 0, (finding.end_line or finding.line or 0) + 1)


def compare(file: Labelled, place: Row, hits: list[Finding], counts: Counter[str], faults: list[str]) -> None:
    """Level, role, strength, polarity and groups of a place that is found: right where one of ours says so."""
    for name in COMPARED:
        have = {value_of(f, name) for f in hits}
        wanted = ",".join(sorted(place[name].split(","))) if name == "groups" else place[name]
        counts.update({f"{name} compared": 1, f"{name} right": wanted in have})
        if wanted not in have:
            faults.append(f"{name} {'/'.join(sorted(have))} for {wanted}: {file.where}:{place['line']}")


def value_of(finding: Finding, name: str) -> str:
    """A value of a finding, as the labels write it."""
    if name == "groups":
        return ",".join(sorted(finding.groups))
    value = str(getattr(finding, name) or "none")
    return "identity_record" if name == "role" and finding.level == "notice" and value == "data_field" else value


def report(counts: Counter[str]) -> None:
    """Print the figures."""
    shares = (
        ("line recall", "places found", "places"),
        ("values of lists found", "values of lists found", "values of lists"),
        ("precision", "right", "said"),
        ("negative files alarmed", "alarmed", "negative files"),
        *((f"{name} right", f"{name} right", f"{name} compared") for name in COMPARED),
    )
    print(f"files {counts['files']}, not run {counts['not run']}")
    for name, part, whole in shares:
        share = f"{counts[part] / counts[whole]:.3f}" if counts[whole] else "  -  "
        print(f"{name:24} {share}  {counts[part]:>5} of {counts[whole]}")


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", required=True, help="the set, such as find_a")
    parser.add_argument("--root", type=Path, help="the folder of the clones")
    parser.add_argument("--manifest", action="store_true", help="print how to have the repositories")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="name N faults")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts and faults as JSON")
    args = parser.parse_args()
    files = labelled(args.set)
    if args.manifest or args.root is None:
        print_manifest(file.row for file in files)
        return 0
    found = run(files, args.root)
    counts: Counter[str] = Counter({"not run": sum(file.where not in found for file in files)})
    faults: list[str] = []
    for file in files:
        if file.where in found:
            judge(file, found[file.where], counts, faults)
    report(counts)
    print(*faults[: args.misses], sep="\n")
    if args.json:
        args.json.write_text(json.dumps({"counts": counts, "faults": faults}, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
