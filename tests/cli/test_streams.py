"""A file appears under its name only when it is whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clauselight.cli import main
from clauselight.cli.streams import opened
from clauselight.errors import UsageError
from clauselight.exports.registry import Output, outputs

TEXT: Output[Any] = outputs("findings")["table"]
BYTES: Output[Any] = outputs("findings")["xlsx"]


@pytest.mark.parametrize(("output", "data"), [(TEXT, "a\r\nb\n"), (BYTES, b"a\r\nb\n")])
def test_the_name_comes_last(output: Output[Any], data: Any, tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("older", encoding="utf-8")
    with opened(str(file), output) as stream:
        stream.write(data)
        stream.flush()
        assert (tmp_path / "out.part").read_bytes() == b"a\r\nb\n" and file.read_text() == "older"
    assert file.read_bytes() == b"a\r\nb\n" and not (tmp_path / "out.part").exists()


def test_what_was_written_before_an_error_stays_a_part(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="broken"), opened(str(tmp_path / "out"), TEXT) as stream:
        stream.write("half")
        raise ValueError("broken")
    assert {f.name: f.read_text() for f in tmp_path.iterdir()} == {"out.part": "half"}


def test_an_error_before_anything_is_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError), opened(str(tmp_path / "out"), TEXT):
        raise UsageError("no")
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_made_is_a_mistake_of_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("nothing", encoding="utf-8")
    name = str(tmp_path / "nowhere" / "out")
    assert main(["check", str(tmp_path / "a.txt"), "--quiet", "-o", name]) == 2
    said = capsys.readouterr().err
    assert said == f"clauselight: -o {name}: No such file or directory; name a file in a folder that is there\n"


def test_bytes_do_not_go_to_standard_output() -> None:
    other = replace(BYTES, name="pages", suffix=".pgs")
    with pytest.raises(UsageError, match=r"^--format pages needs a file: -o findings\.pgs$"), opened("-", other):
        pass
