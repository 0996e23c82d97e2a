"""CSV and TSV: each row knows the header of the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document, LineLayout
from clauselight.model.document import Columns
from clauselight.structure.tables import in_columns


def claims(head: bytes, name: str) -> int:
    return 60 if name.endswith((".csv", ".tsv", ".tab", ".psv")) and not looks_binary(head) else 0


def _judged(first: str, delimiter: str) -> str:
    """The delimiter of a file by its first line; one that its name gives is kept."""
    other = max(";\t|", key=first.count)
    return other if delimiter == "," and first.count(",") < first.count(other) else delimiter


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Rows as lines. A quoted field that runs over lines keeps the header, too."""
    columns = Columns(",")
    delimiter = "\t" if blob.name.endswith((".tsv", ".tab")) else ","
    for document in text_documents(blob, session, "delimited/1", "text/csv", "prose"):
        assert isinstance(document.layout, LineLayout)
        if document.offset == 0:
            first = document.layout.line(0)
            delimiter = _judged(first, delimiter)
            columns = Columns(delimiter, tuple(next(csv.reader([first], delimiter=delimiter), [])))
        lines = document.layout
        layout = LineLayout(lines.text, in_columns(columns), lines.first_line, lines.kind, columns)
        yield replace(document, layout=layout)


FORMAT = Format("delimited", "text/csv", claims, read, (".csv", ".tsv"), version=2)
