"""Writes the tables of docs/explanation/decisions.md from rules/weights.py. `--check` fails where they differ.

usage: python docs/explanation/make.py [--check]

A table stands between ``<!-- weights: SECTION -->`` and ``<!-- end -->``; every section has exactly one.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from clauselight.rules.weights import SECTIONS, Section

PAGE = Path(__file__).resolve().parent / "decisions.md"
_TABLE = re.compile(r"(?P<head><!-- weights: (?P<section>\w+) -->\n).*?(?P<tail><!-- end -->)", re.DOTALL)


def table(section: Section) -> str:
    """The numbers of a section as a Markdown table."""
    rows = [f"| `{r.name}` | {r.value:g} | {r.unit} | {r.meaning} |" for r in section.rows()]
    return "\n".join(["| number | value | unit | meaning |", "|---|---|---|---|", *rows, ""])


def page(text: str) -> str:
    """The page with its tables as they are now. Raises ValueError where a section has no table, or more than one."""
    tables = {type(section).__name__.lower(): table(section) for section in SECTIONS}
    there = [m["section"] for m in _TABLE.finditer(text)]
    if sorted(there) != sorted(tables):
        raise ValueError(f"{PAGE.name} has tables for {', '.join(there)}; wanted are {', '.join(tables)}")
    return _TABLE.sub(lambda m: f"{m['head']}\n{tables[m['section']]}\n{m['tail']}", text)


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    new = page(text)
    if "--check" not in sys.argv:
        PAGE.write_text(new, encoding="utf-8")
    elif new != text:
        print(f"out of date: {PAGE.name}; run python docs/explanation/make.py")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
