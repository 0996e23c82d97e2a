"""What is asked for is written whole, or nothing is; the journal says so."""

from __future__ import annotations

import json
import re
from pathlib import Path

from cases import PERSON, failed
from clauselight.case.store import Case
from clauselight.case.update import add, run
from clauselight.package.build import build
from clauselight.package.request import BagRequest, DossierRequest
from clauselight.package.verify import verify
from clauselight.rules.find import Finder


def test_unmask_says_so_and_no_originals_are_named(folder: Path, tmp_path: Path, finder: Finder) -> None:
    (tmp_path / "person.txt").write_text(PERSON, encoding="utf-8")
    with Case(folder) as case:
        add(case, [str(tmp_path / "person.txt")], None, None, None, None)
        run(case, finder, ocr="never")
        build(case, DossierRequest(tmp_path / "out", unmask=True, bag=BagRequest(originals=False)))
    package = json.loads((tmp_path / "out" / "data" / "package.json").read_text(encoding="utf-8"))
    assert package["masked"] is False and not (tmp_path / "out" / "data" / "originals").exists()
    assert "13800000000" in (tmp_path / "out" / "data" / "dossier.html").read_text(encoding="utf-8")
    assert "--unmask was asked for" in (tmp_path / "out" / "data" / "process.md").read_text(encoding="utf-8")
    report = verify(tmp_path / "out")
    assert not failed(report) and any(
        i["status"] == "not checked" and "does not travel" in i["why"] for i in report.items
    )


def test_two_sources_of_one_path_keep_their_own_drafters(tmp_path: Path, finder: Finder) -> None:
    """A page fetched twice: what one version says of its drafters is not told of the other."""
    file = tmp_path / "standard.txt"
    with Case.init(tmp_path / "case") as case:
        for firm in ("虚构甲科技有限公司", "虚构乙科技有限公司"):
            file.write_text(
                "DB99/T 0009-2030\n示例规范\n2030-01-05发布 2030-03-01实施\n"
                f"本标准起草单位：{firm}。\n5.1 平台应支持按民族对抓拍人员进行检索。\n",
                encoding="utf-8",
            )
            add(case, [str(file)], None, None, None, None)
        run(case, finder, ocr="never")
        build(case, DossierRequest(tmp_path / "out", ("md",), bag=BagRequest()))
    assert not failed(verify(tmp_path / "out"))
    text = (tmp_path / "out" / "data" / "dossier.md").read_text(encoding="utf-8")
    assert re.findall(r"- drafted by: (.+)", text) == ["虚构甲科技有限公司", "虚构乙科技有限公司"]
