"""Chains as text for people, link by link with quotes, and below them what was read and what was not."""

from __future__ import annotations

from typing import TextIO

from clauselight.exports.chains import found
from clauselight.exports.coverage_footer import foot
from clauselight.exports.quotes import cut, one_line, visible_lines
from clauselight.exports.registry import Output, Settings
from clauselight.graph.account import Account
from clauselight.graph.chains import Chain
from clauselight.graph.listings import Listings
from clauselight.model.statement import Node, Statement

#: characters of a quote that are shown
_QUOTE = 160


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write the chains under a heading for each clause, or for each end that was asked for."""
    stream = visible_lines(stream)
    rows, to = found(account, settings.to), settings.to
    listings = Listings(account)
    heading = None
    for chain in rows:
        begins = _finding_heading(chain) if to == "finding" else f"{chain.end.kind.upper()} {_named(chain.end)}"
        if begins != heading:
            stream.write(("\n" if heading else "") + begins + "\n")
            if to == "organisation":
                _lists(stream, listings, chain)
            heading = begins
        for depth, s in enumerate(chain.links):
            _link(stream, s, depth, settings)
    stream.write(("\n" if rows else "") + f"{len(rows)} chain{'s' if len(rows) != 1 else ''} to a clause\n")
    foot(stream, account)


def _finding_heading(chain: Chain) -> str:
    return f"{_named(chain.finding.subject)} {_does(chain.finding)}"


def _does(s: Statement) -> str:
    """Predicate and object in words."""
    if s.row.chain == "end":
        return f"{s.row.words} {s.object.label} as {(s.role or '').replace('_', ' ')}"
    return f"{s.row.words} {_named(s.object)}"


def _named(node: Node) -> str:
    return (
        node.label
        + (f" {node.title}" if node.title else "")
        + (f" = {node.id}" if node.kind == "organisation" and node.id else "")
    )


def _lists(stream: TextIO, listings: Listings, chain: Chain) -> None:
    for status in listings.of(chain.end, chain.links[0]):
        stream.write(f"  on lists: {status.words}  [{status.listing.source}]\n")


def _link(stream: TextIO, s: Statement, depth: int, settings: Settings) -> None:
    evidence = s.evidence[0]
    note = f" ({s.qualifier})" if s.qualifier else ""
    pad = "  " * (depth + 1)
    quote = cut(one_line(evidence.quote, settings.unmask), _QUOTE)
    stream.write(f"{pad}{'→ ' if depth else ''}{_named(s.subject)} {_does(s)}{note}\n")
    stream.write(f"{pad}   “{quote}” [{evidence.path_and_place}]\n")


OUTPUT = Output("table", "chains", ".txt", False, write, "for people: link by link with quotes, with coverage")
