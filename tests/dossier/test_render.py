"""The forms of a dossier: found by the scan, whole, the same on repeat; the page loads nothing."""

from __future__ import annotations

import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from clauselight.case.store import Case
from clauselight.errors import UsageError
from clauselight.package.build import build
from clauselight.package.request import DossierRequest


def test_the_page_loads_nothing_and_names_all_findings(package: Path) -> None:
    seen: set[str] = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.add(tag)
            for name, value in attrs:
                assert not (name in ("src", "href") and value and not value.startswith(("#", "data:")))

    page = (package / "data" / "dossier.html").read_text(encoding="utf-8")
    Tags().feed(page)
    assert "script" not in seen and {"mark", "svg", "table", "blockquote"} <= seen
    for line in (package / "data" / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        assert f"finding-{json.loads(line)['id']}" in page
    assert "read it" in page and "A. Reviewer" in page and "What was not read" in page


def test_word_and_pdf(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    pytest.importorskip("docx")
    from clauselight.dossier.fonts import chinese_font

    try:
        chinese_font()
    except UsageError as error:
        assert "fonts-noto-cjk" in str(error)
        pytest.skip("no font with Chinese characters")
    with Case(folder) as case:
        for name in ("a", "b"):
            build(case, DossierRequest(tmp_path / name, ("pdf", "docx")))
    for name in ("dossier.pdf", "dossier.docx"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(str(tmp_path / "a" / "dossier.pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "民族" in text and "虚构海山数字技术股份有限公司" in text.replace("\n", "").replace("\r", "")
    assert b"pdfaid" in (tmp_path / "a" / "dossier.pdf").read_bytes()
    with zipfile.ZipFile(tmp_path / "a" / "dossier.docx") as word:
        assert "民族" in word.read("word/document.xml").decode()
