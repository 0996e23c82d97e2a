"""RTF: paragraphs in order, tables as rows, notes, headers, comments and properties. The line is the paragraph's."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from clauselight.formats._blocks import Blocks
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadReport, ReadSession
from clauselight.model import Blob, Document
from clauselight.parts.written import given, rtf_parts

#: groups whose text nobody reads on the page (RTF 1.9.1, "Destinations")
_SKIPPED = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "filetbl", "listtable", "listoverridetable", "revtbl", "rsidtbl"),
        *("generator", "pict", "objdata", "objclass", "objname", "themedata", "datastore", "latentstyles", "template"),
        *("fldinst", "datafield", "bkmkstart", "bkmkend", "nonshppict", "sp", "pn", "pnseclvl", "xmlnstbl", "pgptbl"),
        *("atnid", "atnauthor", "atndate", "atnref", "atrfstart", "atrfend", "atnicn", "panose", "falt", "fontemb"),
        *("private", "passwordhash", "userprops", "mmathPr", "operator", "creatim", "revtim", "printim", "buptim"),
        *(
            "vern",
            "author",
            "manager",
            "company",
            "hlinkbase",
            "leveltext",
            "levelnumbers",
            "listname",
            "wgrffmtfilter",
        ),
        *("xe", "tc", "background", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "htmltag"),
    )
)
#: groups of text that stand beside the running text, and what they are called
_BESIDE = {
    "footnote": "note",
    "annotation": "comment",
    "header": "page header",
    "headerl": "page header",
    "headerr": "page header",
    "headerf": "page header",
    "footer": "page footer",
    "footerl": "page footer",
    "footerr": "page footer",
    "footerf": "page footer",
    "shptxt": "text box",
    "title": "property",
    "subject": "property",
    "keywords": "property",
    "doccomm": "property",
    "category": "property",
    "comment": "property",
}
#: groups marked `\*`, "leave out what you do not know", that hold text all the same
_KNOWN = frozenset(("shpinst", "shppict", "ud", "annotation", "footnote", "shptxt", "do", "dptxbxtext", "background"))
_SIGNS = {
    "tab": " ",
    "line": " ",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
#: code page of each character set of a font (RTF 1.9.1, "Font Table")
_CHARSETS = {77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258}
_CHARSETS |= {177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850}
_CODECS = {936: "gb18030", 54936: "gb18030", 10000: "mac_roman", 1361: "johab", 65001: "utf-8", 10008: "gb18030"}
#: code pages in which two bytes make a character
_WIDE = {932, 936, 949, 950, 1361, 54936}

#: one control word, byte, control symbol, brace, or stretch of text: "\par ", "\'c3", "\~", "{", "text"
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\", re.DOTALL
)


def claims(head: bytes, name: str) -> int:
    return 96 if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf") else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The running text first, then what stands beside it. Pictures and embedded objects are named as not read."""
    parser = _Parser(session.report)
    parser.parse(blob.read())
    session.report.encoding = _codec(parser.code_page)
    blocks = Blocks()
    parser.main.into(blocks)
    for flow in parser.beside:
        flow.into(blocks)
    yield blocks.document(blob.path, "application/rtf", "rtf/1")


@dataclass(slots=True)
class _Flow:
    """One run of paragraphs and rows: the running text, a note, a header."""

    what: str | None = None
    blocks: list[str | list[str]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)

    def taken(self) -> str:
        """The text since the last end of a paragraph or cell; halves of a character above U+FFFF are joined."""
        text = "".join(self.open).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self.open = []
        return text.strip()

    def into(self, blocks: Blocks) -> None:
        """Add everything to a document."""
        self.end()
        rows: list[list[str]] = []
        for block in [*self.blocks, ""]:
            if isinstance(block, list):
                rows.append(block)
                continue
            blocks.table(rows)
            rows = []
            if block and self.what:
                blocks.beside(block, self.what)
            elif block:
                blocks.paragraph(block)

    def end(self) -> None:
        """End an open row and paragraph."""
        text = self.taken()
        if self.cells:
            self.blocks.append([*self.cells, text] if text else self.cells)
            self.cells = []
        elif text:
            self.blocks.append(text)


@dataclass(frozen=True, slots=True)
class _State:
    """What a group has set; a brace keeps it and its end brings it back."""

    flow: _Flow
    skip: bool = False
    #: characters after `\\u` that stand in for it
    stands_in: int = 1
    font: int | None = None
    in_table: bool = False
    fonts: bool = False
    deleted: bool = False


