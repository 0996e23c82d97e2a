"""Damaged and odd files of public collections: what is read, what is said not to be, and what would be lost in silence.

usage: python benchmarks/hostile.py ROOT [--only NAME] [--jobs N] [--json FILE] [--list N]
       python benchmarks/hostile.py ROOT --decode        write what is uuencoded there beside itself, decoded; once
       python benchmarks/hostile.py --manifest           print the lines that bring the collections to ROOT

ROOT holds one folder a collection, named like its repository with two underscores for the slash. The manifest,
collections.tsv, names repository, commit and folders; nothing is fetched by this script. The files stay outside the
project.

It prints, by the end of the file name: files, read, in part, unread with a reason, no rules, without an entry (must
be 0), silent losses against an independent reader (must be 0: the other finds 200 characters or more and ours says
`read` with less than half), then crashes of a run, worst time and memory, and files and processes left behind (must
be 0). "opened" counts the files in which the other reader finds so much, "of it read" those of them that ours calls
`read`. A format that no independent reader here opens is "not compared".
"""

from __future__ import annotations

import argparse
import binascii
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from independent import characters_of, readers  # the other readers  # noqa: E402

#: what the other reader must find before ours is held against it, and the share of it that ours must have
ENOUGH, SHARE = 200, 0.5


@dataclass(frozen=True, slots=True)
class Compared:
    """A file that the other reader opens: characters of ours and of the other, and what ours says of the file."""

    file: Path
    ours: int
    theirs: int
    state: str
    #: the worst that is said of the file and of what lies in it
    worst: str

    @property
    def lost(self) -> bool:
        """Whether ours says that all was read, or a part, and has less than half."""
        return self.ours < SHARE * self.theirs and self.worst in ("read", "partly")


@dataclass
class Run:
    """One collection through the program."""

    name: str
    status: int
    seconds: float
    peak_mb: int
    files: list[Path]
    entries: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    complete: bool = False
    left_files: list[str] = field(default_factory=list)
    left_processes: int = 0


def manifest() -> list[dict[str, str]]:
    """The rows of collections.tsv."""
    with (HERE / "collections.tsv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def print_manifest() -> None:
    """The lines that a person runs to have the collections."""
    for row in manifest():
        folder = row["repository"].replace("/", "__")
        print(f"git clone https://github.com/{row['repository']} {folder} && git -C {folder} checkout {row['commit']}")


def decode(root: Path) -> int:
    """Decode each NAME.uu under a folder to NAME beside it, as the collection's own tests do; how many were."""
    done = 0
    for file in sorted(root.rglob("*.uu")):
        target = file.with_suffix("")
        lines = file.read_bytes().splitlines()
        start = next((n for n, line in enumerate(lines) if line.startswith(b"begin ")), None)
        if start is not None and not target.exists():
            body = takewhile(lambda line: line.strip() != b"end", lines[start + 1 :])
            target.write_bytes(b"".join(map(_uu, body)))
            done += 1
    return done


def _uu(line: bytes) -> bytes:
    """One line of it, decoded; nothing where the line is none."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""


def check(root: Path, name: str, jobs: int) -> Run:
    """One collection through `clauselight check`, watched from outside."""
    folder = root / name
    files = [f for f in sorted(folder.rglob("*")) if f.is_file() or f.is_symlink()]
    with tempfile.TemporaryDirectory() as scratch:
        out, own = Path(scratch) / "out.jsonl", Path(scratch) / "tmp"
        own.mkdir()
        command = [sys.executable, "-m", "clauselight", "check", str(folder), "--format", "jsonl", "-o", str(out)]
        command += ["--ocr", "never", "--timeout", "60", "--jobs", str(jobs), "--quiet", "--level", "mention"]
        began = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=scratch,  # from outside, so that no ignore file of a collection hides anything
            env={**os.environ, "TMPDIR": str(own)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        peak = _watch(process)
        run = Run(name, process.returncode, time.monotonic() - began, peak, files)
        run.left_files = sorted(p.name for p in own.rglob("*"))
        run.left_processes = len(_descendants(process.pid))
        if out.exists():
            _take(run, out)
    return run


def _take(run: Run, out: Path) -> None:
    with out.open(encoding="utf-8", errors="surrogateescape") as stream:
        for line in stream:
            record = json.loads(line)
            if record["type"] == "coverage":
                run.entries.setdefault(str(record["path"]).split("!/")[0], []).append(record)
            elif record["type"] == "summary":
                run.complete = bool(record["complete"])


def _watch(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end; the peak of the private memory of all processes together, in MB."""
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_private(pid) for pid in [process.pid, *_descendants(process.pid)]))
        time.sleep(0.2)
    return peak >> 20


def _descendants(pid: int) -> list[int]:
    out, waiting = [], [pid]
    while waiting:
        parent = waiting.pop()
        try:
            tasks = list(Path("/proc").glob(f"{parent}/task/*/children"))
            children = [int(c) for task in tasks for c in task.read_text().split()]
        except OSError:  # it ended while it was looked at
            continue
        out += children
        waiting += children
    return out


def _private(pid: int) -> int:
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
    except (OSError, ValueError):
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")


# --- judging ---


