"""Office files: text outside of the usual place is read, and what is not read is named."""

from __future__ import annotations

import io
import zipfile

import pytest

from builders import docx, xlsx
from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadSession
from clauselight.model import Blob

T = "output ethnicity"
OFD = (
    '<P xmlns="o"><Content><Layer>'
    + "".join(
        f'<TextObject Boundary="{5 * n} 10 5 5" Size="5"><TextCode X="0" Y="4">{c}</TextCode></TextObject>'
        for n, c in enumerate("民族")
    )
    + "</Layer></Content></P>"
)
ODF = f'<o:d xmlns:o="o" xmlns:t="t"><o:body><o:text><t:p>{T}</t:p></o:text></o:body></o:d>'


def packed(base: bytes, **parts: str) -> bytes:
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


FILES = {
    "chart.docx": (packed(docx(["a"]), **{"word/charts/chart1.xml": f"<c><t>{T}</t></c>"}), f"a\n{T}\n", []),
    "part.docx": (packed(docx(["a"]), **{"word/embeddings/o.bin": "x"}), "a\n", ["embedded-objects"]),
    "page.docx": (packed(docx(["a"]), **{"word/a.htm": f"<html><p>{T}</p></html>"}), f"a\n{T}\n", []),
    "a.xlsx": (packed(xlsx([["a"]]), **{"xl/drawings/d.xml": f"<d><t>{T}</t></d>"}), f"a\nSheet1\n{T}\n", []),
    "a.pptx": (packed(b"", **{"ppt/slides/slide1.xml": f"<s><p><t>{T}</t></p></s>"}), f"{T}\n", []),
    "a.odt": (packed(b"", **{"content.xml": ODF}), f"{T}\n", []),
    "a.ofd": (
        packed(b"", **{"OFD.xml": "<O/>", "Doc_0/Document.xml": "<D/>", "Doc_0/Pages/P/Content.xml": OFD}),
        "民族\n",
        [],
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_text_and_what_is_not_read(name: str) -> None:
    data, text, problems = FILES[name]
    blob = Blob(name, data=data)
    form = format_of(blob)
    assert form is not None
    with ReadSession() as session:
        assert "".join(d.text for d in form.read(blob, session)) == text
    assert [p.reason for p in session.report.problems] == problems
