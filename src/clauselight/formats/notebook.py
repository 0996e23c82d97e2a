"""Notebooks of Jupyter (.ipynb): cells of text and of code, and what the code put out. The page is the cell.

Lines are those of the cell. Pictures that were put out or attached are sources of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from clauselight.formats._blocks import Blocks
from clauselight.formats._htmltext import HtmlText, parse
from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.parts.written import not_given, notebook_parts
from clauselight.text.decode import detect

MEDIA = "application/x-ipynb+json"
_MOST = 200_000_000
#: colours of a terminal, in what a program printed
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def claims(head: bytes, name: str) -> int:
    if looks_binary(head) or not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return 0
    return 70 if name.endswith(".ipynb") or (b'"cell_type"' in head and b'"cells"' in head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """All cells in order. What is no notebook inside is read as the text that it is, and that is said."""
    cells = _cells(blob)
    if cells is None:
        session.report.problem("damaged", "the notebook cannot be taken apart; it is read as it is written")
        yield from text_documents(blob, session, "notebook/1", MEDIA, "code")
        return
    book = _Book()
    for number, cell in enumerate(cells, 1):
        book.cell(cell, number)
    pictures = not_given(notebook_parts(blob.read()))
    if pictures:
        message = f"{pictures} pictures in the notebook were not read; export it as PDF and check that"
        session.report.problem("pictures-inside", message)
    session.report.expect(len(book.blocks.text))
    yield book.blocks.document(blob.path, MEDIA, "notebook/1")


def _cells(blob: Blob) -> list[Any] | None:
    """The cells, of the form of today or of before (nbformat 3); None where there are none."""
    if blob.size > _MOST:
        return None
    data = blob.read()
    try:
        book = json.loads(data.decode(detect(data).name))
        cells = book.get("cells")
        if cells is None:
            cells = [cell for sheet in book["worksheets"] for cell in sheet["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return cells if isinstance(cells, list) else None


class _Book:
    def __init__(self) -> None:
        self.blocks = Blocks()

    def cell(self, cell: Any, number: int) -> None:
        """One cell: its source, what it put out, what is attached to it."""
        if not isinstance(cell, dict):
            return
        self.blocks.page = number
        is_code = cell.get("cell_type") == "code"
        self.blocks.source(_text(cell.get("source", cell.get("input"))), "code" if is_code else "prose", "cell.py")
        for output in _list(cell.get("outputs")):
            self._output(output)
        for bundle in _dict(cell.get("attachments")).values():
            self._bundle(_dict(bundle))

    def _output(self, output: Any) -> None:
        said = _dict(output)
        for key in ("text", "traceback", "evalue"):
            text = (
                "\n".join(map(_text, said["traceback"])) if key == "traceback" and key in said else _text(said.get(key))
            )
            self._lines(_COLOURS.sub("", text))
        # before nbformat 4 the forms of an output stood in the output itself
        old = {"text/html": said["html"]} if "html" in said else {}
        self._bundle({**_dict(said.get("data")), **old})

    def _bundle(self, bundle: dict[str, Any]) -> None:
        """One output in all its forms; a form that says nothing new is left out."""
        seen: set[str] = set()
        for kind, value in bundle.items():
            if kind.startswith("image/") and kind != "image/svg+xml":
                continue
            text = _text(value) if isinstance(value, str | list) else json.dumps(value, ensure_ascii=False, indent=1)
            text = _visible(text) if kind in ("text/html", "image/svg+xml") else text
            if "".join(text.split()) not in seen:
                self._lines(text)
            seen.add("".join(text.split()))

    def _lines(self, text: str) -> None:
        for line in text.splitlines():
            if line.strip():
                self.blocks.beside(line.strip(), "output")


def _visible(source: str) -> str:
    collector = HtmlText()
    if (root := parse(source.encode("utf-8", "replace"), "utf-8")) is not None:
        collector.feed(root)
    return collector.text


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(v for v in value if isinstance(v, str))
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


FORMAT = Format("notebook", MEDIA, claims, read, (".ipynb",))
