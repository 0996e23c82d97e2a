"""Bringing a case up to date: what is stored of a source."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clauselight.case import staleness
from clauselight.case.intake import add
from clauselight.case.staleness import Keys
from clauselight.case.store import Case
from clauselight.case.update import Updated, run
from clauselight.model import Coverage, PageCoverage, Problem
from clauselight.model.outcome import Outcome
from clauselight.pipeline.pool import Pool
from clauselight.rules.find import Finder


def test_members_of_one_name_are_kept_apart(tmp_path: Path, finder: Finder) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for attribute in ("民族", "肤色", "宗教信仰"):
            with warnings.catch_warnings(action="ignore"):  # of a second member of one name
                archive.writestr("n.txt", f"平台应支持按{attribute}对抓拍人员进行检索。\n")
    with Case.init(tmp_path / "case") as case:
        add(case, [str(tmp_path / "a.zip")])
        assert run(case, finder, ocr="never") == Updated(read=1)
        rows = [(r.inner, [f.attribute for _, f in case.findings(r.id)]) for r in case.readings()]
        assert rows == [
            ("!/n.txt", ["ethnicity"]),
            ("!/n.txt#", ["skin_colour"]),
            ("!/n.txt##", ["religion"]),
        ]


def test_counts_are_a_record() -> None:
    assert Updated(3, 4).record() == {"read": 3, "decided": 4}


@pytest.mark.parametrize(
    ("recognisers", "reasons", "version"),
    [
        (("tesseract 9.9 rus 01ab",), (), "{ocr}; tesseract 9.9 rus 01ab"),
        ((), ("unreadable-script",), "{ocr}; not all read by tesseract 9.9 vie 01ab, tesseract 9.9 rus 01ab"),
        ((), ("no-text-found",), "{ocr}"),
    ],
)
def test_a_reading_keeps_what_recognised_it(
    recognisers: tuple[str, ...],
    reasons: tuple[str, ...],
    version: str,
    tmp_path: Path,
    finder: Finder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So does the journal; installing a recogniser for a script that was lost makes the reading stale, and no other."""
    read = PageCoverage(1, ocr=(1,), confidence=(0.9,))
    problems = tuple(Problem(reason, "made") for reason in reasons)

    def numbered(self: object, founds: object) -> Iterator[tuple[int, Outcome | None]]:
        coverage = Coverage("a.pdf", "read", reader="pdf", pages=read, problems=problems, recognisers=recognisers)
        yield from ((0, Outcome(coverage)), (0, None))

    monkeypatch.setattr(Pool, "numbered", numbered)
    monkeypatch.setattr(staleness, "installed", lambda: ("tesseract 9.9 vie 01ab", "tesseract 9.9 rus 01ab"))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    with Case.init(tmp_path / "case") as case:
        add(case, [str(tmp_path / "a.pdf")])
        assert run(case, finder) == Updated(read=1)
        ocr = Keys.now(finder, "auto").ocr
        assert [made.ocr_version for made in case.made_with()] == [version.format(ocr=ocr)]
        said = [e.detail["ocr"] for e in case.entries() if e.action == "read"]
        assert said == ["; ".join([ocr, *recognisers])]
        assert run(case, finder) == Updated()
