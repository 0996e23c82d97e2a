"""What the first recogniser loses, the second reads where it is installed; else you are told what to install."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("rapidocr")
import numpy as np
from PIL import Image, ImageDraw, ImageFont, features

from clauselight.errors import ReadError
from clauselight.formats import _ocrpage, _tesseract
from clauselight.formats._ocr import OcrChar, OcrLine, OcrPage, in_rows
from clauselight.formats._script import Shape, lost
from clauselight.formats._second import read_again
from clauselight.formats._tesseract import Program, Seen, Word
from clauselight.formats.session import ReadOptions, ReadSession
from clauselight.model import Problem
from clauselight.model.outcome import Outcome

SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
INSTALL = (
    "install tesseract and the language of the page (on Debian tesseract-ocr and tesseract-ocr-rus, -ara or -vie for "
    "Russian, Arabic or Vietnamese), and check it again"
)
UNKNOWN = (
    "OCR does not know the script or the marks of its letters (of itself it reads Chinese, Japanese and Latin letters "
    "without Vietnamese marks)"
)
RUSSIAN, CHINESE = "Система не должна", "摄像机应识别人员的民族。设备应连续工作。"
PAPER = np.full((200, 600, 3), 255, dtype=np.uint8)


def line(text: str, top: float, confidence: float = 0.99) -> OcrLine:
    return OcrLine(tuple(OcrChar(c, 20.0 * i, top, 20.0 * i + 20, top + 20, confidence) for i, c in enumerate(text)))


def shape(text: str, top: float, score: float = 0.99) -> Shape:
    return Shape(20, text, score, (0.0, top, 400.0, top + 20))


def words(text: str, top: float, confidence: float = 0.9, number: int = 1) -> list[Word]:
    return [
        Word(w, (100.0 * i, top, 100.0 * i + 90, top + 20), confidence, (1, 1, 1, number))
        for i, w in enumerate(text.split())
    ]


@pytest.fixture
def tesseract(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A tesseract that says what it is told to say."""

    def made(
        said: list[Word] | None = None,
        told: Seen | None = None,
        languages: tuple[str, ...] = ("rus", "vie", "osd"),
    ) -> None:
        program = Program("/made/tesseract", "9.9", dict.fromkeys(languages, "0123456789abcdef"))
        monkeypatch.setattr(_tesseract, "program", lambda: program)
        monkeypatch.setattr(_tesseract, "seen", lambda image: told)
        monkeypatch.setattr(_tesseract, "words", lambda image, language: list(said or ()))

    return made


def page_of(*rows: tuple[str, str]) -> OcrPage:
    """A page of which the first recogniser saw the first text of each row and read the second."""
    lines = [line(read, 40.0 * n) for n, (_, read) in enumerate(rows) if read]
    shapes = tuple(shape(read, 40.0 * n) for n, (_, read) in enumerate(rows))
    return OcrPage(in_rows(lines), 0.99, shapes=shapes)


def again(page: OcrPage) -> Any:
    return read_again(PAPER, page, lost(page.shapes), ReadOptions())


def text(page: OcrPage) -> list[str]:
    return ["\t".join(one.text for one in row) for row in page.rows]


# --- whole pages ---


def test_a_page_in_another_script_is_read_whole_by_word(tesseract: Callable[..., None]) -> None:
    tesseract(words(RUSSIAN, 0) + words("лица", 40, number=2), Seen("Cyrillic", 0))
    found = again(page_of((RUSSIAN, ". ,"), ("лица", "")))
    assert text(found.page) == [RUSSIAN, "лица"]
    assert (found.engine, found.advice) == ("tesseract 9.9 rus 0123456789ab", "")
    assert (found.lost.shapes, found.page.confidence) == ((), 0.9)
    first = found.page.rows[0][0]
    assert {(c.x0, c.y0, c.x1, c.y1) for c in first.chars[:7]} == {(0.0, 0.0, 90.0, 20.0)}


def test_a_line_that_neither_reads_is_lost_still(tesseract: Callable[..., None]) -> None:
    tesseract(words(RUSSIAN, 0), Seen("Cyrillic", 0))
    found = again(page_of((RUSSIAN, ""), ("лица", "")))
    assert [s.box[1] for s in found.lost.shapes] == [40.0]
    assert (found.lost.share, found.lost.whole, found.lost.partly) == (0.5, False, True)


