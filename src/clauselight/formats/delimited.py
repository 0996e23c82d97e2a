"""CSV and TSV: each row knows the header of the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, Reading, looks_binary
from clauselight.model import Blob, Context, Document, LineLayout


def claims(head: bytes, name: str) -> int:
    return 60 if name.endswith((".csv", ".tsv", ".tab", ".psv")) and not looks_binary(head) else 0


def _describe(delimiter: str, header: tuple[str, ...]) -> object:
    def describe(layout: LineLayout, index: int) -> Context:
        cells = next(csv.reader([layout.line(index)], delimiter=delimiter), [])
        return Context(
            "table", None, (), (), header if index or layout.first_line > 1 else (), cells[0] if cells else None
        )

    return describe


def read(blob: Blob, reading: Reading) -> Iterator[Document]:
    """Rows as lines. A quoted field that runs over lines keeps the header, too."""
    header: tuple[str, ...] = ()
    delimiter = "\t" if blob.path.lower().endswith((".tsv", ".tab")) else ","
    for document in text_documents(blob, reading, "delimited/1", "text/csv", "prose"):
        assert isinstance(document.layout, LineLayout)
        if document.offset == 0:
            first = document.layout.line(0)
            if delimiter == "," and first.count(",") < max(first.count(";"), first.count("\t"), first.count("|")):
                delimiter = max(";\t|", key=first.count)
            header = tuple(next(csv.reader([first], delimiter=delimiter), []))
        document.layout._describe = _describe(delimiter, header)  # type: ignore[assignment]
        yield document


FORMAT = Format("delimited", "text/csv", claims, read, (".csv", ".tsv"))
