"""The chain drawn, and below it every statement with its quote, in one self-contained page that needs no script."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TextIO

from clauselight.exports.clean import PAGE_POLICY
from clauselight.exports.drawing import svg
from clauselight.exports.quotes import one_line
from clauselight.exports.registry import Output, Settings
from clauselight.graph.account import Account
from clauselight.graph.listings import Listings
from clauselight.model.statement import Statement

_STYLE = """body{font:16px/1.5 'Noto Sans CJK SC','Noto Sans SC',sans-serif;margin:2rem;max-width:80rem;color:#1f1f1f}
figure{margin:0}figure svg{width:100%;height:auto}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ccc}
q{quotes:"“" "”"}td.q{max-width:34rem}@media print{body{margin:0}tr{break-inside:avoid}}"""


_STATEMENTS = ("Subject", "does", "Object", "Quote", "Place")
_LISTS = ("Organisation", "Printed as", "Taken for it because of", "Listed", "Source")
_ON_NO_LIST = "no organisation here stands on a list that is known here"


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write the page."""
    listings = Listings(account)
    stream.write(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"{PAGE_POLICY}<title>Clauselight: who stands behind the clauses</title>"
        f"<style>{_STYLE}</style></head><body><h1>Who stands behind the clauses</h1>"
        "<p>Each line of the picture opens to its quote on hover; every quote stands in the table below.</p>"
        f"<figure>{svg(account.statements, unmask=settings.unmask)}</figure>"
        f"<h2>Statements ({len(account.statements)})</h2>"
        + _table(_STATEMENTS, "".join(_row(s, settings) for s in account.statements))
        + "<h2>Lists</h2>"
        + _table(_LISTS, _listed(account, listings) or f"<tr><td>{_ON_NO_LIST}</td></tr>")
        + _offered(account, listings)
        + _coverage(account)
        + "</body></html>\n"
    )


def _table(headings: tuple[str, ...], rows: str) -> str:
    heads = "".join(f"<th>{h}</th>" for h in headings)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(cells: tuple[str, ...]) -> str:
    return "".join(f"<td>{escape(c)}</td>" for c in cells)


def _row(s: Statement, settings: Settings) -> str:
    evidence = s.evidence[0]
    quote = one_line(evidence.quote, settings.unmask)[:400]
    does = s.row.label + (f" ({s.qualifier})" if s.qualifier else "")
    return (
        f"<tr>{_cells((s.subject.label, does, s.object.label))}"
        f'<td class="q"><q>{escape(quote)}</q></td><td>{escape(evidence.path)} {evidence.place}</td></tr>'
    )


def _listed(account: Account, listings: Listings) -> str:
    rows = {
        (
            status.organisation.label,
            node.name,
            match.why if (match := listings.match(node)) else "",
            status.words,
            status.listing.source,
        )
        for s in account.statements
        for node in (s.subject, s.object)
        for status in listings.of(node, s)
    }
    return "".join(f"<tr>{_cells(row)}</tr>" for row in sorted(rows))


def _offered(account: Account, listings: Listings) -> str:
    """Names that may mean a known organisation."""
    rows = "".join(
        f"<li>{escape(name)} ~ {escape(m.label)}: {escape(m.why)}</li>" for name, m in listings.doubtful(account)
    )
    return f"<h2>May be the same, not taken as made</h2><ul>{rows}</ul>" if rows else ""


def _coverage(account: Account) -> str:
    states = Counter(c.state for c in account.coverage)
    unread = "".join(
        f"<li>{escape(c.path)}: {escape(c.state)}, {escape('; '.join(p.message for p in c.problems)[:300])}</li>"
        for c in account.coverage
        if c.state != "read"
    )
    counts = escape(", ".join(f"{n} {s}" for s, n in states.items()))
    end = "" if account.complete else "<p><strong>Incomplete: the run was interrupted.</strong></p>"
    return f"<h2>What was read</h2><p>{counts}</p><ul>{unread}</ul>{end}"


OUTPUT = Output("html", "statements", ".html", False, write, "the chain drawn, and every statement with its quote")
