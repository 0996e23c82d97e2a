"""A case with nothing to show ends as the same question over sources does."""

from __future__ import annotations

from pathlib import Path

import pytest

from clauselight.cli import main

WORDS = {"chain": "0 chains to a clause\n", "timeline": "0 events\n", "who": "0 statements: no statements\n"}


@pytest.mark.parametrize("verb", sorted(WORDS))
def test_a_case_without_an_answer(verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, folder = tmp_path / "a.txt", tmp_path / "case"
    source.write_text("示例页面提到DB99/T 0001-2030。\n" if verb != "who" else "示例页面。\n", encoding="utf-8")
    assert main(["case", "init", str(folder)]) == 0
    assert main(["case", "add", str(folder), str(source)]) == 0
    assert main(["case", "run", str(folder), "--jobs", "1"]) in (0, 1)
    capsys.readouterr()
    of_case = main(["case", verb, str(folder)])
    words = capsys.readouterr().out
    assert (of_case, words.startswith(WORDS[verb])) == (1, True)
    assert main([verb, str(source), "--jobs", "1"]) == of_case
    assert capsys.readouterr().out.splitlines()[0] == words.splitlines()[0]
