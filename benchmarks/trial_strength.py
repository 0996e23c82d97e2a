"""How strongly labelled lines of public repositories bind, and whether they forbid or deny, against the program.

usage: python benchmarks/trial_strength.py --root DIR [--labels FILE ...] [--misses N] [--json FILE]
       python benchmarks/trial_strength.py --manifest      print the lines that bring the repositories to DIR

The labels (trials/strength_zh.tsv, trials/strength_en.tsv) name repository, commit, path and line, and hold no text.
DIR has one clone a repository, named like it with two underscores for the slash. A label whose line is not at hand, or
is another by its digest, is counted as not run.

Two things are held against the labels. *Lines*: the functions that decide, asked about the line alone, where every
line can be compared; what is negated is then not known, so a negation anywhere in the line counts. *Findings*: what the
program says of a place on the line, in its document; lines that name no attribute have none and are not compared.

A label *neutral* (a line that orders nothing) and *provides* are both "provides" to the program, which says of no place
that it is neutral; they are printed apart and counted as one. *prohibits* is "forbids".
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from trial_groups import is_line, labels, print_manifest, source

from clauselight import Check
from clauselight.model import Context
from clauselight.rules.load import load
from clauselight.rules.polarity import Negations
from clauselight.rules.strength import Modals
from clauselight.text.normalise import normalise

HERE = Path(__file__).resolve().parent
STRENGTHS = ("shall", "should", "may", "can", "none")
POLARITIES = ("prohibits", "denies", "provides", "neutral")
#: what a label is to the program
SAID = {"prohibits": "forbids", "denies": "denies", "provides": "provides", "neutral": "provides"}


@dataclass(frozen=True)
class Answer:
    """A label and what was said of its line."""

    language: str
    of: str
    row: dict[str, str]
    strength: str
    polarity: str


def line_of(data: bytes, row: dict[str, str]) -> str:
    """The labelled line as text."""
    return data.split(b"\n")[int(row["line"]) - 1].decode("utf-8", "replace").strip()


def of_lines(rows: Iterable[tuple[str, dict[str, str], str]]) -> list[Answer]:
    """What the deciding functions say of each line by itself."""
    book = load()
    modals, negations = Modals(book), Negations(book)
    answers = []
    for language, row, text in rows:
        languages = book.languages.of(text) or frozenset({language})
        strength = modals.binding(text, Context(), {}, languages).strength
        answers.append(Answer(language, "line", row, strength, negations.anywhere(normalise(text).text, languages)))
    return answers


def of_findings(files: dict[Path, list[tuple[str, dict[str, str]]]], folder: Path) -> tuple[list[Answer], Counter[str]]:
    """What the program says of places that begin on the labelled lines, and how many lines have none, by language."""
    places: dict[tuple[Path, int], list[tuple[str, str]]] = defaultdict(list)
    for finding in Check([str(folder)], level="mention", ocr="never"):
        for line in range(finding.line or 0, (finding.end_line or finding.line or 0) + 1):
            places[Path(finding.path), line].append((finding.strength, finding.polarity))
    answers, without = [], Counter[str]()
    for file, rows in files.items():
        for language, row in rows:
            said = places.get((file, int(row["line"])), [])
            without[language] += not said
            if said:
                strongest = min((s for s, _ in said), key=STRENGTHS.index)
                polarity = next((p for p in ("forbids", "denies") if p in {q for _, q in said}), "provides")
                answers.append(Answer(language, "finding", row, strongest, polarity))
    return answers, without


def table(answers: list[Answer], what: str, names: tuple[str, ...], said: tuple[str, ...]) -> tuple[int, int]:
    """Print a confusion table, labels down and answers across; right ones and all."""
    counts = Counter((a.row[what], getattr(a, what)) for a in answers)
    print(f"  {what:10}" + "".join(f"{name:>10}" for name in said) + "    (labels down, answers across)")
    for name in names:
        print(f"  {name:10}" + "".join(f"{counts[name, other]:>10}" for other in said))
    right = sum(n for (label, answer), n in counts.items() if SAID.get(label, label) == answer)
    print(f"  right: {right} of {len(answers)} = {right / max(1, len(answers)):.3f}")
    return right, len(answers)


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, help="the folder of the clones")
    parser.add_argument("--labels", type=Path, nargs="*", help="files of labels, each named …_<language>.tsv")
    parser.add_argument("--manifest", action="store_true", help="print how to have the repositories")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="name N lines that are answered wrongly")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts as JSON")
    args = parser.parse_args()
    files = args.labels or sorted((HERE / "trials").glob("strength_*.tsv"))
    rows = [(file.stem.rsplit("_", 1)[1], row) for file in files for row in labels(file)]
    if args.manifest or args.root is None:
        print_manifest(row for _, row in rows)
        return 0
    by_file: dict[tuple[str, str, str], list[tuple[str, dict[str, str]]]] = defaultdict(list)
    for language, row in rows:
        by_file[row["repo"], row["commit"], row["path"]].append((language, row))
    not_run: Counter[str] = Counter()
    texts: list[tuple[str, dict[str, str], str]] = []
    with tempfile.TemporaryDirectory() as folder:
        known: dict[Path, list[tuple[str, dict[str, str]]]] = {}
        for number, ((_, _, path), each) in enumerate(by_file.items()):
            data = source(args.root, each[0][1])
            at_hand = [(language, row) for language, row in each if data is not None and is_line(data, row)]
            not_run.update(language for language, row in each if (language, row) not in at_hand)
            if data is not None and at_hand:
                file = Path(folder) / str(number) / Path(path).name
                file.parent.mkdir()
                file.write_bytes(data)
                known[file] = at_hand
                texts += [(language, row, line_of(data, row)) for language, row in at_hand]
        lines = of_lines(texts)
        found, without = of_findings(known, Path(folder))
    figures: dict[str, list[int]] = {}
    for language in sorted({language for language, _ in rows}):
        missing = f"{not_run[language]} labels not run, {without[language]} lines without a finding not compared"
        print(f"{language}: {missing}")
        for of, answers in (("line", lines), ("finding", found)):
            own = [a for a in answers if a.language == language]
            print(f" {of}s: {len(own)}")
            figures[f"{language} {of} strength"] = list(table(own, "strength", STRENGTHS, STRENGTHS))
            said = ("forbids", "denies", "provides")
            figures[f"{language} {of} polarity"] = list(table(own, "polarity", POLARITIES, said))
    for a in [a for a in (*lines, *found) if a.strength != a.row["strength"] or a.polarity != SAID[a.row["polarity"]]][
        : args.misses
    ]:
        wanted = f"{a.row['strength']} {a.row['polarity']}"
        print(f"{a.of} {wanted} -> {a.strength} {a.polarity}: {a.row['repo']} {a.row['path']}:{a.row['line']}")
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
