"""Plain text, and everything that is text and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document


def claims(head: bytes, name: str) -> int:
    return 0 if looks_binary(head) else 1


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Lines as they stand; prose or code is told by their shape."""
    return text_documents(blob, session, "text/1", "text/plain")


FORMAT = Format("text", "text/plain", claims, read, (".txt", ".text", ".log", ".rst", ".tex"))
