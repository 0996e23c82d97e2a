"""Words of office files wherever they stand: in attributes, in parts that no reader knows, in flat files."""

from __future__ import annotations

import io
import zipfile

import pytest

from builders import docx, xlsx
from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadSession
from clauselight.model import Blob

T = "The camera shall output the ethnicity of each person"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OPEN = 'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:x:text" xmlns:d="urn:x:draw"'


def packed(base: bytes = b"", **parts: str) -> bytes:
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def read(name: str, data: bytes) -> tuple[list[str], list[str]]:
    """Lines with the heading over each where it has one, and problems."""
    blob = Blob(name, data=data)
    form = format_of(blob)
    assert form is not None
    with ReadSession() as session:
        found = [
            (document.text[unit.start : unit.end], document.layout.context(index).headings)
            for document in form.read(blob, session)
            for index in range(len(document.layout))
            for unit in (document.layout.unit(index),)
        ]
    lines = [f"{headings[-1]}: {text}" if headings else text for text, headings in found if text]
    return lines, [problem.reason for problem in session.report.problems]


def word(inside: str, **parts: str) -> bytes:
    return packed(**{"word/document.xml": f"<w:document {W}><w:body>{inside}</w:body></w:document>", **parts})


def slides(slide: str = "<p><t>a</t></p>", presentation: str = "", **parts: str) -> bytes:
    show = f'<p xmlns:r="r"><sldId r:id="1"/>{presentation}</p>'
    return packed(**{"ppt/presentation.xml": show, "ppt/slides/slide1.xml": f"<s>{slide}</s>", **parts})


def opened(body: str, styles: str = "<s/>") -> bytes:
    content = f"<o:d {OPEN}><o:body><o:text>{body}</o:text></o:body></o:d>"
    return packed(**{"content.xml": content, "styles.xml": styles})


#: what stands over words that no reader looks for
ELSE = "elsewhere in the file"
P = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
WORD = {
    f'<w:p><v:textpath xmlns:v="v" string="{T}"/></w:p>': [f"drawn text: {T}"],
    f'<w:p><docPr name="Picture 1" descr="{T}"/></w:p>': [f"alternative text: {T}"],
    f'<w:p><docPr name="{T}"/></w:p>': [f"{ELSE}: {T}"],
    f'<w:p><hyperlink w:tooltip="{T}"/></w:p>': [f"tip: {T}"],
    '<w:p><w:listItem w:displayText="Uyghur" w:value="1"/></w:p>': ["choice: Uyghur"],
    f'<w:p><w:ddList><w:listEntry w:val="{T}"/></w:ddList></w:p>': [f"choice: {T}"],
    f"<w:p><w:instrText>QUOTE </w:instrText><w:instrText>{T}</w:instrText></w:p>": [
        f"instruction of a field: QUOTE {T}"
    ],
    '<w:p><w:t>是否</w:t><w:sym w:char="6C11"/><w:sym w:char="65CF"/><w:sym w:char="F0B7"/></w:p>': ["是否民族 "],
    f'<w:p><w:comment w:author="{T}" w:initials="{T}"/><w:rFonts w:ascii="Times New Roman"/></w:p>': [],
    f'<w:p><w:t>{T}</w:t><docPr descr="{T}"/></w:p>': [T],
    "<w:p><w:instrText>ADDIN ZOTERO a title of something</w:instrText></w:p>": [],
}


@pytest.mark.parametrize("inside", WORD)
def test_words_beside_the_text_of_a_part(inside: str) -> None:
    assert read("a.docx", word(inside)) == (WORD[inside], [])


