"""Office documents in one file of XML: Word and Excel 2003, flat OPC, and flat OpenDocument (FODT, FODS, FODP, FODG).

Read as the documents that they are: words that are cut by marks of form are whole, and cells are rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from clauselight.formats import docx, odf, pptx
from clauselight.formats._blocks import Blocks
from clauselight.formats._packwords import Unsaid, open_words, words_beside
from clauselight.formats._text import text_documents
from clauselight.formats._zip import local
from clauselight.formats.registry import Format, looks_binary
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.parts.inside import may_hold_text

_SUFFIXES = (".fodt", ".fods", ".fodp", ".fodg")
#: the first element of each, with the names that belong to it
_WORD = re.compile(rb"<(?:\w+:)?wordDocument\b[^>]*schemas\.microsoft\.com/office/word/2003")
_PACKAGE = re.compile(rb"<(?:\w+:)?package\b[^>]*schemas\.microsoft\.com/office/2006/xmlPackage")
_WORKBOOK = re.compile(rb"<(?:\w+:)?Workbook\b[^>]*schemas-microsoft-com:office:spreadsheet")
_OPEN = re.compile(rb"<(?:\w+:)?document\b[^>]*urn:oasis:names:tc:opendocument:xmlns:office")
#: elements with a picture or a file in base64
_BINARY = ("binData", "binaryData", "binary-data")


def claims(head: bytes, name: str) -> int:
    known = any(first.search(head) for first in (_WORD, _PACKAGE, _WORKBOOK, _OPEN))
    return 95 if known and not looks_binary(head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The document; where its XML is broken, the markup as it is written."""
    from lxml import etree

    data = blob.read()
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        session.report.problem("damaged", f"the XML is broken: {error}; it is read as it is written")
        yield from text_documents(blob, session, "xml/1", "application/xml", "markup")
        return
    _pictures(root, session)
    kind = local(root)
    if kind == "wordDocument":
        yield from docx.read(Blob(blob.path, data=_packed({"word/document.xml": data})), session)
    elif kind == "package":
        yield from _package(blob, root, session)
    else:
        blocks = _open(root) if kind == "document" else _workbook(root)
        session.report.expect(len(blocks.text))
        media = "application/vnd.oasis.opendocument.text" if kind == "document" else "application/vnd.ms-excel"
        yield blocks.document(blob.path, media, "flat/1")


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def _package(blob: Blob, root: Any, session: ReadSession) -> Iterator[Document]:
    """A package whose parts stand in one file (ISO/IEC 29500-2 in the form that Office calls flat OPC)."""
    from lxml import etree

    parts: dict[str, bytes] = {}
    for part in root:
        name = next((v for k, v in part.attrib.items() if k.endswith("}name")), "").lstrip("/")
        for body in part if name else ():
            if local(body) == "xmlData" and len(body):
                parts[name] = etree.tostring(body[0], encoding="utf-8", xml_declaration=True, with_tail=False)
    inner = Blob(blob.path, data=_packed(parts))
    yield from (pptx if "ppt/presentation.xml" in parts else docx).read(inner, session)


def _pictures(root: Any, session: ReadSession) -> None:
    """Name the pictures and files inside, which are not read."""
    count = sum(may_hold_text(node.text or "") for node in root.iter() if local(node) in _BINARY and not len(node))
    if count:
        message = f"{count} pictures or files inside the file were not read; save it as PDF and check that"
        session.report.problem("pictures-inside", message)


def _open(root: Any) -> Blocks:
    """A flat file of OpenDocument."""
    walk = odf.Walk()
    walk.read(root)
    walk.headers(root)
    unsaid = Unsaid(walk.blocks.text)
    for body in odf.bodies_of(root):
        for text, what in open_words(body):
            if unsaid.new(text):
                walk.blocks.beside(text, what)
    return walk.blocks


def _workbook(root: Any) -> Blocks:
    """A workbook of Excel 2003: each sheet a page, with its name, its rows and the comments of its cells."""
    blocks = Blocks()
    for number, sheet in enumerate((n for n in root if local(n) == "Worksheet"), 1):
        blocks.page = number
        blocks.paragraph(next((v for k, v in sheet.attrib.items() if k.endswith("}Name")), ""))
        rows = [[_cell(cell) for cell in row if local(cell) == "Cell"] for row in sheet.iter() if local(row) == "Row"]
        blocks.table([row for row in rows if any(row)])
    blocks.page = None
    unsaid = Unsaid(blocks.text)
    for text, what in words_beside(root, ("Data",)):
        if unsaid.new(text):
            blocks.beside(text, what)
    return blocks


def _cell(cell: Any) -> str:
    return " ".join("".join(t for n in cell if local(n) == "Data" for t in n.itertext()).split())


FORMAT = Format("flat", "application/xml", claims, read, _SUFFIXES)
