"""Bringing a case up to date: what is stored of a source."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

from clauselight.case.intake import add
from clauselight.case.store import Case
from clauselight.case.update import Updated, run
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
