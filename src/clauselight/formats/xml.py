"""XML, XSD, WSDL: read as text with its elements. Entities are never expanded and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauselight.formats._text import text_documents
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

SUFFIXES = (".xml", ".xsd", ".wsdl", ".rng", ".xsl", ".xslt", ".plist", ".xmi", ".rdf", ".ofd")


#: an entity of the document type: "<!ENTITY b 'x'>", and one that would be fetched: "<!ENTITY c SYSTEM 'file:///…'>"
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_OUTSIDE = re.compile(rb"<!ENTITY[^>]*\b(?:SYSTEM|PUBLIC)\b", re.IGNORECASE)


def claims(head: bytes, name: str) -> int:
    if looks_binary(head):
        return 0
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    if start.startswith(b"<?xml"):
        return 5 if b"<html" in head.lower() else 70
    return 55 if name.endswith(SUFFIXES) and start.startswith(b"<") else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The markup as it stands, so that lines are those of the file. Declared entities are named as unread."""
    head = blob.head(1 << 16)
    if _ENTITY.search(head):
        outside = _OUTSIDE.search(head)
        session.report.problem(
            "xml-entities", "declares entities; they are not expanded" + (" and none is fetched" if outside else "")
        )
    return text_documents(blob, session, "xml/1", "application/xml", "markup")


FORMAT = Format("xml", "application/xml", claims, read, SUFFIXES)
