"""Who is behind a document, in the words of a finding's facts."""

from __future__ import annotations

import datetime
from typing import Any

from clauselight.dossier.people import people_behind

from clauselight.entities.catalogue import Listing, Organisation
from clauselight.graph.account import Account
from clauselight.graph.listings import Standings
from clauselight.model.statement import Evidence, Node, Statement

STANDARD = Node("standard", "DB99/T 0001-2030", "DB99/T 0001-2030", number="DB99/T 0001-2030")
FIRM = Node("organisation", "虚构甲科技有限公司", "虚构甲科技有限公司", id="made-up-a")
CUT = Node("organisation", "虚构乙", "虚构乙", truncated=True)
TENDER = Node("tender", "虚构采购", "虚构采购")
WHAT = Node("attribute", "ethnicity", "ethnicity")


def said(predicate: Any, subject: Node, thing: Node, path: str = "a.txt", **more: Any) -> Statement:
    return Statement(predicate, subject, thing, (Evidence(path, None, 1, (), "虚构", 0, 2),), **more)


OWN = [
    said("drafted", FIRM, STANDARD),
    said("drafted", CUT, STANDARD),
    said("issued", FIRM, STANDARD),
    said("published_on", STANDARD, Node("date", "2030-01-05", "2030-01-05"), date="2030-01-05"),
    said("effective_on", STANDARD, Node("date", "2030-03-01", "2030-03-01"), date="2030-03-01"),
    said("specifies", STANDARD, WHAT),
]


def rows(
    own: list[Statement], *others: Statement, organisations: tuple[Organisation, ...] = ()
) -> list[tuple[str, str]]:
    account = Account([*own, *others], [], organisations=organisations)
    return list(people_behind(own, account, Standings(account, datetime.date(2031, 1, 1))))


def test_drafters_dates_and_those_who_bind_come_in_this_order() -> None:
    mandate = said("mandates", TENDER, STANDARD, "tender.md", qualifier="shall")
    claim = said("claims_conformity", FIRM, STANDARD, "page.html", qualifier="claims")
    assert rows(OWN, mandate, claim) == [
        ("drafted by", "虚构甲科技有限公司; 虚构乙 … (breaks off)"),
        ("issued by", "虚构甲科技有限公司"),
        ("dated", "2030-01-05"),
        ("takes effect", "2030-03-01"),
        ("made binding by", "虚构采购 (shall; tender.md)"),
        ("claimed to be met by", "虚构甲科技有限公司 (claims; page.html)"),
    ]


def test_a_mandate_of_another_edition_is_not_told_of_this_one() -> None:
    other = Node("standard", "DB99/T 0001-2033", "DB99/T 0001-2033", number="DB99/T 0001-2033")
    whole = Node("standard", "DB99/T 0001", "DB99/T 0001", number="DB99/T 0001")
    labels = [label for label, _ in rows(OWN, said("mandates", TENDER, other, "tender.md", qualifier="shall"))]
    assert "made binding by" not in labels
    labels = [label for label, _ in rows(OWN, said("mandates", TENDER, whole, "tender.md", qualifier="shall"))]
    assert "made binding by" in labels


def test_a_document_that_specifies_nothing_is_bound_by_nobody() -> None:
    mandate = said("mandates", TENDER, STANDARD, "tender.md", qualifier="shall")
    assert rows(OWN[:1], mandate) == [("drafted by", "虚构甲科技有限公司")]


def test_a_list_is_said_once_with_its_source() -> None:
    listing = Listing("made-up", "Invented list", datetime.date(2030, 6, 1), None, "an invented gazette")
    listed = Organisation("made-up-a", "Invented A", (), (listing,), ())
    lines = [text for label, text in rows(OWN, organisations=(listed,)) if label == "on a list"]
    assert lines == [
        "虚构甲科技有限公司 = Invented A: Invented list: from 2030-06-01; not on it on 2030-01-05, the date of the "
        "document; on it today, as far as the lists here go [an invented gazette]"
    ]
