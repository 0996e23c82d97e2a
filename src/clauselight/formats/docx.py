"""DOCX: paragraphs in order, table rows with their headers, notes, page headers. The line number is the paragraph's.

Also deleted text, charts, drawings, building blocks, imported pages and the properties of the document, each under a
heading that says what it is. Pictures and embedded files are named as not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats._zip import Package, local, names_in, opened, paragraphs_of, properties
from clauselight.formats.registry import Format, format_of
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
#: parts of text beside the body, in the order in which they are read
_TEXTS = (
    r"word/footnotes\d*\.xml",
    r"word/endnotes\d*\.xml",
    r"word/comments\d*\.xml",
    r"word/(header|footer)\d*\.xml",
)
#: parts whose paragraphs stand in shapes, and what they are called
_SHAPES = (
    (r"word/charts/chart[^/]*\.xml", "chart"),
    (r"word/diagrams/data\d*\.xml", "drawing"),
    (r"word/drawings/[^/]*\.xml", "drawing"),
)
#: parts that hold no text of the document
_NO_TEXT = (
    r"\[Content_Types\]\.xml|.*\.rels|docProps/.*|word/(?:glossary/)?(?:styles|fontTable"
    r"|webSettings|stylesWithEffects|people|commentsExtended|commentsIds|commentsExtensible|fontKey)\d*\.xml"
    r"|word/(?:glossary/)?(?:theme|fonts|_rels|printerSettings)/.*|word/charts/(?:style|colors)\d*\.xml"
    r"|word/diagrams/(?:layout|quickStyle|colors|drawing)\d*\.xml|(?:_xmlsignatures|userCustomization|mimetype).*"
    r"|word/(?:vbaData|customizations|attachedToolbars|intelligence\d*)\.(?:xml|bin)"
)
#: formats of imported pages that are read in place
_IMPORTED = {"html", "mhtml", "rtf", "text", "xml"}


def claims(head: bytes, name: str) -> int:
    if not head.startswith(b"PK\x03\x04"):
        return 0
    return 100 if name.endswith(_SUFFIXES) or any(n.startswith("word/") for n in names_in(head)) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The body first, then notes and comments, then page headers and footers, then what stands in other parts."""
    with opened(blob) as archive:
        builder = _Builder(Package(archive, session), session)
        builder.read()
    yield builder.blocks.document(blob.path, MEDIA, "docx/3")


class _Builder:
    def __init__(self, package: Package, session: ReadSession) -> None:
        self.blocks = Blocks()
        self._package = package
        self._session = session
        self._relations: dict[str, tuple[str, str]] = {}
        #: what the part is, where it is not the running text
        self._what: str | None = None

    def read(self) -> None:
        package = self._package
        main = self._main()
        self._part(main, needed=True)
        for part in [n for pattern in _TEXTS for n in package.left(pattern)]:
            self._part(part)
        for pattern, what in _SHAPES:
            for part in package.left(pattern):
                for text in paragraphs_of(package.xml(part)):
                    self.blocks.beside(text, what)
        for part in package.left(r"word/glossary/document\d*\.xml"):
            self._what = "building block"
            self._part(part)
        self._what = None
        for part in package.left(r"word/.*\.(x?html?|mht|mhtml|rtf|txt)"):
            self._imported(part)
        properties(package, self.blocks)
        package.rest(self.blocks, _NO_TEXT)

    def _main(self) -> str:
        """The part of the running text, by the relations of the file and else by its usual name."""
        named = [part for kind, part in self._package.relations("").values() if kind == "officeDocument"]
        for part in (*named, "word/document.xml"):
            if part in self._package:
                return part
        raise ReadError("damaged", "no word/document.xml inside; the file is no DOCX or was cut off")

    def _part(self, name: str, *, needed: bool = False) -> None:
        root = self._package.xml(name, needed=needed)
        if root is None:
            return
        self._relations = self._package.relations(name)
        body = next((n for n in root if local(n) == "body"), root)
        self._blocks(body)

    def _blocks(self, parent: Any) -> None:
        for node in parent:
            name = local(node)
            if name == "p":
                self._paragraph(_text(node))
                self._deleted([node])
            elif name == "tbl":
                self._table(node)
            elif name == "altChunk":
                self._alternative(node)
            elif name:
                self._blocks(node)

    def _paragraph(self, text: str) -> None:
        if self._what is None:
            self.blocks.paragraph(text)
        elif text.strip():
            self.blocks.beside(text, self._what)

    def _deleted(self, nodes: list[Any]) -> None:
        """What a tracked change took away from these nodes, as text of its own."""
        pieces = ["".join(n.text or "" for n in node.iter() if local(n) == "delText") for node in nodes]
        if text := " ".join(p.strip() for p in pieces if p.strip()):
            self.blocks.beside(text, "deleted text")

    def _table(self, table: Any) -> None:
        rows: list[list[str]] = []
        counts: list[int] = []
        for row in _rows(table):
            cells: list[str] = []
            count = 0
            for cell in (n for n in row.iter() if local(n) == "tc"):
                paragraphs = [_text(p) for p in cell.iter() if local(p) == "p"]
                count += len(paragraphs)
                cells.append(" ".join(p for p in paragraphs if p))
            rows.append(cells)
            counts.append(count)
        self.blocks.table(rows, counts)
        self._deleted([table])

    def _alternative(self, node: Any) -> None:
        """A page that the document imports when it is opened (ISO/IEC 29500-1, 17.17.2.1)."""
        key = next((v for k, v in node.attrib.items() if k.endswith("}id")), "")
        _, part = self._relations.get(key, ("", ""))
        if part in self._package:
            self._imported(part)

    def _imported(self, part: str) -> None:
        """The text of an imported page; other documents inside stay unread and are named."""
        try:
            inner = Blob(part.lower(), data=self._package.peek(part))
            form = format_of(inner)
            if form is None or form.name not in _IMPORTED:
                return
            self._package.data(part)
            self._session.report.expect(inner.size)
            with ReadSession(self._session.options) as own:
                texts = [document.text for document in form.read(inner, own)]
            self._session.report.problems += own.report.problems
        except ReadError as error:
            self._session.report.problem(error.reason, f"{part}: {error.message}")
            return
        for line in "".join(texts).splitlines():
            if line.strip():
                self.blocks.paragraph(line.strip())


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, also those inside content controls and custom elements; not those of tables in its cells."""
    for node in table:
        if local(node) == "tr":
            yield node
        elif local(node) not in ("tbl", "tc", "tblPr", "tblGrid"):
            yield from _rows(node)


def _text(paragraph: Any) -> str:
    out: list[str] = []
    for node in paragraph.iter():
        name = local(node)
        if name == "t":
            out.append(node.text or "")
        elif name == "sym":
            out.append(_sign(node))
        elif name == "noBreakHyphen":
            out.append("-")
        elif name in ("tab", "br", "cr") and local(node.getparent()) != "tabs":
            out.append(" ")
    return "".join(out)


def _sign(node: Any) -> str:
    """A sign that is given by its number in a font (ISO/IEC 29500-1, 17.3.3.30); one of a font of pictures is none."""
    number = next((v for k, v in node.attrib.items() if k.endswith("}char")), "")
    try:
        sign = chr(int(number, 16))
    except (ValueError, OverflowError):
        return ""
    return sign if sign.isprintable() and sign.isalnum() else " "


FORMAT = Format("docx", MEDIA, claims, read, (".docx", ".docm"), version=3)
