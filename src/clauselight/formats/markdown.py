"""Markdown: prose with headings by ``#`` and tables by pipes."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

SUFFIXES = (".md", ".markdown", ".mdx", ".qmd", ".rmd")


def claims(head: bytes, name: str) -> int:
    return 60 if name.endswith(SUFFIXES) and not looks_binary(head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    return text_documents(blob, session, "markdown/1", "text/markdown", "prose")


FORMAT = Format("markdown", "text/markdown", claims, read, SUFFIXES)
