"""A case over the fictional samples, made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clauselight.case.store import Case
from clauselight.case.update import add, run
from clauselight.rules.find import Finder
from clauselight.rules.pack import load

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="session")
def finder() -> Finder:
    return Finder(load([]))


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory, finder: Finder) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "case"
    with Case.init(folder, "Invented case") as case:
        add(
            case,
            [str(SAMPLES / "case"), str(SAMPLES / "tender_example_city.md")],
            "tester",
            "from the samples",
            None,
            None,
        )
        run(case, finder, ocr="never")
    return folder


@pytest.fixture
def folder(_made: Path, tmp_path: Path) -> Path:
    """A copy of the case, to do anything with."""
    shutil.copytree(_made, tmp_path / "case")
    return tmp_path / "case"
