"""What a dossier says: one module a section, each a function from the dossier to blocks, in the order of `SECTIONS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clauselight.dossier.blocks import Block
from clauselight.dossier.gather import Dossier
from clauselight.dossier.sections import chain, findings, lists, method, summary, timeline, unread, words

Section = Callable[[Dossier], Iterator[Block]]

SECTIONS: tuple[Section, ...] = (
    summary.section,
    findings.section,
    chain.section,
    lists.section,
    timeline.section,
    unread.section,
    method.section,
    words.section,
)


def blocks(dossier: Dossier) -> Iterator[Block]:
    """The dossier from its first to its last block."""
    for section in SECTIONS:
        yield from section(dossier)
