"""Organisations on sanctions, entity and covered lists, then and now, and names that may mean one."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.dossier.blocks import Block, Bullets, Heading, Para, Table
from clauselight.dossier.gather import Dossier
from clauselight.model.statement import Node, Statement

_HEAD = ("named", "organisation", "taken for it because of", "listed", "source")


def section(dossier: Dossier) -> Iterator[Block]:
    """Those on a list, or once on one, wherever the documents name them; then the names in doubt."""
    yield Heading(2, "Lists", "lists")
    if rows := _rows(dossier):
        yield Table(_HEAD, rows)
    else:
        yield Para("No organisation that the documents name stands on a list that is known here.")
    if offered := dossier.listings.doubtful(dossier.account):
        yield Para("These names may mean organisations that are known here; that was not taken as made:")
        yield Bullets(tuple(f"{name} ~ {m.label}: {m.why}" for name, m in offered))


def _rows(dossier: Dossier) -> tuple[tuple[str, ...], ...]:
    """Each row once, in the order of the statements."""
    rows = (row for s in dossier.account.statements for node in (s.subject, s.object) for row in _of(dossier, node, s))
    return tuple(dict.fromkeys(rows))


def _of(dossier: Dossier, node: Node, statement: Statement) -> Iterator[tuple[str, ...]]:
    match = dossier.listings.match(node)
    why = match.why if match else ""
    for status in dossier.listings.of(node, statement):
        yield node.label, status.organisation.label, why, status.words, status.listing.source
