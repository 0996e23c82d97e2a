"""`clauselight dossier` on the command line: what is asked for, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cases import accept_first
from clauselight.case.store import Case
from clauselight.cli import main


def test_only_what_was_accepted(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Case(folder) as case:
        accept_first(case)
    assert (
        main(
            [
                "dossier",
                str(folder),
                "-o",
                str(tmp_path / "out"),
                "--only",
                "accepted",
                "--format",
                "md,html",
                "--quiet",
                "--json",
            ]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["findings"] == 1
    assert main(["dossier", str(folder), "-o", str(tmp_path / "out"), "--quiet"]) == 2
    assert "not empty" in capsys.readouterr().err
    assert main(["dossier", str(folder), "-o", str(tmp_path / "x"), "--format", "rtf", "--quiet"]) == 2
    assert main(["verify", str(folder), "--quiet"]) == 2
