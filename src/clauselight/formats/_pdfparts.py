"""What a PDF holds beside the text of its pages: forms, notes, comments, bookmarks, XFA, scripts, properties.

None of it is in the text layer, and much of it is shown. Each part is read with its page and place where it has them,
under a heading that says what it is, so that a comment is not taken for what the page says. What stands in the text of
the page is not said again.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from clauselight.formats._htmltext import HtmlText
from clauselight.formats.session import ReadReport
from clauselight.formats.textlayer import TextLayer
from clauselight.model import BlockLayout, Box, Context, Document, Unit
from clauselight.model.document import Kind

#: annotations of a page and bookmarks that are looked at
_MOST = 20_000
#: levels of bookmarks, and events of a field that may have a script (key, format, validate, calculate)
_DEEPEST, _EVENTS = 60, (12, 13, 14, 15)
#: bytes of an XFA form
_MOST_XFA = 50_000_000
#: parts of an XFA form that hold no text of it: names of months, settings of printers, keys
_NO_TEXT = frozenset(("localeSet", "config", "PDFSecurity", "xmpmeta", "signature"))
_NO_LETTER = re.compile(r"[\W_]+")
_LINES = re.compile(r"\r\n|[\r\n\u2028\u2029]")
#: parts that may repeat what a page says, and letters below which only a whole line counts as the same
_REPEATS, _FEW = frozenset(("comment", "note on the page", "link", "bookmark", "property")), 12
_NOTHING: tuple[frozenset[str], str] = (frozenset(), "")
_PROPERTIES = ("Title", "Subject", "Keywords")


@dataclass(frozen=True, slots=True)
class Part:
    """A text beside the pages, where it stands, and what stands over it, what it is first."""

    text: str
    headings: tuple[str, ...]
    page: int | None = None
    box: Box | None = None
    kind: Kind = "prose"
    owners: tuple[str, ...] = ()
    #: whether it only leads to a place of the file
    leads: bool = False


class PdfParts:
    """Collects the parts of one PDF; pages are shown to it while they are open."""

    def __init__(self, layer: TextLayer, report: ReadReport) -> None:
        self._pdf = layer.pdf
        self._report = report
        self._form = _Form(self._pdf)
        self._parts: list[Part] = []
        self._known: set[tuple[tuple[str, ...], str]] = set()
        #: of each page that was shown: the letters of each line, and all letters
        self._said: dict[int, tuple[frozenset[str], str]] = {}

    def close(self) -> None:
        """Let go of the form; the PDF must be open still."""
        self._form.close()

    def page(self, page: Any, number: int, text: str) -> None:
        """Look at the annotations of an open page whose text is `text`."""
        import pypdfium2.raw as raw

        lines = [_letters(line) for line in text.split("\n")]
        self._said[number] = (frozenset(lines), "".join(lines))
        for index in range(min(_MOST, raw.FPDFPage_GetAnnotCount(page))):
            note = raw.FPDFPage_GetAnnot(page, index)
            if note:
                self._note(note, number)
                raw.FPDFPage_CloseAnnot(note)

    def documents(self, path: str, title: str, offset: int) -> Iterator[Document]:
        """All parts as one document that begins at `offset`; none where there is no part."""
        for part in (*_bookmarks(self._pdf), *_properties(self._pdf), *_scripts(self._pdf), *self._xfa()):
            self._add(part)
        if not self._parts:
            return
        units: list[Unit] = []
        at = 0
        for part in self._parts:
            units.append(Unit(at, at + len(part.text), None, None, part.page))
            at += len(part.text) + 1
        contexts = [Context(p.kind, None, p.headings, p.owners, leads=p.leads) for p in self._parts]
        layout = BlockLayout(units, contexts, [p.box for p in self._parts])
        text = "".join(p.text + "\n" for p in self._parts)
        yield Document(path, "application/pdf", "pdf/3", text, layout, offset, title)

    def _add(self, part: Part) -> None:
        script = part.kind == "code" and part.headings[-1] == "script"
        for line in _LINES.split(part.text.replace("\0", "\ufffd")):
            letters, text = _letters(line), line.strip()
            key = (part.headings, text)
            if (script and text) or (letters and key not in self._known and not self._stands(letters, part)):
                self._known.add(key)
                self._parts.append(replace(part, text=text))

    def _stands(self, letters: str, part: Part) -> bool:
        """Whether a remark or a title stands on its page; a bookmark, and what belongs to no page, on any.

        Few letters may stand anywhere, so they count only where they are a line. What a form says is never left out.
        """
        if part.headings[0] not in _REPEATS:
            return False
        anywhere = part.page is None or part.headings[0] == "bookmark"
        pages = self._said.values() if anywhere else [self._said.get(part.page or 0, _NOTHING)]
        return any(letters in lines or (len(letters) >= _FEW and letters in text) for lines, text in pages)

    # --- annotations -------------------------------------------------------------------------------------------------

    def _note(self, note: Any, number: int) -> None:
        import pypdfium2.raw as raw

        kind = raw.FPDFAnnot_GetSubtype(note)
        box = _box(note, number)
        if kind == raw.FPDF_ANNOT_WIDGET:
            self._field(note, number, box)
            return
        what = {raw.FPDF_ANNOT_FREETEXT: "note on the page", raw.FPDF_ANNOT_LINK: "link"}.get(kind, "comment")
        text = _string(note, "Contents") or _plain(_string(note, "RC"))
        for each in (text, _string(note, "Subj")):
            self._add(Part(each, (what,), number, box))
        if kind in (raw.FPDF_ANNOT_SOUND, raw.FPDF_ANNOT_MOVIE, raw.FPDF_ANNOT_RICHMEDIA, raw.FPDF_ANNOT_SCREEN):
            message = f"page {number}: sound, film or a model, which is not read; play it in a viewer of PDF"
            self._report.problem("media-inside", message, number)
        drawn = kind in (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WATERMARK)
        if drawn and not _letters(text) and raw.FPDFAnnot_GetObjectCount(note) > 0:
            message = f"page {number}: a stamp or note is drawn and holds no text; print the file to PDF and check that"
            self._report.problem("drawn-note", message, number)

    def _field(self, note: Any, number: int, box: Box | None) -> None:
        """A field of a form: its name, the words shown for it, its value and choices."""
        form = self._form
        name = form.text("Name", note) or _string(note, "T")
        label = form.text("AlternateName", note) or _string(note, "TU")
        over = ("form field", label or name) if label or name else ("form field",)
        self._add(Part(name, ("form field",), number, box, "code"))
        self._add(Part(label, ("form field",), number, box))
        for value in (
            form.text("Value", note),
            form.text("ExportValue", note),
            _string(note, "V"),
            _string(note, "DV"),
        ):
            self._add(Part(value, over, number, box))
        if choices := form.choices(note):
            self._add(Part("\t".join(" ".join(c.split()) for c in choices), over, number, box, "table"))
        for script in form.scripts(note):
            self._add(Part(script, (*over, "script"), number, box, "code"))

    # --- XFA ---------------------------------------------------------------------------------------------------------

    def _xfa(self) -> Iterator[Part]:
        """Texts and names of an XFA form, which is XML inside of a PDF (XFA 3.3)."""
        from lxml import etree

        data = b"".join(_packets(self._pdf))
        if not data.strip():
            return
        if len(data) > _MOST_XFA:
            message = f"the XFA form of {len(data):,} bytes is not read; print the file to PDF and check that"
            self._report.problem("too-large", message)
            return
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
        root = etree.fromstring(data, parser)
        if root is None or parser.error_log:
            message = "the XFA form is damaged and may be read in part; print the file to PDF and check that"
            self._report.problem("damaged-part", message)
        if root is not None:
            yield from _elements(root)


def _elements(root: Any) -> Iterator[Part]:
    """Texts of a tree under the names of what is around them."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    while waiting:
        node, owners = waiting.pop()
        tag = node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""
        if not tag or tag in _NO_TEXT:
            continue
        name = node.get("name") or ("" if len(node) else tag)
        if node.get("name"):
            yield Part(name, ("XFA form",), None, None, "markup", owners)
        inside = (*owners, name)[-6:] if name else owners
        text = "".join(node.itertext()) if tag == "p" else node.text or ""
        kind: Kind = "code" if tag == "script" else "markup"
        yield Part(text if kind == "code" else " ".join(text.split()), ("XFA form",), None, None, kind, inside)
        if tag != "p":
            waiting += [(child, inside) for child in reversed(node)]


