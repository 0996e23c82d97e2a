"""JSON and JSON lines: text with the keys that own each line."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson", ".jsonld", ".json5")


def claims(head: bytes, name: str) -> int:
    if looks_binary(head):
        return 0
    if name.endswith(SUFFIXES):
        return 60
    return 20 if head.lstrip()[:2] in (b'{"', b"[{", b"{\n", b"{\r") and head.count(b'":') > 3 else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The text as it stands; escapes are unfolded only for matching."""
    return text_documents(blob, session, "json/1", "application/json", "code")


FORMAT = Format("json", "application/json", claims, read, SUFFIXES)
