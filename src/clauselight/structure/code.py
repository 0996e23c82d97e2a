"""Owners and comments in source code, by braces or by indentation, and the member that a comment documents."""

from __future__ import annotations

import re

from clauselight.model import Context, LineLayout
from clauselight.structure.clauses import UP

#: the beginning of a comment: "// 民族", "* @param race", "# race", "-- race", "<!-- race", but no "#include"
_COMMENT = re.compile(
    r"\s*(?://|/\*|\*(?!\w)|#(?!\s*(?:define|include|if|endif|pragma|region))|--(?!>)|<!--|;;|\"\"\"|''')"
)
#: what opens a block, and its name, one line a form
_OWNER = re.compile(
    # "public class FaceInfo {", "enum class Race {", "message Person {", "def attributes(self):"
    r"\b(?:class|struct|enum(?:\s+class)?|interface|union|message|trait|protocol|object|record|service|namespace|type"
    r"|func|def|fn|function)\s+([A-Za-z_$][\w$]*)"
    # "CREATE TABLE IF NOT EXISTS `face_attribute` ("
    r"|\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?[`\"\[]?([\w.]+)"
    # "typedef struct tagFACE_INFO {"
    r"|\btypedef\s+(?:struct|enum|union)\s*(?:tag)?(\w*)"
    # "\"faceAttributes\": {", "races = [", "check: function"
    r"|([A-Za-z_$][\w$]*)['\"]?\s*[:=]\s*(?:\[|\{|function)"
    # "int getRace(Face face) const {", "void load() throws IOException {"
    r"|\b([A-Za-z_$][\w$]*)\s*\([^()]*\)\s*(?:const\s*)?(?:throws\s+[\w, ]+)?\{",
    re.IGNORECASE,
)
#: what may lie between a comment and its declaration: "@JsonProperty", "[DataMember]", "#[serde(default)]"
_ANNOTATION = re.compile(r"\s*@\w|\s*\[\w+.*\]\s*$|\s*#\[")
#: names of files whose blocks are known by indentation
INDENTED = (".py", ".yaml", ".yml", ".pyi")


#: a comment that ends before code does: "/* 民族 */ int race;"
_COMMENT_THEN_CODE = re.compile(r"\s*/\*.*\*/\s*\S")
#: a type that is named only at its end: "typedef struct {"
_ANONYMOUS = re.compile(r"\btypedef\s+(?:struct|enum|union)\s*\{?\s*$")
#: and that end: "} FACE_INFO;", "} __attribute__((packed)) FACE_INFO;"
_NAMED_AFTER = re.compile(r"^\s*\}\s*(?:__\w+\s*(?:\([^)]*\))*\s*)?([A-Za-z_]\w*)")
#: what hides brackets that open nothing: "// see {", "\"{\"", "'('"
_NO_BRACKETS = re.compile(r"//.*|\"[^\"]*\"|'[^']*'")
#: the name that owns what is indented under it: "class Face:", "async def race(self):", "- name: race", "'ethnicity':"
_KEY = re.compile(r"\s*(?:-\s+)?(?:async\s+)?(?:class\s+|def\s+)?[\"']?([\w$-]+)")


def in_comment(layout: LineLayout, index: int) -> bool:
    """Whether the whole line is comment."""
    line = layout.line(index)
    if _COMMENT.match(line):
        return not _COMMENT_THEN_CODE.match(line)
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
    for i in range(index - 1, max(-1, index - UP), -1):
        line = _NO_BRACKETS.sub("", layout.line(i)) if len(layout.line(i)) < 400 else ""
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


def _name_after(layout: LineLayout, index: int) -> str | None:
    """The name that C writes behind the closing brace of ``typedef struct { … } NAME;``."""
    opening = " ".join(layout.line(i).split("//")[0].strip() for i in range(max(0, index - 1), index + 1))
    if not _ANONYMOUS.search(opening):
        return None
    for i in range(index + 1, min(len(layout), index + UP)):
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
    for i in range(index - 1, max(-1, index - UP), -1):
        above = layout.line(i)
        if not above.strip():
            continue
        here = len(above) - len(above.lstrip())
        if here < level:
            level = here
            match = _KEY.match(above)
            if match:
                names.append(match[1])
            if level == 0:
                break
    comment = line.lstrip().startswith("#")
    return Context(
        "code", None, (), tuple(reversed(names)), (), None, documented(layout, index) if comment else None, comment
    )
