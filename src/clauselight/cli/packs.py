"""``clauselight packs``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from clauselight.cli import options, parsers

_EPILOG = """examples:
  clauselight packs list
  clauselight packs show zh.ethnicity.sorting
  clauselight packs lint --packs my-rules/ --strict
  clauselight packs test --packs my-rules/

lint names problems, which make a pack unusable, and counts notes: rules without a case, expressions that no case shows,
words that are frequent in any text.

exit status: 0 all well · 1 a case fails, or with --strict there is a note · 2 a pack cannot be used
"""
#: what `show` prints of a rule, before its cases
_SHOWN = ("id", "attribute", "kind", "gloss", "groups", "digest", "where", "terms", "patterns", "not_in")


def register(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = parsers.verb(verbs, "packs", text, _EPILOG)
    p.add_argument("action", choices=("lint", "test", "list", "show"), help="what to do")
    p.add_argument("rule", nargs="?", help="rule id, for show")
    options.add(p, "packs", "json", packs="a folder with packs of your own; may be repeated")
    p.add_argument("--strict", action="store_true", help="lint: show the notes, and fail where there are any")
    p.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do one of the four; the return value is the exit status."""
    from clauselight.errors import PackError
    from clauselight.rules.load import load

    try:
        book = load([Path(p) for p in args.packs])
    except PackError as error:
        if args.action != "lint" or not args.json:
            raise
        return _lint_json(0, error.problems, [])
    return {"lint": _lint, "test": _test, "list": _list, "show": _show}[args.action](book, args)


def _lint(book: Any, args: argparse.Namespace) -> int:
    from clauselight.errors import PackError
    from clauselight.rules.lint import lint
    from clauselight.rules.load import builtin_folder

    remarks = lint(book)
    problems = [str(r) for r in remarks if r.level == "problem"]
    # whoever checks packs of their own is not shown what the shipped ones lack
    shipped = f"{builtin_folder()}/" if args.packs else "\0"
    notes = [str(r) for r in remarks if r.level == "note" and not r.where.startswith(shipped)]
    failed = int(args.strict and bool(notes))
    if args.json:
        return _lint_json(len(book.rules), problems, notes) or failed
    if problems:
        raise PackError(problems)
    if args.strict:
        print("\n".join(notes))
    found = f"{len(book.packs)} packs, {len(book.languages.each)} languages, {len(book.rules)} rules"
    print(f"{found}: no problems, {len(notes)} notes" + ("" if args.strict else " (--strict shows them)"))
    return failed


def _lint_json(rules: int, problems: list[str], notes: list[str]) -> int:
    print(json.dumps({"rules": rules, "problems": problems, "notes": notes}, ensure_ascii=False, indent=1))
    return 2 if problems else 0


def _test(book: Any, args: argparse.Namespace) -> int:
    from clauselight.pipeline.examples import run_examples

    results = run_examples(book)
    wrong = [r for r in results if not r.ok]
    if args.json:
        print(
            json.dumps(
                [{"rule": r.rule, "text": r.case.text, "ok": r.ok, "said": r.said} for r in results], ensure_ascii=False
            )
        )
    else:
        for result in wrong:
            print(f"{result.where}: {result.rule}: {result.said}\n    {result.case.text}")
        missed = sum(r.case.known_miss for r in results)
        print(f"{len(results) - len(wrong)} of {len(results)} cases hold, {missed} known misses")
    return 1 if wrong else 0


def _list(book: Any, args: argparse.Namespace) -> int:
    rows = [
        {
            "id": r.id,
            "attribute": r.attribute,
            "kind": r.kind,
            "groups": r.groups,
            "gloss": r.gloss,
            "cases": len(r.cases),
        }
        for r in book.rules
    ]
    if args.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(f"{row['id']:34} {row['attribute']:12} {row['kind']:6} {row['cases']:3} cases  {row['gloss']}")
    print(f"\n{len(rows)} rules in {len(book.packs)} packs, digest {book.digest[:16]}")
    return 0


def _show(book: Any, args: argparse.Namespace) -> int:
    from clauselight.errors import UsageError

    rule = next((r for r in book.rules if r.id == args.rule), None)
    if rule is None:
        raise UsageError(f"no rule {args.rule!r}; `clauselight packs list` names them")
    cases = [{key: getattr(case, key) for key in ("text", "level", "role", "known_miss")} for case in rule.cases]
    body = {key: getattr(rule, key) for key in _SHOWN} | {"cases": cases}
    if args.json:
        print(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    for key, value in body.items():
        lines = value if isinstance(value, (list, tuple)) else [value]
        print(f"{key}:")
        for line in lines:
            print(f"  {line}")
    return 0
