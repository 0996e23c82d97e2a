"""What a workbook says outside of its cells: names of sheets, comments, headers, formulas, choices, drawings.

Of workbooks of Office Open XML in either form, and of OpenDocument.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from clauselight.formats._biff import without_codes, xlsb_comments, xlsb_headers
from clauselight.formats._blocks import Blocks
from clauselight.formats._packwords import Words, open_words, words_beside
from clauselight.formats._zip import TAKEN, Package, local, paragraphs_of, properties

#: a cell with a formula and no stored value: '<c r="B2"><f>…</f></c>', '<c r="B2"><f>…</f><v></v></c>'
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3}\d{1,7})\"[^>]*>\s*<(?:\w+:)?f\b[^>]*>([^<]+)</(?:\w+:)?f>\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
#: an element of a sheet with text for people, beside its cells
_SPOKEN = re.compile(
    rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^>]*>[^<]+<|<(?:\w+:)?dataValidation\b.*?"
    rb"(?:/>|</(?:\w+:)?dataValidation>)",
    re.DOTALL,
)
_QUOTED = re.compile(r'(?:prompt|promptTitle|error|errorTitle)="([^"]*)"|<(?:\w+:)?formula1[^>]*>([^<]*)<')
#: the text of a shape in VML: '<v:textbox><div>Send</div></v:textbox>'
_TEXT_BOX = re.compile(r"<v:textbox\b[^>]*>(.*?)</v:textbox>", re.DOTALL)
#: where the cells of a sheet begin, and letters of a unit of a number, which is no text
_FIRST_CELLS = re.compile(rb"<(?:\w+:)?sheetData\b")
_SIGN = 3
#: what a sheet leads to, and what it is called
_OF_A_SHEET = {"comments": "comment", "threadedComment": "comment", "drawing": "drawing", "vmlDrawing": "drawing"}
_SHAPES = (
    (r"xl/comments[^/]*\.xml|xl/comments/[^/]*\.xml", "comment"),
    (r"xl/threadedComments/[^/]*\.xml", "comment"),
    (r"xl/drawings/[^/]*\.(?:xml|vml)", "drawing"),
    (r"xl/charts/chart[^/]*\.xml|xl/chartsheets/[^/]*\.xml", "chart"),
    (r"xl/diagrams/data\d*\.xml", "drawing"),
)
_NO_TEXT = (
    r"\[Content_Types\]\.xml|.*\.rels|docProps/.*|_xmlsignatures/.*|xl/(?:workbook|styles|sharedStrings"
    r"|calcChain|metadata|volatileDependencies|sharedMetadata|comments|featurePropertyBag/.*)\d*\.(?:xml|bin)"
    r"|xl/(?:theme|printerSettings|persons|richData|webextensions)/.*|xl/worksheets/[^/]*"
    r"|xl/charts/(?:style|colors)\d*\.xml|xl/diagrams/(?:layout|quickStyle|colors|drawing)\d*\.xml"
    r"|xl/(?:vbaProjectSignature|attachedToolbars).*|xl/(?:tables|queryTables|ctrlProps|slicers|slicerCaches|timelines"
    r"|timelineCaches|pivotTables)/[^/]*\.bin|mimetype"
)


def add(package: Package, names: Sequence[str], blocks: Blocks) -> None:
    """Add everything to `blocks`; `names` are those of the sheets, whose numbers are the pages."""
    for number, name in enumerate(names, 1):
        blocks.page = number
        blocks.beside(name, "name of a sheet")
    numbers = sheet_numbers(package)
    for part in package.matching(r"xl/worksheets/[^/]*\.xml"):
        blocks.page = numbers.get(part)
        data = package.data(part)
        for text, what in _sheet(data):
            blocks.beside(text, what)
        package.also(part, _around_cells(data))
        for kind, target in package.relations(part).values():
            if kind in _OF_A_SHEET and package.unread(target):
                _shapes(package, target, _OF_A_SHEET[kind], blocks)
    blocks.page = None
    for pattern, what in _SHAPES:
        for part in package.left(pattern):
            _shapes(package, part, what, blocks)
    for part in package.left(r"xl/comments[^/]*\.bin"):
        for text in xlsb_comments(package.data(part)):
            blocks.beside(" ".join(text.split()), "comment")
    for part in package.left(r"xl/(?:work|chart)sheets/[^/]*\.bin"):
        for text in filter(None, map(without_codes, xlsb_headers(package.data(part)))):
            blocks.beside(text, "page header or footer")
    properties(package, blocks)
    for part in package.left(r"xl/styles\.xml|xl/sharedStrings\.xml"):
        package.also(part, _of_all_cells(package.data(part)))
    package.rest(blocks, _NO_TEXT)


def sheet_numbers(package: Package) -> dict[str, int]:
    """The number of each sheet by its part, in the order of the workbook."""
    book = "xl/workbook.xml"
    root = package.xml(book, text=False) if book in package else None
    relations = package.relations(book)
    sheets = [n for n in root.iter() if local(n) == "sheet"] if root is not None else []
    keys = [next((v for k, v in n.attrib.items() if k.endswith("}id")), "") for n in sheets]
    return {relations[key][1]: number for number, key in enumerate(keys, 1) if key in relations}


def _sheet(data: bytes) -> Iterator[tuple[str, str]]:
    """Formulas without a stored value, headers and footers, and what a cell offers and says when it is filled in."""
    for cell, formula in _NO_VALUE.findall(data):
        yield f"{cell.decode()}: ={html.unescape(formula.decode('utf-8', 'replace'))}", "formula without a value"
    for match in _SPOKEN.finditer(data):
        text = match[0].decode("utf-8", "replace")
        if "dataValidation" in text[:40]:
            for said in _QUOTED.findall(text):
                if value := html.unescape(said[0] or said[1]).strip():
                    yield value.strip('"'), "choices of a cell"
        elif said := without_codes(html.unescape(text[text.index(">") + 1 : -1])):
            yield said, "page header or footer"


#: formats of numbers that hold text, and readings of signs in another script
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\b[^>]*?formatCode=\"([^\"]*)\"")
_READING = re.compile(rb"<(?:\w+:)?rPh\b[^>]*>(.*?)</(?:\w+:)?rPh>", re.DOTALL)
#: signs of a reading that are no words: kana, which only say how the signs sound
_SOUNDS = re.compile(r"[\u3040-\u30ff\uff66-\uff9f\s]*")
_MARKUP = re.compile(r"<[^>]*>")


def _of_all_cells(data: bytes) -> Iterator[Words]:
    """Text in formats of numbers, and readings of cells."""
    for code in _FORMAT.findall(data):
        for said in _IN_LIST.findall(html.unescape(code.decode("utf-8", "replace"))):
            if len(said) > _SIGN:
                yield said, "format of numbers"
    for reading in _READING.findall(data) if b"rPh" in data else ():
        text = html.unescape(_MARKUP.sub("", reading.decode("utf-8", "replace"))).strip()
        if not _SOUNDS.fullmatch(text):
            yield text, "reading of a cell"


def _around_cells(data: bytes) -> Iterator[Words]:
    """Words of a sheet before and behind its cells, and readings in them."""
    yield from _of_all_cells(data)
    first, last = _FIRST_CELLS.search(data), data.rfind(b"sheetData>")
    rest = data[: first.start()] + data[last + len(b"sheetData>") :] if first and last > first.start() else data
    from lxml import etree

    root = etree.fromstring(rest, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    if root is not None:
        yield from words_beside(root, TAKEN)


def _shapes(package: Package, part: str, what: str, blocks: Blocks) -> None:
    if part.endswith(".vml"):
        for text in _old_shapes(package.data(part)):
            blocks.beside(text, what)
        return
    root = package.xml(part, text=False)
    for text in paragraphs_of(root) if what != "comment" else _comments(root):
        blocks.beside(text, what)


def _comments(root: Any) -> Iterator[str]:
    notes = (n for n in root.iter() if local(n) in ("comment", "threadedComment")) if root is not None else ()
    for node in notes:
        text = "".join(n.text or "" for n in node.iter() if local(n) in ("t", "text")).strip()
        if text:
            yield text.replace("\n", " ")


def _old_shapes(data: bytes) -> Iterator[str]:
    """Labels of buttons and boxes in VML, which is often no well-formed XML."""
    for box in _TEXT_BOX.findall(data.decode("utf-8", "replace")):
        text = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", box)).split())
        if text:
            yield text


# --- OpenDocument ---

#: elements of a sheet that stand beside the text of its cells (OpenDocument 1.3, part 3), and what they are called
_OPEN_BESIDE = {
    "annotation": "comment",
    "tracked-changes": "deleted text",
    **dict.fromkeys(("shapes", "frame", "custom-shape", "g"), "drawing"),
    **dict.fromkeys(("help-message", "error-message"), "choices of a cell"),
}
#: of an entry in a list of choices: 'cell-content-is-in-list("Han";"other")'
_IN_LIST = re.compile(r'"((?:[^"]|"")*)"')
_OPEN_NO_TEXT = (
    r"mimetype|META-INF/.*|(?:.*/)?(?:settings|manifest|meta|styles|content)\.(?:xml|rdf)|Configurations2?/.*"
    r"|Thumbnails/.*|ObjectReplacements/.*|layout-cache|Fonts/.*|(?:.*/)?current\.xml|Versions/.*|VersionList\.xml"
    r"|Basic/.*|Scripts/.*|Dialogs/.*|\[Content_Types\].*"
)


def add_open(package: Package, names: Sequence[str], blocks: Blocks) -> None:
    """The same of a workbook of OpenDocument, whose parts are other ones."""
    for number, name in enumerate(names, 1):
        blocks.page = number
        blocks.beside(name, "name of a sheet")
    blocks.page, sheets = None, 0
    root = package.xml("content.xml", text=False)
    for body in (n for n in root if local(n) == "body") if root is not None else ():
        package.also("content.xml", open_words(body))
        for node in (n for sheet in body for n in sheet):
            sheets += local(node) == "table"
            blocks.page = sheets if local(node) == "table" else None
            _open_part(node, blocks)
    blocks.page = None
    for part in package.left(r".+/content\.xml"):
        for text in _open_paragraphs(package.xml(part, text=False)):
            blocks.beside(text, "object")
    styles = package.xml("styles.xml", text=False) if "styles.xml" in package else None
    for node in styles.iter() if styles is not None else ():
        if local(node).startswith(("header", "footer")) and "style" in str(node.tag):
            for text in _open_paragraphs(node):
                blocks.beside(text, "page header or footer")
    properties(package, blocks, r"meta\.xml")
    package.rest(blocks, _OPEN_NO_TEXT)


def _open_part(part: Any, blocks: Blocks) -> None:
    """What stands beside the cells in one part of the content: a sheet, the choices of cells, tracked changes."""
    waiting = [part]
    while waiting:
        node = waiting.pop()
        name = local(node)
        if name in _OPEN_BESIDE:
            for text in _open_paragraphs(node):
                blocks.beside(text, _OPEN_BESIDE[name])
            continue
        if name == "content-validation":
            condition = next((v for k, v in node.attrib.items() if k.endswith("}condition")), "")
            for choice in _IN_LIST.findall(condition):
                blocks.beside(choice, "choices of a cell")
        waiting += reversed(node)


def _open_paragraphs(root: Any) -> Iterator[str]:
    for node in root.iter() if root is not None else ():
        if local(node) in ("p", "h") and (text := "".join(node.itertext()).strip()):
            yield " ".join(text.split())
