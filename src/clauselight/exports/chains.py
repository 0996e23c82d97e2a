"""Chains written out: as text, as JSON lines, and drawn with nothing but what belongs to a chain."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TextIO

from clauselight.exports.coverage_footer import foot
from clauselight.exports.quotes import cut, one_line
from clauselight.exports.registry import Settings
from clauselight.exports.statements import Form, forms
from clauselight.exports.statements.jsonl import statement_record
from clauselight.graph.account import Account
from clauselight.graph.chains import Chain, chains
from clauselight.graph.listings import Listings
from clauselight.model.statement import Node, Statement


def found(account: Account, to: str) -> list[Chain]:
    """The chains asked for, in a steady order."""
    kind = None if to == "finding" else to
    seen: dict[tuple[object, ...], Chain] = {}
    for chain in chains(account.statements, kind):  # type: ignore[arg-type]
        seen.setdefault(tuple((s.predicate, s.subject.key, s.object.key, s.role) for s in chain.links), chain)
    return sorted(seen.values(), key=lambda c: (c.end.kind, c.end.label, len(c.links)))


def writer(form: str, to: str) -> Form:
    """The form's way to write the chains to `to`."""

    def write(stream: TextIO, account: Account, settings: Settings) -> None:
        rows = found(account, to)
        if form in ("svg", "html"):
            kept = list(dict.fromkeys(s for c in rows for s in c.links))
            forms()[form](stream, replace(account, statements=kept), settings)
        elif form == "jsonl":
            _jsonl(stream, account, rows, settings)
        else:
            _table(stream, account, rows, to, settings)

    return write


def _jsonl(stream: TextIO, account: Account, rows: list[Chain], settings: Settings) -> None:
    listings = Listings(account)
    for chain in rows:
        links = [statement_record(s, settings.unmask, listings) for s in chain.links]
        end = {"kind": chain.end.kind, "name": chain.end.name, "label": chain.end.label, "id": chain.end.id}
        stream.write(
            json.dumps({"type": "chain", "end": end, "links": links}, ensure_ascii=False, separators=(",", ":")) + "\n"
        )
    unread = [c.path for c in account.coverage if c.state != "read"]
    stream.write(
        json.dumps(
            {"type": "summary", "complete": account.complete, "chains": len(rows), "unread": unread}, ensure_ascii=False
        )
        + "\n"
    )


def _table(stream: TextIO, account: Account, rows: list[Chain], to: str, settings: Settings) -> None:
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
    quote = cut(one_line(evidence.quote, settings.unmask), 160)
    stream.write(f"{pad}{'→ ' if depth else ''}{_named(s.subject)} {_does(s)}{note}\n")
    stream.write(f"{pad}   “{quote}” [{evidence.path_and_place}]\n")
