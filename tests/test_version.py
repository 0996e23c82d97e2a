"""One version in three places."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

import clauselight


def test_the_project_names_the_version_of_the_program() -> None:
    project = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == clauselight.__version__ == version("clauselight")
