"""Each recognised page has the state that it is in: read, blank only without ink, else unread and why."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders import pdf
from clauselight.formats import _ocr, _ocrpage
from clauselight.formats._ocrpage import RecognisedPage
from clauselight.model import PageCoverage
from clauselight.model.outcome import Outcome
from clauselight.structure.pages import PageText

Check = Callable[..., Outcome]
DRAWN = "0 0 0 RG 1 w 100 700 m 100 715 l 110 715 l 110 708 l 100 708 l S"


def drawn(operators: str, page: bytes | None = None) -> bytes:
    """A PDF of one page with these operators, `page` being one with a text layer that they are put behind."""
    made = page or pdf([[]])
    text = b"1 0 0 1 72 780 Tm" if page else b"BT /F1 11 Tf"
    return made.replace(text, operators.encode() + b" " + text, 1)


def recognised(text: str, unreadable: bool = False) -> Callable[..., RecognisedPage]:
    def made(image: Any, number: int, session: Any, scale: float) -> RecognisedPage:
        page = PageText(number, text, lambda: [None] * len(text), list)
        return RecognisedPage(page, text, 0.97, unreadable)

    return made


def states(found: Outcome) -> tuple[PageCoverage | None, list[str]]:
    return found.coverage.pages, [p.reason for p in found.coverage.problems]


def with_ocr(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., RecognisedPage]) -> None:
    pytest.importorskip("rapidocr")
    monkeypatch.setattr(_ocrpage, "recognised_page", answer)


# --- a PDF ---


def test_a_page_without_ink_is_blank(outcome: Check) -> None:
    for operators in ("", "1 1 1 rg 0 0 595 842 re f", "0.2 g 0 0 595 842 re f"):
        found = outcome(drawn(operators), "a.pdf")
        assert states(found) == (PageCoverage(1, blank=(1,)), [])


def test_a_few_strokes_are_not_blank_and_need_ocr(outcome: Check) -> None:
    assert states(outcome(drawn(DRAWN), "a.pdf")) == (PageCoverage(1, unread=(1,)), ["needs-ocr"])


def test_strokes_in_which_ocr_finds_no_text_are_unread(outcome: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    with_ocr(monkeypatch, recognised(". ."))
    found = outcome(drawn(DRAWN), "a.pdf", ocr="auto")
    assert states(found) == (PageCoverage(1, unread=(1,)), ["no-text-found"])
    assert found.coverage.problems[0].message == (
        "page 1: something is drawn on it, and nothing written, and OCR found no text on it"
    )


def test_ocr_of_every_page_never_loses_a_text_layer(outcome: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    clause = pdf([["摄像机应识别人员的民族。"]])
    for answer in (recognised(""), recognised("摄像"), recognised("Camera reads all faces now", unreadable=True)):
        with_ocr(monkeypatch, answer)
        found = outcome(clause, "a.pdf", ocr="always")
        assert states(found) == (PageCoverage(1, text=1), ["text-layer-kept"])
        assert found.coverage.state == "read"
        assert [f.quote for f in found.findings] == ["摄像机应识别人员的民族。"]


def test_ocr_of_every_page_replaces_a_text_layer_that_says_less(
    outcome: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_ocr(monkeypatch, recognised("摄像机应识别人员的民族。"))
    found = outcome(pdf([["样张"]]), "a.pdf", ocr="always")
    assert states(found) == (PageCoverage(1, ocr=(1,), confidence=(0.97,)), [])
    assert [f.quote for f in found.findings] == ["摄像机应识别人员的民族。"]


def test_a_garbled_page_that_ocr_cannot_read_is_unread(outcome: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    with_ocr(monkeypatch, recognised(""))
    found = outcome(pdf([["\ue000\ue001\ue002" * 10]]), "a.pdf", ocr="auto")
    assert states(found) == (PageCoverage(1, unread=(1,)), ["no-text-found"])


# --- few letters and many strokes ---

OUTLINES = {
    "a path for each letter": DRAWN.replace(" S", " S ") * 401,
    "one path": DRAWN.removesuffix(" S") + " 110 708 l 100 708 l" * 5000 + " S",
}


@pytest.mark.parametrize("how", OUTLINES)
def test_outlines_under_a_running_head_are_read_where_ocr_finds_more(
    how: str, outcome: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drawn(OUTLINES[how], pdf([["DB99/T 0001-2030 3"]]))
    with_ocr(monkeypatch, recognised("DB99/T 0001-2030 摄像机应识别人员的民族。摄像机应连续工作七十二小时。"))
    found = outcome(page, "a.pdf", ocr="auto")
    assert states(found) == (PageCoverage(1, ocr=(1,), confidence=(0.97,)), [])
    assert [f.attribute for f in found.findings] == ["ethnicity"]
    # the labels of a drawing are right in the text layer
    with_ocr(monkeypatch, recognised("DB99/T OOO1-2030 3 x"))
    found = outcome(page, "a.pdf", ocr="auto")
    assert states(found) == (PageCoverage(1, text=1), [])
    assert found.coverage.characters == len("DB99/T 0001-2030 3") + 1
    with_ocr(monkeypatch, recognised(". ,", unreadable=True))
    assert states(outcome(page, "a.pdf", ocr="auto")) == (PageCoverage(1, unread=(1,)), [])


def test_what_may_be_outlines_is_said_where_ocr_is_off(outcome: Check) -> None:
    found = outcome(drawn(OUTLINES["one path"], pdf([["DB99/T 0001-2030 3"]])), "a.pdf")
    assert states(found) == (PageCoverage(1, text=1), ["drawn-text"])
    assert found.coverage.state == "read"


# --- without the extra ---

CORE = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {missing}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
from pathlib import Path
from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadSession
from clauselight.errors import ReadError
from clauselight.model import Blob

blob = Blob(sys.argv[1], file=Path(sys.argv[1]))
with ReadSession() as session:
    try:
        print("".join(d.text for d in format_of(blob).read(blob, session)).split())
        print([(p.reason, p.page, p.message) for p in session.report.problems])
    except ReadError as error:
        print(error.reason, error.message)
"""


