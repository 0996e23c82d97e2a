"""XML, XSD, WSDL: read as text with its elements. Entities are never expanded and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, Reading, looks_binary
from clauselight.model import Blob, Document

SUFFIXES = (".xml", ".xsd", ".wsdl", ".rng", ".xsl", ".xslt", ".svg", ".plist", ".xmi", ".rdf", ".ofd")


def claims(head: bytes, name: str) -> int:
    if looks_binary(head):
        return 0
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    if start.startswith(b"<?xml"):
        return 5 if b"<html" in head.lower() else 70
    return 55 if name.endswith(SUFFIXES) and start.startswith(b"<") else 0


def read(blob: Blob, reading: Reading) -> Iterator[Document]:
    """The markup as it stands, so that lines are those of the file. Declared entities are named as unread."""
    head = blob.head(1 << 16)
    if re.search(rb"<!ENTITY", head, re.IGNORECASE):
        outside = re.search(rb"<!ENTITY[^>]*\b(?:SYSTEM|PUBLIC)\b", head, re.IGNORECASE)
        reading.problem(
            "xml-entities", "declares entities; they are not expanded" + (" and none is fetched" if outside else "")
        )
    return text_documents(blob, reading, "xml/1", "application/xml", "markup")


FORMAT = Format("xml", "application/xml", claims, read, SUFFIXES)
