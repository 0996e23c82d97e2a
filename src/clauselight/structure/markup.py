"""Open elements around a line of markup, and the leaf element that belongs together with its note."""

from __future__ import annotations

import re

from clauselight.model import Context, LineLayout
from clauselight.structure.clauses import UP

#: a tag, its slash, name, attributes and closing slash: "<xs:element name='race'/>", "</Face>"
_TAG = re.compile(r"<(/?)([A-Za-z_][\w:.-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
#: the attribute by which an element is known: "name=\"race\"", "ref='Ethnicity'"
_NAME = re.compile(r"\b(?:name|ref|id|base|type)\s*=\s*[\"']([^\"']*)[\"']")


#: an element that is a thing of its own: "<enumeration value='Han'>"
_OWN_NAME = re.compile(r"<[\w:]+\s[^>]*\b(?:name|value)\s*=")
#: elements that document the one around them: "<xs:documentation>", "<annotation>"
_NOTE = re.compile(r"documentation|annotation|appinfo")


def markup(layout: LineLayout, index: int) -> Context:
    """Named open elements around a line, and the leaf element that belongs together with its note."""
    names: list[str] = []
    openers: list[int] = []
    depth = 0
    for i in range(index - 1, max(-1, index - UP), -1):
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
    return Context(
        "markup", None, (), tuple(reversed(useful)), (), None, member, layout.line(index).lstrip().startswith("<!--")
    )


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
        if _OWN_NAME.search(text):
            return None
    return None


def _note(layout: LineLayout, index: int, names: list[str], openers: list[int]) -> tuple[int, int] | None:
    """From the element that a documentation line belongs to, down to that line."""
    line = layout.line(index)
    if "<!--" not in line and not _NOTE.search(line):
        return None
    for name, opener in zip(names, openers, strict=True):
        if not _NOTE.search(name):
            return (opener, index) if index - opener <= 4 else None
    return None
