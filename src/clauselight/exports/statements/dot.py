"""The statements as a Graphviz graph: `clauselight who … --format dot | dot -Tsvg`."""

from __future__ import annotations

from typing import TextIO

from clauselight.exports.quotes import one_line
from clauselight.exports.registry import Output, Settings
from clauselight.graph.account import Account
from clauselight.model.statement import Node, Statement
from clauselight.text.visible import lines_visible

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
    return '"' + lines_visible(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _key(node: Node) -> str:
    return _quoted(":".join(node.key))


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write one node a thing and one edge a statement, with the quote as its tooltip."""
    stream.write('digraph clauselight {\n  rankdir=LR;\n  node [fontname="Noto Sans CJK SC"];\n')
    stream.write('  edge [fontname="Noto Sans CJK SC", fontsize=10];\n')
    nodes: dict[str, Node] = {}
    for s in account.statements:
        for node in (s.subject, s.object):
            nodes.setdefault(_key(node), node)
    for key, node in nodes.items():
        label = node.label + (f"\n{node.title}" if node.title else "")
        stream.write(f"  {key} [label={_quoted(label)}, shape={_SHAPES[node.kind]}];\n")
    for s in account.statements:
        stream.write(_edge(s, settings))
    unread = [c.path for c in account.coverage if c.state != "read"]
    if unread or not account.complete:
        state = "" if account.complete else "interrupted; "
        state += f"{len(unread)} files not or only partly read: {', '.join(unread)[:400]}"
        stream.write(f"  label={_quoted(state)};\n")
    stream.write("}\n")


def _edge(s: Statement, settings: Settings) -> str:
    evidence = s.evidence[0]
    words = " ".join([s.row.label, *(f"({note})" for note in (s.qualifier, s.role) if note)])
    tooltip = f"“{one_line(evidence.quote, settings.unmask)}” {evidence.path_and_place}"
    return f"  {_key(s.subject)} -> {_key(s.object)} [label={_quoted(words)}, tooltip={_quoted(tooltip)}];\n"


OUTPUT = Output("dot", "statements", ".dot", False, write, "a graph for Graphviz")
