"""What is asked for is written whole, or nothing is; the journal says so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cases import PERSON, failed
from clauselight.case import journal
from clauselight.case.intake import add
from clauselight.case.store import Case
from clauselight.case.update import run
from clauselight.errors import UsageError
from clauselight.package import build as building
from clauselight.package.build import build
from clauselight.package.request import BagRequest, Built, DossierRequest
from clauselight.package.verify import verify
from clauselight.rules.find import Finder


def test_unmask_says_so_and_no_originals_are_named(folder: Path, tmp_path: Path, finder: Finder) -> None:
    (tmp_path / "person.txt").write_text(PERSON, encoding="utf-8")
    with Case(folder) as case:
        add(case, [str(tmp_path / "person.txt")])
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
            add(case, [str(file)])
        run(case, finder, ocr="never")
        build(case, DossierRequest(tmp_path / "out", ("md",), bag=BagRequest()))
    assert not failed(verify(tmp_path / "out"))
    text = (tmp_path / "out" / "data" / "dossier.md").read_text(encoding="utf-8")
    assert re.findall(r"- drafted by: (.+)", text) == ["虚构甲科技有限公司", "虚构乙科技有限公司"]


def test_what_was_built_is_counted_and_in_the_journal(folder: Path, tmp_path: Path) -> None:
    with Case(folder) as case:
        built = build(case, DossierRequest(tmp_path / "out", ("md", "html"), only="open", by="tester"))
        entry = journal.entries(case.db)[-1]
        open_ones = sum(f.level == "finding" for r in case.readings() for _, f in case.findings(r.id))
    assert built == Built(findings=open_ones, documents=8, not_read=0, pictures=0)
    assert built.record() == {"findings": open_ones, "documents": 8, "not_read": 0, "pictures": 0}
    assert (entry.action, entry.by) == ("dossier", "tester")
    assert entry.detail == {
        "out": "out",
        "findings": open_ones,
        "formats": ["md", "html"],
        "only": "open",
        "bag": False,
        "signed": False,
        "unmask": False,
    }


def test_pictures_lie_beside_a_form_that_names_them_and_no_other(folder: Path, tmp_path: Path) -> None:
    with Case(folder) as case:
        build(case, DossierRequest(tmp_path / "page"))
        build(case, DossierRequest(tmp_path / "text", ("md",)))
        build(case, DossierRequest(tmp_path / "bag", ("html",), bag=BagRequest()))
    assert sorted(p.name for p in (tmp_path / "page").iterdir()) == ["dossier.html"]
    assert sorted(p.name for p in (tmp_path / "text").iterdir()) == ["crops", "dossier.md"]
    assert sorted(p.name for p in (tmp_path / "text" / "crops").iterdir()) == ["chain.svg", "timeline.svg"]
    assert not (tmp_path / "bag" / "data" / "crops").exists()


def test_progress_is_told_step_by_step(folder: Path, tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    with Case(folder) as case:
        built = build(
            case,
            DossierRequest(tmp_path / "out", ("md", "html")),
            lambda what, number, of: steps.append((what, number, of)),
        )
    pictures = [("pictures", n, built.findings) for n in range(1, built.findings + 1)]
    assert steps == [*pictures, ("md", 1, 2), ("html", 2, 2)]


def actions(case: Case) -> list[str]:
    return [e.action for e in journal.entries(case.db)]


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "no folder"])
@pytest.mark.parametrize("error", [OSError("no space"), KeyboardInterrupt()], ids=["full", "interrupted"])
@pytest.mark.parametrize("bag", [BagRequest(), None], ids=["package", "dossier"])
def test_nothing_is_left_of_what_fails(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    there: bool,
    error: BaseException,
    bag: BagRequest | None,
) -> None:
    """The journal is the last step: whatever fails up to it, files and entry are both missing."""

    def fail(*_: object) -> None:
        raise error

    out = tmp_path / "out"
    if there:
        out.mkdir()
    with Case(folder) as case:
        before = actions(case)
        monkeypatch.setattr(building.journal, "append", fail)
        with pytest.raises(type(error)):
            build(case, DossierRequest(out, ("md", "html"), bag=bag))
        assert actions(case) == before
        assert out.exists() is there and not (there and list(out.iterdir()))
        monkeypatch.undo()
        build(case, DossierRequest(out, ("md", "html"), bag=bag))
        assert actions(case) == [*before, "dossier"]


def test_a_folder_with_something_in_it_is_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with Case(folder) as case, pytest.raises(UsageError, match="not empty"):
        build(case, DossierRequest(tmp_path / "out"))
    with Case(folder) as case, pytest.raises(UsageError, match="not empty"):
        build(case, DossierRequest(tmp_path / "out" / "mine.txt"))
    assert [p.read_text() for p in (tmp_path / "out").iterdir()] == ["mine"]


def test_one_case_gives_one_dossier_whenever_it_is_written(folder: Path, tmp_path: Path) -> None:
    with Case(folder) as case:
        for name in ("a", "b"):
            build(case, DossierRequest(tmp_path / name, ("html", "md")))
    for name in ("dossier.html", "dossier.md", "crops/chain.svg"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
