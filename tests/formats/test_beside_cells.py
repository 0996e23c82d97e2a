"""Text beside the text: what books, drawings and workbooks say outside of their chapters, shapes and cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from builders import xlsx
from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadOptions, ReadSession
from clauselight.model import Blob

OPF = '<p xmlns="http://www.idpf.org/2007/opf"><manifest>{}</manifest><spine>{}</spine></p>'
CONTAINER = '<c xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfile full-path="o.opf"/></c>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>plan</title><text>eth<tspan>nic</tspan>ity</text></svg>'
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(f'xmlns:{n}="{OPEN}:{n}:1.0"' for n in ("office", "table", "text", "style"))
ODS = f"""<office:document-content {NAMES}><office:body><office:spreadsheet>
<table:content-validations><table:content-validation table:condition='of:cell-content-is-in-list("Han";"other")'>
<table:help-message><text:p>Choose</text:p></table:help-message>
</table:content-validation></table:content-validations>
<table:table table:name="faces"><table:shapes><text:p>box</text:p></table:shapes><table:table-row>
<table:table-cell office:value-type="string"><office:annotation><text:p>by ethnicity</text:p></office:annotation>
<text:p>cell</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>
</office:document-content>"""
STYLES = f"<office:styles {NAMES}><style:header><text:p>head</text:p></style:header></office:styles>"
MANIFEST = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def text_and_problems(name: str, data: bytes) -> tuple[str, list[str]]:
    blob = Blob(name, data=data)
    form = format_of(blob)
    assert form is not None
    with ReadSession(ReadOptions("never")) as session:
        text = "".join(d.text for d in form.read(blob, session))
    return text, [p.reason for p in session.report.problems]


def book(manifest: str, spine: str, **parts: str) -> bytes:
    parts = {"META-INF/container.xml": CONTAINER, "o.opf": OPF.format(manifest, spine), **parts}
    return packed(mimetype="application/epub+zip", **parts)


A = '<item id="a" href="a%20b.xhtml"/>'
BOOKS: dict[str, tuple[bytes, str, list[str]]] = {
    "not in the spine": (book("", "", **{"b.xhtml": "<p>race</p>"}), "race\n", []),
    "escaped name": (book(A, '<itemref idref="a"/>', **{"a b.xhtml": "<p>race</p>"}), "race\n", []),
    "drawing": (book('<item id="a" href="a.svg"/>', '<itemref idref="a"/>', **{"a.svg": SVG}), "plan\nethnicity\n", []),
    "missing": (book(A, '<itemref idref="a"/>', **{"b.xhtml": "<p>race</p>"}), "race\n", ["damaged"]),
    "no container": (packed(mimetype="application/epub+zip", **{"b.html": "<p>race</p>"}), "race\n", ["damaged"]),
    "unknown part": (book("", "", **{"b.pdf": "%PDF"}), "", ["embedded-objects"]),
    "encrypted": (
        book("", "", **{"b.html": "x", "META-INF/encryption.xml": '<e><CipherReference URI="b.html"/></e>'}),
        "",
        ["encrypted"],
    ),
}


@pytest.mark.parametrize("name", BOOKS)
def test_every_document_of_a_book(name: str) -> None:
    data, text, problems = BOOKS[name]
    assert text_and_problems("a.epub", data) == (text, problems)


def test_beside_the_cells_of_an_open_workbook() -> None:
    data = packed(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{"META-INF/manifest.xml": MANIFEST, "content.xml": ODS.replace("\n", ""), "styles.xml": STYLES},
    )
    text, problems = text_and_problems("a.ods", data)
    assert text.split("\n") == ["cell", "faces", "Han", "other", "Choose", "box", "by ethnicity", "head", ""]
    assert problems == []


def test_an_open_workbook_that_is_indented_is_read_all_the_same() -> None:
    data = packed(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": ODS})
    text, problems = text_and_problems("a.ods", data)
    assert "cell" in text and "by ethnicity" in text and problems == []


def test_a_drawing_is_read_by_its_text_elements() -> None:
    data = b'<?xml version="1.0"?>\n' + SVG.encode().replace(b"<text>", b"\n<text>")
    blob = Blob("a.svg", data=data)
    form = format_of(blob)
    assert form is not None and form.name == "svg"
    with ReadSession() as session:
        (document,) = form.read(blob, session)
    assert document.text == "plan\nethnicity\n"
    assert document.place(5, 14).line == 3


def test_cells_that_stand_far_apart_are_read(capfd: pytest.CaptureFixture[str]) -> None:
    cells = (
        '<c r="A1" t="s"><v>0</v></c></row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>by race</t></is></c>'
    )
    rows = f'<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    data = io.BytesIO(xlsx([["x"]]))
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, rows if name.endswith("sheet1.xml") else old.read(name))
        new.writestr("xl/sharedStrings.xml", "<sst><si><t>faces</t></si></sst>")
    assert text_and_problems("a.xlsx", out.getvalue()) == ("faces\nby race\nSheet1\n", [])
    assert capfd.readouterr().err == ""


def test_a_small_workbook_is_not_almost_without_text(outcome: Callable) -> None:  # type: ignore[type-arg]
    out = io.BytesIO(xlsx([["x"]]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/styles.xml", "<styleSheet>" + "<a/>" * 5000 + "</styleSheet>", zipfile.ZIP_STORED)
    assert outcome(out.getvalue(), "a.xlsx").coverage.state == "read"
