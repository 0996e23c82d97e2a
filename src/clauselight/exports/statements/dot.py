"""The statements as a Graphviz graph: `clauselight who … --format dot | dot -Tsvg`."""

from __future__ import annotations

from typing import TextIO

from clauselight.exports.mask import mask
from clauselight.exports.registry import Settings
from clauselight.graph.account import Account
from clauselight.model.statement import Node

_SHAPES = {
    "standard": "box",
    "tender": "note",
    "organisation": "ellipse",
    "attribute": "octagon",
    "date": "plaintext",
    "document": "note",
    "product": "component",
}


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _key(node: Node) -> str:
    return _quoted(
        f"{node.kind}:{node.id or node.number or node.label}" if node.kind != "tender" else f"tender:{node.label}"
    )


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write one node a thing and one edge a statement, with the quote as its tooltip."""
    stream.write(
        'digraph clauselight {\n  rankdir=LR;\n  node [fontname="Noto Sans CJK SC"];\n  edge [fontname="Noto Sans CJK SC", fontsize=10];\n'
    )
    nodes: dict[str, Node] = {}
    for s in account.statements:
        for node in (s.subject, s.object):
            nodes.setdefault(_key(node), node)
    for key, node in nodes.items():
        label = node.label + (f"\n{node.title}" if node.title else "")
        stream.write(f"  {key} [label={_quoted(label)}, shape={_SHAPES[node.kind]}];\n")
    for s in account.statements:
        place = s.evidence[0]
        quote = " ".join((place.quote if settings.unmask else mask(place.quote).text).split())
        words = (
            s.predicate.replace("_", " ")
            + (f" ({s.qualifier})" if s.qualifier else "")
            + (f" ({s.role})" if s.role else "")
        )
        at = f"page {place.page}" if place.page is not None else f"line {place.line}"
        stream.write(
            f"  {_key(s.subject)} -> {_key(s.object)} [label={_quoted(words)}, tooltip={_quoted(f'“{quote}” {place.path}, {at}')}];\n"
        )
    unread = [c.path for c in account.coverage if c.state != "read"]
    if unread or not account.complete:
        told = (
            "interrupted; " if not account.complete else ""
        ) + f"{len(unread)} files not or only partly read: {', '.join(unread)[:400]}"
        stream.write(f"  label={_quoted(told)};\n")
    stream.write("}\n")


FORM = ("dot", write)
