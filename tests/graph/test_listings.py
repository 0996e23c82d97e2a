"""Listings seen from the date of a document and from today."""

from __future__ import annotations

import datetime

from clauselight.entities.catalogue import Listing, Organisation
from clauselight.graph.account import Account
from clauselight.graph.listings import Listings
from clauselight.model.statement import Node
from made_statements import organisation, standard, statement

FIRM = Organisation(
    "xx.seamount",
    "Seamount",
    (),
    (Listing("xx-list", "Invented list", datetime.date(2031, 2, 3), datetime.date(2033, 1, 1), "Invented gazette 1"),),
    (),
)
DRAFTED = statement("drafted", organisation("虚构海山", "xx.seamount"), standard())


def words(issued: str | None, today: datetime.date) -> list[str]:
    date = Node("date", issued, issued) if issued else None
    stated = [DRAFTED] + ([statement("published_on", standard(), date, date=issued)] if date else [])
    listings = Listings(Account(stated, [], organisations=(FIRM,)), today)
    return [status.words for status in listings.of(DRAFTED.subject, DRAFTED)]


def test_a_listing_is_seen_from_both_days() -> None:
    assert words("2032-01-01", datetime.date(2034, 1, 1)) == [
        "Invented list: from 2031-02-03 until 2033-01-01; on it on 2032-01-01, the date of the document; "
        "not on it today"
    ]
    assert words("2030-01-05", datetime.date(2032, 1, 1)) == [
        "Invented list: from 2031-02-03 until 2033-01-01; not on it on 2030-01-05, the date of the document; "
        "on it today, as far as the lists here go"
    ]


def test_a_document_of_a_month_or_without_date_is_seen_from_today_only() -> None:
    expected = ["Invented list: from 2031-02-03 until 2033-01-01; not on it today"]
    assert words(None, datetime.date(2034, 1, 1)) == words("2032-01", datetime.date(2034, 1, 1)) == expected


def test_only_what_is_surely_resolved_has_listings() -> None:
    listings = Listings(Account([DRAFTED], [], organisations=(FIRM,)))
    assert list(listings.of(organisation("虚构海山"), DRAFTED)) == []
    assert list(listings.of(standard(), DRAFTED)) == []
