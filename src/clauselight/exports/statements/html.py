"""The chain drawn, and below it every statement with its quote, in one self-contained page that needs no script."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TextIO

from clauselight.exports.mask import mask
from clauselight.exports.registry import Settings
from clauselight.exports.statements.drawing import svg
from clauselight.graph.account import Account
from clauselight.graph.listings import Standings

_STYLE = """body{font:16px/1.5 'Noto Sans CJK SC','Noto Sans SC',sans-serif;margin:2rem;max-width:80rem;color:#1f1f1f}
figure{margin:0}figure svg{width:100%;height:auto}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ccc}
q{quotes:"“" "”"}td.q{max-width:34rem}@media print{body{margin:0}tr{break-inside:avoid}}"""


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write the page."""
    states = Counter(c.state for c in account.coverage)
    rows = []
    for s in account.statements:
        place = s.evidence[0]
        quote = " ".join((place.quote if settings.unmask else mask(place.quote).text).split())[:400]
        at = (
            f"page {place.page}" if place.page is not None else (f"line {place.line}" if place.line is not None else "")
        )
        cells = (
            s.subject.label,
            s.predicate.replace("_", " ") + (f" ({s.qualifier})" if s.qualifier else ""),
            s.object.label,
        )
        rows.append(
            "<tr>"
            + "".join(f"<td>{escape(c)}</td>" for c in cells)
            + f'<td class="q"><q>{escape(quote)}</q></td><td>{escape(place.path)} {at}</td></tr>'
        )
    unread = "".join(
        f"<li>{escape(c.path)}: {escape(c.state)}, {escape('; '.join(p.message for p in c.problems)[:300])}</li>"
        for c in account.coverage
        if c.state != "read"
    )
    standings = Standings(account)
    lists = sorted(
        {
            (p.organisation.label, n.name, (m.why if (m := standings.match(n)) else ""), p.told, p.listing.source)
            for s in account.statements
            for n in (s.subject, s.object)
            for p in standings.of(n, s)
        }
    )
    listed = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in lists)
    offered = "".join(
        f"<li>{escape(name)} ~ {escape(m.label)}: {escape(m.why)}</li>" for name, m in standings.doubtful(account)
    )
    stream.write(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Clauselight: who stands behind the clauses</title>'
        f"<style>{_STYLE}</style></head><body><h1>Who stands behind the clauses</h1>"
        "<p>Each line of the picture opens to its quote on hover; every quote stands in the table below.</p>"
        f"<figure>{svg(account.statements, unmask=settings.unmask)}</figure>"
        f"<h2>Statements ({len(account.statements)})</h2><table><thead><tr><th>Subject</th><th>does</th><th>Object</th><th>Quote</th><th>Place</th></tr></thead><tbody>"
        + "".join(rows)
        + "</tbody></table><h2>Lists</h2><table><thead><tr><th>Organisation</th><th>Printed as</th><th>Taken for it because of</th><th>Listed</th><th>Source</th></tr></thead><tbody>"
        + (listed or "<tr><td>no organisation here stands on a list that is known here</td></tr>")
        + "</tbody></table>"
        + (f"<h2>May be the same, not taken as made</h2><ul>{offered}</ul>" if offered else "")
        + f"<h2>What was read</h2><p>{escape(', '.join(f'{n} {s}' for s, n in states.items()))}</p><ul>{unread}</ul>"
        + ("" if account.complete else "<p><strong>Incomplete: the run was interrupted.</strong></p>")
        + "</body></html>\n"
    )


FORM = ("html", write)