class _Parser:
    def __init__(self, report: ReadReport) -> None:
        self.report = report
        self.main = _Flow()
        self.beside: list[_Flow] = []
        self.code_page = 1252
        self.pages: dict[int, int] = {}
        self._state = _State(self.main)
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._left_out = 0
        self._starred = False
        self._pictures = self._objects = 0
        self._bad = False
        self._deleted = _Flow("deleted text")

    def parse(self, data: bytes) -> None:
        """All tokens; says what was left out."""
        at, end = 0, len(data)
        while at < end:
            token = _TOKEN.match(data, at)
            if token is None:
                break
            at = token.end()
            if token[1] == b"bin" and token[2]:
                at += max(0, int(token[2]))
                continue
            self._take(token)
            if token[5] == b"}" and not self._stack:
                break
        self._flush()
        parts = [(name, data) for name, data in rtf_parts(data)]
        self._pictures -= given(p for p in parts if p[0].startswith("picture"))
        self._objects -= given(p for p in parts if p[0].startswith("object"))
        self._say()
        if self._deleted.blocks or self._deleted.open:
            self.beside.append(self._deleted)

    def _say(self) -> None:
        if self._stack:
            self.report.problem("damaged", "the file ends inside a group; what follows is missing")
        if self._pictures > 0:
            message = f"{self._pictures} pictures inside the file were not read; save it as PDF and check that"
            self.report.problem("pictures-inside", message)
        if self._objects > 0:
            message = f"{self._objects} embedded objects were not read; save each as a file of its own and check that"
            self.report.problem("embedded-objects", message)

    def _take(self, token: re.Match[bytes]) -> None:
        word, number, byte, symbol, brace, text = token.groups()
        if brace:
            self._brace(brace)
        elif word:
            self._word(word.decode(), int(number) if number else None)
        elif byte:
            self._written(bytes((int(byte, 16),)))
        elif symbol:
            self._symbol(symbol)
        elif text:
            self._written(text)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._left_out = 0
        self._starred = False
        if brace == b"{":
            self._stack.append(self._state)
        elif self._stack:
            before, self._state = self._state, self._stack.pop()
            if before.flow is not self._state.flow:
                before.flow.end()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif symbol in b"\\{}":
            self._written(symbol)
        elif symbol in b"\r\n":
            self._paragraph()
        elif symbol in b"~_":
            self._put({b"~": "\u00a0", b"_": "-"}[symbol])

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if self._left_out and word not in ("u", "uc"):
            self._left_out -= 1
            return
        self._flush()
        if word in ("pict", "object") and not self._state.skip:
            self._pictures += word == "pict"
            self._objects += word == "object"
        if word == "fonttbl":
            self._state = replace(self._state, skip=True, fonts=True)
        elif word in _SKIPPED or (starred and word not in _KNOWN):
            self._state = replace(self._state, skip=True)
        elif word in _BESIDE and not self._state.skip:
            self._open_beside(_BESIDE[word])
        else:
            self._format(word, number)

    def _open_beside(self, what: str) -> None:
        flow = _Flow(what)
        self.beside.append(flow)
        self._state = replace(self._state, flow=flow, in_table=False)

    def _format(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u" and number is not None:
            self._put(chr(number & 0xFFFF))
            self._left_out = state.stands_in
        elif word == "uc":
            self._state = replace(state, stands_in=max(0, number or 0))
        elif word == "f":
            self._state = replace(state, font=number)
        elif word == "fcharset" and state.fonts and state.font is not None:
            self.pages.setdefault(state.font, _CHARSETS.get(number or 0, 0))
        elif word == "cpg" and state.fonts and state.font is not None and number:
            self.pages[state.font] = number
        elif word == "ansicpg" and number:
            self.code_page = number
        elif word in ("mac", "pc", "pca"):
            self.code_page = {"mac": 10000, "pc": 437, "pca": 850}[word]
        elif word == "plain":
            self._state = replace(state, font=None, deleted=False)
        elif word == "deleted":
            self._state = replace(state, deleted=number != 0)
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        else:
            self._structure(word)

    def _structure(self, word: str) -> None:
        state = self._state
        if word == "upr":  # the same text twice: first in bytes, then after `\ud` in Unicode
            self._state = replace(state, skip=True)
        elif word == "ud":
            self._state = replace(state, skip=False)
        elif word == "pard":
            self._state = replace(state, in_table=False)
        elif word == "intbl":
            self._state = replace(state, in_table=True)
        elif state.skip:
            return
        elif word in ("par", "page", "sect"):
            self._paragraph()
        elif word in ("cell", "nestcell"):
            state.flow.cells.append(state.flow.taken())
        elif word in ("row", "nestrow"):
            state.flow.end()

    def _paragraph(self) -> None:
        if self._state.skip:
            return
        self._flush()
        flow = self._state.flow
        if self._state.in_table or flow.cells:
            flow.open.append(" ")
        else:
            flow.end()

    def _written(self, raw: bytes) -> None:
        """Bytes of text, in the code page of their font. Those that stand in for a `\\u` are left out."""
        if self._left_out:
            self._left_out, raw = max(0, self._left_out - len(raw)), raw[self._left_out :]
        if not self._state.skip:
            self._bytes += raw

    def _put(self, text: str) -> None:
        self._flush()
        if not self._state.skip:
            (self._deleted if self._state.deleted else self._state.flow).open.append(text)

    def _flush(self) -> None:
        if self._bytes:
            raw, self._bytes = bytes(self._bytes), bytearray()
            self._put(self._decoded(raw))
        elif not self._state.deleted and self._deleted.open:
            self._deleted.end()

    def _decoded(self, raw: bytes) -> str:
        if raw.isascii():
            return raw.decode("ascii")
        own = self.pages.get(self._state.font, 0) if self._state.font is not None else 0
        # a font that says "Western" or nothing: many writers of Chinese files leave it at that
        western = self._state.font in self.pages and self.code_page not in _WIDE
        pages = [own] if own else ([1252] if western else [self.code_page])
        for page in (*pages, 1252):
            try:
                return raw.decode(_codec(page))
            except UnicodeDecodeError:
                continue
        if not self._bad:
            self._bad = True
            message = f"some bytes are not valid {_codec(pages[0])}; they are read as U+FFFD"
            self.report.problem("bad-bytes", message)
        return raw.decode(_codec(pages[0]), "replace")


def _codec(page: int) -> str:
    name = _CODECS.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


FORMAT = Format("rtf", "application/rtf", claims, read, (".rtf",))
