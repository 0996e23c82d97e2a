"""What a run keeps in the temporary folder goes with it, also where it was killed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clauselight.pipeline.scratch import Scratch


def test_folders_of_the_dead_are_cleared_and_those_of_the_living_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = tmp_path / "clauselight-run-99999999-1-x"
    again = tmp_path / f"clauselight-run-{os.getpid()}-1-x"  # the number of this process, begun at another time
    other = tmp_path / "clauselight-run-notes"
    for folder in (dead, again, other):
        folder.mkdir()
        (folder / "copy.txt").write_text("x", encoding="utf-8")
    first = Scratch()
    second = Scratch()
    assert (dead.exists(), again.exists(), other.exists()) == (False, False, True)
    assert Path(first.path).is_dir() and Path(second.path).is_dir()
    first.remove()
    second.remove()
    assert [p.name for p in tmp_path.iterdir()] == ["clauselight-run-notes"]
