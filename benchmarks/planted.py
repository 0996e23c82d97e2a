"""Clauses and traps planted into whole public tenders: what of them is found there, and what alarms.

usage: python benchmarks/planted.py --root DIR --texts DIR [--hosts SET ...] [--pairs N] [--misses N] [--json FILE]
       python benchmarks/planted.py --manifest     print the lines that bring the repositories to DIR

The hosts (trials/planted.tsv, trials/planted2.tsv) name repository, commit, path and language, and hold no text.
`--root` has one clone a repository, named like it with two underscores for the slash. `--texts` has clauses.tsv (id,
language, kind, text, attributes, groups, role, strength, polarity) and traps.tsv (id, language, kind, text, why); both
stay outside the repository, and are written by somebody who has not read the packs. A line end in a text is ⏎.

Each clause goes into `--pairs` hosts of its language, each time alone, at the end of a paragraph or a sentence that a
seed chooses. It is found where ours says a finding of each of its attributes on its lines. A trap alarms where ours
says a finding there; of a trap whose reason is `notice` a notice is right, of one whose reason is `forbids` a finding
that says so. What is found in the host alone is counted for the host, and named: somebody has to look at it.
PDF hosts are planted as the text that poppler's pdftotext gives; a host that is not at hand is counted as not run.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from trial_groups import labels, print_manifest, source  # noqa: E402

from clauselight import Check  # noqa: E402
from clauselight.model import Finding  # noqa: E402

Row = dict[str, str]
#: where a paragraph or a sentence ends, or a list goes on
_END = re.compile(r"(?:[.。;；!！?？:：|]|</(?:p|li|tr|div|h\d|td)>)\s*$|^\s*$")
COMPARED = ("role", "strength", "polarity", "groups")


@dataclass(frozen=True, slots=True)
class Host:
    """A tender: its row, its text, and how its files are called."""

    row: Row
    text: str
    suffix: str

    @property
    def where(self) -> str:
        """What people call it."""
        return f"{self.row['repo']} {self.row['path']}"

    def with_clause(self, clause: Row, seed: int) -> tuple[str, range]:
        """The text with the clause in it, and the lines of the clause."""
        lines = self.text.split("\n")
        ends = [n for n, line in enumerate(lines[:-1]) if _END.search(line)] or list(range(len(lines)))
        at = random.Random(f"{seed} {self.where} {clause['id']}").choice(ends) + 1
        added = clause["text"].split("⏎")
        if self.suffix in (".html", ".htm", ".xml"):
            added = [f"<p>{'<br>'.join(map(html.escape, added))}</p>"]
        return "\n".join([*lines[:at], *added, *lines[at:]]), range(at + 1, at + len(added) + 1)


def hosts(root: Path, rows: Iterable[Row]) -> Iterator[Host]:
    """The hosts that are at hand, in their order."""
    for row in rows:
        data = source(root, row)
        if data is None or hashlib.sha256(data).hexdigest() != row["sha256"]:
            continue
        suffix = Path(row["path"]).suffix.lower()
        text = _text(data, suffix)
        if text is not None:
            yield Host(row, text.replace("\r\n", "\n"), ".txt" if suffix in (".pdf", ".doc", ".docx") else suffix)


def _text(data: bytes, suffix: str) -> str | None:
    if suffix == ".pdf":
        if not shutil.which("pdftotext"):
            return None
        done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=False)
        return done.stdout.decode("utf-8", "replace") or None
    if suffix == ".doc":
        if not shutil.which("antiword"):
            return None
        done = subprocess.run(["antiword", "-m", "UTF-8.txt", "-"], input=data, capture_output=True, check=False)
        return done.stdout.decode("utf-8", "replace") or None
    if suffix == ".docx":
        from docx import Document

        return "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    for encoding in ("utf-8-sig", "gb18030", "cp1251", "latin-1"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class Planted:
    """A clause or trap in a host."""

    host: Host
    row: Row
    lines: range

    @property
    def where(self) -> str:
        """What people call it: no text of it."""
        return f"{self.row['id']} ({self.row['kind']}) in {self.host.where}"


def plant(at_hand: Sequence[Host], rows: Iterable[Row], pairs: int, seed: int, folder: Path) -> dict[Path, Planted]:
    """Write each clause into some hosts of its language; what stands in which file."""
    out: dict[Path, Planted] = {}
    for row in rows:
        fitting = [host for host in at_hand if host.row["language"] == row["language"]]
        chosen = random.Random(f"{seed} {row['id']}").sample(fitting, min(pairs, len(fitting)))
        for host in chosen:
            text, lines = host.with_clause(row, seed)
            file = folder / f"{len(out):05}{host.suffix}"
            file.write_text(text, encoding="utf-8")
            out[file] = Planted(host, row, lines)
    return out


def said(folder: Path) -> dict[Path, list[Finding]]:
    """Findings and notices by file."""
    found: dict[Path, list[Finding]] = defaultdict(list)
    for finding in Check([str(folder)], level="notice", ocr="never"):
        found[Path(finding.path)].append(finding)
    return found


def _on(planted: Planted, findings: Iterable[Finding]) -> list[Finding]:
    return [
        f for f in findings if f.line and not set(planted.lines).isdisjoint(range(f.line, (f.end_line or f.line) + 1))
    ]


def judge_clause(planted: Planted, findings: list[Finding], counts: Counter[str], faults: list[str]) -> None:
    """Hold what is said on the lines of a clause against it."""
    row, here = planted.row, [f for f in _on(planted, findings) if f.level == "finding"]
    for attribute in row["attributes"].split(","):
        hits = [f for f in here if f.attribute == attribute.strip()]
        for kind in ("all", row["language"], f"kind {row['kind']}"):
            counts.update({f"{kind} planted": 1, f"{kind} found": bool(hits)})
        if not hits:
            faults.append(f"missed {attribute}: {planted.where}")
            continue
        for name in COMPARED:
            have = {_value(f, name) for f in hits}
            wanted = ",".join(sorted(filter(None, row[name].split(","))))
            counts.update({f"{name} compared": 1, f"{name} right": wanted in have})
            if wanted not in have:
                faults.append(f"{name} {'/'.join(sorted(have))} for {wanted}: {planted.where}")


def _value(finding: Finding, name: str) -> str:
    return ",".join(sorted(finding.groups)) if name == "groups" else str(getattr(finding, name) or "none")


def judge_trap(planted: Planted, findings: list[Finding], counts: Counter[str], faults: list[str]) -> None:
    """Whether a trap alarms."""
    why = planted.row["why"]
    alarms = [
        f
        for f in _on(planted, findings)
        if f.level == "finding" and not (why == "forbids" and f.polarity in ("forbids", "denies"))
    ]
    counts.update({"traps": 1, "alarmed": bool(alarms)})
    if alarms:
        faults.append(f"alarmed {alarms[0].attribute} ({why}): {planted.where}")


def report(counts: Counter[str]) -> None:
    """Print the figures."""
    kinds = sorted(name.removesuffix(" planted") for name in counts if name.endswith(" planted"))
    rows = [(f"found, {kind}", f"{kind} found", f"{kind} planted") for kind in kinds]
    rows += [(f"{name} right", f"{name} right", f"{name} compared") for name in COMPARED]
    print(f"hosts {counts['hosts']}, not run {counts['not run']}, findings in hosts alone {counts['in hosts']}")
    for name, part, whole in [*rows, ("traps alarmed", "alarmed", "traps")]:
        share = f"{counts[part] / counts[whole]:.3f}" if counts[whole] else "  -  "
        print(f"{name:28} {share}  {counts[part]:>5} of {counts[whole]}")


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, help="the folder of the clones")
    parser.add_argument(
        "--hosts", nargs="+", default=["planted"], metavar="SET", help="sets of hosts (default: planted)"
    )
    parser.add_argument("--texts", type=Path, help="the folder of clauses.tsv and traps.tsv")
    parser.add_argument("--pairs", type=int, default=2, metavar="N", help="hosts of each clause and trap (default: 2)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="chooses hosts and places (default: 1)")
    parser.add_argument("--manifest", action="store_true", help="print how to have the repositories")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="name N faults")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts and faults as JSON")
    args = parser.parse_args()
    rows = [row for name in args.hosts for row in labels(HERE / "trials" / f"{name}.tsv")]
    if args.manifest or args.root is None or args.texts is None:
        print_manifest(rows)
        return 0
    at_hand = list(hosts(args.root, rows))
    counts: Counter[str] = Counter({"hosts": len(at_hand), "not run": len(rows) - len(at_hand)})
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        alone, clauses, traps = (Path(name) / part for part in ("alone", "clauses", "traps"))
        for folder in (alone, clauses, traps):
            folder.mkdir()
        own = {alone / f"{n:05}{host.suffix}": host for n, host in enumerate(at_hand)}
        for file, host in own.items():
            file.write_text(host.text, encoding="utf-8")
        for file, findings in said(alone).items():
            counts["in hosts"] += len(findings)
            faults += [f"in the host {f.attribute} {f.level}: {own[file].where}:{f.line}" for f in findings]
        for folder, file_name, judge in ((clauses, "clauses.tsv", judge_clause), (traps, "traps.tsv", judge_trap)):
            planted = plant(at_hand, labels(args.texts / file_name), args.pairs, args.seed, folder)
            found = said(folder)
            for file, each in planted.items():
                judge(each, found.get(file, []), counts, faults)
    report(counts)
    print(*faults[: args.misses], sep="\n")
    if args.json:
        args.json.write_text(json.dumps({"counts": counts, "faults": faults}, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
