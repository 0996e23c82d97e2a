"""DOCX: paragraphs in order, table rows with their headers, notes, page headers. The line number is the paragraph's."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from clauselight.errors import ReadError
from clauselight.formats._zip import member, opened
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, BlockLayout, Context, Document, Unit
from clauselight.structure.clauses import heading_path

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")


def claims(head: bytes, name: str) -> int:
    if head.startswith(b"PK\x03\x04") and (b"word/" in head or name.endswith((".docx", ".docm", ".dotx"))):
        return 100
    return 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The body first, then notes and comments, then page headers and footers."""
    builder = _Builder()
    with opened(blob) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names:
            raise ReadError("damaged", "no word/document.xml inside; the file is no DOCX or was cut off")
        extra = sorted(n for n in names if n.startswith(("word/header", "word/footer")) and n.endswith(".xml"))
        for part in (*[p for p in _PARTS if p in names], *extra):
            builder.part(archive, part, session)
        pictures = sum(n.startswith("word/media/") for n in names)
    if pictures:
        session.report.problem("pictures-inside", f"{pictures} pictures inside the file were not read")
    yield builder.document(blob)


class _Builder:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.units: list[Unit] = []
        self.contexts: list[Context] = []
        self.lines: list[str] = []
        self.at = 0
        self.paragraph = 0

    def part(self, archive: zipfile.ZipFile, name: str, session: ReadSession) -> None:
        from lxml import etree

        try:
            root = etree.fromstring(
                member(archive, name), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            )
        except etree.XMLSyntaxError as error:
            session.report.problem("damaged-part", f"{name}: {error}")
            return
        body = root.find(f"{_W}body")
        self._blocks(body if body is not None else root)

    def _blocks(self, parent: object) -> None:
        for node in parent:  # type: ignore[attr-defined]
            if node.tag == f"{_W}p":
                self._add([_text(node)], 1, None)
            elif node.tag == f"{_W}tbl":
                self._table(node)
            elif isinstance(node.tag, str):
                self._blocks(node)

    def _table(self, table: object) -> None:
        header: tuple[str, ...] = ()
        caption = self.lines[-1] if self.lines else ""
        for number, row in enumerate(table.iterfind(f"{_W}tr")):  # type: ignore[attr-defined]
            cells: list[str] = []
            count = 0
            for cell in row.iterfind(f".//{_W}tc"):
                paragraphs = [_text(p) for p in cell.iter(f"{_W}p")]
                count += len(paragraphs)
                cells.append(" ".join(p for p in paragraphs if p))
            own = header if number else ()
            self._add(
                cells,
                count,
                Context("table", None, (caption,) if caption else (), (), own, cells[0] if cells else None),
            )
            if number == 0:
                header = tuple(cells)

    def _add(self, cells: list[str], paragraphs: int, context: Context | None) -> None:
        text = "\t".join(cells)
        first = self.paragraph + 1
        self.paragraph += max(1, paragraphs)
        self.units.append(Unit(self.at, self.at + len(text), first, self.paragraph))
        self.pieces += [text, "\n"]
        self.at += len(text) + 1
        if context is None:
            self.lines.append(text)
            number, headings = heading_path(lambda i: self.lines[i], len(self.lines) - 1, 60)
            context = Context("prose", number, headings)
        self.contexts.append(context)

    def document(self, blob: Blob) -> Document:
        title = next((line for line in self.lines if line.strip()), "")[:120]
        layout = BlockLayout(self.units or [Unit(0, 0)], self.contexts or [Context()])
        media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return Document(blob.path, media, "docx/1", "".join(self.pieces), layout, title=title)


def _text(paragraph: object) -> str:
    out: list[str] = []
    for node in paragraph.iter():  # type: ignore[attr-defined]
        if node.tag == f"{_W}t":
            out.append(node.text or "")
        elif node.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            out.append(" ")
    return "".join(out)


FORMAT = Format(
    "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", claims, read, (".docx", ".docm")
)
