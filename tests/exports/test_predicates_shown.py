"""Every predicate through every output: it is shown, or its row says that this output does not show it."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from typing import get_args

import pytest

from clauselight.exports.chains import found
from clauselight.exports.registry import Settings, outputs
from clauselight.exports.timeline import events
from clauselight.model.statement import PREDICATES, Node, Predicate, Statement
from made_statements import TENDER, account, clause, evidence, made, organisation, standard, statement

each = pytest.mark.parametrize("predicate", get_args(Predicate))


def written(form: str, *statements: Statement) -> str:
    stream = io.StringIO()
    outputs("statements")[form].write(stream, account(*statements), Settings())
    return stream.getvalue()


def titles(svg: str) -> list[str]:
    """What the lines of a picture say on hover."""
    return [e.text or "" for e in ET.fromstring(svg).iterfind(".//{*}g[@class='e']/{*}title")]


@each
def test_the_table_shows_it_with_its_heading_and_its_quote(predicate: Predicate) -> None:
    s = made(predicate)
    rows = written("table", s).splitlines()
    heading = s.row.heading_of_object if s.about is s.object else s.row.heading
    end = s.other.label.replace("skin_colour", "skin_colour · data field (1 place)")
    assert rows[:3] == [
        f"{s.about.kind.upper()} {s.about.label}" + ("  no. EX-2031-010" if s.about == TENDER else ""),
        f"  {'in':16} a.txt",
        f"  {heading:16} {end}" + (" (on 2030-01-05)" if s.date and not s.row.day else "") + "  [line 7]",
    ]
    assert (f"  {'':16} “quote of {predicate}”" in rows) == s.row.quoted
    assert f"1 statements: 1 {predicate}" in rows


@each
def test_json_lines_show_it(predicate: Predicate) -> None:
    row, summary = (json.loads(line) for line in written("jsonl", made(predicate)).splitlines())
    assert row["predicate"] == predicate and summary["statements"] == {predicate: 1}


@each
def test_graphviz_shows_it(predicate: Predicate) -> None:
    s = made(predicate)
    words = predicate.replace("_", " ") + (f" ({s.role})" if s.role else "")
    assert f'[label="{words}", tooltip="“quote of {predicate}” a.txt, line 7"]' in written("dot", s)


@each
def test_the_page_shows_it_below_the_picture(predicate: Predicate) -> None:
    s = made(predicate)
    assert (
        f"<tr><td>{s.subject.label}</td><td>{predicate.replace('_', ' ')}</td><td>{s.object.label}</td>"
        f'<td class="q"><q>quote of {predicate}</q></td><td>a.txt line 7</td></tr>'
    ) in written("html", s)


@each
def test_the_picture_shows_it_where_its_row_has_a_line(predicate: Predicate) -> None:
    s = made(predicate)
    line = s.row.line
    expected = (
        [f"{s.subject.label} {line.words} {s.object.label}\n“quote of {predicate}”\na.txt, line 7"] if line else []
    )
    out = written("svg", s)
    assert titles(out) == expected
    assert line is None or f'stroke="{line.colour}"' in out


@each
def test_followthemoney_shows_it_as_its_row_says(predicate: Predicate) -> None:
    s = made(predicate)
    rows = [json.loads(line) for line in written("ftm", s).splitlines()]
    of = {row["schema"]: row["properties"] for row in rows}
    subject = next(
        row["properties"]
        for row in rows
        if s.subject.label in [*row["properties"].get("title", []), *row["properties"].get("name", [])]
    )
    quote = [f"quote of {predicate}"]
    assert {
        "keyword": lambda: (
            subject["keywords"] == ["skin_colour"]
            and subject["notes"] == [f"skin_colour (data_field): quote of {predicate}"]
        ),
        "date": lambda: subject["date"] == ["2030-01-05"],
        "note": lambda: subject["notes"] == [f"effective on 2030-01-05: quote of {predicate}"],
        "link": lambda: (
            of["UnknownLink"]["description"] == quote and of["UnknownLink"]["role"] == [predicate.replace("_", " ")]
        ),
        "buyer": lambda: of["UnknownLink"]["description"] == quote and len(of["CallForTenders"]["authority"]) == 1,
        "award": lambda: of["ContractAward"]["description"] == quote,
    }[s.row.entity]()


@each
@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_a_chain_takes_the_step_that_its_row_says(predicate: Predicate, form: str) -> None:
    s = made(predicate)
    binds = statement("mandates", TENDER, standard())
    stated = [clause(standard()), *([binds] if s.object == TENDER else []), *([s] if s.row.chain != "end" else [])]
    chain = found(account(*stated), "finding")[-1]
    assert (s in chain.links) == (s.row.chain is not None)
    assert chain.links[-1].row.chain == "end"
    stream = io.StringIO()
    outputs("chains")[form].write(stream, account(*stated), Settings())
    shown = {"table": f"{s.subject.label} {s.row.words} ", "jsonl": f'"predicate":"{predicate}"'}[form]
    assert (shown in stream.getvalue()) == (s.row.chain is not None)


@each
@pytest.mark.parametrize("form", ["table", "jsonl", "svg", "html"])
def test_the_timeline_shows_it_where_its_row_has_an_event(predicate: Predicate, form: str) -> None:
    s = made(predicate)
    expected = [f"{s.subject.label} {s.row.event.words}"] if s.row.event else []
    assert [e.what for e in events(account(s))] == expected
    stream = io.StringIO()
    outputs("timeline")[form].write(stream, account(s), Settings())
    assert (f"{s.subject.label} " in stream.getvalue()) == bool(expected)


def test_the_table_is_in_the_order_of_the_rows() -> None:
    stated = [made(p) for p in reversed(list(PREDICATES)) if made(p).about == standard()]
    rows = [line[2:18].strip() for line in written("table", *stated).splitlines() if line.endswith("[line 7]")]
    assert ", ".join(rows) == (
        "specifies, drafted by, proposed by, administered by, issued by, published, effective, replaces, cites"
    )


def test_so_many_citations_and_no_more() -> None:
    cites = [statement("cites", standard(), standard(f"DB99/T {n}-2029")) for n in range(2, 16)]
    rows = written("table", *cites).splitlines()
    assert sum(row.startswith("  cites ") for row in rows) == PREDICATES["cites"].most == 12
    assert f"  {'':16} … and 2 more (all with --format jsonl)" in rows


def test_the_newest_edition_alone_is_bound_without_a_year() -> None:
    binds = statement("mandates", TENDER, standard("DB99/T 0001"), qualifier="undated")
    out = written("table", clause(standard()), clause(standard("DB99/T 0001-2033")), binds)
    old, new = out.index("STANDARD DB99/T 0001-2030"), out.index("STANDARD DB99/T 0001-2033")
    assert old < new < out.index("made binding by") and out.count("made binding by") == 1


def test_an_organisation_that_claims_is_named_once_under_the_standard() -> None:
    claims = statement("claims_conformity", organisation(), standard(), qualifier="passed")
    out = written("table", clause(standard()), claims)
    assert "  claimed by       虚构海山数字技术股份有限公司 (passed)" in out
    assert out.count("虚构海山") == 1 and "claims to meet" not in out


def test_a_predicate_without_words_for_an_end_fails() -> None:
    with pytest.raises(ValueError, match="replaces: the table has no words for it under standard DB99/T 0001-2030"):
        written("table", statement("replaces", organisation(), standard()))


@pytest.mark.parametrize("form", ["table", "jsonl", "ftm", "dot", "svg", "html"])
def test_a_place_that_is_not_known_is_no_word(form: str) -> None:
    s = Statement("drafted", organisation(), standard(), (evidence("quote", line=None),))
    assert "line None" not in written(form, s)


def test_a_claim_that_is_only_planned_is_told_apart() -> None:
    claims = statement("claims_conformity", Node("product", "Eagle", "Eagle"), standard(), qualifier="planned")
    assert titles(written("svg", claims)) == [
        "Eagle claims to meet DB99/T 0001-2030 (planned)\n“quote of claims_conformity”\na.txt, line 7"
    ]


def test_a_chain_as_text() -> None:
    stated = [
        statement("purchases", organisation("虚构市示例局"), TENDER, date="2031-04-02"),
        statement("mandates", TENDER, standard(), qualifier="dated"),
        clause(standard()),
        statement("drafted", organisation("示例大学"), standard()),
    ]
    stream = io.StringIO()
    outputs("chains")["table"].write(stream, account(*stated), Settings(to="organisation"))
    assert stream.getvalue() == (
        "ORGANISATION 示例大学\n"
        "  示例大学 drafted DB99/T 0001-2030\n"
        "     “quote of drafted” [a.txt, line 7]\n"
        "    → DB99/T 0001-2030 specifies skin_colour as data field\n"
        "       “quote of specifies” [a.txt, line 7]\n"
        "\n"
        "ORGANISATION 虚构市示例局\n"
        "  虚构市示例局 is the purchaser in 示例平台采购项目\n"
        "     “quote of purchases” [a.txt, line 7]\n"
        "    → 示例平台采购项目 makes binding DB99/T 0001-2030 (dated)\n"
        "       “quote of mandates” [a.txt, line 7]\n"
        "      → DB99/T 0001-2030 specifies skin_colour as data field\n"
        "         “quote of specifies” [a.txt, line 7]\n"
        "\n"
        "2 chains to a clause\n"
        "\n"
        "Coverage\n"
        "  files   0 read, 0 not or in part\n"
    )


def test_the_legend_names_the_lines_that_are_drawn() -> None:
    legend = [e.text for e in ET.fromstring(written("svg", *map(made, PREDICATES))).iterfind("./{*}text")][5:]
    assert legend == [
        "makes binding",
        "claims to meet",
        "specifies",
        "drafted",
        "replaces",
        "supplies",
        "purchases",
    ]


def headings(*statements: Statement) -> list[str | None]:
    """The bold words over the columns of a picture."""
    return [e.text for e in ET.fromstring(written("svg", *statements)).iterfind("./{*}text[@font-size='15']")]


def test_an_organisation_that_claims_did_not_write_the_standard() -> None:
    claims = statement("claims_conformity", organisation(), standard())
    rest = ["Tenders and products", "Standards", "What is specified"]
    assert headings(claims) == ["Who buys, supplies or claims", *rest]
    assert headings(made("purchases"), made("claims_conformity")) == ["Who buys and supplies", *rest]
    assert headings(made("drafted")) == ["Who buys and supplies", *rest, "Who wrote the standards"]