FILES = {
    "settings.docx": (word(P, **{"word/settings.xml": f'<s><docVar name="a" val="{T}"/></s>'}), ["a", f"{ELSE}: {T}"]),
    "numbers.docx": (word(P, **{"word/numbering.xml": f'<s><lvlText val="{T}"/></s>'}), ["a", f"{ELSE}: {T}"]),
    "data.docx": (word(P, **{"customXml/item1.xml": f"<r><a>{T}</a></r>"}), ["a", f"{ELSE}: {T}"]),
    "people.docx": (word(P, **{"word/people.xml": f'<r><person author="{T}"/></r>'}), ["a"]),
    "alt.pptx": (slides(f'<p><cNvPr descr="{T}"/><t>a</t></p>'), ["a", f"alternative text: {T}"]),
    "show.pptx": (slides(presentation=f'<custShow name="{T}"/>'), ["a", f"{ELSE}: {T}"]),
    "old.pptx": (slides(f"<AlternateContent><Choice/><Fallback><p><t>{T}</t></p></Fallback></AlternateContent>"), [T]),
    "new.pptx": (
        slides(
            "<AlternateContent><Choice><p><t>a</t></p></Choice><Fallback><p><t>a</t></p></Fallback></AlternateContent>"
        ),
        ["a"],
    ),
    "none.pptx": (packed(**{"ppt/presentation.xml": "<p/>"}), []),
    "num.odt": (opened(f"<t:list><t:number>{T}</t:number><t:p>a</t:p></t:list>"), ["a", f"number of an item: {T}"]),
    "desc.odt": (opened(f"<t:p>a<d:frame><desc>{T}</desc></d:frame></t:p>"), ["a", f"alternative text: {T}"]),
    "form.odt": (opened('<t:p>a</t:p><listbox><option label="Uyghur"/></listbox>'), ["a", "choice: Uyghur"]),
    "hidden.odt": (opened(f'<t:p>a<hidden-text string-value="{T}"/></t:p>'), ["a", f"{ELSE}: {T}"]),
    "master.odp": (
        opened("<t:p>a</t:p>", f"<s {OPEN}><master-page><d:frame><t:p>{T}</t:p></d:frame></master-page></s>"),
        ["a", f"master page: {T}"],
    ),
}
for folder, called in {
    "slideMasters": "slide master",
    "slideLayouts": "slide layout",
    "notesMasters": "master of notes",
    "handoutMasters": "master of handouts",
    "tags": ELSE,
}.items():
    part = {f"ppt/{folder}/a1.xml": f"<m><sp><p><r><t>{T[:9]}</t></r><r><t>{T[9:]}</t></r></p></sp></m>"}
    FILES[f"{folder}.pptx"] = (slides(**part), ["a", f"{called}: {T}"])
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="200" '
    'formatCode="0&quot;Uyghur&quot;"/></numFmts></styleSheet>'
)
SHEET = ["Sheet1: a", "name of a sheet: Sheet1"]
for part, body, said in (
    ("xl/pivotCache/pivotCacheDefinition1.xml", '<p><s v="Uyghur"/></p>', "choice: Uyghur"),
    ("xl/externalLinks/externalLink1.xml", "<e><v>Uyghur</v></e>", "value of another workbook: Uyghur"),
    ("xl/connections.xml", f'<c><connection description="{T}"/></c>', f"tip: {T}"),
    ("xl/revisions/revisionLog1.xml", f'<r userName="{T}"><is><t>Uyghur</t></is></r>', f"{ELSE}: Uyghur"),
    ("xl/styles.xml", STYLES, "format of numbers: Uyghur"),
    ("xl/tables/table1.xml", f'<t><tableColumn totalsRowLabel="{T}"/></t>', f"{ELSE}: {T}"),
    ("xl/ctrlProps/ctrlProp1.xml", '<c><item val="Uyghur"/></c>', "choice: Uyghur"),
):
    FILES[f"{part.split('/')[1]}.xlsx"] = (packed(xlsx([["a"]]), **{part: body}), [*SHEET, said])


def test_words_around_the_cells_of_a_sheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([["a"]]))) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            behind = f'</sheetData><hyperlinks><hyperlink ref="A1" tooltip="{T}"/></hyperlinks>'.encode()
            body = old.read(part).replace(b"</sheetData>", behind)
            cell = "<is><rPh><t>Uyghur</t></rPh><rPh><t>カンジ</t></rPh>".encode()
            new.writestr(part, body.replace(b"<is>", cell))
    assert read("a.xlsx", out.getvalue()) == ([*SHEET, "reading of a cell: Uyghur", f"tip: {T}"], [])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", FILES)
