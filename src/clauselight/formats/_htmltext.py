"""Visible text of HTML with the source line of each block, tables as rows with headers, headings as a path."""

from __future__ import annotations

import re
from typing import Any

from clauselight.model import BlockLayout, Context, Document, Unit
from clauselight.structure.clauses import clause_heading, heading_path

#: elements that begin and end a line of their own
_BLOCK = frozenset(
    (
        *("p", "div", "pre", "blockquote", "br", "hr", "address", "figure", "figcaption", "details", "summary"),
        *("ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "title", "body", "main"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
        *("section", "article", "header", "footer", "nav", "aside"),
        *("form", "fieldset", "label", "select", "option"),
    )
)
#: elements with nothing to read
_SKIP = {"script", "style", "noscript", "template", "head", "svg", "math"}
#: white space of HTML, shown as one space (HTML Living Standard, 3.2.5)
_SPACE = re.compile(r"[ \t\r\n\f]+")
#: "h1" to "h6"
_HEADING = re.compile(r"h[1-6]")
#: the declaration of XHTML, which names an encoding that the text no longer has: "<?xml version='1.0' encoding='gbk'?>"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
#: the encoding that a page names: "<meta charset='gbk'>", "content='text/html; charset=utf-8'"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


class HtmlText:
    """Collects blocks of visible text."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.units: list[Unit] = []
        self.contexts: list[Context] = []
        self.headings: list[tuple[int, str]] = []
        self.plain: list[str] = []
        self.at = 0
        self._open: list[str] = []
        self._line: int | None = None
        self._last: int | None = None

    def feed(self, root: Any, page: int | None = None) -> None:
        """Walk a parsed tree."""
        self.page = page
        self._walk(root)
        self._close(Context("prose"))

    def lines(self, text: str, page: int | None = None) -> None:
        """Add the lines of a text that is no page."""
        self.page = page
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                self._emit(line.strip(), number, number, Context("prose"))

    def _walk(self, node: Any) -> None:
        stack: list[tuple[Any, bool]] = [(node, False)]
        while stack:
            element, leaving = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else None
            if leaving:
                self._leave(tag, element)
                continue
            if tag is None or tag in _SKIP:
                self._put(element.tail, element)
                continue
            if tag == "table" and _is_data_table(element):
                self._close(None)
                self._table(element)
                self._put(element.tail, element)
                continue
            if tag in _BLOCK:
                self._close(None)
            self._put(element.text, element)
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))

    def _leave(self, tag: str | None, element: Any) -> None:
        if tag and _HEADING.fullmatch(tag):
            text = _SPACE.sub(" ", "".join(self._open)).strip()
            level = int(tag[1])
            self.headings = [h for h in self.headings if h[0] < level]
            if text:
                self.headings.append((level, text[:120]))
        if tag in _BLOCK:
            self._close(None)
        self._put(element.tail, element)

    def _put(self, text: str | None, element: Any) -> None:
        if text and text.strip():
            if not self._open:
                self._line = getattr(element, "sourceline", None)
            self._last = getattr(element, "sourceline", None)
        if text:
            self._open.append(text)

    def _close(self, context: Context | None) -> None:
        text = _SPACE.sub(" ", "".join(self._open)).strip()
        self._open = []
        if not text:
            return
        self._emit(text, self._line, self._last, context)

    def _emit(self, text: str, line: int | None, last: int | None, context: Context | None) -> None:
        self.plain.append(text)
        if context is None or not context.headings:
            titles = tuple(h for _, h in self.headings)
            number = None
            if not titles or clause_heading(text):
                number, found = heading_path(lambda i: self.plain[i], len(self.plain) - 1, 40)
                titles = titles or found
            base = context or Context("prose")
            context = Context(base.kind, number, titles, base.owners, base.headers, base.row)
        self.units.append(Unit(self.at, self.at + len(text), line, max(line or 0, last or 0) or None, self.page))
        self.contexts.append(context)
        self.pieces += [text, "\n"]
        self.at += len(text) + 1

    def _table(self, table: Any) -> None:
        header: tuple[str, ...] = ()
        for number, row in enumerate(table.iter("tr")):
            cells = [_SPACE.sub(" ", "".join(c.itertext())).strip() for c in row if c.tag in ("td", "th")]
            if not any(cells):
                continue
            line = getattr(row, "sourceline", None)
            last = max((getattr(e, "sourceline", 0) or 0 for e in row.iter()), default=line or 0)
            self._emit("\t".join(cells), line, last, Context("table", None, (), (), header if number else (), cells[0]))
            if not header:
                header = tuple(cells)

    def document(self, path: str, media_type: str, reader: str, title: str) -> Document:
        layout = BlockLayout(self.units or [Unit(0, 0)], self.contexts or [Context()])
        return Document(path, media_type, reader, "".join(self.pieces), layout, title=title)


def _is_data_table(table: Any) -> bool:
    """A table of rows and columns, not one that only lays out a page."""
    rows = list(table.iter("tr"))
    if table.find(".//table") is not None or len(rows) < 2:
        return False
    return all(len("".join(c.itertext())) < 600 for row in rows[:6] for c in row if isinstance(c.tag, str))


def parse(data: bytes, encoding: str) -> Any:
    """The tree of an HTML page, however broken; None where there is nothing."""
    from lxml import html

    # the parser ends at a zero, a browser passes over it (HTML Living Standard, 13.2.5.1)
    text = data.decode(encoding, "replace").replace("\0", "")
    text = _DECLARATION.sub("", text)
    if not text.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)


def declared_encoding(data: bytes) -> str | None:
    """The charset that a page names in its head, if Python knows it."""
    import codecs

    found = _CHARSET.search(data[:4096])
    if not found:
        return None
    name = found[1].decode("ascii", "ignore").lower()
    name = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "iso-8859-9": "cp1254"}.get(name, name)
    try:
        codecs.lookup(name)
    except LookupError:
        return None
    return name
