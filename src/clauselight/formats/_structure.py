"""What stands over a line: clause headings in prose, owners and comments in code, open elements in markup, headers in tables.

All of it looks upward from one line over a bounded distance, so it costs nothing where nothing was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from clauselight.model import Context, LineLayout

_UP = 400

# --- prose -----------------------------------------------------------------------------------------------------------

_CHAPTER = re.compile(r"\s*(第[一二三四五六七八九十百零〇\d]{1,6}[编章节条])[\s\u3000:：]*(.{0,60})")
_ANNEX = re.compile(r"\s*((?:附\s*录|Annex|ANNEX|Appendix)\s*[A-Z])\b[\s\u3000:：]*(.{0,60})")
_NUMBERED = re.compile(r"\s*((?:[A-Z]\.)?\d{1,2}(?:\.\d{1,3}){0,5})(?:[.、．)）]|\s|\u3000|(?=[\u4e00-\u9fff]))\s*(\S.{0,80})?$")
_ANNEX_CLAUSE = re.compile(r"\s*([A-Z](?:\.\d{1,3}){1,5})\s+(\S.{0,80})$")
_CHINESE = re.compile(r"\s*([一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])\s*(.{0,60})")
_HASH = re.compile(r"\s{0,3}(#{1,6})\s+(.{1,120})")
_STARTS = frozenset("#0123456789第附(（一二三四五六七八九十ABCDEFGHIJKLMNOPQRSTUVWXYZ★▲※*＊☆△")
_MARK = re.compile(r"^\s*[★▲※*#＊☆△]\s*(?=[\d(（A-Z一二三四五六七八九十])")
_ITEM = re.compile(r"\s*([★▲※*#]?\s*(?:[（(]?\d{1,3}[）).、]|[a-z]\)|[-•●·]))\s*")


def clause_heading(line: str) -> tuple[int, str, str] | None:
    """(depth, number, title; a Markdown heading has a depth below 0 and so stands over all numbers) if the line reads like a numbered heading of GB/T 1.1, ISO/IEC Directives 2, a law or Markdown."""
    if len(line) > 200 or line.lstrip()[:1] not in _STARTS or "\t" in line.strip() or line.lstrip().startswith("|"):
        return None
    line = _MARK.sub("", line)
    if match := _HASH.match(line):
        inner = clause_heading(match[2])
        return len(match[1]) - 10, inner[1] if inner else "", (inner[2] if inner else match[2]).strip(" #")
    if match := _CHAPTER.match(line):
        return {"编": 1, "章": 2, "节": 3, "条": 4}[match[1][-1]], match[1], match[2].strip()
    if match := _ANNEX.match(line):
        return 1, re.sub(r"\s", "", match[1]), match[2].strip()
    if match := _ANNEX_CLAUSE.match(line):
        return match[1].count(".") + 1, match[1], match[2].strip()
    if match := _NUMBERED.match(line):
        title = (match[2] or "").strip()
        if match[1].count(".") == 0 and (not title or int(re.sub(r"\D", "", match[1]) or 0) > 30):
            return None
        if re.match(r"[\d%/:～~-]|年|月|日|个|台|套|米", title):
            return None
        return match[1].count(".") + 1, match[1], title
    if match := _CHINESE.match(line):
        return (1 if "、" in match[1] else 2), match[1].strip("、.．"), match[2].strip()
    return None


def prose(layout: LineLayout, index: int) -> Context:
    """Clause number and heading path of a line, and the table it may stand in."""
    table = text_table(layout, index)
    number, headings = heading_path(layout.line, index)
    if table:
        return Context("table", number, headings, (), table[0], table[1])
    return Context("prose", number, headings)


def heading_path(line: Callable[[int], str], index: int, up: int = _UP) -> tuple[str | None, tuple[str, ...]]:
    """The number of the nearest heading at or above `index`, and the titles from the outermost down to it."""
    path: list[str] = []
    number: str | None = None
    depth = 99
    for i in range(index, max(-1, index - up), -1):
        text = line(i)
        found = clause_heading(text)
        if found is None or found[0] >= depth:
            continue
        if _is_sentence(text):
            # a numbered sentence has a number of its own, and is no heading of what follows
            if i == index:
                number, depth = found[1] or None, found[0] if found[1].count(".") else 99
            continue
        depth = found[0]
        number = number or found[1] or None
        path.append(f"{found[1]} {found[2]}".strip()[:120])
        if depth == -9:
            break
    return number, tuple(reversed(path))


def _is_sentence(text: str) -> bool:
    return bool(re.search(r"[。；;.]$", text.strip())) or len(text.strip()) > 60


# --- tables in plain text and Markdown -------------------------------------------------------------------------------


def split_row(line: str) -> list[str] | None:
    """The cells of a line that is a table row by pipes, tabs or runs of spaces; None where it is no row."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") >= 2:
        return [c.strip() for c in stripped.strip("|").split("|")]
    if "\t" in stripped:
        return [c.strip() for c in stripped.split("\t")]
    cells = re.split(r"\s{2,}|\u3000{2,}", stripped)
    return cells if len(cells) >= 3 else None


