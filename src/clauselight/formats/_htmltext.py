"""Text of HTML with the line of the source that it stands on: tables as rows with headers, headings as a path.

The page as it is read comes first. Behind it stands what a page holds beside that, each with what it is as its last
heading: alternative texts, comments, templates, frames written inside, code of attributes. Scripts and style sheets are
documents of their own, read the way files of code are.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from clauselight.formats._htmlparts import aside, is_template
from clauselight.formats._htmltokens import Token, tokens
from clauselight.formats.session import ReadReport
from clauselight.model import BlockLayout, Context, Document, LineLayout, Unit
from clauselight.structure.clauses import clause_heading, heading_path
from clauselight.structure.describe import describer

#: elements that begin and end a line of their own
_BLOCK = frozenset(
    (
        *("p", "div", "pre", "blockquote", "br", "hr", "address", "figure", "figcaption", "details", "summary"),
        *("ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "title", "body", "main"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
        *("section", "article", "header", "footer", "nav", "aside", "html", "head", "textarea"),
        *("form", "fieldset", "legend", "label", "select", "option", "optgroup"),
    )
)
#: elements of a drawing that hold a line of text
_DRAWN = frozenset(("text", "desc", "title", "foreignobject"))
#: elements that are no part of the running text, and what that is called
_APART = {"noscript": "without scripts", "template": "template", "svg": "drawing"}
#: elements whose content is another page, and what that is called
_INNER = {"iframe": "frame", "noframes": "without frames", "noembed": "without frames"}
#: pages inside pages that are taken apart; what is deeper is read as it is written
_DEEPEST = 5
#: white space of HTML, shown as one space (HTML Living Standard, 3.2.5)
_SPACE = re.compile(r"[ \t\r\n\f]+")
#: "h1" to "h6"
_HEADING = re.compile(r"h[1-6]")
#: elements that end a cell
_ROW = frozenset(("table", "thead", "tbody", "tfoot", "tr"))
#: a tag in a text that may be no page: "<b>", "</td>"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
#: the declaration of XHTML, which names an encoding that the text no longer has: "<?xml version='1.0' encoding='gbk'?>"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
#: the encoding that a page names: "<meta charset='gbk'>", "content='text/html; charset=utf-8'"
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
#: letters that a cell of a data table has at most, in the rows by which it is judged
_CELL, _JUDGED = 600, 6


@dataclass(slots=True)
class Block:
    """A stretch of text on its way into a document. `marks` are places in it at which a line of the source begins."""

    text: str
    line: int | None
    last: int | None
    context: Context
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A script or a style sheet with the line and the page that it begins on."""

    text: str
    line: int
    page: int | None


class Pieces:
    """Text as it comes, each piece with its line; white space becomes one space when it is taken."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, int]] = []

    def add(self, text: str, line: int, *, verbatim: bool = False) -> None:
        """Add text as it is written; its entities are resolved unless it is `verbatim`."""
        for number, part in enumerate(text.split("\n")):
            shown = part if verbatim or "&" not in part else html.unescape(part)
            self._pieces.append((f"\n{shown}" if number else shown, line + number))

    def take(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The text, and for each line of the source the place at which its first letter stands. Leaves nothing."""
        text: list[str] = []
        marks: list[tuple[int, int]] = []
        size, spaced = 0, False
        for piece, line in self._pieces:
            shown = _SPACE.sub(" ", piece)
            shown = (shown[1:] if spaced and shown.startswith(" ") else shown) if size else shown.lstrip()
            if not shown:
                continue
            if (bare := shown.lstrip()) and (not marks or marks[-1][1] != line):
                marks.append((size + len(shown) - len(bare), line))
            text.append(shown)
            size += len(shown)
            spaced = shown.endswith(" ")
        self._pieces.clear()
        return "".join(text).rstrip(), tuple(marks)