def _packets(pdf: Any) -> Iterator[bytes]:
    import pypdfium2.raw as raw

    for index in range(max(0, raw.FPDF_GetXFAPacketCount(pdf))):
        size = ctypes.c_ulong()
        if raw.FPDF_GetXFAPacketContent(pdf, index, None, 0, size) and size.value:
            buffer = ctypes.create_string_buffer(size.value)
            if raw.FPDF_GetXFAPacketContent(pdf, index, buffer, size.value, size):
                yield buffer.raw[: size.value]


# --- what belongs to the whole file ----------------------------------------------------------------------------------


def _bookmarks(pdf: Any) -> Iterator[Part]:
    for number, bookmark in enumerate(pdf.get_toc(max_depth=_DEEPEST)):
        if number >= _MOST:
            return
        target = bookmark.get_dest()
        index = target.get_index() if target is not None else None
        yield Part(bookmark.get_title(), ("bookmark",), None if index is None else index + 1, leads=True)


def _properties(pdf: Any) -> Iterator[Part]:
    for key in _PROPERTIES:
        yield Part(pdf.get_metadata_value(key), ("property",))


def _scripts(pdf: Any) -> Iterator[Part]:
    """Scripts that run when the file is opened."""
    import pypdfium2.raw as raw

    for index in range(max(0, raw.FPDFDoc_GetJavaScriptActionCount(pdf))):
        action = raw.FPDFDoc_GetJavaScriptAction(pdf, index)
        if action:
            text = _wide(lambda buffer, size, a=action: raw.FPDFJavaScriptAction_GetScript(a, buffer, size))  # type: ignore[misc]
            raw.FPDFDoc_CloseJavaScriptAction(action)
            yield Part(text, ("script",), None, None, "code")


