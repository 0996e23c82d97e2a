"""``clauselight case status``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from clauselight.cli import options, parsers


def register(actions: Any, text: str) -> None:
    """Add the action to the command line."""
    p = parsers.action(actions, "status", text, run)
    options.add(p, "ocr", "packs", "json")


def run(args: argparse.Namespace) -> int:
    """Show the state of the case; the return value is the exit status."""
    from clauselight.case.orphans import orphans
    from clauselight.case.staleness import Keys
    from clauselight.case.status import status
    from clauselight.case.store import Case
    from clauselight.exports.quotes import covered

    with Case(Path(args.dir)) as case:
        mode = args.ocr if args.ocr != "auto" else case.meta("ocr", "auto")
        keys = Keys.now(options.finder(args), mode)  # type: ignore[arg-type]
        state = status(case, keys, cover=covered)
        orphaned = [orphan.words(covered) for orphan in orphans(case)]
    lines = _lines(state, args.dir, orphaned)
    print(json.dumps(state, ensure_ascii=False, indent=1) if args.json else "\n".join(lines))
    return 0


def _lines(state: dict[str, Any], folder: str, orphaned: Sequence[str]) -> Iterator[str]:
    yield state["title"]
    yield f"  sources     {state['sources']} from {state['origins']} places; {state['not_read_yet']} not read yet"
    yield f"  readings    {_counts(state['readings'])}"
    yield f"  findings    {_counts(state['findings'])}; {state['statements']} statements"
    for why, n in state["stale"].items():
        yield f"  stale       {n}: {why}; `clauselight case run {folder}` brings them up to date"
    yield f"  judged      {_counts(state['judged'])}"
    for line in orphaned:
        yield f"  orphaned    {line}"
    for pair in state["agreement"]:
        yield _agreement(pair)
    for twin in state["same"]:
        yield f"  {twin['kind']}: {', '.join(twin['origins'])}"
    chain = state["journal"]
    unbroken = "unbroken" if not chain["broken"] else "BROKEN: " + "; ".join(chain["broken"])
    yield f"  journal     {chain['entries']} entries, {unbroken}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {word}" for word, n in counts.items()) or "none"


def _agreement(pair: Mapping[str, Any]) -> str:
    kappa = pair["kappa"] if pair["kappa"] is not None else "not defined"
    first, second = pair["reviewers"]
    return f"  agreement   {first} and {second}: {pair['agree']} of {pair['both']} alike, Cohen's kappa {kappa}"
