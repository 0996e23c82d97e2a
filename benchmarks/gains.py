"""Gains and losses: what this tree finds and states that the frozen results (or a revision) did not, and the reverse.

usage: python benchmarks/gains.py                   compare this tree with the frozen results in benchmarks/golden/
       python benchmarks/gains.py --against REV     compare it with another revision, run from a work tree of its own
       python benchmarks/gains.py --freeze          freeze what this tree gives; do it after reading the differences
       python benchmarks/gains.py --only samples    one set (samples, clauses, corpus, cases); may be repeated

Each row of a result is a finding, a statement, a chain or an event of a timeline. A row has a key (where it stands
and what it is about), values that decide (groups, role, strength, polarity, level, dates, …) and a digest of all the
rest, cues included.

`golden/wrong.tsv` names frozen rows that are known to be wrong, each with the reason; to lose one of them is a gain.
Of texts that are not part of this project (the sets `corpus` and `cases`) the frozen rows hold places and digests,
never words.

exit status: 0 no difference · 1 differences · 2 a set could not be run
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
GOLDEN = HERE / "golden"
#: sets whose words are not ours to copy
FOREIGN = ("corpus", "cases")
SETS = ("samples", "clauses", *FOREIGN)
#: what decides about a finding, in the order in which it is shown
DECIDES = ("level", "role", "groups", "strength", "polarity", "rule")
#: the rest of a finding that a pure rebuilding must not change
REST = ("page", "line", "end_line", "boxes", "clause", "strength_token", "marks", "cues", "gloss", "confidence")


@dataclass(frozen=True)
class Row:
    """One result. `shown` is for people and is not frozen for texts of others."""

    set: str
    kind: str
    key: tuple[str, ...]
    value: tuple[str, ...]
    rest: str
    shown: str = ""

    @property
    def name(self) -> tuple[str, ...]:
        return (self.set, self.kind, *self.key)


def digest(value: object) -> str:
    """Twelve hex digits of a value's JSON."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


# --- running the program, through its command line, so that any revision can be run ---


