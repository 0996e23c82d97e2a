"""What was not read, or is doubtful: silence about a document is no evidence that nothing is in it."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.dossier.blocks import Block, Bullets, Heading, Para, Table
from clauselight.dossier.gather import Dossier
from clauselight.model import Coverage

#: characters of the problems of one document; all of them are in the records of the package
_PROBLEMS = 600


def section(dossier: Dossier) -> Iterator[Block]:
    """Documents not or not wholly read, then places without a picture."""
    yield Heading(1, "What was not read", "unread")
    rows = tuple(_row(c) for c in dossier.coverage if c.state != "read" or c.problems)
    if rows:
        yield Table(("document", "state", "what is missing or doubtful", "SHA-256"), rows)
    else:
        yield Para(f"Nothing: all {len(dossier.coverage)} documents were read from their first to their last page.")
    if dossier.pictures.undrawn:
        yield Para("These places could not be drawn:")
        yield Bullets(dossier.pictures.undrawn)


def _row(c: Coverage) -> tuple[str, ...]:
    return c.path, c.state, "; ".join(p.message for p in c.problems)[:_PROBLEMS], c.source_sha256 or ""
