"""Text whose letters are written as escapes or entities says what it says when they are written as themselves."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from clauselight.model.outcome import Outcome
from clauselight.text.escapes import broken, unescaped

Case = Callable[..., Outcome]

TEXTS = {
    "zh": "摄像机应输出民族属性(汉族、维吾尔族)。",
    "es": "la cámara debe registrar el origen étnico de la persona",
    "pt": "a câmera deve registrar a raça da pessoa no rosto",
    "ru": "камера должна определять этническую принадлежность лица",
}


def each(text: str, form: Callable[[int], str]) -> str:
    return "".join(c if ord(c) < 128 else form(ord(c)) for c in text)


def utf8_bytes(code: int) -> str:
    return "".join(f"\\x{byte:02x}" for byte in chr(code).encode())


def markup(text: str) -> str:
    return f"<?xml version='1.0'?>\n<text>{text}</text>\n"


#: name of the file, and how it holds a text
WAYS: dict[str, tuple[str, Callable[[str], str]]] = {
    "json": ("a.json", lambda t: json.dumps({"text": t}, indent=1)),
    "json lines": ("a.jsonl", lambda t: json.dumps({"text": t}) + "\n" + json.dumps({"n": 1})),
    "json in json": ("a.json", lambda t: json.dumps({"body": json.dumps({"text": t})})),
    "yaml": ("a.yaml", lambda t: f"text: {json.dumps(t)}\n"),
    "javascript": ("a.js", lambda t: f"var text = {json.dumps(t)};\n"),
    "javascript, braces": ("a.js", lambda t: "var text = '" + each(t, lambda c: f"\\u{{{c:x}}}") + "';\n"),
    "properties": ("a.properties", lambda t: f"text={json.dumps(t)[1:-1]}\n"),
    "python": ("a.py", lambda t: "text = '" + each(t, lambda c: f"\\U{c:08x}") + "'\n"),
    "bytes": ("a.c", lambda t: 'char *text = "' + each(t, utf8_bytes) + '";\n'),
    "xml, decimal": ("a.xml", lambda t: markup(each(t, lambda c: f"&#{c};"))),
    "xml, hex": ("a.xml", lambda t: markup(each(t, lambda c: f"&#x{c:X};"))),
    "xml in xml": ("a.xml", lambda t: markup(each(t, lambda c: f"&amp;#x{c:x};"))),
}


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("way", WAYS)
def test_an_escaped_text_gives_what_the_plain_one_gives(way: str, language: str, outcome: Case) -> None:
    name, form = WAYS[way]
    escaped = form(TEXTS[language])
    assert escaped.isascii()
    plain = outcome(unescaped(escaped), name)
    found = outcome(escaped, name)
    assert said(found) == said(plain)
    assert [f.level for f in found.findings] == ["finding"]
    assert all(escaped[f.start : f.end] == f.quote for f in found.findings)


def said(result: Outcome) -> list[tuple[object, ...]]:
    return [(f.attribute, f.groups, f.role, f.strength, f.level, f.line, unescaped(f.quote)) for f in result.findings]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\\u6c11\\u65CF", "民族"),
        ("\\\\u6c11", "民"),
        ("\\ud83d\\ude42", "🙂"),
        ("\\ud83d", "\ufffd"),
        ("\\u{1F642}", "🙂"),
        ("\\U0001f642", "🙂"),
        ("\\xe6\\xb0\\x91", "民"),
        ("ra\\xe7a", "raça"),
        ("\\x72\\x61ce", "race"),
        ("&#27665;&#x65CF;", "民族"),
        ("&amp;#x6c11;", "民"),
        ("&#x110000;", "\ufffd"),
        ("ra&ccedil;a &lt; &nbsp;", "raça &lt; &nbsp;"),
        ("\\u{110000}", "\ufffd"),
        ("\\U00110000", "\ufffd"),
        ("C:\\users \\n \\x0a &", "C:\\users \\n \\x0a &"),
    ],
)
def test_what_an_escape_means(written: str, meant: str) -> None:
    assert unescaped(written) == meant


@pytest.mark.parametrize(
    ("name", "text", "attributes"),
    [
        ("a.json", r'{"t": "5.1 Outputs:\nethnicity of the face\n\nrace of the face"}', ["ethnicity", "race"]),
        ("a.json", r'{"t": "Требования:\nэтническая принадлежность лица должна определяться"}', ["ethnicity"]),
        ("a.js", r'var t = "Outputs:\tethnicity of the face shall be reported";', ["ethnicity"]),
        ("a.py", r'path = "C:\\logs\\trace of the face.log"', []),
        ("a.txt", r"C:\logs\trace of the face.log shall be kept", []),
    ],
)
def test_a_word_behind_an_escaped_end_of_line(name: str, text: str, attributes: list[str], outcome: Case) -> None:
    findings = outcome(text, name).findings
    assert [f.attribute for f in findings if f.level == "finding"] == attributes
    assert [f.attribute for f in findings] == attributes
    assert all(text[f.start : f.end] == f.quote for f in findings)


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        (r"Outputs\nrace\tand", "Outputs  race  and"),
        (r"C:\\logs\\trace", r"C:\\logs\\trace"),
        (r"a\\\nrace", r"a\\  race"),
        (r"the end\n", r"the end\n"),
    ],
)
def test_escaped_ends_of_lines_become_spaces_of_the_same_length(text: str, spaced: str) -> None:
    assert (broken(text), len(broken(text))) == (spaced, len(text))
