"""PPTX: slides as pages, tables as rows, then the notes of each slide, comments, charts and drawings.

Then masters and layouts, alternative texts, and whatever else has words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats._zip import Package, local, names_in, opened, paragraphs_of, properties
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

MEDIA = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_SUFFIXES = (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx")
#: what a slide leads to, and what it is called
_BESIDE = {"notesSlide": "note", "chart": "chart", "chartEx": "chart", "diagramData": "drawing", "comments": "comment"}
#: parts of text that no slide may lead to
_TEXTS = (
    (r"ppt/notesSlides/[^/]*\.xml", "note"),
    (r"ppt/comments/[^/]*\.xml", "comment"),
    (r"ppt/charts/chart[^/]*\.xml", "chart"),
    (r"ppt/diagrams/data\d*\.xml", "drawing"),
    (r"ppt/drawings/[^/]*\.xml", "drawing"),
)
#: parts that hold no text of the document
_NO_TEXT = (
    r"\[Content_Types\]\.xml|.*\.rels|docProps/.*|ppt/(?:presProps|viewProps|tableStyles"
    r"|commentAuthors|authors|revisionInfo)\.xml|ppt/(?:theme|fonts|printerSettings)/.*"
    r"|ppt/charts/(?:style|colors)\d*\.xml|ppt/diagrams/(?:layout|quickStyle|colors|drawing)\d*\.xml|_xmlsignatures/.*"
)


def claims(head: bytes, name: str) -> int:
    if not head.startswith(b"PK\x03\x04"):
        return 0
    return 100 if name.endswith(_SUFFIXES) or any(n.startswith("ppt/") for n in names_in(head)) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Slides in their order. Pictures, sound and embedded files are named as not read."""
    blocks = Blocks()
    with opened(blob) as archive:
        package = Package(archive, session)
        slides = _slides(package)
        if not slides and "ppt/presentation.xml" not in package:
            raise ReadError("damaged", "no slides inside; the file is no PPTX or was cut off")
        for number, part in enumerate(slides, 1):
            blocks.page = number
            _slide(package, part, blocks)
            session.passed(number, len(slides))
        blocks.page = None
        for pattern, what in _TEXTS:
            for part in package.left(pattern):
                _beside(package, part, what, blocks)
        properties(package, blocks)
        package.rest(blocks, _NO_TEXT)
    yield blocks.document(blob.path, MEDIA, "pptx/2")


def _slides(package: Package) -> list[str]:
    """The slides in the order of the presentation, then those that it does not name."""
    named: list[str] = []
    main = [part for kind, part in package.relations("").values() if kind == "officeDocument"]
    for part in dict.fromkeys((*main, "ppt/presentation.xml")):
        if part in package and (root := package.xml(part, text=False)) is not None:
            relations = package.relations(part)
            keys = [v for n in root.iter() if local(n) == "sldId" for k, v in n.attrib.items() if k.endswith("}id")]
            named += [relations[k][1] for k in keys if k in relations and relations[k][1] in package]
    return list(dict.fromkeys((*named, *package.matching(r"ppt/slides/[^/]*\.xml"))))


def _slide(package: Package, part: str, blocks: Blocks) -> None:
    root = package.xml(part)
    if root is None:
        return
    _shapes(root, blocks)
    for kind, target in package.relations(part).values():
        if kind in _BESIDE and package.unread(target):
            _beside(package, target, _BESIDE[kind], blocks)


def _beside(package: Package, part: str, what: str, blocks: Blocks) -> None:
    root = package.xml(part)
    texts = list(paragraphs_of(root))
    if what == "comment" and root is not None:  # the old form of comments holds its text in an element of its own
        texts += [n.text.strip() for n in root.iter() if local(n) == "text" and n.text and n.text.strip()]
    for text in texts:
        blocks.beside(text, what)


def _shapes(node: Any, blocks: Blocks) -> None:
    """Paragraphs and tables in the order of the slide. A second form of a shape, for old programs, is left out."""
    loose: list[str] = []
    for child in node:
        name = local(child)
        if name == "tbl":
            rows = [n for n in child if local(n) == "tr"]
            blocks.table([[" ".join(paragraphs_of(c)) for c in row if local(c) == "tc"] for row in rows])
        elif name == "p":
            for text in paragraphs_of(child):
                blocks.paragraph(text)
        elif name == "t" and child.text:
            loose.append(child.text)
        elif name == "AlternateContent":
            _alternative(child, blocks)
        elif name:
            _shapes(child, blocks)
    if text := "".join(loose).strip():
        blocks.paragraph(text)


def _alternative(node: Any, blocks: Blocks) -> None:
    """A shape in its newest form; where that has no text, in the form for old programs (ISO/IEC 29500-3, 7.5)."""
    before = len(blocks.units)
    for child in node:
        if local(child) != "Fallback" or len(blocks.units) == before:
            _shapes(child, blocks)


FORMAT = Format("pptx", MEDIA, claims, read, (".pptx", ".pptm", ".ppsx"), version=2)
