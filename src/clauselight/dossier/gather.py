"""The value that a dossier is written from, and how it is read from a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clauselight.case import journal
from clauselight.case.account import account_with_readings
from clauselight.case.orphans import Orphan, orphans
from clauselight.case.reviewed import ReviewedFinding, items
from clauselight.case.store import Case, Judgement, Origin
from clauselight.dossier.pictures import Pictures, draw
from clauselight.dossier.progress import OnStep, silent
from clauselight.errors import UsageError
from clauselight.exports.quotes import one_line, shown
from clauselight.graph.account import Account
from clauselight.graph.facts import FactLookup
from clauselight.graph.listings import Listings
from clauselight.model import Coverage
from clauselight.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that is written out, gathered once."""

    title: str
    #: the last action that changed the case (ISO 8601, UTC): one case gives one dossier, whenever it is written
    created: str
    unmask: bool
    items: tuple[ReviewedFinding, ...]
    coverage: tuple[Coverage, ...]
    account: Account
    listings: Listings
    facts: FactLookup
    #: statements by the id of their reading
    stated: Mapping[int, tuple[Statement, ...]]
    #: by the SHA-256 of the source
    origins: Mapping[str, tuple[Origin, ...]]
    journal: tuple[journal.Entry, ...]
    judgements: tuple[Judgement, ...]
    #: judgements on findings that are no longer made
    orphans: tuple[Orphan, ...]
    #: digests of the rules that decided
    decided_by: tuple[str, ...]
    pictures: Pictures

    def shown(self, text: str) -> str:
        """A text as this dossier shows it: personal data covered, unless that was asked for."""
        return shown(text, self.unmask)

    def one_line(self, text: str) -> str:
        """The same on one line."""
        return one_line(text, self.unmask)

    @property
    def ocr(self) -> list[str]:
        """The ways in which OCR was used, as the journal has them."""
        return sorted({str(e.detail.get("ocr")) for e in self.journal if e.action == "read"})

    @property
    def readers(self) -> list[str]:
        """The readers that gave the texts."""
        return sorted({c.reader for c in self.coverage if c.reader})


def gather(
    case: Case, *, title: str = "", only: str | None = None, unmask: bool = False, progress: OnStep = silent
) -> Dossier:
    """Read a case for a dossier. Raises `UsageError` where the case holds nothing."""
    coverage, chosen = _chosen(case, only)
    if not coverage:
        raise UsageError(f"{case.folder}: the case holds nothing yet; clauselight case add {case.folder} PATH...")
    entries = journal.entries(case.db)
    shas = {i.reading.sha256 for i in chosen} | set(case.digests())
    account, stated = account_with_readings(case)
    return Dossier(
        title=title or case.meta("title"),
        created=_created(entries),
        unmask=unmask,
        items=chosen,
        coverage=coverage,
        account=account,
        listings=Listings(account),
        facts=FactLookup(account),
        stated={number: tuple(own) for number, own in stated.items()},
        origins={s: tuple(case.origins(s)) for s in sorted(shas)},
        journal=tuple(entries),
        judgements=tuple(case.judgements()),
        orphans=tuple(orphans(case)),
        decided_by=tuple(case.rule_digests()),
        pictures=draw(case, chosen, unmask, progress),
    )


def _chosen(case: Case, only: str | None) -> tuple[tuple[Coverage, ...], tuple[ReviewedFinding, ...]]:
    """What was taken in, and the findings that are decided as `only` says."""
    rows = list(items(case, "finding", only))
    return tuple(outcome.coverage for outcome, _ in rows), tuple(item for _, found in rows for item in found)


def _created(entries: list[journal.Entry]) -> str:
    """When the case was last changed; writing a dossier changes nothing that a dossier tells."""
    return next((e.at for e in reversed(entries) if e.action != "dossier"), entries[-1].at)
