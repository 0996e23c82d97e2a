"""``clauselight packs lint`` fails on problems, counts notes, and with --strict fails on them too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clauselight.cli import main

RULE = "rules:\n  - {id: mine.one, attribute: race, kind: word, gloss: race, terms: [harmat]}\n"
CASE = RULE.replace("}\n", ", cases: [{text: harmat, level: mention}]}\n")


def lint(folder: Path, body: str, *options: str) -> int:
    (folder / "mine.yaml").write_text(body, encoding="utf-8")
    return main(["packs", "lint", "--packs", str(folder), *options])


def test_notes_are_counted_and_shown_with_strict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(tmp_path, RULE) == 0
    assert capsys.readouterr().out.endswith("rules: no problems, 1 notes (--strict shows them)\n")
    assert lint(tmp_path, RULE, "--strict") == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == f"{tmp_path}/mine.yaml:2: mine.one: no case"
    assert shown[1].endswith("no problems, 1 notes")
    assert lint(tmp_path, CASE, "--strict") == 0


def test_json_has_problems_and_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(tmp_path, RULE, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["problems"], told["notes"]) == ([], [f"{tmp_path}/mine.yaml:2: mine.one: no case"])
    assert lint(tmp_path, RULE, "--json", "--strict") == 1
    capsys.readouterr()
    assert lint(tmp_path, CASE.replace("word", "odd"), "--json") == 2
    told = json.loads(capsys.readouterr().out)
    assert told["notes"] == []
    assert told["problems"] == [
        f"{tmp_path}/mine.yaml:2: rule mine.one: kind 'odd' is none of sorts, near, field, word, group, value"
    ]


def test_a_problem_of_the_lint_fails_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = CASE.replace("rules:", "language: qlv\nrules:")
    assert lint(tmp_path, body) == 2
    assert f"{tmp_path}/mine.yaml:1: nothing tells qlv" in capsys.readouterr().err


def test_the_shipped_packs_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "lint"]) == 0
    assert capsys.readouterr().out.startswith("11 packs, 10 languages, 204 rules: no problems, ")
