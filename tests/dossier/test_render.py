"""The forms of a dossier: found by the scan, whole, the same on repeat; the page loads nothing."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from clauselight.case.store import Case
from clauselight.dossier import fonts
from clauselight.dossier.blocks import Block, Bullets, Facts, Heading, Manuscript, Para, Picture, Quotation, Table
from clauselight.dossier.forms import chosen, forms
from clauselight.errors import UsageError
from clauselight.package.build import build
from clauselight.package.request import DossierRequest

BLOCKS: tuple[Block, ...] = (
    Heading(1, "A & B", "a"),
    Para("one *two*"),
    Para("strong <1>", True),
    Quotation("按民族检索\nby race", ((1, 3), (9, 13))),
    Facts((("source", "a_b.txt"),)),
    Table(("who", "what"), (("x|y", "two\nlines"),)),
    Bullets(("one", "two")),
    Picture(b"PNG", "p.png", "a <place>"),
    Picture(b"<svg/>", "d.svg", "a drawing", "image/svg+xml"),
)


def manuscript(*blocks: Block) -> Manuscript:
    return Manuscript("A [title]", "2031-05-01T10:00:00Z", blocks)


def test_every_form_is_found_with_the_name_of_its_file() -> None:
    assert {name: form.file for name, form in forms().items()} == {
        "docx": "dossier.docx",
        "html": "dossier.html",
        "md": "dossier.md",
        "pdf": "dossier.pdf",
    }
    assert [name for name, form in forms().items() if form.names_pictures] == ["md"]
    assert all(form.help for form in forms().values())


def test_forms_are_chosen_in_order_and_unknown_ones_refused() -> None:
    assert [form.name for form in chosen(("md", "html"))] == ["md", "html"]
    with pytest.raises(UsageError, match=r"^--format rtf,txt: the forms are docx, html, md, pdf$"):
        chosen(("rtf", "html", "txt"))


def test_markdown_of_every_block() -> None:
    assert forms()["md"].render(manuscript(*BLOCKS)).decode() == "\n".join(
        [
            "# A \\[title\\]\n",
            "## A & B\n",
            "one \\*two\\*\n",
            "**strong \\<1\\>**\n",
            "> 按**民族**检索\n> by **race**\n",
            "- source: a\\_b.txt\n",
            "| who | what |\n| --- | --- |\n| x\\|y | two lines |\n",
            "- one\n- two\n",
            "![a \\<place\\>](crops/p.png)\n",
            "![a drawing](crops/d.svg)\n",
        ]
    )


def test_html_of_every_block() -> None:
    page = forms()["html"].render(manuscript(*BLOCKS)).decode()
    body = page[page.index("<main>") + 6 : page.index("</main>")]
    assert body.split("\n") == [
        '<h1 id="a">A &amp; B</h1>',
        "<p>one *two*</p>",
        "<p><strong>strong &lt;1&gt;</strong></p>",
        "<blockquote>按<mark>民族</mark>检索",
        "by <mark>race</mark></blockquote>",
        "<dl><dt>source</dt><dd>a_b.txt</dd></dl>",
        '<table><thead><tr><th scope="col">who</th><th scope="col">what</th></tr></thead>'
        "<tbody><tr><td>x|y</td><td>two lines</td></tr></tbody></table>",
        "<ul><li>one</li><li>two</li></ul>",
        '<figure><img alt="a &lt;place&gt;" src="data:image/png;base64,UE5H"></figure>',
        "<figure><svg/></figure>",
    ]
    assert '<nav><a href="#a">A &amp; B</a></nav>' in page
    assert "<title>A [title]</title>" in page and "<style>:root{color-scheme:light}" in page


def test_a_word_file_holds_every_block_but_drawings() -> None:
    docx = pytest.importorskip("docx")
    image = io.BytesIO()
    pytest.importorskip("PIL.Image").new("RGB", (8, 8)).save(image, "PNG")
    blocks = (*BLOCKS[:-2], Picture(image.getvalue(), "p.png", "a place"), BLOCKS[-1], Para("a\x01b"))
    file = docx.Document(io.BytesIO(forms()["docx"].render(manuscript(*blocks))))
    assert [p.text for p in file.paragraphs if p.text] == [
        "A [title]",
        "A & B",
        "one *two*",
        "strong <1>",
        "按民族检索\nby race",
        "one",
        "two",
        "a\\x01b",
    ]
    assert [[c.text for c in row.cells] for table in file.tables for row in table.rows] == [
        ["source", "a_b.txt"],
        ["who", "what"],
        ["x|y", "two lines"],
    ]
    assert len(file.inline_shapes) == 1
    quote = next(p for p in file.paragraphs if p.text.startswith("按"))
    assert [r.text for r in quote.runs if r.font.highlight_color] == ["民族", "race"]


def test_a_character_without_a_font_is_named_in_the_pdf(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    _needs_a_font()
    signs = manuscript(Para("one 😀 two \ue001 three \U0001e800"))
    pdf = _text_of(forms()["pdf"].render(signs))
    for sign in ("⟨U+1F600⟩", "⟨U+E001⟩"):
        assert sign in pdf


def test_quotes_digests_and_paths_are_copied_out_of_a_pdf_as_they_are() -> None:
    """Read again by PDFium, and by poppler where it is installed; lines end where they must."""
    pytest.importorskip("typst")
    _needs_a_font()
    digest, path = "0123456789abcdef" * 4, "/a/with_many.parts/of_them/DB99T_0001-2030/示例数据项/clause-5.2/quote.txt"
    quote = (
        "5.2 摄像机应输出人员的民族（1 白色），office “x” -- 'a' ... https://a.example/c and a line that is very long."
    )
    pdf = forms()["pdf"].render(
        manuscript(
            Quotation(quote, ((4, 7),)),
            Facts((("source", path), ("SHA-256", digest))),
            Table(("quote", "path", "digest"), ((quote, path, digest),)),
            Para(digest),
        )
    )
    texts = [_text_of(pdf)]
    if program := shutil.which("pdftotext"):
        run = subprocess.run([program, "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
        texts.append(run.stdout.decode())
    for text in texts:
        assert text.count(digest) == 3
        assert "\u200b" not in text and "\ufffe" not in text
        flat = "".join(text.split())
        assert flat.count("".join(quote.split())) == 2 and flat.count(path) == 2


def test_no_font_with_chinese_is_an_error_that_names_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts.shutil, "which", lambda _: None)
    with pytest.raises(UsageError, match="fonts-noto-cjk"):
        fonts.chinese_font()


def _needs_a_font() -> None:
    try:
        fonts.chinese_font()
    except UsageError:
        pytest.skip("no font with Chinese characters")


def _text_of(pdf: bytes) -> str:
    import pypdfium2 as pdfium

    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(pdf))


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
    _needs_a_font()
    with Case(folder) as case:
        for name in ("a", "b"):
            build(case, DossierRequest(tmp_path / name, ("pdf", "docx")))
    for name in ("dossier.pdf", "dossier.docx"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    text = _text_of((tmp_path / "a" / "dossier.pdf").read_bytes())
    assert "民族" in text and "虚构海山数字技术股份有限公司" in text.replace("\n", "").replace("\r", "")
    assert b"pdfaid" in (tmp_path / "a" / "dossier.pdf").read_bytes()
    with zipfile.ZipFile(tmp_path / "a" / "dossier.docx") as word:
        assert "民族" in word.read("word/document.xml").decode()