class HtmlText:
    """Collects the text of pages."""

    def __init__(self, what: str = "", over: tuple[str, ...] = (), depth: int = 0) -> None:
        self.units: list[Unit] = []
        self.contexts: list[Context] = []
        self.headings: list[tuple[int, str]] = []
        self.page: int | None = None
        #: title of the first page that has one
        self.title = self._title = ""
        #: pictures written into the page, other files written into it, and pages that it shows from elsewhere
        self.pictures = self.files = self.frames = 0
        #: whether scripts from elsewhere may draw what the page shows
        self.drawn = False
        self._what, self._over, self._depth = what, over, depth
        self._blocks: list[Block] = []
        self._plain: list[str] = []
        self._aside: list[Block] = []
        self._codes: list[Code] = []
        self._known: set[tuple[str, str]] = set()
        self._open = Pieces()
        self._started = Token("start", "", "", 0)
        self._pieces: list[str] = []
        self._marks: list[tuple[int, int]] = []
        self._at = 0

    # --- what is read --------------------------------------------------------------------------------------------

    def feed(self, source: str, page: int | None = None, line: int = 1) -> None:
        """Read a page, which is `page` of a larger whole and begins on `line`."""
        self.page = page
        self._title = ""
        self._flow(tokens(source, line))
        self._close(Context("prose"))
        self._end()

    def lines(self, text: str, page: int | None = None, line: int = 1) -> None:
        """Add the lines of a text that is no page."""
        self.page = page
        for number, each in enumerate(text.splitlines(), line):
            if each.strip():
                self._block(each.strip(), ((0, number),), Context("prose"))
        self._end()

    def _flow(self, stream: Iterator[Token]) -> None:
        """Walk over tokens. Those of the innermost table wait until it is known what the table is for."""
        table: list[Token] = []
        for token in stream:
            if token.kind == "start" and token.name in _APART and self._depth < _DEEPEST:
                self._attributes(token)
                self._apart(_APART[token.name], _content(token.name, stream))
            elif table:
                if token.kind == "start" and token.name == "table":
                    self._laid_out(table)
                    table = [token]
                    continue
                table.append(token)
                if token.kind == "end" and token.name == "table":
                    self._table(table)
                    table = []
            elif token.kind == "start" and token.name == "table":
                table = [token]
            else:
                self._token(token)
        if table:
            self._table(table)

    def _token(self, token: Token) -> None:
        if token.kind == "text":
            if token.name != "title" or self._what:
                self._open.add(token.text, token.line, verbatim=token.name == "verbatim")
            elif not self._title:
                self._title = _SPACE.sub(" ", html.unescape(token.text)).strip()
                self.title = self.title or self._title
        elif token.kind == "start":
            if token.name in _BLOCK or self._is_drawn(token.name):
                self._close(None)
            self._attributes(token)
        elif token.kind == "end":
            self._leave(token.name)
        else:
            self._beside(token)

    def _is_drawn(self, name: str) -> bool:
        return name in _DRAWN and self._what == _APART["svg"]

    def _leave(self, name: str) -> None:
        if _HEADING.fullmatch(name):
            text, marks = self._open.take()
            level = int(name[1])
            self.headings = [h for h in self.headings if h[0] < level]
            if text:
                self.headings.append((level, text[:120]))
                self._block(text, marks, None)
        elif name in _BLOCK or self._is_drawn(name):
            self._close(None)

    def _close(self, context: Context | None) -> None:
        text, marks = self._open.take()
        if text:
            self._block(text, marks, context)

    def _block(self, text: str, marks: tuple[tuple[int, int], ...], context: Context | None) -> None:
        """A block of the page as it is read, under the headings over it."""
        self._plain.append(text)
        base = context or Context("prose")
        titles = tuple(h for _, h in self.headings)
        number = None
        if not titles or clause_heading(text):
            number, found = heading_path(lambda i: self._plain[i], len(self._plain) - 1, 40)
            titles = titles or found
        titles = (*self._over, *titles, *((self._what,) if self._what else ()))
        line, last = (marks[0][1], marks[-1][1]) if marks else (None, None)
        self._blocks.append(Block(text, line, last, replace(base, number=number, headings=titles), marks))

    # --- tables --------------------------------------------------------------------------------------------------

    def _table(self, table: list[Token]) -> None:
        """A table of rows and columns as rows; one that only lays out a page as what stands in it."""
        rows, outside = _rows(table)
        if len(rows) < 2 or any(len(text) >= _CELL for row in rows[:_JUDGED] for text, _ in row.cells):
            self._laid_out(table)
            return
        self._close(None)
        for token in table:
            if token.kind == "start":
                self._attributes(token)
            elif token.kind in ("comment", "server", "raw"):
                self._beside(token)
        for token in outside:
            self._token(token)
        self._close(None)
        header: tuple[str, ...] = ()
        for number, row in enumerate(rows):
            texts = [text for text, _ in row.cells]
            if not any(texts):
                continue
            self._row(row, texts, header if number else ())
            header = header or tuple(texts)

    def _row(self, row: _Row, texts: list[str], header: tuple[str, ...]) -> None:
        marks, at = [(0, row.line)], 0
        for text, own in row.cells:
            marks += [(at + offset, line) for offset, line in own]
            at += len(text) + 1
        lines = tuple(m for i, m in enumerate(marks) if i == 0 or m[1] != marks[i - 1][1])
        self._block("\t".join(texts), lines, Context("table", None, (), (), header, texts[0]))

    def _laid_out(self, table: list[Token]) -> None:
        for token in table:
            self._token(token)

    # --- what stands beside --------------------------------------------------------------------------------------

    def _beside(self, token: Token) -> None:
        if token.kind == "comment":
            self._inner("comment", token.text, token.line, page=bool(_TAG.search(token.text)))
        elif token.kind == "server":
            self._lines("server code", token.text, token.line)
        elif token.name in _INNER:
            self._inner(_INNER[token.name], token.text, token.line)
        elif token.name == "script" and is_template(self._started):
            self._inner("template", token.text, token.line)
        elif token.name in ("script", "style"):
            self._codes.append(Code(token.text, token.line, self.page))
        else:
            self._open.add(token.text, token.line, verbatim=True)

    def _attributes(self, token: Token) -> None:
        """What the attributes of a tag say to people or do, and what is written into them."""
        self._started = token
        self.frames += token.name == "frame" and bool(token.get("src"))
        self.drawn = self.drawn or (token.name == "script" and bool(token.get("src")))
        for part in aside(token):
            self.pictures += part.form == "picture"
            self.files += part.form == "file"
            if part.form == "page":
                self._inner(part.what, part.text, part.line)
            elif part.form in ("prose", "code") and (part.what, part.text) not in self._known:
                self._known.add((part.what, part.text))
                self._lines(part.what, part.text, part.line, "prose" if part.form == "prose" else "code")

    def _lines(self, what: str, text: str, line: int, kind: str = "code") -> None:
        headings = (*self._over, *(h for _, h in self.headings), what)
        context = Context("prose", None, headings) if kind == "prose" else Context("code", None, headings)
        for number, each in enumerate(text.split("\n"), line):
            if shown := each.strip():
                self._aside.append(Block(shown, number, number, context))

    def _inner(self, what: str, text: str, line: int, *, page: bool = True) -> None:
        """A page that is written inside of this one, or a text that is none."""
        if self._depth >= _DEEPEST or not page:
            self._lines(what, text, line, "prose")
            return
        inner = self._collector(what)
        inner.feed(text, self.page, line)
        self._take(inner)

    def _apart(self, what: str, content: Iterator[Token]) -> None:
        """The content of an element that is no part of the running text."""
        inner = self._collector(what)
        inner._flow(content)
        inner._close(Context("prose"))
        self._take(inner)

    def _collector(self, what: str) -> HtmlText:
        inner = HtmlText(what, (*self._over, *(h for _, h in self.headings)), self._depth + 1)
        inner.page = self.page
        inner._known = self._known
        return inner

    def _take(self, inner: HtmlText) -> None:
        self._aside += inner._blocks + inner._aside
        self._codes += inner._codes
        self.pictures += inner.pictures
        self.files += inner.files
        self.frames += inner.frames

    # --- what comes of it ----------------------------------------------------------------------------------------

    def _end(self) -> None:
        """Put the blocks of a page into the text, those beside it behind them."""
        if self._depth:
            return
        said = {block.text for block in self._blocks}
        title = [Block(self._title, None, None, Context("prose", None, ("property",)))] if self._title else []
        beside = [b for b in (*title, *self._aside) if b.text not in said or b.context.kind == "code"]
        for block in (*self._blocks, *beside):
            self._emit(block)
        self._title, self._blocks, self._aside = "", [], []

    def _emit(self, block: Block) -> None:
        self.units.append(Unit(self._at, self._at + len(block.text), block.line, block.last, self.page))
        self.contexts.append(block.context)
        if block.line != block.last:
            self._marks += [(self._at + offset, line) for offset, line in block.marks]
        self._pieces += [block.text, "\n"]
        self._at += len(block.text) + 1

    def account(self, report: ReadReport) -> None:
        """Name what the pages hold or show and what was not read."""
        if self.pictures:
            report.problem("pictures-inside", f"{self.pictures} pictures inside the file were not read")
        if self.files:
            why = f"{self.files} files inside the page were not read; save each as a file of its own and check that"
            report.problem("embedded-objects", why)
        if self.frames:
            why = f"the page shows {self.frames} other pages, which are not in this file; save each and check that"
            report.problem("frames-elsewhere", why)
        if self.drawn and not self._plain:
            report.problem(
                "drawn-by-script",
                "the page has no text of its own, and scripts that are not in this file draw what it shows; open it in "
                "a browser, save it as PDF and check that",
            )

    @property
    def text(self) -> str:
        """Everything that was read, code last."""
        return "".join((*self._pieces, *(_ended(code.text) for code in self._codes)))

    def documents(self, path: str, media_type: str, reader: str, title: str) -> Iterator[Document]:
        """The pages as one document, and each script and style sheet as one with its own lines."""
        codes = [code for code in self._codes if code.text.strip()]
        layout = BlockLayout(self.units or [Unit(0, 0)], self.contexts or [Context()], marks=self._marks)
        text = "".join(self._pieces)
        yield Document(path, media_type, reader, text, layout, title=title, last=not codes)
        offset = len(text)
        for number, code in enumerate(codes, 1):
            text = _ended(code.text)
            lines = LineLayout(text, describer("code", ""), code.line, "code", page=code.page)
            yield Document(path, media_type, reader, text, lines, offset, title, last=number == len(codes))
            offset += len(text)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _content(name: str, stream: Iterator[Token]) -> Iterator[Token]:
    """The tokens after a start tag up to its end tag."""
    depth = 1
    for token in stream:
        if token.name == name and token.kind in ("start", "end"):
            depth += 1 if token.kind == "start" else -1
            if not depth:
                return
        yield token


