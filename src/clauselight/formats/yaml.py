"""YAML: text with the keys that own each line, by indentation."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document


def claims(head: bytes, name: str) -> int:
    return 60 if name.endswith((".yaml", ".yml")) and not looks_binary(head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    return text_documents(blob, session, "yaml/1", "application/yaml", "code")


FORMAT = Format("yaml", "application/yaml", claims, read, (".yaml", ".yml"))
