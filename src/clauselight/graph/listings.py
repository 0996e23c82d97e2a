"""Why a printed name is taken for an organisation, and on which lists it stood on a day: said the same way in every form."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.entities.catalogue import Listing, Organisation
from clauselight.entities.resolve import Match
from clauselight.graph.account import Account
from clauselight.model.statement import Node, Statement


@dataclass(frozen=True)
class Standing:
    """A listing seen from a document's date and from today; `None` where it cannot be told."""

    organisation: Organisation
    listing: Listing
    document_date: str | None
    then: bool | None
    today: bool | None

    @property
    def told(self) -> str:
        """In words."""
        entry = self.listing
        span = f"from {entry.since}" if entry.since else "since a day that the source does not give"
        span += f" until {entry.until}" if entry.until else ""
        then = f"{_WORDS[self.then]} on {self.document_date}, the date of the document; " if self.document_date else ""
        now = {
            True: "on it today, as far as the lists here go",
            False: "not on it today",
            None: "listed today or once, not known when",
        }[self.today]
        return f"{entry.title}: {span}; {then}{now}"

    def record(self) -> dict[str, object]:
        """For JSON."""
        entry = self.listing
        return {
            "list": entry.list, "title": entry.title, "since": str(entry.since) if entry.since else None, "until": str(entry.until) if entry.until else None,
            "document_date": self.document_date, "on_document_date": self.then, "today": self.today, "source": entry.source,
        }  # fmt: skip


_WORDS = {True: "on it", False: "not on it", None: "not known whether on it"}


class Standings:
    """Looks listings up for the statements of one account."""

    def __init__(self, account: Account, today: datetime.date | None = None) -> None:
        self._organisations = {o.id: o for o in account.organisations}
        self._today = today or datetime.date.today()
        self._dates = document_dates(account)
        self._matches = account.matches

    def of(self, node: Node, statement: Statement) -> Iterator[Standing]:
        """Each listing of the organisation that `node` is surely resolved to."""
        organisation = self._organisations.get(node.id or "") if node.kind == "organisation" else None
        about = statement.object if statement.subject.kind == "organisation" else statement.subject
        date = self._dates.get(about.label)
        for listing in organisation.listings if organisation else ():
            then = listing.on(datetime.date.fromisoformat(date)) if date else None
            yield Standing(organisation, listing, date, then, listing.on(self._today))  # type: ignore[arg-type]

    def match(self, node: Node) -> Match | None:
        """The organisation that a printed name means or may mean, and why."""
        return self._matches.get(node.name) if node.kind == "organisation" else None

    def doubtful(self, account: Account) -> list[tuple[str, Match]]:
        """Printed names with an organisation that is offered, not made."""
        names = {
            n.name for s in account.statements for n in (s.subject, s.object) if n.kind == "organisation" and not n.id
        }
        return sorted((n, m) for n in names if (m := self._matches.get(n)) and not m.sure)


def document_dates(account: Account) -> dict[str, str]:
    """The whole date on which each document was issued, by its label."""
    return {
        s.subject.label: s.date
        for s in account.statements
        if s.predicate == "published_on" and s.date and len(s.date) == 10
    }