def run(tree: Path, cwd: Path, *arguments: str) -> list[dict[str, Any]]:
    """The JSON lines that a command line of the program in `tree` prints."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "CLAUSELIGHT_LISTS": str(cwd / "no-lists")}
    command = [sys.executable, "-m", "clauselight", *arguments, "--format", "jsonl", "--ocr", "never", "--quiet"]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 3):
        raise RuntimeError(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def rows_of(name: str, tree: Path) -> list[Row] | None:
    """All rows of a set, or None where the set is not at hand."""
    if name == "samples":
        return list(_all(name, tree, ROOT, ["samples"]))
    if name == "corpus":
        return list(_all(name, tree, SHARED, ["corpus/files"])) if (SHARED / "corpus/files").is_dir() else None
    if name == "cases":
        folders = [f"cases/{part}" for part in ("find", "who", "tender")]
        rows = _all(name, tree, SHARED, folders) if (SHARED / "cases").is_dir() else None
        return rows and [r for r in rows if "index.tsv" not in r.shown]  # what is expected is no case
    with tempfile.TemporaryDirectory() as folder:
        write_clauses(Path(folder))
        return list(_all(name, tree, Path(folder), ["clauses"]))


def write_clauses(folder: Path) -> None:
    """Every labelled clause as a file of its own, under the file name that it wants."""
    sys.path.insert(0, str(HERE))
    from accuracy import clauses  # the labelled texts

    for number, clause in enumerate(clauses()):
        file = folder / "clauses" / f"{number:04}" / clause.name
        file.parent.mkdir(parents=True)
        file.write_text(clause.text, encoding="utf-8")


def _all(name: str, tree: Path, cwd: Path, paths: list[str]) -> Iterator[Row]:
    yield from (
        _finding(name, r) for r in run(tree, cwd, "check", *paths, "--level", "mention") if r["type"] == "finding"
    )
    yield from (_statement(name, r) for r in run(tree, cwd, "who", *paths) if r["type"] == "statement")
    if name == "clauses":  # sentences of their own make no chains
        return
    for to in ("finding", "organisation"):
        yield from (_chain(name, to, r) for r in run(tree, cwd, "chain", *paths, "--to", to) if r["type"] == "chain")
    yield from (_event(name, r) for r in run(tree, cwd, "timeline", *paths) if r["type"] == "event")


def _finding(name: str, r: dict[str, Any]) -> Row:
    key = (r["path"], str(r["start"]), str(r["end"]), r["attribute"])
    value = tuple(" ".join(r[k]) if isinstance(r[k], list) else str(r[k]) for k in DECIDES)
    shown = f"{r['path']}:{r['line'] or 'p' + str(r['page'])} {r['attribute']} {' '.join(r['quote'].split())[:100]}"
    return Row(name, "finding", key, value, digest([r[k] for k in REST]), shown)


def _node(node: dict[str, Any]) -> str:
    return f"{node['kind']} {node['label']}"


def _statement(name: str, r: dict[str, Any]) -> Row:
    place = r["evidence"][0]
    key = (
        place["path"],
        r["predicate"],
        _node(r["subject"]),
        _node(r["object"]),
        r["role"] if r["predicate"] == "specifies" else "",
    )
    value = tuple(str(r[k]) for k in ("date", "qualifier", "role", "order", "value"))
    whole = [{k: v for k, v in r[end].items() if k not in ("resolution", "lists")} for end in ("subject", "object")]
    shown = (
        f"{place['path']}:{place['line'] or place['page']} {_node(r['subject'])} {r['predicate']} {_node(r['object'])}"
    )
    return Row(name, "statement", key, value, digest([whole, r["evidence"]]), shown)


def _chain(name: str, to: str, r: dict[str, Any]) -> Row:
    links = [f"{_node(s['subject'])} {s['predicate']} {_node(s['object'])}" for s in r["links"]]
    return Row(name, f"chain to {to}", tuple(links), (), digest([s["evidence"] for s in r["links"]]), " → ".join(links))


def _event(name: str, r: dict[str, Any]) -> Row:
    key = (r["date"], r["what"], r["kind"])
    return Row(name, "event", key, (), digest([r["quote"], r["place"]]), f"{r['date']} {r['what']}")


# --- frozen rows ---


def hidden(row: Row) -> Row:
    """The row as it may be kept: of texts of others a digest in place of every word."""
    if row.set not in FOREIGN:
        return row
    key = row.key if row.kind == "finding" else tuple(digest(part) for part in row.key)
    value = row.value if row.kind == "finding" else tuple(digest(part) for part in row.value)
    return Row(row.set, row.kind, key, value, row.rest)


def freeze(name: str, rows: list[Row]) -> None:
    """Write the rows of a set, sorted, one a line."""
    lines = sorted(
        "\t".join((r.kind, r.rest, json.dumps([r.key, r.value], ensure_ascii=False))) for r in map(hidden, rows)
    )
    (GOLDEN / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def frozen(name: str) -> list[Row]:
    """The rows of a set as they were frozen."""
    rows = []
    for line in (GOLDEN / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        kind, rest, body = line.split("\t", 2)
        key, value = json.loads(body)
        rows.append(Row(name, kind, tuple(key), tuple(value), rest, f"{key} {value}"))
    return rows


def wrong_rows() -> dict[tuple[str, ...], str]:
    """Frozen rows that are known to be wrong: name -> reason."""
    file = GOLDEN / "wrong.tsv"
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as stream:
        return {tuple(json.loads(row["row"])): row["reason"] for row in csv.DictReader(stream, delimiter="\t")}


# --- comparing ---


@dataclass(frozen=True)
class Difference:
    """One row on one side alone, or on both with other values. `what`: gained, lost, mended, decided, details."""

    what: str
    before: Row | None
    after: Row | None
    note: str = ""


def compare(before: list[Row], after: list[Row], wrong: dict[tuple[str, ...], str]) -> list[Difference]:
    """Every difference between two results, in the order of their names. Rows of one name are paired in order."""
    sides: dict[tuple[str, ...], tuple[list[Row], list[Row]]] = {}
    for index, rows in enumerate((before, after)):
        for row in rows:
            sides.setdefault(row.name, ([], []))[index].append(row)
    out: list[Difference] = []
    for name, (old, new) in sorted(sides.items()):
        out += _differences(_sorted(old), _sorted(new), wrong.get(name, ""))
    return out


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda r: (r.value, r.rest))


def _differences(old: list[Row], new: list[Row], reason: str) -> Iterator[Difference]:
    for a, b in zip(old, new, strict=False):
        if a.value != b.value:
            yield Difference("mended" if reason else "decided", a, b, reason)
        elif a.rest != b.rest:
            yield Difference("details", a, b)
    for row in old[len(new) :]:
        yield Difference("mended" if reason else "lost", row, None, reason)
    for row in new[len(old) :]:
        yield Difference("gained", None, row)


def report(name: str, differences: list[Difference], most: int) -> None:
    """Print the differences of one set: counts first, then each, so many of a kind."""
    counts = Counter((d.what, (d.after or d.before).kind) for d in differences)  # type: ignore[union-attr]
    print(
        f"{name}: " + (", ".join(f"{n} {kind} {what}" for (what, kind), n in sorted(counts.items())) or "no difference")
    )
    shown: Counter[str] = Counter()
    for d in differences:
        shown[d.what] += 1
        if shown[d.what] > most:
            continue
        row = d.after or d.before
        assert row is not None
        print(f"  {d.what:8} {row.kind:10} {row.shown or ' '.join(row.key)}" + (f"  ({d.note})" if d.note else ""))
        if d.what in ("decided", "mended") and d.before and d.after:
            print(f"           {' '.join(d.before.value)}  ->  {' '.join(d.after.value)}")
        elif d.what in ("gained", "lost", "mended"):
            print(f"           {' '.join(row.value)}")
    for what, n in shown.items():
        if n > most:
            print(f"  … and {n - most} more {what} (--most N shows them)")


def differences_of(name: str, against: Path | None) -> list[Difference] | None:
    """The differences of one set, or None where it is not at hand."""
    rows = rows_of(name, ROOT)
    if rows is None:
        return None
    if against is not None:
        other = rows_of(name, against)
        assert other is not None
        return compare(other, rows, {})
    return compare(frozen(name), _with_words(rows), wrong_rows())


def _with_words(rows: list[Row]) -> list[Row]:
    """Rows under the names that they are frozen under, but still readable."""
    return [Row(r.set, r.kind, hidden(r).key, hidden(r).value, r.rest, r.shown) for r in rows]


def stale_marks() -> list[str]:
    """Marks of `wrong.tsv` that no frozen row bears any more."""
    marks = wrong_rows()
    names = {row.name for name in {mark[0] for mark in marks} for row in frozen(name)}
    return [f"{' '.join(mark)}: {reason}" for mark, reason in marks.items() if mark not in names]


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", metavar="REV", help="a revision to compare with (default: the frozen results)")
    parser.add_argument("--freeze", action="store_true", help="freeze what this tree gives")
    parser.add_argument("--only", choices=SETS, action="append", help="one set; may be repeated")
    parser.add_argument("--most", type=int, default=20, metavar="N", help="show at most N of a kind (default: 20)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        against = Path(folder) / "tree" if args.against else None
        if against:
            subprocess.run(
                ["git", "-C", str(ROOT), "worktree", "add", "--quiet", "--detach", str(against), args.against],
                check=True,
            )
        try:
            return _main(args, against)
        finally:
            if against:
                subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(against)], check=True)


def _main(args: argparse.Namespace, against: Path | None) -> int:
    status = 0
    for name in args.only or SETS:
        if args.freeze:
            rows = rows_of(name, ROOT)
            print(f"{name}: " + ("not at hand, not frozen" if rows is None else f"{len(rows)} rows frozen"))
            if rows is not None:
                freeze(name, rows)
            continue
        found = differences_of(name, against)
        if found is None:
            print(f"{name}: not run (not at hand)")
            continue
        report(name, found, args.most)
        status = max(status, bool(found))
    for mark in stale_marks():
        print(f"wrong.tsv marks a row that is not frozen: {mark}")
        status = max(status, 1)
    return status


if __name__ == "__main__":
    sys.exit(main())
