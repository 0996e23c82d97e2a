"""Why a printed name is taken for an organisation, and on which lists it was on a day: the same words in every form."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.entities.catalogue import Listing, Organisation
from clauselight.entities.resolve import Match
from clauselight.graph.account import Account
from clauselight.model.statement import Node, Statement


@dataclass(frozen=True, slots=True)
class ListingStatus:
    """A listing, and whether it held on the date of a document and holds today; None where that is not known."""

    organisation: Organisation
    listing: Listing
    document_date: str | None
    on_document_date: bool | None
    today: bool | None

    @property
    def words(self) -> str:
        """The list, since when and until when, and both days."""
        entry = self.listing
        span = f"from {entry.since}" if entry.since else "since a day that the source does not give"
        span += f" until {entry.until}" if entry.until else ""
        then = ""
        if self.document_date:
            then = f"{_THEN[self.on_document_date]} on {self.document_date}, the date of the document; "
        return f"{entry.title}: {span}; {then}{_TODAY[self.today]}"

    def record(self) -> dict[str, object]:
        """For JSON."""
        entry = self.listing
        return {
            "list": entry.list,
            "title": entry.title,
            "since": str(entry.since) if entry.since else None,
            "until": str(entry.until) if entry.until else None,
            "document_date": self.document_date,
            "on_document_date": self.on_document_date,
            "today": self.today,
            "source": entry.source,
        }


_THEN = {True: "on it", False: "not on it", None: "not known whether on it"}
_TODAY = {
    True: "on it today, as far as the lists here go",
    False: "not on it today",
    None: "listed today or once, not known when",
}


class Listings:
    """Looks up, for the statements of one account, on which lists an organisation is and was."""

    def __init__(self, account: Account, today: datetime.date | None = None) -> None:
        self._organisations = {o.id: o for o in account.organisations}
        self._today = today or datetime.date.today()
        self._dates = document_dates(account)
        self._matches = account.matches

    def of(self, node: Node, statement: Statement) -> Iterator[ListingStatus]:
        """Each listing of the organisation that `node` surely is, seen from the date of the statement's document."""
        organisation = self._organisations.get(node.id or "") if node.kind == "organisation" else None
        if organisation is None:
            return
        date = self._dates.get(statement.about.key)
        for listing in organisation.listings:
            then = listing.on(datetime.date.fromisoformat(date)) if date else None
            yield ListingStatus(organisation, listing, date, then, listing.on(self._today))

    def match(self, node: Node) -> Match | None:
        """The organisation that a printed name means or may mean, and why."""
        return self._matches.get(node.name) if node.kind == "organisation" else None

    def doubtful(self, account: Account) -> list[tuple[str, Match]]:
        """Printed names with an organisation that is offered, not made."""
        names = {
            n.name for s in account.statements for n in (s.subject, s.object) if n.kind == "organisation" and not n.id
        }
        return sorted((n, m) for n in names if (m := self._matches.get(n)) and not m.sure)


def document_dates(account: Account) -> dict[tuple[str, str], str]:
    """The whole date on which each document was issued, by the key of its node."""
    return {
        s.subject.key: s.date
        for s in account.statements
        if s.row.day == "issued" and s.date and len(s.date) == len("2030-01-01")
    }
