"""``--help`` is quick: it imports what makes the words of the command line, and nothing that reads or writes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from clauselight.cli import _VERBS, main
from clauselight.cli.case import _ACTIONS

#: what takes long to import, or is an extra
HEAVY = ("openpyxl", "pyarrow", "lxml", "hyperscan", "pypdfium2", "yaml", "opencc", "tqdm", "numpy", "sqlite3")


def imported(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_whole_command_line_imports_nothing_heavy() -> None:
    modules = imported("from clauselight.cli import parser\nparser()")
    assert not modules & set(HEAVY)
    own = {m for m in modules if m.startswith("clauselight.") and not m.startswith("clauselight.cli")}
    assert own == {
        "clauselight.isolation",
        "clauselight.version",
        "clauselight.errors",
        "clauselight.plugins",
        "clauselight.dossier",
        "clauselight.exports",
        "clauselight.exports.registry",
        "clauselight.exports.clean",
        "clauselight.text",
        "clauselight.text.visible",
    }


def test_only_the_verb_that_is_called_is_imported() -> None:
    modules = imported("from clauselight.cli import parser\nparser('verify')")
    assert {m for m in modules if m.startswith("clauselight.cli.")} & {f"clauselight.cli.{v}" for v in _VERBS} == {
        "clauselight.cli.verify"
    }


@pytest.mark.parametrize("words", [[], ["--help"], *([verb, "--help"] for verb in _VERBS)], ids=" ".join)
def test_every_verb_is_named(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if words:
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 0
    else:
        assert main([]) == 2
    out = capsys.readouterr().out
    if words in ([], ["--help"]):
        assert [line.split()[0] for line in out.splitlines() if line.startswith("    ") and line[4] != " "] == [*_VERBS]
    else:
        assert out.startswith(f"usage: clauselight {words[0]} ") and "\nexamples:\n" in out


def test_every_action_of_a_case_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["case", "--help"])
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines() if line.startswith("    ") and line[4] != " "] == [*_ACTIONS]
