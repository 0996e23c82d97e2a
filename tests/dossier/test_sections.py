"""What a dossier says, over the sample case: its sections in order, and what it says where there is nothing to show."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from cases import accept_first
from clauselight.case.intake import add
from clauselight.case.store import Case
from clauselight.dossier.blocks import Block, Bullets, Facts, Heading, Para, Picture, Quotation, Table
from clauselight.dossier.gather import Dossier, gather
from clauselight.dossier.sections import SECTIONS, blocks, chain, findings, summary, timeline, unread
from clauselight.errors import UsageError


@pytest.fixture(scope="module")
def dossier(sample_case: Path) -> Dossier:
    with Case(sample_case) as case:
        return gather(case)


@pytest.fixture
def nothing(folder: Path) -> Dossier:
    """A dossier in which no finding is left."""
    with Case(folder) as case:
        return gather(case, only="rejected")


def headings(parts: list[Block]) -> list[str]:
    return [b.anchor for b in parts if isinstance(b, Heading) and not b.anchor.startswith("finding-")]


def test_the_sections_come_in_this_order(dossier: Dossier) -> None:
    parts = list(blocks(dossier))
    assert headings(parts) == [
        "summary",
        "findings",
        "chain",
        "lists",
        "timeline",
        "unread",
        "method",
        "words",
    ]
    assert parts == [b for section in SECTIONS for b in section(dossier)]


def test_the_sections_are_there_where_no_finding_is_left(nothing: Dossier) -> None:
    assert headings(list(blocks(nothing))) == headings([b for s in SECTIONS for b in s(nothing)])
    assert list(findings.section(nothing)) == [
        Heading(1, "Findings", "findings"),
        Para("No finding is left under what was asked for. What was read and what was not stands below."),
    ]
    assert list(chain.section(nothing)) == [
        Heading(1, "Who stands behind it", "chain"),
        Para("The documents name nobody who stands behind these places."),
    ]


def test_each_finding_has_a_title_a_quote_and_facts(dossier: Dossier) -> None:
    parts = list(findings.section(dossier))[1:]
    assert [type(b) for b in parts] == [Heading, Quotation, Facts] * len(dossier.items)
    for number, item in enumerate(dossier.items, 1):
        title, quote, facts = parts[3 * number - 3 : 3 * number]
        assert isinstance(title, Heading) and title.text.startswith(f"{number}. ")
        assert title.anchor == f"finding-{item.id}"
        assert quote == Quotation(item.finding.quote, item.finding.marks)
        assert isinstance(facts, Facts) and facts.rows[-1] == ("id", item.id)
        assert all(value for _, value in facts.rows)


def test_the_facts_of_a_finding_name_its_people_source_and_reviewer(folder: Path) -> None:
    with Case(folder) as case:
        name = accept_first(case)
        given = gather(case, only="accepted")
    (facts,) = (b for b in findings.section(given) if isinstance(b, Facts))
    rows = dict(facts.rows)
    assert rows["drafted by"] == "虚构海山数字技术股份有限公司; 示例大学; 虚构云图（北京）科技有限公司"
    assert rows["dated"] == "2030-01-05"
    assert rows["id"] == name
    assert rows["accept by A. Reviewer"].startswith("read it (")
    assert "reviewed" not in rows
    assert rows["source"].endswith("by tester; from the samples")


def test_the_summary_counts(dossier: Dossier) -> None:
    title, counted, *rest = summary.section(dossier)
    files = len({i.finding.path for i in dossier.items})
    assert title == Heading(1, "Summary", "summary")
    assert counted == Para(
        f"{len(dossier.items)} places in {files} documents provide for sorting people by race, ethnicity, skin colour "
        f"or religion. {len(dossier.coverage)} documents were taken in: {len(dossier.coverage)} read.",
        True,
    )
    table, decisions, caution = rest
    assert isinstance(table, Table) and sum(int(row[2]) for row in table.rows) == len(dossier.items)
    assert decisions == Facts((("decision: open (nobody has decided)", str(len(dossier.items))),))
    assert isinstance(caution, Para) and caution.text.endswith("is covered with ▇.")


def test_one_place_is_counted_as_one(folder: Path) -> None:
    with Case(folder) as case:
        accept_first(case)
        given = gather(case, only="accepted")
    counted = list(summary.section(given))[1]
    assert isinstance(counted, Para)
    assert counted.text.startswith("1 place in 1 document provides for sorting people by ")


def test_reviewers_who_differ_are_compared(folder: Path) -> None:
    with Case(folder) as case:
        name = accept_first(case)
        case.judge(name, "reject", "read it too", "B. Reviewer")
        given = gather(case)
    assert Para("A. Reviewer and B. Reviewer both judged 1 places and agree on 0; Cohen's kappa 0.0.") in list(
        summary.section(given)
    )


def test_chain_and_timeline_are_drawn_and_said_in_a_table(dossier: Dossier) -> None:
    for section, name in ((chain.section, "chain.svg"), (timeline.section, "timeline.svg")):
        _, picture, table = section(dossier)
        assert isinstance(picture, Picture) and (picture.name, picture.media_type) == (name, "image/svg+xml")
        assert isinstance(table, Table) and table.rows


def test_what_was_not_read_is_named(folder: Path, dossier: Dossier) -> None:
    assert list(unread.section(dossier)) == [
        Heading(1, "What was not read", "unread"),
        Para(f"Nothing: all {len(dossier.coverage)} documents were read from their first to their last page."),
    ]
    new = folder.parent / "new.txt"
    new.write_text("虚构", encoding="utf-8")
    with Case(folder) as case:
        add(case, [str(new)])
        given = gather(case)
    _, table = unread.section(given)
    assert isinstance(table, Table)
    assert [row[:3] for row in table.rows] == [(str(new), "failed", "taken in and not read yet; `case run` reads it")]
    assert summary_end(given) == "1 failed. What was not read is listed below and may hold more."


def summary_end(dossier: Dossier) -> str:
    counted = list(summary.section(dossier))[1]
    assert isinstance(counted, Para)
    return counted.text.rsplit(", ", 1)[1]


def test_what_could_not_be_drawn_is_named(dossier: Dossier) -> None:
    from dataclasses import replace

    from clauselight.dossier.pictures import Pictures

    given = replace(dossier, pictures=Pictures({}, ("a.pdf: broken",)))
    assert list(unread.section(given))[-2:] == [
        Para("These places could not be drawn:"),
        Bullets(("a.pdf: broken",)),
    ]


def test_a_dossier_cannot_be_changed_and_an_empty_case_gives_none(dossier: Dossier, tmp_path: Path) -> None:
    with pytest.raises(FrozenInstanceError):
        dossier.title = "another"  # type: ignore[misc]
    with Case.init(tmp_path / "empty") as case, pytest.raises(UsageError, match="the case holds nothing yet"):
        gather(case)