def compared(run: Run) -> Iterator[Compared]:
    """The files with an entry in which another reader finds enough to be held against."""
    todo = [f for f in run.files if f.suffix.lower() in readers() and run.entries.get(str(f))]
    with ThreadPoolExecutor(2) as pool:
        for file, theirs in zip(todo, pool.map(characters_of, todo), strict=True):
            if theirs is not None and theirs >= ENOUGH:
                yield _held(file, run.entries[str(file)], theirs)


def _held(file: Path, entries: list[dict[str, object]], theirs: int) -> Compared:
    # what lies inside has a state of its own; a picture that was not read makes the text no less read
    own = [e for e in entries if e["path"] == str(file)] or entries
    return Compared(file, sum(int(str(e["characters"])) for e in entries), theirs, _worst(own), _worst(entries))


def _worst(entries: list[dict[str, object]]) -> str:
    order = ("failed", "unreadable", "partly", "no_rules", "skipped", "pointer", "leftover", "own_output", "read")
    return min((str(e["state"]) for e in entries), key=order.index)


#: what is counted of each file, the columns of the table
COLUMNS = ("read", "partly", "unread", "no_rules", "other", "no entry", "opened", "of it read", "silent", "part < half")
#: the column that a state of coverage counts in, if not its own
_COLUMN = {"failed": "unread", "unreadable": "unread", "skipped": "unread", "encrypted": "unread"}
_COLUMN |= {"pointer": "other", "leftover": "other", "own_output": "other"}


def table(runs: list[Run], against: dict[str, list[Compared]]) -> None:
    """Print everything."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for run in runs:
        for file in run.files:
            entries = run.entries.get(str(file))
            state = _worst(entries) if entries else "no entry"
            counts[file.suffix.lower() or "(none)"].update(["files", _COLUMN.get(state, state)])
        for row in against[run.name]:
            counts[row.file.suffix.lower() or "(none)"].update(_verdicts(row))
    print(f"{'format':10} {'files':>7} " + " ".join(f"{c:>11}" for c in COLUMNS))
    for suffix, c in sorted(counts.items(), key=lambda pair: -pair[1]["files"]):
        if c["files"] >= 20 or c["silent"] or c["no entry"]:
            print(_row(suffix[:10], c) + ("" if suffix in readers() else "  not compared"))
    total = sum(counts.values(), Counter())
    print(_row("all", total))
    print(f"of what the other readers open, read: {total['of it read'] / max(1, total['opened']):.3f}")
    print(f"runs that did not end whole: {sum(not r.complete or r.status not in (0, 1, 3) for r in runs)}")
    print(f"longest run: {max(r.seconds for r in runs):.0f} s; most memory: {max(r.peak_mb for r in runs)} MB")
    print(f"left behind: {sum(len(r.left_files) for r in runs)} files, {sum(r.left_processes for r in runs)} processes")


def _verdicts(row: Compared) -> list[str]:
    out = ["opened"]
    if row.state == "read":
        out.append("of it read")
    if row.lost:
        out.append("silent" if row.worst == "read" else "part < half")
    return out


def _row(name: str, counts: Counter[str]) -> str:
    return f"{name:10} {counts['files']:>7} " + " ".join(f"{counts[c]:>11}" for c in COLUMNS)


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=Path, nargs="?", help="the folder of the collections")
    parser.add_argument("--manifest", action="store_true", help="print how to have the collections")
    parser.add_argument("--decode", action="store_true", help="decode what is uuencoded under ROOT, once, and stop")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="one collection; may be repeated")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="worker processes (default: 2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found as JSON")
    parser.add_argument(
        "--list", type=int, default=40, metavar="N", help="name at most N files of each kind (default: 40)"
    )
    args = parser.parse_args()
    if args.manifest or args.root is None:
        print_manifest()
        return 0
    if args.decode:
        print(f"{decode(args.root)} files decoded")
        return 0
    if strange := [name for name in args.only if not (args.root / name).is_dir()]:
        parser.error(
            f"--only {strange[0]}: no such folder in {args.root}; write it like {next(args.root.iterdir()).name}"
        )
    names = args.only or sorted(p.name for p in args.root.iterdir() if p.is_dir())
    runs = []
    for name in names:
        runs.append(check(args.root, name, args.jobs))
        print(f"{name}: {len(runs[-1].files)} files, {runs[-1].seconds:.0f} s, {runs[-1].peak_mb} MB", file=sys.stderr)
    against = {run.name: list(compared(run)) for run in runs}
    table(runs, against)
    lost = [row for rows in against.values() for row in rows if row.lost]
    none = [f for run in runs for f in run.files if not run.entries.get(str(f))]
    for file in none[: args.list]:
        print(f"without an entry: {file.relative_to(args.root)}")
    for row in lost[: args.list]:
        print(f"lost, said {row.worst}: {row.file.relative_to(args.root)}: {row.ours} of {row.theirs} characters")
    if args.json:
        rows = {r.name: {str(f.relative_to(args.root)): r.entries.get(str(f), []) for f in r.files} for r in runs}
        args.json.write_text(json.dumps(rows, indent=1), encoding="ascii")
    return int(bool(none) or any(row.worst == "read" for row in lost))


if __name__ == "__main__":
    sys.exit(main())