def test_words_of_every_part(name: str) -> None:
    data, lines = FILES[name]
    assert read(name, data) == (lines, [])


OUTSIDE = (
    '<Relationships xmlns="r"><Relationship Id="1" Type="x/{}" Target="{}" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("kind", "problems"), [("subDocument", ["parts-elsewhere"]), ("attachedTemplate", []), ("hyperlink", [])]
)
def test_parts_that_lie_outside_are_said(kind: str, problems: list[str]) -> None:
    data = word(P, **{"word/_rels/document.xml.rels": OUTSIDE.format(kind, "part2.docx")})
    assert read("a.docx", data) == (["a"], problems)
    assert read("a.odt", opened('<t:p>a</t:p><section-source xmlns:x="x" x:href="b.odt"/>'))[1] == ["parts-elsewhere"]


def test_a_model_of_data_is_no_text_and_is_said() -> None:
    data = packed(xlsx([["a"]]), **{"xl/model/item.data": "x"})
    assert read("a.xlsx", data) == (SHEET, ["embedded-objects"])


CUT = f"<w:p><w:r><w:t>{T[:9]}</w:t></w:r><w:r><w:t>{T[9:]}</w:t></w:r></w:p>"
PKG = 'xmlns:k="http://schemas.microsoft.com/office/2006/xmlPackage"'
FLAT = {
    "word 2003": (
        f'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>{CUT}</w:body>'
        "<w:author>Some Three Names</w:author></w:wordDocument>",
        [T],
    ),
    "flat OPC": (
        f'<k:package {PKG}><k:part k:name="/word/document.xml"><k:xmlData><w:document {W}><w:body>{CUT}</w:body>'
        "</w:document></k:xmlData></k:part></k:package>",
        [T],
    ),
    "excel 2003": (
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:s="s"><Worksheet s:Name="S"><Table><Row>'
        f"<Cell><Data>No</Data></Cell><Cell><Data>{T[:9]}<B>{T[9:]}</B></Data><Comment><Data>Uyghur</Data></Comment>"
        f"</Cell></Row></Table></Worksheet></Workbook>",
        ["S", f"S: No\t{T}"],
    ),
    "flat open document": (
        f"<o:document {OPEN}><o:body><o:text><t:p><t:span>{T[:9]}</t:span><t:span>{T[9:]}</t:span></t:p>"
        "<d:frame><desc>Uyghur</desc></d:frame></o:text></o:body></o:document>",
        [T, "alternative text: Uyghur"],
    ),
}


@pytest.mark.parametrize("name", FLAT)
@pytest.mark.parametrize("first", ['<?xml version="1.0"?>', ""])
def test_flat_files_are_the_documents_that_they_hold(name: str, first: str) -> None:
    text, lines = FLAT[name]
    assert read("a.xml", (first + text).encode()) == (lines, [])


def test_pictures_of_a_flat_file_are_said_and_a_broken_one_is_read_as_it_is_written() -> None:
    whole = FLAT["flat open document"][0]
    picture = whole.replace("<d:frame>", f"<d:frame><binary-data>{'QUJD' * 9000}</binary-data>")
    assert read("a.fodt", picture.encode()) == (FLAT["flat open document"][1], ["pictures-inside"])
    blob = Blob("a.fodt", data=whole[:-12].encode())
    form = format_of(blob)
    assert form is not None
    with ReadSession() as session:
        assert "".join(d.text for d in form.read(blob, session)) == whole[:-12]
    assert [p.reason for p in session.report.problems] == ["damaged"]


def test_a_document_made_by_a_program_has_no_words_that_nobody_wrote() -> None:
    assert read("a.docx", docx(["a"]))[0] == ["a"]
