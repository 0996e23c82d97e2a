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
from clauselight.structure.trees import ByTree, has_grammar

#: a line of code by its end or its first word: "int race;", "}", "import java.util.List", "#include <face.h>"
_CODE_LINE = re.compile(r"[;{}]$|^\s*[})\]]+[,;]?$|^(?:import|from|package|using|#include)\b")
#: an item of a list, which ends with a semicolon too: "a) classification of faces;", "（2）肤色识别;"
_ITEM = re.compile(r"(?:[(（]?\w{1,3}[)）]|\d{1,2}[.、]|[-•·])\s*[^\W\d_]{2}")
#: a line of comment or an annotation: "// race", "/** 民族 */", "* @param race", "@JsonProperty"
_COMMENT_LINE = re.compile(r"(?://|/\*\*?|\*/|\* |@\w+\(?)")
#: a key with its value: "\"race\": {", "ethnicity = [", "skin: x,"
_PAIR = re.compile(r"^[\"']?\w+[\"']?\s*[:=]\s*.*[,\[{]$")


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
    ends = sum(bool(_CODE_LINE.search(line)) and not _ITEM.match(line) for line in lines)
    marks = sum(bool(_COMMENT_LINE.match(line)) for line in lines)
    pairs = sum(bool(_PAIR.search(line)) for line in lines)
    return "code" if (ends + marks + pairs) > len(lines) * 0.3 else "prose"


def describer(kind: str, name: str) -> Callable[[LineLayout, int], Context]:
    """The function that works out contexts for a kind of text."""
    if kind == "markup":
        return markup
    if kind == "code":
        lines = indented if name.lower().endswith(INDENTED) else code
        return ByTree(name, lines) if has_grammar(name) else lines
    return prose
