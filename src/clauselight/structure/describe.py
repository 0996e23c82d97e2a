"""What stands over a line, by the kind of its text: prose, code or markup.

All of it looks upward from one line over a bounded distance, so it costs nothing where nothing was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from clauselight.model import Context, LineLayout
from clauselight.structure.clauses import heading_path
from clauselight.structure.code import INDENTED, code, indented
from clauselight.structure.markup import markup
from clauselight.structure.tables import text_table


def prose(layout: LineLayout, index: int) -> Context:
    """Clause number and heading path of a line, and the table it may stand in."""
    table = text_table(layout, index)
    number, headings = heading_path(layout.line, index)
    if table:
        return Context("table", number, headings, (), table[0], table[1])
    return Context("prose", number, headings)


def kind_by_content(sample: str) -> str:
    """`code`, `markup` or `prose`, by the shape of the lines, where a name does not tell."""
    lines = [line.strip() for line in sample.splitlines() if line.strip()][:400]
    if not lines:
        return "prose"
    if sum(line.startswith("<") for line in lines) > len(lines) * 0.5:
        return "markup"
    ends = sum(
        bool(re.search(r"[;{}]$|^\s*[})\]]+[,;]?$|^(?:import|from|package|using|#include)\b", line)) for line in lines
    )
    marks = sum(bool(re.match(r"(?://|/\*\*?|\*/|\* |@\w+\(?)", line)) for line in lines)
    pairs = sum(bool(re.search(r"^[\"']?\w+[\"']?\s*[:=]\s*.*[,\[{]$", line)) for line in lines)
    return "code" if (ends + marks + pairs) > len(lines) * 0.3 else "prose"


def describer(kind: str, name: str) -> Callable[[LineLayout, int], Context]:
    """The function that works out contexts for a kind of text."""
    if kind == "markup":
        return markup
    if kind == "code":
        return indented if name.lower().endswith(INDENTED) else code
    return prose