class _Row(NamedTuple):
    """A row of a table: the line of its tag, and its cells, each with the lines of its text."""

    line: int
    cells: list[tuple[str, tuple[tuple[int, int], ...]]]


def _rows(table: list[Token]) -> tuple[list[_Row], list[Token]]:
    """The rows of a table in which no other stands, and the text outside of its cells."""
    rows: list[_Row] = []
    outside: list[Token] = []
    cell: Pieces | None = None

    def close() -> None:
        nonlocal cell
        if cell is not None:
            rows[-1].cells.append(cell.take())
        cell = None

    for token in table:
        if token.name in _ROW or (token.name in ("td", "th") and token.kind in ("start", "end")):
            close()
            if token.kind == "start" and token.name == "tr":
                rows.append(_Row(token.line, []))
            elif token.kind == "start" and token.name in ("td", "th"):
                if not rows:
                    rows.append(_Row(token.line, []))
                cell = Pieces()
        elif token.kind == "text" and cell is not None:
            cell.add(token.text, token.line, verbatim=token.name == "verbatim")
        elif cell is not None and token.name in _BLOCK:
            cell.add(" ", token.line)
        elif token.kind == "text" or (token.name == "caption"):
            outside.append(token)
    close()
    return rows, outside


def parse(data: bytes, encoding: str) -> str | None:
    """The text of a page without its declaration of XML, lines kept; None where there is nothing."""
    # a browser passes over a zero (HTML Living Standard, 13.2.5.1)
    text = data.decode(encoding, "replace").replace("\0", "")
    text = _DECLARATION.sub(lambda m: "\n" * m[0].count("\n"), text)
    return text if text.strip() else None


def declared_encoding(data: bytes) -> str | None:
    """The charset that a page names in its head, if Python knows it."""
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
