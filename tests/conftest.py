"""Shared by all tests: one finder, and a quick way to check text or bytes in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from clauselight.formats.session import ReadOptions
from clauselight.model import Blob
from clauselight.model.outcome import Outcome
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.options import Analysis
from clauselight.rules.find import Finder
from clauselight.rules.load import load

#: the sample case and its package
pytest_plugins = ["cases"]


@pytest.fixture(scope="session")
def finder() -> Finder:
    made = Finder(load())
    made.warm()
    return made


@pytest.fixture(scope="session")
def outcome(finder: Finder) -> Callable[..., Outcome]:
    def run(data: str | bytes, name: str = "text.txt", ocr: str = "never") -> Outcome:
        body = data.encode() if isinstance(data, str) else data
        return analyse(Blob(name, data=body), Analysis(finder), ReadOptions(ocr))  # type: ignore[arg-type]

    return run