def text_table(layout: LineLayout, index: int) -> tuple[tuple[str, ...], str | None] | None:
    """(column headers, row header) if the line is a table row with rows of as many cells beside it."""
    cells = split_row(layout.line(index))
    if cells is None or len(cells) < 2:
        return None
    first = index
    while first > 0 and index - first < 200:
        above = split_row(layout.line(first - 1))
        if above is None or abs(len(above) - len(cells)) > (0 if "|" in layout.line(index) else 1):
            break
        first -= 1
    if first == index and split_row(layout.line(index + 1)) is None:
        return None
    header = split_row(layout.line(first)) or []
    return (tuple(header) if first != index else (), cells[0] if cells else None)


# --- code ------------------------------------------------------------------------------------------------------------

_COMMENT = re.compile(r"\s*(?://|/\*|\*(?!\w)|#(?!\s*(?:define|include|if|endif|pragma|region))|--(?!>)|<!--|;;|\"\"\"|''')")
_OWNER = re.compile(
    r"\b(?:class|struct|enum(?:\s+class)?|interface|union|message|trait|protocol|object|record|service|namespace|type|func|def|fn|function)\s+"
    r"([A-Za-z_$][\w$]*)|\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?[`\"\[]?([\w.]+)|\btypedef\s+(?:struct|enum|union)\s*(?:tag)?(\w*)"
    r"|([A-Za-z_$][\w$]*)['\"]?\s*[:=]\s*(?:\[|\{|function)|\b([A-Za-z_$][\w$]*)\s*\([^()]*\)\s*(?:const\s*)?(?:throws\s+[\w, ]+)?\{",
    re.IGNORECASE,
)
_ANNOTATION = re.compile(r"\s*@\w|\s*\[\w+.*\]\s*$|\s*#\[")
_INDENTED = (".py", ".yaml", ".yml", ".pyi")


def in_comment(layout: LineLayout, index: int) -> bool:
    """Whether the whole line is comment."""
    line = layout.line(index)
    if _COMMENT.match(line):
        return not re.match(r"\s*/\*.*\*/\s*\S", line)
    for i in range(index - 1, max(-1, index - 60), -1):
        above = layout.line(i)
        if "*/" in above:
            return False
        if "/*" in above:
            return True
    return False


def code(layout: LineLayout, index: int) -> Context:
    """Owners (class, struct, table …) of a line, and the member that a comment documents."""
    comment = in_comment(layout, index)
    member = documented(layout, index) if comment else None
    return Context("code", None, (), owners(layout, index), (), None, member, comment)


def documented(layout: LineLayout, index: int) -> tuple[int, int] | None:
    """The lines from a comment line down to the declaration that it stands over."""
    for i in range(index + 1, min(index + 9, len(layout))):
        line = layout.line(i)
        if not line.strip():
            if i > index + 2:
                return None
            continue
        if _COMMENT.match(line) or line.strip().startswith("*") or _ANNOTATION.match(line):
            continue
        return None if line.strip() in {"{", "}", "};", "),", "])"} else (index, i)
    return None


def owners(layout: LineLayout, index: int) -> tuple[str, ...]:
    """Names of the open blocks around a line, outermost first, by braces or brackets."""
    names: list[str] = []
    depth = 0
    for i in range(index - 1, max(-1, index - _UP), -1):
        line = re.sub(r"//.*|\"[^\"]*\"|'[^']*'", "", layout.line(i)) if len(layout.line(i)) < 400 else ""
        for char in reversed(line):
            if char in ")}]":
                depth += 1
            elif char in "({[":
                depth -= 1
                if depth < 0:
                    depth = 0
                    name = _owner_name(layout, i)
                    if name and (not names or names[-1] != name):
                        names.append(name)
        if len(names) >= 6:
            break
    return tuple(reversed(names))


_ANONYMOUS = re.compile(r"\btypedef\s+(?:struct|enum|union)\s*\{?\s*$")
_NAMED_AFTER = re.compile(r"^\s*\}\s*(?:__\w+\s*(?:\([^)]*\))*\s*)?([A-Za-z_]\w*)")


def _name_after(layout: LineLayout, index: int) -> str | None:
    """The name that C writes behind the closing brace of ``typedef struct { … } NAME;``."""
    opening = " ".join(layout.line(i).split("//")[0].strip() for i in range(max(0, index - 1), index + 1))
    if not _ANONYMOUS.search(opening):
        return None
    for i in range(index + 1, min(len(layout), index + _UP)):
        line = layout.line(i)
        if match := _NAMED_AFTER.match(line):
            return match[1]
    return None