# --- pdfium ----------------------------------------------------------------------------------------------------------


class _Form:
    """The form of a PDF, where it has one. Nothing of it is run or drawn: the library is built without scripts."""

    def __init__(self, pdf: Any) -> None:
        import pypdfium2.raw as raw

        self._info = raw.FPDF_FORMFILLINFO(version=2)
        some = raw.FPDF_GetFormType(pdf) != raw.FORMTYPE_NONE
        self._handle: Any = raw.FPDFDOC_InitFormFillEnvironment(pdf, self._info) if some else None

    def close(self) -> None:
        import pypdfium2.raw as raw

        if self._handle:
            raw.FPDFDOC_ExitFormFillEnvironment(self._handle)
        self._handle = None

    def text(self, what: str, note: Any) -> str:
        """A text of the field that a widget shows: its Name, AlternateName, Value or ExportValue."""
        import pypdfium2.raw as raw

        ask = getattr(raw, f"FPDFAnnot_GetFormField{what}")
        return _wide(lambda buffer, size: ask(self._handle, note, buffer, size)) if self._handle else ""

    def choices(self, note: Any) -> list[str]:
        import pypdfium2.raw as raw

        count = raw.FPDFAnnot_GetOptionCount(self._handle, note) if self._handle else 0
        label = raw.FPDFAnnot_GetOptionLabel
        return [
            _wide(lambda buffer, size, i=i: label(self._handle, note, i, buffer, size))  # type: ignore[misc]
            for i in range(max(0, min(count, _MOST)))
        ]

    def scripts(self, note: Any) -> Iterator[str]:
        import pypdfium2.raw as raw

        ask = raw.FPDFAnnot_GetFormAdditionalActionJavaScript
        for event in _EVENTS if self._handle else ():
            yield _wide(lambda buffer, size, e=event: ask(self._handle, note, e, buffer, size))  # type: ignore[misc]


def _string(note: Any, key: str) -> str:
    import pypdfium2.raw as raw

    return _wide(lambda buffer, size: raw.FPDFAnnot_GetStringValue(note, key.encode() + b"\0", buffer, size))


def _wide(ask: Callable[[Any, int], int]) -> str:
    """A text that pdfium writes as UTF-16 into a buffer and whose size in bytes it says first."""
    import pypdfium2.raw as raw

    size = ask(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _box(note: Any, number: int) -> Box | None:
    import pypdfium2.raw as raw

    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(note, rect) or rect.right <= rect.left or rect.top <= rect.bottom:
        return None
    return Box(number, round(rect.left, 2), round(rect.bottom, 2), round(rect.right, 2), round(rect.top, 2))


def _plain(rich: str) -> str:
    """The text of the rich form of a note, which is a page of XHTML."""
    if not rich:
        return ""
    collector = HtmlText()
    collector.feed(rich)
    return collector.text


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", text)
