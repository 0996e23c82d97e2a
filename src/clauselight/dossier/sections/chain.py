"""Who is behind the findings: the chain drawn, and the same as a table with quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clauselight.dossier.blocks import Block, Heading, Para, Picture, Table
from clauselight.dossier.gather import Dossier
from clauselight.exports import drawing
from clauselight.graph.chains import chains
from clauselight.model.statement import Statement

_ALT = (
    "The chain from buyers over tenders and standards to what is specified, and who wrote the standards; "
    "the table says the same"
)
#: characters of a quote in the table; the whole one is in the records of the package
_QUOTE = 240


def section(dossier: Dossier) -> Iterator[Block]:
    """The chain from buyers to what is specified."""
    yield Heading(1, "Who stands behind it", "chain")
    shown = _behind(dossier)
    if not shown:
        yield Para("The documents name nobody who stands behind these places.")
        return
    yield Picture(drawing.svg(shown, unmask=dossier.unmask).encode(), "chain.svg", _ALT, "image/svg+xml")
    yield _table(dossier, shown)


def _behind(dossier: Dossier) -> list[Statement]:
    """Statements on the chains that end at a finding of this dossier; all others are in the package's records."""
    paths = {i.finding.path for i in dossier.items}
    ends = [s for s in dossier.account.statements if s.row.chain != "end" or s.evidence[0].path in paths]
    kept = dict.fromkeys(link for c in chains(ends, None) for link in c.links)
    return [s for s in ends if s in kept and s.row.line]


def _table(dossier: Dossier, shown: Sequence[Statement]) -> Table:
    rows = tuple(_row(dossier, s) for s in shown)
    return Table(("who", "does", "what", "quote", "place"), rows)


def _row(dossier: Dossier, s: Statement) -> tuple[str, ...]:
    e = s.evidence[0]
    does = s.row.label + (f" ({s.qualifier})" if s.qualifier else "")
    return s.subject.label, does, s.object.label, dossier.one_line(e.quote)[:_QUOTE], e.path_and_place
