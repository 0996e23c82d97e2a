"""What a page of a PDF shows beside its text layer: pictures with text are read, or it is said that they were not."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import pypdfium2
import pytest

from builders import pdf
from clauselight.formats import pdf as reader
from clauselight.formats._pdfaside import same_letters
from clauselight.formats._pdfstreams import undecodable
from clauselight.formats.session import OcrMode, ReadSession
from clauselight.model import Blob

pytest.importorskip("rapidocr")
from PIL import Image, ImageDraw, ImageFont

CLAUSE = "report the ethnicity of each face"
OTHER = "store the religion of each guest"
TEXT = ["1 Scope", "This part of the standard says how the camera is set up, cleaned and switched off at night."]


def picture(text: str, width: int = 900) -> Image.Image:
    image = Image.new("RGB", (width, 120), "white")
    ImageDraw.Draw(image).text((20, 30), text, "black", font=ImageFont.load_default(size=44))
    return image


def with_pictures(pages: int, pictures: Sequence[tuple[int, Image.Image]], lines: Sequence[str] = TEXT) -> bytes:
    """A PDF whose pages have text, with pictures below it, each on the page of its number."""
    document = pypdfium2.PdfDocument(pdf([list(lines) for _ in range(pages)]))
    for place, (number, image) in enumerate(pictures):
        page = document[number]
        item = pypdfium2.PdfImage.new(document)
        bitmap = pypdfium2.PdfBitmap.from_pil(image)
        item.set_bitmap(bitmap)
        item.set_matrix(pypdfium2.PdfMatrix().scale(image.width / 2, image.height / 2).translate(50, 300 - 80 * place))
        page.insert_obj(item)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(data: bytes, ocr: OcrMode = "auto") -> tuple[str, list[str], tuple[int, ...]]:
    """The text, the reasons of the problems, and how many pages were read by text and by OCR."""
    with ReadSession() as session:
        session.options = type(session.options)(ocr)
        text = "".join(d.text for d in reader.read(Blob("a.pdf", data=data), session))
        pages = session.report.pages
        assert pages is not None
        return text, [p.reason for p in session.report.problems], (pages.text, len(pages.ocr))


def test_a_picture_on_a_page_with_text_is_read() -> None:
    text, problems, pages = read(with_pictures(2, [(1, picture(CLAUSE))]))
    assert (CLAUSE in text, problems, pages) == (True, [], (1, 1))


def test_where_pictures_are_not_read_that_is_said_once() -> None:
    data = with_pictures(3, [(0, picture(CLAUSE)), (2, picture(OTHER))])
    with ReadSession() as session:
        session.options = type(session.options)("never")
        list(reader.read(Blob("a.pdf", data=data), session))
    (problem,) = session.report.problems
    assert problem.reason == "needs-ocr"
    assert problem.message == "pictures that may hold text, on 2 pages with text (1, 3), were not read: OCR is off"


def test_a_picture_that_stands_on_every_page_is_read_once() -> None:
    image = picture(CLAUSE)
    text, _, pages = read(with_pictures(3, [(0, image), (1, image), (2, image)]))
    assert (text.count(CLAUSE), pages) == (1, (2, 1))


def test_tiles_that_touch_are_one_picture() -> None:
    whole = picture(CLAUSE)
    document = pypdfium2.PdfDocument(pdf([list(TEXT)]))
    page = document[0]
    for at in range(0, whole.width, 60):
        item = pypdfium2.PdfImage.new(document)
        item.set_bitmap(pypdfium2.PdfBitmap.from_pil(whole.crop((at, 0, at + 60, whole.height))))
        item.set_matrix(pypdfium2.PdfMatrix().scale(30, whole.height / 2).translate(50 + at / 2, 300))
        page.insert_obj(item)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    assert CLAUSE in read(out.getvalue())[0]


def test_small_signs_and_rules_are_no_pictures_with_text() -> None:
    sign, rule = Image.new("RGB", (40, 40), "red"), Image.new("RGB", (900, 3), "black")
    assert read(with_pictures(1, [(0, sign), (0, rule)]), "never")[1:] == ([], (1, 0))


def test_what_the_layer_has_is_not_read_again() -> None:
    """As on a scan with its text behind it: the picture shows what the letters over it say."""
    lines = [f"line {n}: the camera is set up, cleaned and switched off at night" for n in range(25)]
    document = pypdfium2.PdfDocument(pdf([lines]))
    page = document[0]
    scan = page.render(scale=2).to_pil().convert("RGB")
    item = pypdfium2.PdfImage.new(document)
    item.set_bitmap(pypdfium2.PdfBitmap.from_pil(scan))
    item.set_matrix(pypdfium2.PdfMatrix().scale(*page.get_size()))
    page.insert_obj(item)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    text, problems, _ = read(out.getvalue())
    assert (text.count("line 3:"), problems) == (1, [])


@pytest.mark.parametrize(
    ("said", "seen", "same"),
    [
        ("The camera shall report", "the CAMERA shall repo rt", True),
        ("The camera shall report", "xqk bvzr mmno ppw", False),
        ("", "anything", True),
        ("abc", "", True),
    ],
)
def test_letters_are_believed_where_most_of_them_are_seen(said: str, seen: str, same: bool) -> None:
    assert same_letters(said, seen) == same


def of(*objects: bytes) -> bytes:
    return b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, body) for n, body in enumerate(objects, 1))


def stream(head: bytes, body: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (of(b"<< /Type /Page /Contents 2 0 R >>", stream(b"", b"BT ET")), 0),
        (of(b"<< /Contents 2 0 R >>", stream(b"/Filter /FlateDecode", zlib.compress(b"BT ET" * 3000))), 0),
        (of(b"<< /Contents [2 0 R 3 0 R] >>", stream(b"/Filter [/Fl]", b"no such"), stream(b"", b"BT ET")), 1),
        (of(b"<< /Contents 2 0 R >>", stream(b"/Filter /NoSuchDecode", b"x")), 1),
        (of(b"<< /Contents 9 0 R >>"), 1),
        (of(b"<< /Contents 2 0 R >>", b"[3 0 R]", stream(b"/Filter /FlateDecode", b"no such")), 0),
        (of(b"<< /Contents 2 0 R >>", stream(b"/Filter /NoSuchDecode", b"x")) + b"<< /Encrypt 5 0 R >>", 0),
        (of(b"<< /Contents 2 0 R >>", stream(b"/Filter /No", b"x")) + b"2 0 obj\n" + stream(b"", b"BT"), 0),
    ],
)
def test_contents_that_cannot_be_decoded_are_counted(data: bytes, count: int) -> None:
    assert undecodable(data) == count


@pytest.mark.parametrize(("head", "problems"), [(b"", []), (b"/Filter /NoSuchDecode", ["damaged-part"])])
def test_a_page_that_only_looks_blank_is_said(head: bytes, problems: list[str]) -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R >>"
    data = of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page % 4,
        stream(head, b"q Q"),
    )
    assert read(data + b"trailer << /Root 1 0 R >>\n%%EOF", "never")[1] == problems


def test_a_picture_that_cannot_be_drawn_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = pypdfium2.PdfPage.render

    def render(page: pypdfium2.PdfPage, *args: object, **settings: object) -> object:
        if "crop" in settings:
            raise pypdfium2.PdfiumError("no bitmap")
        return whole(page, *args, **settings)

    monkeypatch.setattr(pypdfium2.PdfPage, "render", render)
    text, problems, _ = read(with_pictures(2, [(0, picture(CLAUSE))]))
    assert (text.count("1 Scope"), problems) == (2, ["damaged-page"])
