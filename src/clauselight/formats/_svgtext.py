"""Text of drawings in SVG: what is drawn as text, each text element as one line, and what is said of the drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from clauselight.formats._zip import local

_SPACE = re.compile(r"\s+")
#: elements whose letters belong together however they are cut into spans (SVG 1.1, 10.4 and 5.4)
_WHOLE = {"text", "title", "desc", "a"}
#: elements of text for machines
_SKIPPED = {"style"}
#: attributes that are shown or read out to people
_SPOKEN = ("aria-label", "aria-description", "{http://www.w3.org/1999/xlink}title", "alt", "title")


def svg_lines(root: Any) -> Iterator[tuple[str, int | None]]:
    """Each line of text of a drawing and the line of the source on which it begins, in the order of the source."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        name = local(node)
        if not name or name in _SKIPPED:
            continue
        line = getattr(node, "sourceline", None)
        for key in _SPOKEN:
            if text := (node.get(key) or "").strip():
                yield text, line
        if _is_line(node, name):
            if text := _SPACE.sub(" ", "".join(node.itertext())).strip():
                yield text, line
        else:
            waiting += reversed(node)


def _is_line(node: Any, name: str) -> bool:
    """Whether what an element holds is read in one: a text element, or letters with elements among them."""
    if name in _WHOLE and not any(local(child) in _WHOLE for child in node):
        return True
    return bool((node.text or "").strip()) or any((child.tail or "").strip() for child in node)


def svg_tree(data: bytes) -> Any:
    """The tree of a drawing, mended where it is broken; None where there is nothing. Nothing is fetched or expanded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
