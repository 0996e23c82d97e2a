"""Every part of a web page is read with its line, or named."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from clauselight.formats._htmltokens import tokens
from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.model.outcome import Outcome
from clauselight.pipeline.snapshot import freeze, thaw

CLAUSE = "The face capture camera shall output the attribute ethnicity of every person detected."
Check = Callable[..., Outcome]


def read(page: str) -> tuple[list[Document], list[str]]:
    blob = Blob("a.html", data=page.encode())
    form = format_of(blob)
    assert form is not None
    with ReadSession() as session:
        return list(form.read(blob, session)), [p.reason for p in session.report.problems]


def units(page: str) -> list[tuple[str, str, int | None]]:
    """Text, last heading (or kind, where it is code of a document of its own) and line of everything that is read."""
    out: list[tuple[str, str, int | None]] = []
    for document in read(page)[0]:
        layout = document.layout
        for unit, context in ((layout.unit(i), layout.context(i)) for i in range(len(layout))):
            if text := document.text[unit.start : unit.end].strip():
                what = context.headings[-1] if context.headings else context.kind
                out.append((text, what, layout.lines(unit.start, unit.end)[0]))
    return out


#: what stands on line 3 of a page, and as what it is read
PARTS = {
    "text": (f"<p>{CLAUSE}</p>", "prose"),
    "behind the end": (f"</body></html>{CLAUSE}", "prose"),
    "inside very deep nesting": ("<div>" * 3000 + CLAUSE, "prose"),
    "no script": (f"<noscript>{CLAUSE}</noscript>", "without scripts"),
    "template": (f"<template><p>{CLAUSE}</p></template>", "template"),
    "template in a script": (f"<script type='text/x-template'><p>{CLAUSE}</p></script>", "template"),
    "drawing": (f"<svg><g><text>{CLAUSE}</text></g></svg>", "drawing"),
    "title of a drawing": (f"<svg><title>{CLAUSE}</title></svg>", "drawing"),
    "alternative text": (f'<img alt="{CLAUSE}">', "alt"),
    "tooltip": (f"<b title='{CLAUSE}'>x</b>", "title"),
    "placeholder": (f'<input placeholder="{CLAUSE}">', "placeholder"),
    "read aloud": (f'<i aria-label="{CLAUSE}"></i>', "aria-label"),
    "value": (f'<input type="hidden" value="{CLAUSE}">', "value"),
    "text field": (f"<textarea>{CLAUSE}</textarea>", "prose"),
    "comment": (f"<!-- {CLAUSE} -->", "comment"),
    "comment without an end": (f"<!-- {CLAUSE}", "comment"),
    "markup in a comment": (f"<!-- <td><p>{CLAUSE}</p> -->", "comment"),
    "frame": (f'<iframe srcdoc="&lt;p&gt;{CLAUSE}&lt;/p&gt;"></iframe>', "frame"),
    "inside of a frame": (f"<iframe><p>{CLAUSE}</p></iframe>", "frame"),
    "without frames": (f"<noframes><p>{CLAUSE}</p></noframes>", "without frames"),
    "markup in an attribute": (f'<b data-content="<em>{CLAUSE}</em>">x</b>', "data-content"),
    "description": (f'<meta name="description" content="{CLAUSE}">', "property"),
    "script": (f"<script>var t = '{CLAUSE}';</script>", "code"),
    "script without an end": (f"<script>var t = '{CLAUSE}';", "code"),
    "json": (f'<script type="application/ld+json">{{"t": "{CLAUSE}"}}</script>', "code"),
    "style": (f"<style>p::before {{ content: '{CLAUSE}' }}</style>", "code"),
    "event": (f"<b onclick=\"say('{CLAUSE}')\">x</b>", "onclick"),
    "address": (f"<a href=\"javascript:say('{CLAUSE}')\">x</a>", "href"),
    "attribute of a framework": (f"<b :text=\"say('{CLAUSE}')\">x</b>", ":text"),
    "server page": (f'<% out.print("{CLAUSE}"); %>', "server code"),
    "server page in a tag": (f'<b <% out.print("{CLAUSE}"); %>>x</b>', "server code"),
    "php": (f'<?php echo "{CLAUSE}"; ?>', "server code"),
    "character data": (f"<p><![CDATA[{CLAUSE}]]></p>", "prose"),
    "caption": (f"<table><caption>{CLAUSE}</caption><tr><td>a<td>b<tr><td>c<td>d</table>", "prose"),
    "beside the cells": (f"<table><tr><td>a<td>b<tr><td>c<td>d</tr>{CLAUSE}</table>", "prose"),
    "cell": (f"<table><tr><td>a<td>b<tr><td>{CLAUSE}<td>d</table>", "table"),
    "tag without an end": (f"<p>{CLAUSE}<b", "prose"),
}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_read_as_what_it_is_with_its_line(part: str, outcome: Check) -> None:
    markup, what = PARTS[part]
    page = f"<!DOCTYPE html><html>\n<body>\n{markup}"
    assert [(w, line) for text, w, line in units(page) if CLAUSE in text] == [(what, 3)]
    result = outcome(page + "\n", "a.html")
    assert [(f.attribute, f.level, f.line) for f in result.findings] == [("ethnicity", "finding", 3)]
    assert result.coverage.characters >= len(CLAUSE)


def test_lines_are_those_of_the_sentence_and_not_of_its_paragraph(outcome: Check) -> None:
    page = "<p>The camera counts persons.\nIt estimates the <b\n>ethnicity</b>\nof the face.\nIt stores nothing.</p>"
    finding = outcome(page, "a.html").findings[0]
    assert finding.quote == "It estimates the ethnicity of the face."
    assert (finding.line, finding.end_line) == (2, 4)


def test_lines_of_cells(outcome: Check) -> None:
    page = (
        "<table>\n<tr><th>field</th>\n<th>what</th></tr>\n<tr>\n<td>race</td>\n<td>race of the face</td>\n</tr></table>"
    )
    finding = outcome(page, "a.html").findings[0]
    assert (finding.quote, finding.line, finding.end_line) == ("race\trace of the face", 5, 6)
    assert finding.clause.headers == ("field", "what")


def test_words_of_a_cell_stay_apart() -> None:
    page = "<table><tr><td>a</td></tr><tr><td>race<br>colour<p>creed</p></td></tr></table>"
    assert [text for text, _, _ in units(page)] == ["a", "race colour creed"]


def test_owners_and_lines_of_a_script(outcome: Check) -> None:
    page = "<html><body>\n<script>\nvar option = {\n  label: '维族人员布控报警' };\n</script></body></html>"
    finding = outcome(page, "a.html").findings[0]
    assert (finding.line, finding.clause.owners, finding.role) == (4, ("option",), "alarm")


def test_a_page_and_its_scripts_come_back_from_what_is_kept() -> None:
    page = f"<p>One.\n{CLAUSE}</p>\n<script>\nvar a = {{\n  race: 1 }};\n</script>"
    for document in read(page)[0]:
        again = thaw(freeze(document), "a.html", lambda: Blob("a.html", data=page.encode()))
        assert again.text == document.text
        for start in range(0, len(document.text), 5):
            assert again.layout.lines(start, start + 9) == document.layout.lines(start, start + 9)


def test_what_stands_in_the_page_is_not_said_again() -> None:
    page = f"<title>Camera</title><h1>Camera</h1><img alt='{CLAUSE}'><img alt='{CLAUSE}'><p>{CLAUSE}</p>"
    assert [text for text, _, _ in units(page)] == ["Camera", CLAUSE]


@pytest.mark.parametrize(
    ("page", "reasons"),
    [
        ("<frameset><frame src='a.html'><frame src='b.html'></frameset>", ["frames-elsewhere"]),
        ("<body><div id=app></div><script src='app.js'></script>", ["drawn-by-script"]),
        (f"<body>x<img src='data:image/png;base64,{'iVBORw0KGgo' * 1000}'>", ["pictures-inside"]),
        ("<body>x<object data='data:application/pdf;base64,JVBERi0xLjQK'></object>", ["embedded-objects"]),
        ("<body>x<img src='data:image/gif;base64,R0lGODlhAQABAIAAAP'><script src='app.js'></script>", []),
    ],
)
def test_what_is_not_read_is_named(page: str, reasons: list[str], outcome: Check) -> None:
    coverage = outcome(page, "a.html").coverage
    assert [p.reason for p in coverage.problems] == reasons
    assert coverage.state == ("partly" if reasons else "read")


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "<%", "<!--", "<a b=\"'", "<script", "<title>", "</a", "<a b='<% ", "<table>", "<svg>", "&lt"]
)
def test_a_broken_page_takes_linear_time(piece: str) -> None:
    began = time.perf_counter()
    read("<html>" + piece * 30_000)
    assert time.perf_counter() - began < 10


def test_every_character_of_a_page_is_in_one_token() -> None:
    page = "a<b c=d>e</b><!--f--><![CDATA[g]]><%h%><?php i?><script>j</script><title>k</title><l"
    made = "".join(t.text + "".join(a.value for a in t.attributes) for t in tokens(page))
    assert made == "adefghphp ijk<l"


def test_a_page_of_nothing_but_tags_around_a_clause_is_read_and_one_that_hides_text_in_them_is_not(
    outcome: Callable[[str, str], Outcome],
) -> None:
    deep = "<div>" * 5000 + "<p>It shall show race.</p>" + "</div>" * 5000
    coverage = outcome(deep, "a.html").coverage
    assert (coverage.state, coverage.problems) == ("read", ())
    packed = outcome(f"<p>Loading.</p><div data-x='{'7' * 9000}'></div>", "a.html").coverage
    assert [p.reason for p in packed.problems] == ["almost-no-text"]
