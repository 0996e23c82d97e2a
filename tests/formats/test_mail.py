"""Mail and saved pages: every form of a body in every encoding, whatever the name."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from email.message import EmailMessage

import pytest

from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadSession
from clauselight.model import Blob
from clauselight.sources.members import walk_members

ZH = "摄像机应输出民族属性(汉族、维吾尔族)。"
EN = "The face capture camera shall output the attribute ethnicity for every person detected."
HEADER = "From: a@example.org\r\nSubject: call\r\nMIME-Version: 1.0\r\n"


def read(data: bytes, name: str = "a.eml") -> tuple[str, str, list[str]]:
    """Format, text after the subject, problems."""
    blob = Blob(name, data=data)
    form = format_of(blob)
    assert form is not None
    with ReadSession() as session:
        text = "".join(d.text for d in form.read(blob, session))
    return form.name, text.removeprefix("Subject: call\n\n").strip(), [p.reason for p in session.report.problems]


def message(head: str, body: bytes) -> bytes:
    return (HEADER + head + "\r\n\r\n").encode() + body


def with_html(html: str) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "a@example.org", "call"
    made.set_content("Please see the other form.\nIt is short.")
    made.add_alternative(html, subtype="html")
    return made.as_bytes()


ENCODED = {
    "8bit": ("charset=utf-8\r\nContent-Transfer-Encoding: 8bit", ZH.encode()),
    "base64": ("charset=utf-8\r\nContent-Transfer-Encoding: base64", base64.encodebytes(ZH.encode())),
    "quoted": ("charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable", quopri.encodestring(ZH.encode())),
    "gbk called gb2312": ("charset=gb2312", (ZH + "镕喆").encode("gb18030")),
    "unknown charset": ("charset=x-none", ZH.encode()),
    "no charset": ("format=flowed", ZH.encode("gb18030") * 3),
    "wrong charset": ("charset=us-ascii", ZH.encode()),
    "utf-7": ("charset=utf-7", ZH.encode("utf-7")),
}


@pytest.mark.parametrize("way", ENCODED)
def test_letters_of_a_body(way: str) -> None:
    head, body = ENCODED[way]
    form, text, problems = read(message(f"Content-Type: text/plain; {head}", body))
    assert (form, problems) == ("eml", [])
    assert text.replace("镕喆", "").replace(ZH * 3, ZH) == ZH


@pytest.mark.parametrize("name", ["a.eml", "a.txt", "a"])
def test_both_forms_of_a_body_are_read(name: str, outcome: Callable) -> None:  # type: ignore[type-arg]
    result = outcome(with_html(f"<p>{EN}</p>"), name)
    assert [f.attribute for f in result.findings if f.level == "finding"] == ["ethnicity"]
    assert (result.coverage.reader, result.coverage.state) == ("eml", "read")


def test_what_both_forms_say_is_read_once() -> None:
    _, text, _ = read(with_html("<p>Please see the <b>other</b> form.</p><p>It is long.</p>"))
    assert text == "Please see the other form.\nIt is short.\n\nIt is long."


def test_parts_that_cannot_be_told_apart_are_read_as_they_stand() -> None:
    broken = message("Content-Type: multipart/mixed", b"--B\r\nContent-Type: text/plain\r\n\r\n" + EN.encode())
    form, text, problems = read(broken)
    assert (form, problems) == ("eml", ["damaged"])
    assert EN in text


SAVED = (
    "From: <Saved by an example>\r\nSubject: page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    '\ttype="text/html"; boundary="BB"\r\n\r\n'
)


def saved(*parts: tuple[str, bytes]) -> bytes:
    inside = (
        f"--BB\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(data)
        for kind, data in parts
    )
    return SAVED.encode() + b"\r\n".join(inside) + b"\r\n--BB--\r\n"


@pytest.mark.parametrize("name", ["a.mht", "a.mhtml"])
def test_every_text_of_a_saved_page(name: str) -> None:
    page = f"<html><body>\n<p>{ZH}</p></body></html>"
    data = saved(
        ("text/html; charset=utf-8", page.encode()),
        ("text/html", page.replace("<html>", '<html><meta charset="gbk">').encode("gbk")),
        ("text/css", b"p { color: red }"),
        ("text/plain", b"Notes\n\nlast"),
        ("image/png", b"\x89PNG"),
        ("application/pdf", b"%PDF-"),
        ("application/octet-stream", b"x"),
    )
    form, text, problems = read(data, name)
    assert (form, text) == ("mhtml", f"{ZH}\n{ZH}\nNotes\nlast")
    assert problems == ["pictures-inside", "embedded-objects"]


def test_a_saved_page_without_its_name_is_a_message() -> None:
    form, text, _ = read(saved(("text/html; charset=utf-8", f"<p>{ZH}</p>".encode())), "page")
    assert (form, text) == ("eml", f"Subject: page\n\n{ZH}")


def test_text_that_only_speaks_of_mail_is_text() -> None:
    assert read(b"From: the mayor\n\nTo: all\n", "a.txt")[0] == "text"
    assert read(b"From: a\nContent of it\n", "a.txt")[0] == "text"


def test_every_field_that_has_words_is_read_and_nobody_is_named() -> None:
    encoded = "=?utf-8?b?" + base64.b64encode("民族".encode()).decode() + "?="
    head = (
        f"From: Race Office <a@example.org>\r\nTo: List of faces <b@example.org>\r\nKeywords: {encoded},\r\n race\r\n"
        "Comments: by skin colour\r\nX-Purpose: sort faces\r\nX-Record: " + "A" * 80 + "\r\nReceived: by race\r\n"
        "Subject: call\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n"
    )
    raw = head.encode() + "Organization: 民族局\r\n".encode("gb18030") + b"\r\nbody"
    form, text, problems = read(raw)
    fields = "Keywords: 民族, race\nComments: by skin colour\nX-Purpose: sort faces\nOrganization: 民族局\n"
    assert (form, text, problems) == ("eml", f"Subject: call\n{fields}\nbody", [])


def test_what_stands_around_the_parts_of_a_message_is_read() -> None:
    parts = f"{EN}\r\n--B\r\nContent-Type: text/plain\r\n\r\nbody\r\n--B--\r\nBehind the last part.\r\n"
    _, text, problems = read(message('Content-Type: multipart/mixed; boundary="B"', parts.encode()))
    assert (text, problems) == (f"body\n{EN}\nBehind the last part.", [])


def test_the_parts_of_a_report_on_delivery_are_sources() -> None:
    report = (
        "--B\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; example.org\r\n\r\nDiagnostic-Code: smtp; {EN}\r\n\r\n--B\r\n"
        f"Content-Type: text/rfc822-headers\r\n\r\nFrom: a@example.org\r\nSubject: {EN}\r\n\r\n--B--\r\n"
    )
    data = message('Content-Type: multipart/report; boundary="B"', report.encode())
    members = [m.blob for m in walk_members(Blob("a.eml", data=data)) if m.blob is not None]
    assert [EN.encode() in blob.read() for blob in members[1:]] == [True, True]


LISTING = (
    'From - \nFrom: "A. Example" <a@example.org>\nSubject: call\nContent-Type: multipart/mixed\n'
    "   Content-Type: audio\n\n"
)


@pytest.mark.parametrize("name", ["list.txt", "list"])
def test_a_listing_of_a_mailbox_is_a_text_and_loses_nothing(name: str) -> None:
    data = (LISTING * 3).encode()
    assert read(data, name) == ("text", (LISTING * 3).strip(), [])
    assert [m.path for m in walk_members(Blob(name, data=data))] == [name]


def test_a_mailbox_may_begin_with_a_message_that_says_nothing() -> None:
    data = (LISTING + LISTING + "A body.\n").encode()
    assert [m.path for m in walk_members(Blob("a", data=data))] == ["a!/message-1.eml", "a!/message-2.eml"]


def test_parts_in_parts_without_end_are_read_as_they_stand(outcome: Callable) -> None:  # type: ignore[type-arg]
    parts = "".join(f"--B{n}\r\nContent-Type: multipart/mixed; boundary=B{n + 1}\r\n\r\n" for n in range(1500))
    data = message("Content-Type: multipart/mixed; boundary=B0", f"{parts}--B1500\r\n\r\n{EN}\r\n".encode())
    result = outcome(data, "a.eml")
    assert [f.attribute for f in result.findings if f.level == "finding"] == ["ethnicity"]
    assert (result.coverage.state, [p.reason for p in result.coverage.problems]) == ("partly", ["too-deep"])
    assert [(m.path, m.reason) for m in walk_members(Blob("a.eml", data=data))] == [
        ("a.eml", ""),
        ("a.eml!/", "too-deep"),
    ]
