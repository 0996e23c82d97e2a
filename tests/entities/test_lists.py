"""Lists that a user brings in: every form, what is left out, and how they join the catalogue."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from clauselight.cli import main
from clauselight.entities.catalogue import load
from clauselight.entities.imported import bring_in, joined, remove, shelf
from clauselight.entities.resolve import Resolver
from clauselight.errors import UsageError

CSL = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,"
    "gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,"
    "dates_of_birth,nationalities,places_of_birth,source_information_url,ids"
)


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSELIGHT_LISTS", str(tmp_path / "shelf"))


def csl_row(**cells: str) -> str:
    return ",".join(f'"{cells.get(h, "")}"' for h in CSL.split(","))


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def the(identifier: str) -> object:
    return next(o for o in joined(load()) if o.id == identifier)


def test_csl_csv(tmp_path: Path) -> None:
    rows = [
        csl_row(
            _id="a1",
            source="Entity List (EL) - Invented",
            name="Seamount Digital Technology Co., Ltd.",
            alt_names="虚构海山; Xi?an Seamount",
            start_date="2031-02-03",
            federal_register_notice="99 FR 1 99 FR 2",
            source_list_url="https://example.org",
        ),
        csl_row(_id="a2", source="SDN", type="Individual", name="DOE, Example"),
        csl_row(_id="a3", source="Entity List (EL) - Invented", name="Hikvision", start_date="", end_date="2032-01-01"),
    ]
    info = bring_in(written(tmp_path, "consolidated.csv", "\n".join([CSL, *rows])))
    assert (info.form, info.organisations, info.listings, info.undated, info.skipped) == (
        "csl-csv",
        2,
        2,
        1,
        {"individual": 1},
    )
    own = next(o for o in joined(load()) if o.id == "consolidated:csl-a1")
    assert [n.text for n in own.names] == [
        "Seamount Digital Technology Co., Ltd.",
        "虚构海山",
        "Xi?an Seamount",
        "Xi'an Seamount",
    ]
    assert own.listings[0].since == datetime.date(2031, 2, 3) and "99 FR 1 99 FR 2" in own.listings[0].source
    ended = next(e for e in the("hikvision").listings if e.list == "us-csl-entity-list")  # type: ignore[attr-defined]
    assert (
        ended.since is None
        and ended.on(datetime.date(2031, 1, 1)) is None
        and ended.on(datetime.date(2032, 1, 1)) is False
    )
    match = Resolver(joined(load())).match("Seamount Digital Technology")
    assert match and match.sure and match.id == "consolidated:csl-a1" and "imported list consolidated" in match.why


def test_csl_json(tmp_path: Path) -> None:
    data = {
        "results": [
            {
                "id": "x",
                "source": "Entity List",
                "name": "Seamount",
                "alt_names": ["虚构海山"],
                "start_date": "2031-02-03",
                "source_list_url": "u",
            },
            {"id": "v", "type": "Vessel", "name": "Example"},
        ]
    }
    info = bring_in(written(tmp_path, "csl.json", json.dumps(data, indent=1)))
    assert (info.form, info.organisations, info.skipped) == ("csl-json", 1, {"vessel": 1})


def test_followthemoney_sanctions_beside_and_inside(tmp_path: Path) -> None:
    said = {
        "startDate": ["2031-01-01"],
        "endDate": ["2032-01-01"],
        "authority": ["Office of Examples"],
        "program": ["Example programme"],
        "sourceUrl": ["https://example.org/1"],
    }
    rows = [
        {
            "id": "o1",
            "schema": "Company",
            "caption": "Seamount",
            "datasets": ["xx_example"],
            "properties": {"name": ["Seamount", "虚构海山"]},
        },
        {"id": "s1", "schema": "Sanction", "datasets": ["xx_example"], "properties": {"entity": ["o1"], **said}},
        {
            "id": "o2",
            "schema": "Organization",
            "caption": "Cloudfig",
            "datasets": ["xx_example"],
            "properties": {
                "name": ["Cloudfig"],
                "sanctions": [{"id": "s2", "schema": "Sanction", "properties": {"startDate": ["2031"]}}],
            },
        },
        {"id": "p", "schema": "Person", "caption": "Doe", "properties": {"name": ["Doe"]}},
    ]
    info = bring_in(written(tmp_path, "xx.ftm.json", "\n".join(json.dumps(r, ensure_ascii=False) for r in rows)))
    assert (info.form, info.organisations, info.listings, info.undated, info.skipped) == (
        "ftm-json-lines",
        2,
        2,
        1,
        {"Person": 1},
    )
    listing = the("xx.ftm:o1").listings[0]  # type: ignore[attr-defined]
    assert (listing.list, str(listing.since), str(listing.until)) == (
        "xx_example",
        "2031-01-01",
        "2032-01-01",
    ) and "Office of Examples" in listing.title


def test_a_plain_table_and_its_own_names(tmp_path: Path) -> None:
    info = bring_in(
        written(
            tmp_path,
            "mine.csv",
            (
                "Name;Aliases;List;Since;Until;Source\n"
                "Seamount;虚构海山|Haishan;My list;2031-01-01;;letter of 2031\n;;;;;\n"
            ),
        )
    )
    assert (info.form, info.organisations) == ("plain-csv", 1)
    assert [n.text for n in the("mine:mine-2").names] == ["Seamount", "虚构海山", "Haishan"]  # type: ignore[attr-defined]
    assert [i.name for i in shelf()] == ["mine"]
    remove("mine")
    assert not shelf() and joined(load()) == load()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "some words"),
        ("b.csv", "colour,size\n1,2\n"),
        ("c.json", '{"results": ['),
        ("d.json", '{"id": "1", "schema": "Company"}\n{broken'),
        ("e.csv", "name\n"),
    ],
)
def test_what_is_no_list_is_refused_and_leaves_nothing(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(UsageError, match=name):
        bring_in(written(tmp_path, name, text))
    assert not shelf() and not list((tmp_path / "shelf").glob(".*")) if (tmp_path / "shelf").exists() else True


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = written(tmp_path, "good.csv", "name\nSeamount\n")
    assert main(["lists", "import", str(tmp_path / "none.csv"), str(good), "--json"]) == 2
    out = capsys.readouterr()
    assert "none.csv" in out.err and json.loads(out.out)[0]["name"] == "good"
    assert main(["lists", "show"]) == 0 and "1 organisations" in capsys.readouterr().out


def test_each_module_registers_its_forms() -> None:
    import pkgutil

    import clauselight.entities.lists as package

    names = [r.name for r in package.readers()]
    modules = [m.name for m in pkgutil.iter_modules(package.__path__)]
    assert len(names) == len(set(names)) >= len(modules) and names[-1] == "plain-csv"
