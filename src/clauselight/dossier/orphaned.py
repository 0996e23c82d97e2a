"""Judgements on places that are no longer findings: how many, and what they were on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from clauselight.case.orphans import Orphan
from clauselight.dossier.blocks import Block, Para, Table

#: characters of a quote in the table
_QUOTE = 240


def orphaned(found: Sequence[Orphan], cover: Callable[[str], str]) -> Iterator[Block]:
    """The number of such places and each of them; nothing where there is none."""
    if not found:
        return
    one = len(found) == 1
    count = "1 judged place is no longer a finding" if one else f"{len(found)} judged places are no longer findings"
    yield Para(
        f"{count}, since the rules or the reading of the source changed. What people decided on "
        f"{'it' if one else 'them'} stays in the record and decides nothing here:"
    )
    rows = tuple((o.place, *_said(o, cover), o.decisions, ", ".join(o.carried_by), o.finding) for o in found)
    yield Table(("place", "attribute", "quote", "decided", "part of the finding", "id"), rows)


def _said(orphan: Orphan, cover: Callable[[str], str]) -> tuple[str, str]:
    if orphan.judged is None:
        return "not known", "not known"
    return orphan.judged.attribute.replace("_", " "), " ".join(cover(orphan.judged.quote).split())[:_QUOTE]


def carried_rows(carried: Sequence[Orphan], cover: Callable[[str], str]) -> list[tuple[str, str]]:
    """Facts of a finding: what people decided on a part of its place, when that was a finding of its own."""
    return [("judged as part of this", _decided(o, cover)) for o in carried]


def _decided(orphan: Orphan, cover: Callable[[str], str]) -> str:
    _, quote = _said(orphan, cover)
    reasons = "; ".join(f"{j.decision} by {j.by}: {cover(j.reason)} ({j.at})" for j in orphan.judgements)
    return f"“{quote}” ({orphan.finding}): {reasons}"
