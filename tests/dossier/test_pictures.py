"""Pictures of the places: personal data on the page is covered, and what cannot be drawn is named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from builders import pdf
from clauselight.case.intake import add
from clauselight.case.store import Case
from clauselight.case.update import run
from clauselight.dossier.gather import Dossier, gather
from clauselight.rules.find import Finder

LINES = ["联系人：王示例，电话13800000000。", "5.2 平台应支持按民族对抓拍人员进行检索。"]


@pytest.fixture
def scene(tmp_path: Path, finder: Finder) -> Path:
    """A case with a page on which a number is beside a finding."""
    (tmp_path / "page.pdf").write_bytes(pdf([LINES]))
    with Case.init(tmp_path / "case") as case:
        add(case, [str(tmp_path / "page.pdf")])
        run(case, finder, ocr="never")
    return tmp_path / "case"


def gathered(folder: Path, unmask: bool = False) -> Dossier:
    with Case(folder) as case:
        return gather(case, unmask=unmask)


def test_a_number_beside_a_finding_is_covered_on_its_picture(scene: Path) -> None:
    images = pytest.importorskip("PIL.Image")
    covered, shown = gathered(scene), gathered(scene, unmask=True)
    (name,) = covered.pictures.crops
    assert name == covered.items[0].id and covered.pictures.undrawn == ()
    pictures = [images.open(io.BytesIO(d.pictures.crops[name].data)).convert("RGB") for d in (covered, shown)]
    assert pictures[0].size == pictures[1].size

    def dark(picture: object) -> int:
        return sum(count for count, colour in picture.getcolors(1 << 24) if max(colour) < 90)  # type: ignore[attr-defined]

    # the cover is a dark field over the number: far more dark points than letters have
    assert dark(pictures[0]) > 2 * dark(pictures[1])


def test_the_words_for_a_picture_name_its_page(scene: Path) -> None:
    pytest.importorskip("PIL")
    dossier = gathered(scene)
    (picture,) = dossier.pictures.crops.values()
    path = dossier.items[0].finding.path
    assert picture.name == f"{dossier.items[0].id}.png"
    assert picture.alt == f"Page 1 of {path} around the quote, which is framed"


def test_a_place_that_cannot_be_drawn_is_named_and_the_dossier_is_made(scene: Path) -> None:
    pytest.importorskip("PIL")
    for original in (scene / "originals").rglob("*"):
        if original.is_file():
            original.unlink()
    dossier = gathered(scene)
    assert dossier.pictures.crops == {} and len(dossier.items) == 1
    (line,) = dossier.pictures.undrawn
    assert line.startswith(dossier.items[0].finding.path + ": ")
