"""CSV and TSV: each row knows the header of the file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Context, Document, LineLayout


def claims(head: bytes, name: str) -> int:
    return 60 if name.endswith((".csv", ".tsv", ".tab", ".psv")) and not looks_binary(head) else 0


def _describer(delimiter: str, header: tuple[str, ...]) -> Callable[[LineLayout, int], Context]:
    def describe(layout: LineLayout, index: int) -> Context:
        cells = next(csv.reader([layout.line(index)], delimiter=delimiter), [])
        return Context(
            "table", None, (), (), header if index or layout.first_line > 1 else (), cells[0] if cells else None
        )

    return describe


def _judged(first: str, delimiter: str) -> str:
    """The delimiter of a file by its first line; one that its name gives is kept."""
    other = max(";\t|", key=first.count)
    return other if delimiter == "," and first.count(",") < first.count(other) else delimiter


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Rows as lines. A quoted field that runs over lines keeps the header, too."""
    header: tuple[str, ...] = ()
    delimiter = "\t" if blob.path.lower().endswith((".tsv", ".tab")) else ","
    for document in text_documents(blob, session, "delimited/1", "text/csv", "prose"):
        assert isinstance(document.layout, LineLayout)
        if document.offset == 0:
            first = document.layout.line(0)
            delimiter = _judged(first, delimiter)
            header = tuple(next(csv.reader([first], delimiter=delimiter), []))
        lines = document.layout
        layout = LineLayout(lines.text, _describer(delimiter, header), lines.first_line, lines.kind)
        yield replace(document, layout=layout)


FORMAT = Format("delimited", "text/csv", claims, read, (".csv", ".tsv"))