def test_a_lost_line_is_found_however_the_first_turned_the_page(tesseract: Callable[..., None]) -> None:
    tesseract(words(RUSSIAN, 0), Seen("Cyrillic", 0))
    boxes = ((200.0, 180.0, 600.0, 200.0), (200.0, 100.0, 600.0, 120.0))  # 0 and 80 from the top, upside down
    seen = OcrPage((), 0.0, turned=2, shapes=tuple(Shape(20, "", 0.3, box) for box in boxes))
    found = again(seen)
    assert [s.box for s in found.lost.shapes] == [(0.0, 80.0, 400.0, 100.0)]
    assert found.advice == "tesseract, with rus, is not sure of it either: look at it yourself"


def test_grain_is_taken_out_where_it_helps(monkeypatch: pytest.MonkeyPatch, tesseract: Callable[..., None]) -> None:
    tesseract(told=Seen("Cyrillic", 0))
    answers = iter([words(RUSSIAN, 0, 0.7), words(RUSSIAN, 0, 0.8)])
    monkeypatch.setattr(_tesseract, "words", lambda image, language: next(answers))
    assert again(page_of((RUSSIAN, ""))).page.confidence == 0.8


def test_the_boxes_of_a_turned_page_are_those_of_the_picture(
    tesseract: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    tesseract(words("лица", 40), Seen("Cyrillic", 2))
    seen = OcrPage((), 0.0, shapes=(Shape(20, "", 0.3, (200.0, 140.0, 600.0, 160.0)),))
    monkeypatch.setattr(_ocrpage, "recognise", lambda image, options: seen)
    with ReadSession() as session:
        page = _ocrpage.recognised_page(PAPER, 1, session, 1.0)
    assert page.text == "лица"
    glyph = page.page.glyphs()[0]
    assert glyph and (glyph.x0, glyph.y0, glyph.x1, glyph.y1) == (510.0, 40.0, 600.0, 60.0)
    assert [p.reason for p in session.report.problems] == ["turned-page", "second-recogniser"]
    assert session.report.recognisers == ["tesseract 9.9 rus 0123456789ab"]


@pytest.mark.parametrize(
    ("said", "told", "languages", "advice"),
    [
        (
            [],
            Seen("Arabic", 0),
            ("rus",),
            "install the language of tesseract for it (on Debian tesseract-ocr-ara), and check it again",
        ),
        (
            [],
            None,
            ("eng",),
            "install the language of tesseract for it (on Debian tesseract-ocr-rus or tesseract-ocr-ara), and check it "
            "again",
        ),
        (
            [],
            Seen("Fraktur", 0),
            ("rus",),
            "look at it yourself: tesseract cannot tell the script, or has no language for it",
        ),
        (
            words(RUSSIAN, 0, confidence=0.6),
            Seen("Cyrillic", 0),
            ("rus",),
            "tesseract, with rus, is not sure of it either: look at it yourself",
        ),
        (
            words("Latin letters only", 0),
            Seen("Cyrillic", 0),
            ("rus",),
            "tesseract, with rus, is not sure of it either: look at it yourself",
        ),
        ([], Seen("Cyrillic", 0), ("rus",), "tesseract, with rus, is not sure of it either: look at it yourself"),
    ],
)
def test_a_page_that_cannot_be_read_says_what_to_do(
    said: list[Word], told: Seen | None, languages: tuple[str, ...], advice: str, tesseract: Callable[..., None]
) -> None:
    tesseract(said, told, languages)
    page = page_of((RUSSIAN, ""))
    found = again(page)
    assert (found.page, found.engine, found.advice) == (page, "", advice)


def problems(monkeypatch: pytest.MonkeyPatch, page: OcrPage) -> tuple[bool, list[Problem]]:
    monkeypatch.setattr(_ocrpage, "recognise", lambda image, options: page)
    with ReadSession() as session:
        read = _ocrpage.recognised_page(PAPER, 1, session, 1.0).read
    return read, session.report.problems


def test_without_tesseract_the_page_is_unread_and_you_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_tesseract, "program", lambda: None)
    assert problems(monkeypatch, page_of((RUSSIAN, ". 5 ,"))) == (
        False,
        [Problem("unreadable-script", f"page 1: {UNKNOWN}; {INSTALL}", 1)],
    )


def test_what_may_not_run_is_as_good_as_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise ReadError("no-isolation", "tesseract could reach the network")

    monkeypatch.setattr(_tesseract, "program", refused)
    assert problems(monkeypatch, page_of((RUSSIAN, ""))) == (
        False,
        [Problem("unreadable-script", f"page 1: {UNKNOWN}; tesseract could reach the network", 1)],
    )
    assert _tesseract.installed() == ()


# --- lines of a page ---


def test_lines_in_another_script_are_put_where_they_stand(tesseract: Callable[..., None]) -> None:
    tesseract(words(RUSSIAN, 40), Seen("Cyrillic", 0))
    found = again(page_of((CHINESE, CHINESE), (RUSSIAN, ". ,"), (CHINESE, CHINESE)))
    assert text(found.page) == [CHINESE, RUSSIAN, CHINESE]
    assert (found.engine, found.lost.shapes) == ("tesseract 9.9 rus 0123456789ab", ())


