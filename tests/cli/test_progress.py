"""The bar: on a terminal, and nowhere else."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

import pytest

from clauselight.cli.progress import Bar, ReadingBar
from clauselight.pipeline.pool import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(patch: pytest.MonkeyPatch) -> Terminal:
    """Standard error as a terminal. No fixture, since pytest puts its own stream back before a test runs."""
    made = Terminal()
    patch.setattr(sys, "stderr", made)
    return made


def test_a_bar_shows_what_is_done_of_what(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with Bar(False, what="originals") as bar:
        bar.at(2, 5)
        bar.at(1, 4, "pictures", " pages")
    shown = stream.getvalue()
    assert "originals:  40%" in shown and "2/5" in shown and "pictures:  25%" in shown


@pytest.mark.parametrize("quiet", [True, False])
def test_there_is_none_where_nobody_looks(quiet: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal() if quiet else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with Bar(quiet, total=3) as bar:
        bar.advance()
        bar.at(2, 3, "x")
        bar.note("words", 3)
        bar.clear()
    assert stream.getvalue() == ""


def test_bytes_are_counted_of_all_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stream = terminal(monkeypatch)
    (tmp_path / "a.txt").write_bytes(b"x" * 1000)
    (tmp_path / "b.txt").write_bytes(b"x" * 1000)
    args = argparse.Namespace(verb="check", quiet=False, paths=[str(tmp_path)], exclude=[])
    with ReadingBar(args) as bar:
        progress = Progress()
        progress.bytes, progress.files, progress.findings = 1000, 1, 7
        bar.update(progress)
        bar.at(1000, 2000)
    assert "reading  50%" in stream.getvalue() and "1/2 files, 0 pages, 7 found" in stream.getvalue()


def test_standard_input_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = terminal(monkeypatch)
    with ReadingBar(argparse.Namespace(quiet=False, paths=["-"], exclude=[])) as bar:
        bar.update(Progress())
    assert stream.getvalue() == ""