def _owner_name(layout: LineLayout, index: int) -> str | None:
    after = _name_after(layout, index)
    if after:
        return after
    for i in (index, index - 1, index - 2):
        if i < 0:
            break
        line = layout.line(i)
        if i != index and re.search(r"[;}]", line):
            break
        for match in _OWNER.finditer(line[:400]):
            name = next((g for g in match.groups() if g), None)
            if name and name not in {"if", "for", "while", "switch", "catch", "return"}:
                return name
    return None


def indented(layout: LineLayout, index: int) -> Context:
    """Owners by indentation, for Python and YAML."""
    line = layout.line(index)
    names: list[str] = []
    level = len(line) - len(line.lstrip()) if line.strip() else 999
    for i in range(index - 1, max(-1, index - _UP), -1):
        above = layout.line(i)
        if not above.strip():
            continue
        here = len(above) - len(above.lstrip())
        if here < level:
            level = here
            match = re.match(r"\s*(?:-\s+)?(?:async\s+)?(?:class\s+|def\s+)?[\"']?([\w$-]+)", above)
            if match:
                names.append(match[1])
            if level == 0:
                break
    comment = line.lstrip().startswith("#")
    return Context("code", None, (), tuple(reversed(names)), (), None, documented(layout, index) if comment else None, comment)


# --- markup ----------------------------------------------------------------------------------------------------------

_TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_NAME = re.compile(r"\b(?:name|ref|id|base|type)\s*=\s*[\"']([^\"']*)[\"']")


def markup(layout: LineLayout, index: int) -> Context:
    """Named open elements around a line, and the leaf element that belongs together with its note."""
    names: list[str] = []
    openers: list[int] = []
    depth = 0
    for i in range(index - 1, max(-1, index - _UP), -1):
        for tag in reversed(list(_TAG.finditer(layout.line(i)[:2000]))):
            if tag[4] or tag[2].startswith("?"):
                continue
            if tag[1]:
                depth += 1
            elif depth:
                depth -= 1
            else:
                openers.append(i)
                name = _NAME.search(tag[3])
                names.append(name[1] if name else tag[2])
        if len(names) >= 12:
            break
    member = _leaf(layout, index) or (_note(layout, index, names, openers))
    useful = [n for n in names if ":" not in n or not n.startswith(("xs:", "xsd:", "wsdl:"))]
    return Context("markup", None, (), tuple(reversed(useful)), (), None, member, layout.line(index).lstrip().startswith("<!--"))


def _leaf(layout: LineLayout, index: int) -> tuple[int, int] | None:
    """From an opening tag to its end where that is near and nothing else with a name lies between."""
    line = layout.line(index)
    tag = _TAG.search(line)
    if not tag or tag[1] or tag[4] or f"</{tag[2]}>" in line:
        return None
    for i in range(index + 1, min(index + 8, len(layout))):
        text = layout.line(i)
        if f"</{tag[2]}>" in text:
            return index, i
        if re.search(r"<[\w:]+\s[^>]*\b(?:name|value)\s*=", text):
            return None
    return None


def _note(layout: LineLayout, index: int, names: list[str], openers: list[int]) -> tuple[int, int] | None:
    """From the element that a documentation line belongs to, down to that line."""
    if not re.search(r"documentation|annotation|appinfo|<!--", layout.line(index)):
        return None
    for name, opener in zip(names, openers, strict=True):
        if not re.search(r"documentation|annotation|appinfo", name):
            return (opener, index) if index - opener <= 4 else None
    return None


def kind_by_content(sample: str) -> str:
    """`code`, `markup` or `prose`, by the shape of the lines, where a name does not tell."""
    lines = [line.strip() for line in sample.splitlines() if line.strip()][:400]
    if not lines:
        return "prose"
    if sum(line.startswith("<") for line in lines) > len(lines) * 0.5:
        return "markup"
    ends = sum(bool(re.search(r"[;{}]$|^\s*[})\]]+[,;]?$|^(?:import|from|package|using|#include)\b", line)) for line in lines)
    marks = sum(bool(re.match(r"(?://|/\*\*?|\*/|\* |@\w+\(?)", line)) for line in lines)
    pairs = sum(bool(re.search(r"^[\"']?\w+[\"']?\s*[:=]\s*.*[,\[{]$", line)) for line in lines)
    return "code" if (ends + marks + pairs) > len(lines) * 0.3 else "prose"


def describer(kind: str, name: str) -> Callable[[LineLayout, int], Context]:
    """The function that works out contexts for a kind of text."""
    if kind == "markup":
        return markup
    if kind == "code":
        return indented if name.lower().endswith(_INDENTED) else code
    return prose
