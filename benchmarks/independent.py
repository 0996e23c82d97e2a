"""Readers that share no code with ours, to hold our text against: how many characters another program finds in a file.

Each is a function from a path to the text, registered by the end of the file name; None where the other reader is
not installed or cannot open the file. They count characters without white space, since line ends differ.
"""

from __future__ import annotations

import email
import email.policy
import html
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

Reader = Callable[[Path], str | None]
_SECONDS = 30
_NAME = r"(?:From|To|Subject|Date|Received|Path|Return-Path|Message-ID|MIME-Version|Content-Type)"
#: two lines of a header, after the line of a mailbox or not
_MESSAGE = re.compile(rf"(?:From .*\n)?(?:{_NAME}:.*\n(?:[ \t].*\n)*){{2}}", re.IGNORECASE)
#: how a page begins, and the encoding that it tells; the longer first
_HEADS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def characters_of(file: Path) -> int | None:
    """Characters that the other reader finds, white space left out; None where it opens nothing."""
    reader = readers().get(file.suffix.lower())
    try:
        text = reader(file) if reader else None
    except Exception:  # another program's reader may fail in any way; then there is nothing to compare with
        return None
    return None if text is None else len(re.sub(r"\s", "", text))


@cache
def readers() -> dict[str, Reader]:
    """The other readers that are at hand, by the end of the file name."""
    found: dict[str, Reader] = {}
    for suffixes, reader in (
        ((".docx", ".docm", ".dotx"), office_xml(r"word/", r"styles|settings|numbering|fontTable|theme|webSettings")),
        ((".pptx", ".pptm", ".ppsx"), office_xml(r"ppt/(?:slides|notesSlides|comments|diagrams|charts)/", r"_rels")),
        ((".odt", ".odp", ".ods", ".odg", ".fodt"), open_document),
        ((".epub",), epub),
        ((".eml", ".emlx", ".mht", ".mhtml"), mail),
        ((".html", ".htm", ".xhtml"), page),
        ((".txt", ".csv", ".md", ".tsv"), plain),
        ((".ipynb",), notebook),
    ):
        found |= dict.fromkeys(suffixes, reader)
    if shutil.which("pdftotext"):
        found[".pdf"] = program("pdftotext", "-q", "-enc", "UTF-8", "FILE", "-")
    if shutil.which("catdoc"):
        found[".doc"] = program("catdoc", "-d", "utf-8", "FILE")
    if shutil.which("catppt"):
        found[".ppt"] = program("catppt", "-d", "utf-8", "FILE")
    if shutil.which("unrtf"):
        found[".rtf"] = program("unrtf", "--text", "--quiet", "FILE")
    found |= dict.fromkeys((".xlsx", ".xlsm"), workbook)
    return found


def program(*command: str) -> Reader:
    """The output of a program for a file."""

    def read(file: Path) -> str | None:
        words = [str(file.absolute()) if w == "FILE" else w for w in command]
        with tempfile.TemporaryDirectory() as scratch:  # unrtf writes the pictures of a file to where it stands
            done = subprocess.run(words, cwd=scratch, capture_output=True, timeout=_SECONDS, check=False)
        return done.stdout.decode("utf-8", "replace") if done.stdout else None

    return read


def office_xml(wanted: str, unwanted: str) -> Reader:
    """The text elements of the parts of an Office Open XML file, by pattern and not by a parser."""
    text = re.compile(rb"<(?:w|a|m|dgm|c):(?:t|delText|v)(?: [^>]*)?>([^<]*)<")

    def read(file: Path) -> str | None:
        with zipfile.ZipFile(file) as archive:
            names = [n for n in archive.namelist() if re.match(wanted, n) and n.endswith(".xml")]
            parts = [archive.read(n) for n in names if not re.search(unwanted, n)]
        return " ".join(html.unescape(m.decode("utf-8", "replace")) for p in parts for m in text.findall(p))

    return read


def open_document(file: Path) -> str | None:
    """content.xml without its tags."""
    with zipfile.ZipFile(file) as archive:
        body = archive.read("content.xml").decode("utf-8", "replace")
    body = body[body.find("<office:body") :]
    return html.unescape(re.sub(r"<[^>]*>", " ", body))


def epub(file: Path) -> str | None:
    """Every chapter without its tags."""
    with zipfile.ZipFile(file) as archive:
        names = [n for n in archive.namelist() if n.lower().endswith((".xhtml", ".html", ".htm"))]
        return " ".join(_without_tags(archive.read(n).decode("utf-8", "replace")) for n in names)


def _without_tags(text: str) -> str:
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", " ", text)
    return html.unescape(re.sub(r"<[^>]*>", " ", text))


def mail(file: Path) -> str | None:
    """Every text part of a message, attached or not."""
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    parts = [p for p in message.walk() if p.get_content_maintype() == "text"]
    texts = [str(p.get_content()) for p in parts]
    return " ".join(
        _without_tags(t) if p.get_content_subtype() == "html" else t for p, t in zip(parts, texts, strict=True)
    )


def page(file: Path) -> str | None:
    """A page without its tags, by the mark at its head, else as UTF-8."""
    data = file.read_bytes()
    return _without_tags(data.decode(_mark(data) or "utf-8", "replace"))


def _mark(data: bytes) -> str | None:
    """The encoding that the first bytes name, with or without a mark: the first character of a page is ASCII."""
    return next((name for head, name in _HEADS if data.startswith(head)), None)


def plain(file: Path) -> str | None:
    """The bytes as UTF-8, where they are; a message that is named so is read as one."""
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return mail(file) if _MESSAGE.match(text) else text


def notebook(file: Path) -> str | None:
    """The sources of all cells."""
    cells = json.loads(file.read_bytes()).get("cells", [])
    return " ".join("".join(c.get("source", "")) for c in cells)


def workbook(file: Path) -> str | None:
    """Every value of every sheet, by openpyxl."""
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=True)
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    return " ".join(str(v) for row in rows for v in row if v is not None)
