"""`clauselight dossier` on the command line: what is asked for, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cases import accept_first
from clauselight import plugins
from clauselight.case.store import Case
from clauselight.cli import main
from clauselight.dossier.forms import Form, forms


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


def test_a_seal_without_a_package_is_refused(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--sign", "--timestamp"):
        assert main(["dossier", str(folder), "-o", str(tmp_path / "no"), option, "key.pem", "--quiet"]) == 2
        assert capsys.readouterr().err == "clauselight: --sign and --timestamp seal a package: add --bag\n"
    assert not (tmp_path / "no").exists()


class _Entry:
    """An entry point of another package."""

    name = "txt"

    def load(self) -> Form:
        return Form("txt", ".txt", lambda manuscript: manuscript.title.encode(), "plain text")


def test_a_form_of_another_package_can_be_asked_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        plugins, "entry_points", lambda group: [_Entry()] if group == "clauselight.dossier.render" else []
    )
    forms.cache_clear()
    try:
        assert main(["dossier", str(folder), "-o", str(tmp_path / "out"), "--format", "txt", "--quiet"]) == 0
        assert main(["dossier", str(folder), "-o", str(tmp_path / "no"), "--format", "rtf", "--quiet"]) == 2
        assert "the forms are docx, html, md, pdf, txt" in capsys.readouterr().err
        with pytest.raises(SystemExit):
            main(["dossier", "--help"])
        assert "docx, html, md, pdf, txt;" in " ".join(capsys.readouterr().out.split())
    finally:
        forms.cache_clear()
    assert (tmp_path / "out" / "dossier.txt").read_text() == "Invented case"
