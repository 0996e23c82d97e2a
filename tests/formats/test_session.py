"""A reading ends with everything closed that was open for it, and its documents leave nothing behind."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

import clauselight
from builders import pdf
from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadOptions, ReadReport, ReadSession
from clauselight.formats.textlayer import TextLayer
from clauselight.model import Blob, Problem
from clauselight.pipeline.snapshot import freeze, thaw

CLAUSE = "摄像机应能识别人员的民族。"


class Handle:
    def __init__(self, name: str, closed: list[str]) -> None:
        self.name = name
        self.closed = closed

    def close(self) -> None:
        self.closed.append(self.name)


def test_what_is_held_is_closed_once_and_the_last_first() -> None:
    closed: list[str] = []
    with ReadSession() as session:
        session.hold(Handle("a", closed))
        session.hold(Handle("b", closed))
        assert closed == []
    session.close()
    assert closed == ["b", "a"]


def test_what_is_held_is_closed_after_an_error() -> None:
    closed: list[str] = []
    with pytest.raises(MemoryError), ReadSession() as session:
        session.hold(Handle("a", closed))
        raise MemoryError
    assert closed == ["a"]


def test_a_report_keeps_a_thousand_problems() -> None:
    report = ReadReport()
    for number in range(1500):
        report.problem("damaged-page", f"page {number} cannot be opened", number)
    assert len(report.problems) == 1000
    assert report.problems[-1] == Problem("damaged-page", "page 999 cannot be opened", 999)


def test_progress_is_passed_on_where_somebody_listens() -> None:
    seen: list[tuple[int, int]] = []
    ReadSession(ReadOptions(progress=lambda page, pages: seen.append((page, pages)))).passed(2, 5)
    ReadSession().passed(3, 5)
    assert seen == [(2, 5)]


def test_a_layer_keeps_the_pages_asked_for_last_and_no_more() -> None:
    layer = TextLayer(lambda: Blob("a.pdf", data=pdf([[CLAUSE]] * 200)))
    for number in range(1, 201):
        assert len(layer.glyphs(number)) == len(CLAUSE)
    assert len(layer._recent) == 128
    layer.close()


def test_a_closed_layer_looks_nothing_up() -> None:
    layer = TextLayer(lambda: Blob("a.pdf", data=pdf([[CLAUSE]] * 2)))
    known = layer.glyphs(1)
    layer.close()
    assert layer.glyphs(1) == known
    with pytest.raises(ValueError, match="the PDF is closed"):
        layer.glyphs(2)


def test_a_layer_opens_nothing_before_it_is_asked() -> None:
    asked: list[int] = []

    def original() -> Blob:
        asked.append(1)
        return Blob("a.pdf", data=pdf([[CLAUSE]]))

    layer = TextLayer(original)
    assert asked == []
    layer.glyphs(1)
    layer.grids(1)
    assert asked == [1]
    layer.close()


def test_a_document_has_its_boxes_until_its_session_ends() -> None:
    blob = Blob("a.pdf", data=pdf([[CLAUSE], [CLAUSE]]))
    form = format_of(blob)
    assert form is not None
    with ReadSession(ReadOptions("never")) as session:
        [document] = form.read(blob, session)
        assert len(document.place(0, 5).boxes) == 1
    with pytest.raises(ValueError, match="the PDF is closed"):
        document.place(len(CLAUSE) + 1, len(CLAUSE) + 5)


def test_a_document_of_the_api_has_its_boxes_as_long_as_it_is_held(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([[CLAUSE]]))
    document = clauselight.read(tmp_path / "a.pdf")
    assert len(document.place(0, 5).boxes) == 1


@pytest.mark.parametrize("made", ["read", "thawed"])
def test_a_document_that_is_let_go_lets_its_pdf_go(made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[weakref.ref[object]] = []

    def watched(blob: Blob, real: Callable[[Blob], object]) -> object:
        file = real(blob)
        opened.append(weakref.ref(file))
        return file

    from clauselight.formats import textlayer

    real = textlayer.open_pdf
    monkeypatch.setattr(textlayer, "open_pdf", lambda blob: watched(blob, real))
    (tmp_path / "a.pdf").write_bytes(pdf([[CLAUSE]]))
    document = clauselight.read(tmp_path / "a.pdf")
    if made == "thawed":
        document = thaw(freeze(document), "a.pdf", lambda: Blob("a.pdf", data=pdf([[CLAUSE]])))
    document.place(0, 5)
    assert opened[-1]() is not None
    del document
    gc.collect()
    assert [file() for file in opened] == [None] * len(opened)


def test_nothing_is_said_at_the_end_of_a_program(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.pdf").write_bytes(pdf([[CLAUSE]]))
    program = (
        "import sys\nfrom pathlib import Path\nfrom clauselight.formats.session import ReadOptions\n"
        "from clauselight.model import Blob\nfrom clauselight.pipeline.analyse import analyse\n"
        "from clauselight.pipeline.options import Analysis\nfrom clauselight.rules.find import Finder\n"
        "from clauselight.rules.load import load\nanalysis = Analysis(Finder(load()))\n"
        "outcomes = [analyse(Blob(f, file=Path(f)), analysis, ReadOptions('never')) for f in sys.argv[1:]]\n"
        "print(sum(len(o.findings) for o in outcomes))\n"
    )
    files = [str(f) for f in sorted(tmp_path.iterdir())]
    done = subprocess.run([sys.executable, "-c", program, *files], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("3\n", "")
