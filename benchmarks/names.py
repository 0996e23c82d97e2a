"""The benchmark of name pairs: precision and recall of our resolver and of its peers on the same pairs.

Run: python benchmarks/names.py [--misses | --held-out]

The peers are rigour, nomenklatura and rapidfuzz; those that are not installed are left out of the table.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

from clauselight.entities.catalogue import Name, Organisation, load
from clauselight.entities.resolve import Resolver

PAIRS = Path(__file__).parent / "names" / "pairs.txt"
Same = Callable[[str, str], bool]


HELD_OUT = PAIRS.with_name("held-out.txt")


def pairs(file: Path = PAIRS) -> list[tuple[str, str, bool]]:
    """Every labelled pair."""
    out = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        parts = re.split(r"\s+([=≠])\s+", line.replace("\\n", "\n"))
        out += [(parts[0], parts[i + 1], parts[i] == "=") for i in range(1, len(parts), 2)]
    return out


def ours() -> Same:
    """Same where both names surely lead to one organisation, or where one surely leads to the other."""
    catalogue = Resolver(load())

    def same(a: str, b: str) -> bool:
        x, y = catalogue.match(a), catalogue.match(b)
        if x and y and x.sure and y.sure:
            return x.id == y.id
        if (x and x.sure) or (y and y.sure):
            return False
        for one, two in ((a, b), (b, a)):
            match = Resolver((Organisation("one", one, (Name(one, "the pair"),), (), ()),)).match(two)
            if match and match.sure:
                return True
        return False

    return same


def peers() -> dict[str, Callable[[str, str], float]]:
    """Scores from 0 to 1 of the libraries that are installed."""
    found: dict[str, Callable[[str, str], float]] = {}
    if importlib.util.find_spec("rapidfuzz"):
        from rapidfuzz import fuzz
        from rapidfuzz.utils import default_process

        found["rapidfuzz ratio"] = lambda a, b: fuzz.ratio(a, b, processor=default_process) / 100
        found["rapidfuzz WRatio"] = lambda a, b: fuzz.WRatio(a, b, processor=default_process) / 100
    if importlib.util.find_spec("rigour"):
        from rigour.names import remove_org_types
        from rigour.text.distance import levenshtein_similarity

        def rigour(a: str, b: str) -> float:
            x, y = (remove_org_types(n.casefold()).strip() for n in (a, b))
            return levenshtein_similarity(x, y, max_edits=None) if x and y else 0.0

        found["rigour (types removed, Levenshtein)"] = rigour
    if importlib.util.find_spec("nomenklatura"):
        from followthemoney import model
        from nomenklatura.matching import get_algorithm

        algorithm = get_algorithm("logic-v2") or get_algorithm("logic-v1")
        if algorithm is not None:
            config = algorithm.default_config()

            def entity(name: str) -> object:
                return model.get_proxy({"id": name, "schema": "Company", "properties": {"name": [name]}})

            def logic(a: str, b: str) -> float:
                return float(algorithm.compare(entity(a), entity(b), config).score)

            found[f"nomenklatura {algorithm.NAME}"] = logic
    return found


def figures(labelled: list[tuple[str, str, bool]], same: Same) -> tuple[float, float, list[tuple[str, str, bool]]]:
    """Precision, recall and the pairs decided wrongly."""
    hits = sum(1 for a, b, label in labelled if label and same(a, b))
    taken = sum(1 for a, b, _ in labelled if same(a, b))
    wrong = [(a, b, label) for a, b, label in labelled if same(a, b) != label]
    return hits / taken if taken else 0.0, hits / sum(label for *_, label in labelled), wrong


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--misses", action="store_true", help="print the pairs that we decide wrongly")
    options.add_argument("--held-out", action="store_true", help="the part that is only measured")
    args = options.parse_args()
    if args.held_out and args.misses:
        options.error("the misses of the part that is only measured are not printed")
    labelled = pairs(HELD_OUT if args.held_out else PAIRS)
    print(f"{len(labelled)} pairs, {sum(label for *_, label in labelled)} the same\n")
    print("| | precision | recall |\n|---|---|---|")
    precision, recall, wrong = figures(labelled, ours())
    print(f"| clauselight | {precision:.3f} | {recall:.3f} |")
    for name, score in peers().items():
        best = max(
            (
                (t / 100, *figures(labelled, lambda a, b, t=t, score=score: score(a, b) >= t / 100)[:2])
                for t in range(50, 100, 5)
            ),  # type: ignore[misc]
            key=lambda row: 2 * row[1] * row[2] / ((row[1] + row[2]) or 1),
        )
        print(f"| {name}, at its best threshold here ({best[0]}) | {best[1]:.3f} | {best[2]:.3f} |")
    if args.misses:
        for a, b, label in wrong:
            print("same" if label else "other", repr(a), repr(b), sep="\t")


if __name__ == "__main__":
    main()
