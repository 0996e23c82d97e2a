"""Notebooks, books, cards, pages of XPS and records of browsers: what each says is read, and what it shows is named."""

from __future__ import annotations

import base64
import io
import json
import zipfile

import pytest

from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadSession
from clauselight.model import Blob
from clauselight.sources.members import walk_members
from pictures import png

LARGE, SMALL = (base64.b64encode(png(n, n)).decode() for n in (200, 20))


def read(name: str, data: bytes) -> tuple[list[tuple[str, int | None, int | None]], list[str]]:
    """Text, page and line of each block, and the problems."""
    blob = Blob(name, data=data)
    form = format_of(blob)
    assert form is not None
    with ReadSession() as session:
        (document,) = form.read(blob, session)
    layout = document.layout
    units = [layout.unit(index) for index in range(len(layout))]
    return [(document.text[u.start : u.end], u.page, u.line) for u in units], [
        p.reason for p in session.report.problems
    ]


def notebook(*cells: object) -> bytes:
    return json.dumps({"cells": cells, "nbformat": 4}).encode()


def test_a_notebook_cell_by_cell() -> None:
    text = {"cell_type": "markdown", "source": ["# 民族\n", "faces"], "attachments": {"a.png": {"image/png": LARGE}}}
    printed = {"output_type": "stream", "text": ["by \x1b[1mrace\x1b[0m\n"]}
    shown = {"data": {"text/html": "<p>skin</p>", "text/plain": ["skin"], "image/png": SMALL}}
    code = {"cell_type": "code", "source": "a = 1\nb = 2", "outputs": [printed, shown]}
    found, problems = read("a.ipynb", notebook(text, code))
    assert [(t, page) for t, page, _ in found] == [
        *(("# 民族", 1), ("faces", 1), ("a = 1", 2), ("b = 2", 2)),
        *(("by race", 2), ("skin", 2)),
    ]
    assert [line for *_, line in found[:4]] == [1, 2, 1, 2]
    assert problems == []


def test_a_broken_notebook_is_read_as_it_is_written() -> None:
    found, problems = read("a.ipynb", notebook({"cell_type": "code", "source": "race"})[:-1])
    assert "race" in found[0][0] and problems == ["damaged"]


def test_a_book_of_fb2() -> None:
    head = '<?xml version="1.0"?>\n<FictionBook xmlns="f"><description><book-title>faces</book-title></description>'
    data = f"{head}\n<body><section><p>by <b>eth</b>nicity</p></section></body><binary>{LARGE}</binary></FictionBook>"
    assert read("a.fb2", data.encode()) == ([("faces", None, 2), ("by ethnicity", None, 3)], ["pictures-inside"])


def test_cards_and_calendars_unfolded_and_decoded() -> None:
    quoted = b"NOTE;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=C3=F1=\r\n=D7=E5\r\n"
    data = (
        b"BEGIN:VCARD\r\n"
        + quoted
        + b"PHOTO;ENCODING=BASE64:QUJD\r\n QUJD\r\nTITLE:by eth\r\n nicity\\, race\r\nEND:VCARD"
    )
    texts = [("NOTE: 民族", None, 2), ("TITLE: by ethnicity, race", None, 6)]
    assert read("a.vcf", data) == ([("BEGIN: VCARD", None, 1), *texts, ("END: VCARD", None, 8)], [])


def test_pages_of_xps_by_their_base_lines() -> None:
    def run(text: str, x: float, y: float) -> str:
        glyphs = f'<Glyphs OriginX="0" OriginY="{y}" FontRenderingEmSize="10" UnicodeString="{text}"/>'
        return f'<Canvas RenderTransform="1,0,0,1,{x},0">{glyphs}</Canvas>'

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types><Override ContentType="application/vnd.ms-package.xps-fixedpage+xml"/></Types>',
        )
        page = run("民", 0, 10) + run("族", 10, 10) + run("race", 0, 30) + run("each", 40, 30)
        archive.writestr("Documents/1/Pages/1.fpage", f"<FixedPage>{page}</FixedPage>")
        archive.writestr("Resources/i.png", png(200, 200))
    assert read("a.xps", out.getvalue()) == ([("民族", 1, 1), ("race each", 1, 2)], [])
    assert [m.path for m in walk_members(Blob("a.xps", data=out.getvalue()))] == ["a.xps", "a.xps!/Resources/i.png"]


@pytest.mark.parametrize("name", ["a.har", "renamed.json"])
def test_what_a_browser_recorded(name: str) -> None:
    bodies: list[dict[str, object]] = [
        {"content": {"text": "<p>民族</p>"}},
        {"content": {"text": base64.b64encode(b"race").decode(), "encoding": "base64"}},
        {"content": {"size": 9}},
        {"content": {"size": 0}},
    ]
    entries = [
        {"request": {"url": f"https://example.org/{n}"}, "startedDateTime": "2030-01-01T00:00:00Z", "response": body}
        for n, body in enumerate(bodies)
    ]
    data = json.dumps({"log": {"version": "1.2", "creator": {}, "entries": entries}}).encode()
    found = [(m.path, m.blob and m.blob.read(), m.reason) for m in walk_members(Blob(name, data=data))]
    assert found == [
        (f"{name}!/https://example.org/0", "<p>民族</p>".encode(), ""),
        (f"{name}!/https://example.org/1", b"race", ""),
        (f"{name}!/https://example.org/2", None, "no-body"),
        (f"{name}!/https://example.org/3", None, "no-capture"),
    ]


def test_pictures_inside_a_drawing_are_named() -> None:
    def drawing(picture: str) -> bytes:
        image = f'<image x:href="data:image/png;base64,{picture}"/>'
        return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="x"><text>a</text>{image}</svg>'.encode()

    assert read("a.svg", drawing(SMALL)) == ([("a", None, 1)], [])
    assert read("a.svg", drawing(LARGE)) == ([("a", None, 1)], ["pictures-inside"])
