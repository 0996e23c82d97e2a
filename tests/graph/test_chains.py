"""Chains from buyers, drafters and vendors to clauses, over the fictional case; and what must not be chained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clauselight.cli import main

CASE = str(Path(__file__).parents[2] / "samples" / "case")


def chains(to: str, capsys: pytest.CaptureFixture[str]) -> list[list[str]]:
    assert main(["chain", CASE, "--to", to, "--format", "jsonl", "--ocr", "never", "--quiet"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[-1]["type"] == "summary" and rows[-1]["chains"] == len(rows) - 1
    assert all(link["evidence"] for r in rows[:-1] for link in r["links"])
    return [
        [f"{link['subject']['label']} {link['predicate']} {link['object']['label']}" for link in r["links"]]
        for r in rows[:-1]
    ]


def test_a_buyer_comes_to_a_clause_over_tender_and_standard(capsys: pytest.CaptureFixture[str]) -> None:
    assert [
        "虚构市示例局二区分局 purchases 虚构市二区前端摄像机采购项目",
        "虚构市二区前端摄像机采购项目 mandates DB99/T 0001",
        "DB99/T 0001-2033 specifies skin_colour",
    ] in chains("organisation", capsys)


def test_each_tender_and_its_clauses(capsys: pytest.CaptureFixture[str]) -> None:
    found = chains("tender", capsys)
    assert [
        "虚构市一区视频分析平台采购项目 mandates DB99/T 0001-2030",
        "DB99/T 0001-2030 specifies skin_colour",
    ] in found
    # the tender binds the edition of 2030: what the one of 2033 says is not laid at its door
    assert not any(links[0].startswith("虚构市一区") and "DB99/T 0001-2033" in links[-1] for links in found)


def test_a_chain_starts_at_its_outermost_end_for_findings(capsys: pytest.CaptureFixture[str]) -> None:
    found = chains("finding", capsys)
    assert not any(links[0].startswith("虚构市一区视频分析平台采购项目 mandates") for links in found)
    assert any(len(links) == 3 for links in found)


def test_no_chain_is_status_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("本标准起草单位：示例大学。", encoding="utf-8")
    assert main(["chain", str(tmp_path), "--to", "organisation", "--quiet"]) == 1
    assert "0 chains" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["svg", "html", "table"])
def test_the_other_forms(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chain", CASE, "--to", "organisation", "--format", form, "--quiet"]) == 0
    assert "虚构海山" in capsys.readouterr().out
