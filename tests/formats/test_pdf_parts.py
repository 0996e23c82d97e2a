"""What a PDF holds beside the text of its pages is read as what it is, with its page and place, or named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadOptions, ReadSession
from clauselight.model import Blob, Box, Document
from clauselight.model.outcome import Outcome
from clauselight.pipeline.snapshot import freeze, thaw

CLAUSE = "The face capture camera shall output the attribute ethnicity of every person detected."
Check = Callable[..., Outcome]
FONT = "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def made(page: str = "", catalog: str = "", trailer: str = "", *more: str, said: str = "Nothing here.") -> bytes:
    """A PDF of one page that says `said`; the objects of `more` count from 5."""
    stream = f"BT /F1 12 Tf 50 700 Td ({said}) Tj ET"
    objects = (
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 800]/Contents 4 0 R{FONT}{page}>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        *more,
    )
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{head}trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF".encode()


def annotation(kind: str, inside: str) -> str:
    return f"/Annots[<</Type/Annot/Subtype/{kind}/Rect[10 20 400 60]{inside}>>]"


def stream(body: str) -> str:
    return f"<</Length {len(body)}>>stream\n{body}\nendstream"


def outline(title: str) -> tuple[str, str]:
    return "<</Type/Outlines/First 6 0 R/Last 6 0 R/Count 1>>", f"<</Title({title})/Parent 5 0 R/Dest[3 0 R/Fit]>>"


def read(data: bytes) -> tuple[list[Document], list[str]]:
    blob = Blob("a.pdf", data=data)
    form = format_of(blob)
    assert form is not None
    with ReadSession(ReadOptions("never")) as session:
        return list(form.read(blob, session)), [p.reason for p in session.report.problems]


FIELD = f"/FT/Tx/T(remarks)/V({CLAUSE})"
BOX = Box(1, 10.0, 20.0, 400.0, 60.0)
XFA = (
    "<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><template><subform name='face'><field name='out'><caption><value>"
    f"<text>{CLAUSE}</text></value></caption></field></subform></template></xdp:xdp>"
)
#: a PDF, the headings over the clause, its page, its box
PARTS: dict[str, tuple[bytes, tuple[str, ...], int | None, Box | None]] = {
    "value of a field": (
        made(annotation("Widget", FIELD), "/AcroForm<</Fields[]>>"),
        ("form field", "remarks"),
        1,
        BOX,
    ),
    "value of a listed field": (
        made("/Annots[5 0 R]", "/AcroForm<</Fields[5 0 R]>>", "", f"<</Subtype/Widget/Rect[10 20 400 60]{FIELD}>>"),
        ("form field", "remarks"),
        1,
        BOX,
    ),
    "tooltip of a field": (
        made(annotation("Widget", f"/FT/Tx/T(a)/TU({CLAUSE})"), "/AcroForm<</Fields[]>>"),
        ("form field",),
        1,
        BOX,
    ),
    "note on the page": (made(annotation("FreeText", f"/Contents({CLAUSE})")), ("note on the page",), 1, BOX),
    "rich note": (
        made(annotation("FreeText", f"/RC(<body><p>{CLAUSE}</p></body>)")),
        ("note on the page",),
        1,
        BOX,
    ),
    "comment": (made(annotation("Text", f"/Contents({CLAUSE})")), ("comment",), 1, BOX),
    "comment on a line": (made(annotation("Highlight", f"/Contents(See.\\r{CLAUSE})")), ("comment",), 1, BOX),
    "attached file": (made(annotation("FileAttachment", f"/Contents({CLAUSE})")), ("comment",), 1, BOX),
    "bookmark": (made("", "/Outlines 5 0 R", "", *outline(CLAUSE)), ("bookmark",), 1, None),
    "subject": (made("", "", "/Info 5 0 R", f"<</Subject({CLAUSE})>>"), ("property",), None, None),
    "keywords": (made("", "", "/Info 5 0 R", f"<</Keywords({CLAUSE})>>"), ("property",), None, None),
    "script": (
        made("", f"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(t = '{CLAUSE}';)>>]>>>>"),
        ("script",),
        None,
        None,
    ),
    "XFA": (made("", "/AcroForm<</Fields[]/XFA 5 0 R>>", "", stream(XFA)), ("XFA form",), None, None),
    "XFA in packets": (
        made("", "/AcroForm<</Fields[]/XFA[(a)5 0 R(b)6 0 R]>>", "", stream(XFA[:150]), stream(XFA[150:])),
        ("XFA form",),
        None,
        None,
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_found_as_what_it_is(part: str, outcome: Check) -> None:
    data, headings, page, box = PARTS[part]
    result = outcome(data, "a.pdf")
    assert [(f.attribute, f.level, f.clause.headings, f.page, f.boxes) for f in result.findings] == [
        ("ethnicity", "mention" if part == "bookmark" else "finding", headings, page, (box,) if box else ())
    ]
    assert (result.coverage.state, result.coverage.problems) == ("read", ())


def test_a_bookmark_is_a_mention_and_says_why_and_a_page_under_such_a_heading_is_none(outcome: Check) -> None:
    (found,) = outcome(PARTS["bookmark"][0], "a.pdf").findings
    assert [c.text for c in found.cues if c.decides == "level:mention"] == ["a bookmark"]
    (clause,) = outcome(f"<h1>bookmark</h1><p>{CLAUSE}</p>".encode(), "a.html").findings
    assert (clause.clause.headings, clause.level) == (("bookmark",), "finding")


def test_names_labels_and_choices_of_a_field() -> None:
    choice = "/FT/Ch/Ff 131072/T(race)/TU(Race of the person)/V(b)/Opt[[(w)(White)][(b)(Black)](Other)]"
    data = made("/Annots[5 0 R]", "/AcroForm<</Fields[5 0 R]>>", "", f"<</Subtype/Widget/Rect[0 0 9 9]{choice}>>")
    beside = read(data)[0][-1]
    layout = beside.layout
    rows = [(beside.text[(u := layout.unit(i)).start : u.end], layout.context(i).kind) for i in range(len(layout))]
    assert rows == [
        ("race", "code"),
        ("Race of the person", "prose"),
        ("b", "prose"),
        ("White\tBlack\tOther", "table"),
    ]
    assert layout.context(3).headings == ("form field", "Race of the person")


def test_names_above_a_text_of_an_xfa_form() -> None:
    beside = read(PARTS["XFA"][0])[0][-1]
    at = beside.layout.index_at(beside.text.index(CLAUSE))
    assert beside.layout.context(at).owners == ("face", "out", "text")


def test_what_the_page_says_is_not_said_again() -> None:
    highlight = annotation("Highlight", "/Contents(Faces  and race)")
    data = made(highlight, "/Outlines 5 0 R", "", *outline("Faces and Race"), said="Faces and race")
    assert [d.text for d in read(data)[0]] == ["Faces and race\n", "Faces and Race\n"]
    data = made(highlight, "/Outlines 5 0 R", "", *outline("1 Faces, race"), said="1. Faces race and Faces and race")
    assert [d.text for d in read(data)[0]] == ["1. Faces race and Faces and race\n", "1 Faces, race\n"]
    data = made("", "/Outlines 5 0 R", "", *outline("1 Faces, and race"), said="1. Faces and race of persons")
    assert [d.text for d in read(data)[0]] == ["1. Faces and race of persons\n"]


def test_a_few_letters_and_a_field_are_read_though_the_page_has_them() -> None:
    data = made(annotation("Text", "/Contents(race)"), said="traceability of race")
    assert [d.text for d in read(data)[0]] == ["traceability of race\n", "race\n"]
    data = made(annotation("Widget", "/FT/Tx/T(race)"), "/AcroForm<</Fields[]>>", said="race")
    assert [d.text for d in read(data)[0]] == ["race\n", "race\n"]


@pytest.mark.parametrize(
    ("kind", "inside", "reasons"),
    [
        ("Stamp", "/AP<</N 5 0 R>>", ["drawn-note"]),
        ("Stamp", f"/AP<</N 5 0 R>>/Contents({CLAUSE})", []),
        ("RichMedia", "", ["media-inside"]),
        ("Sound", f"/Contents({CLAUSE})", ["media-inside"]),
        ("Square", "/AP<</N 5 0 R>>", []),
    ],
)
def test_what_is_only_drawn_or_played_is_named(kind: str, inside: str, reasons: list[str], outcome: Check) -> None:
    drawing = "BT /F1 12 Tf 5 5 Td (for officers) Tj ET"
    form = f"<</Type/XObject/Subtype/Form/BBox[0 0 90 40]{FONT}/Length {len(drawing)}>>stream\n{drawing}\nendstream"
    coverage = outcome(made(annotation(kind, inside), "", "", form), "a.pdf").coverage
    assert [p.reason for p in coverage.problems] == reasons
    assert coverage.state == ("partly" if reasons else "read")


def test_a_damaged_xfa_form_is_read_as_far_as_it_goes(outcome: Check) -> None:
    broken = XFA.replace("</caption>", "")
    coverage = outcome(made("", "/AcroForm<</Fields[]/XFA 5 0 R>>", "", stream(broken)), "a.pdf").coverage
    assert ([p.reason for p in coverage.problems], coverage.state) == (["damaged-part"], "partly")


@pytest.mark.parametrize("part", ["comment", "bookmark", "XFA"])
def test_parts_follow_the_pages_and_come_back_from_what_is_kept(part: str) -> None:
    data = PARTS[part][0]
    pages, beside = read(data)[0]
    assert (pages.last, beside.last, beside.offset) == (False, True, len(pages.text))
    again = thaw(freeze(beside), "a.pdf", lambda: Blob("a.pdf", data=data))
    start = beside.text.index(CLAUSE)
    assert (again.text, again.place(start, start + 9)) == (beside.text, beside.place(start, start + 9))
    assert again.layout.context(0) == beside.layout.context(0)


def test_a_pdf_without_parts_is_one_document() -> None:
    documents, problems = read(made())
    assert ([(d.text, d.last) for d in documents], problems) == ([("Nothing here.\n", True)], [])