@pytest.mark.parametrize("missing", ["numpy", "PIL", "cv2", "onnxruntime", "rapidocr"])
def test_a_scan_without_the_extra_names_it_and_keeps_the_other_pages(missing: str, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(drawn(DRAWN, pdf([["\ue000\ue001\ue002" * 10], ["应识别民族"]])))
    done = subprocess.run(
        [sys.executable, "-c", CORE.format(missing={missing}), str(file)], capture_output=True, text=True, check=True
    )
    kept, problems = done.stdout.splitlines()
    assert kept.endswith("'应识别民族']")
    assert problems == str(
        [
            (
                "no-ocr",
                1,
                "page 1: its text layer is garbled; reading scans needs the `ocr` extra: "
                f"pip install 'clauselight[ocr]' (No module named '{missing}')",
            )
        ]
    )


def test_a_picture_without_the_extra_names_it(tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    done = subprocess.run(
        [sys.executable, "-c", CORE.format(missing={"numpy"}), str(file)], capture_output=True, text=True, check=True
    )
    assert done.stdout == (
        "no-ocr reading scans needs the `ocr` extra: pip install 'clauselight[ocr]' (No module named 'numpy')\n"
    )


# --- pictures ---


def png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_blank_only_without_ink(outcome: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    with_ocr(monkeypatch, recognised(""))
    from PIL import Image, ImageDraw

    paper = Image.new("RGB", (600, 800), "white")
    assert states(outcome(png(paper), "a.png", ocr="auto")) == (PageCoverage(1, blank=(1,)), [])
    ImageDraw.Draw(paper).line((100, 100, 130, 120), fill="black", width=2)
    assert states(outcome(png(paper), "a.png", ocr="auto")) == (PageCoverage(1, unread=(1,)), ["no-text-found"])


@pytest.mark.parametrize("mode", ["I;16", "black on nothing", "white on nothing"])
def test_a_picture_is_recognised_as_it_is_seen(mode: str, outcome: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen bits would come out white, and letters on nothing black on black or white on white."""
    pytest.importorskip("rapidocr")
    import numpy as np
    from PIL import Image

    shown: list[Any] = []

    def keep(image: Any, *rest: Any) -> RecognisedPage:
        shown.append(image)
        return recognised("x")(image, *rest)

    monkeypatch.setattr(_ocrpage, "recognised_page", keep)
    mark = np.zeros((80, 60), dtype=bool)
    mark[20:40, 20:22] = True
    if mode == "I;16":
        picture = Image.fromarray(np.where(mark, 300, 4000).astype(np.uint16))
    else:
        colour = 255 if mode.startswith("white") else 0
        layers = [np.full((80, 60), colour)] * 3 + [np.where(mark, 255, 0)]
        picture = Image.fromarray(np.dstack(layers).astype(np.uint8), "RGBA")
    outcome(png(picture), "a.png", ocr="auto")
    grey = shown[0][:, :, 0].astype(int)
    assert abs(int(grey[30, 20]) - int(grey[0, 0])) == 255


# --- what RapidOCR leaves out ---


def test_characters_stay_with_their_line_where_rapidocr_leaves_one_out() -> None:
    first, third = (("a", 0.9, ()), ("b", 0.9, ())), (("c", 0.9, ()),)
    assert _ocr._aligned(("a b", "-", "c"), (first, third)) == [first, (), third]
    assert _ocr._aligned(("a b", "c"), (first, third)) == [first, third]
    assert _ocr._aligned(("a b",), (object(),)) == [()]