def test_lines_that_nobody_reads_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_tesseract, "program", lambda: None)
    page = page_of((CHINESE, CHINESE), (RUSSIAN, ". ,"), (CHINESE, CHINESE))
    assert problems(monkeypatch, page) == (
        True,
        [
            Problem(
                "unreadable-lines",
                "page 1: 1 of 3 lines could not be read; they are faint or in a script that OCR does not know; "
                + INSTALL,
                1,
            )
        ],
    )


def test_a_little_that_is_lost_is_said_as_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    full = page_of(*[(CHINESE, CHINESE)] * 3)
    stamp = Shape(4, "x", 0.3, (0, 0, 9, 9))
    unsure = OcrPage((*full.rows, (line("民族", 300, 0.8),)), 0.97, shapes=(*full.shapes, stamp))
    assert problems(monkeypatch, unsure) == (
        True,
        [
            Problem(
                "low-confidence",
                "page 1: OCR is unsure of 1 of 4 lines (0.97 over the page); 1 of 4 lines could not be read",
                1,
            )
        ],
    )
    assert problems(monkeypatch, full) == (True, [])


# --- the program itself ---

needs_tesseract = pytest.mark.skipif(
    not any(" rus " in name for name in _tesseract.installed()) or not Path(SANS).exists(),
    reason="tesseract-ocr-rus or the font DejaVu Sans is not installed",
)


def drawn(rows: list[str], rtl: bool = False, turns: int = 0) -> bytes:
    picture = Image.new("RGB", (1240, 600), (252, 252, 250))
    pen = ImageDraw.Draw(picture)
    for n, row in enumerate(rows):
        font = ImageFont.truetype(SANS, 26)
        if rtl:
            pen.text((1180, 60 + 60 * n), row, font=font, fill=25, anchor="ra", direction="rtl")
        else:
            pen.text((60, 60 + 60 * n), row, font=font, fill=25)
    out = io.BytesIO()
    picture.rotate(90 * turns, expand=True).save(out, "PNG")
    return out.getvalue()


@needs_tesseract
@pytest.mark.parametrize("turns", [0, 1])
def test_a_russian_scan_gives_its_finding(turns: int, outcome: Callable[..., Outcome]) -> None:
    rows = [
        "5.1 Система города Верхнеозёрска должна определять",
        "национальность человека по изображению лица.",
        "5.2 Хранение записей: не менее 30 суток.",
    ]
    found = outcome(drawn(rows, turns=turns), "a.png", ocr="auto")
    assert [f.quote for f in found.findings] == ["\n".join(rows[:2])]
    assert (found.coverage.state, found.coverage.pages and found.coverage.pages.ocr) == ("read", (1,))
    assert [name.split()[2] for name in found.coverage.recognisers] == ["rus"]


@needs_tesseract
@pytest.mark.skipif(not features.check("raqm"), reason="Pillow cannot join Arabic letters here")
def test_an_arabic_scan_is_read_in_order(outcome: Callable[..., Outcome]) -> None:
    if not any(" ara " in name for name in _tesseract.installed()):
        pytest.skip("tesseract-ocr-ara is not installed")
    rows = ["يجب أن يحدد نظام المراقبة جنس الشخص وعمره وأصله العرقي من صورة الوجه.", "مدة الحفظ لا تقل عن 30 يوما."]
    found = outcome(drawn(rows, rtl=True), "a.png", ocr="auto")
    assert found.coverage.characters == len("\n".join(rows)) + 1
    assert found.coverage.state == "read"


@needs_tesseract
def test_it_runs_with_a_limit_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """With hardly any memory it says nothing, and nothing else goes wrong."""
    grey = np.asarray(Image.open(io.BytesIO(drawn([RUSSIAN]))).convert("L"))
    assert [w.text for w in _tesseract.words(grey, "rus")] == RUSSIAN.split()
    monkeypatch.setattr(_tesseract, "_MEMORY", 60 << 20)
    assert _tesseract.words(grey, "rus") == []


def test_it_runs_shut_out_of_the_network_and_without_your_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example")
    code = (
        "import os, socket\n"
        "try: socket.socket(); print('a socket')\n"
        "except OSError: print('no socket')\n"
        "print(os.environ.get('HTTPS_PROXY'), os.environ['OMP_THREAD_LIMIT'], os.environ['HOME'] == os.getcwd())"
    )
    assert _tesseract._output([sys.executable, "-c", code]) == "no socket\nNone 1 True\n"
