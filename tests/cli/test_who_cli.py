"""The verbs on statements as a user runs them: exit status, questions, files of the user's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clauselight.cli import main

TEXT = (
    "DB99/T 0001-2030\n示例规范\n2030-01-05发布 2030-03-01实施\n"
    "本标准起草单位：虚构海山数字技术股份有限公司、示例大学。\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAUSELIGHT_LISTS", str(tmp_path / "shelf"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "in"


@pytest.mark.parametrize("verb", ["who", "timeline"])
def test_status(verb: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, str(folder), "--quiet"]) == 0
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    assert main([verb, str(folder), "--quiet"]) == 3
    assert "broken.pdf" in capsys.readouterr().out
    assert main([verb, str(folder / "a.txt"), "--standard", "GB/T 9", "--quiet"]) == 1
    assert main([verb, str(folder / "a.txt"), "--standard", "no number", "--quiet"]) == 2


def test_an_imported_list_shows_at_the_organisation(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = folder.parent / "mine.csv"
    listed.write_text(
        "name,list,since,until\n虚构海山,Example list,2029-01-01,2031-01-01\n"
        "虚构海山数字技术股份有限公司,Example list,2029-01-01,2031-01-01\n",
        encoding="utf-8",
    )
    assert main(["lists", "import", str(listed)]) == 0
    capsys.readouterr()
    assert main(["who", str(folder), "--format", "jsonl", "--quiet"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (firm,) = [r["subject"] for r in rows if r.get("predicate") == "drafted" and r["subject"]["id"]]
    (entry,) = firm["lists"]
    assert (entry["list"], entry["since"], entry["until"], entry["document_date"], entry["on_document_date"]) == (
        "example-list",
        "2029-01-01",
        "2031-01-01",
        "2030-01-05",
        True,
    )
    assert firm["resolution"]["sure"] and "imported" in firm["resolution"]["why"]


def test_a_doubtful_name_is_shown_and_not_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = folder.parent / "own.yaml"
    own.write_text(
        "sources: {me: invented}\norganisations:\n"
        "  seamount: {label: Seamount, names: [{name: 虚构海川数字技术股份有限公司, source: me}]}\n",
        encoding="utf-8",
    )
    assert main(["who", str(folder), "--catalogue", str(own), "--quiet"]) == 0
    out = capsys.readouterr().out
    assert "MAY BE THE SAME (not taken as made)\n  虚构海山数字技术股份有限公司 ~ Seamount: one character from" in out
