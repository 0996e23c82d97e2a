"""OFD (GB/T 33190): pages with the place of each character, so that runs of one character come to words and lines.

Templates and notes of a page belong to it. Pictures and attached files are named as not read.
"""

from __future__ import annotations

import posixpath
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._zip import Package, local, names_in, opened
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.structure.pages import Glyph, PagedLayout, PageText

#: points of a millimetre, which OFD counts in
_POINTS = 72 / 25.4
#: height of a page that gives none, in millimetres (A4)
_A4 = 297.0
#: the matrix that changes nothing
_SAME = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: gap between characters, in sizes of the font, that parts words
_GAP = 0.28
_NO_TEXT = (
    r"OFD\.xml|.*Res\.xml|.*/Signs?/.*|.*/Signatures\.xml|.*\.(?:ttf|otf|ttc|cff|icc)|.*/Tags/.*|.*/CustomTags?\.xml"
)
_NO_TEXT += (
    r"|.*/(?:Attachments|Annotations|Extensions)\.xml|.*\.rels|\[Content_Types\]\.xml|.*/Versions/.*|META-INF/.*"
)


def claims(head: bytes, name: str) -> int:
    if not head.startswith(b"PK\x03\x04"):
        return 0
    return 100 if name.endswith(".ofd") or "OFD.xml" in names_in(head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """All pages as one document."""
    with opened(blob) as archive:
        package = Package(archive, session)
        if "OFD.xml" not in package:
            raise ReadError("damaged", "no OFD.xml inside; the file is no OFD or was cut off")
        pages = list(_pages(package, session))
        package.account(_NO_TEXT)
    if not pages:
        raise ReadError("no-pages", "the OFD has no pages")
    text = "".join(p.text + "\n" for p in pages)
    title = next((line for p in pages[:1] for line in p.text.split("\n") if line.strip()), "")[:120]
    yield Document(blob.path, "application/ofd", "ofd/1", text, PagedLayout(pages), title=title)


@dataclass(frozen=True, slots=True)
class _Char:
    """One character: its left edge, base line and size in millimetres from the upper left corner."""

    char: str
    x: float
    y: float
    width: float
    size: float


def _pages(package: Package, session: ReadSession) -> Iterator[PageText]:
    number = 0
    for root in _roots(package):
        height, pages, templates = _document(package, root)
        notes = _notes(package, posixpath.dirname(root))
        for key, part in pages:
            number += 1
            chars: list[_Char] = []
            own, used = _content(package, part, chars)
            for template in used:
                if template in templates:
                    _content(package, templates[template], chars)
            for note in notes.get(key, ()):
                _content(package, note, chars)
            yield _page(number, chars, own or height)
            session.passed(number, 0)


def _roots(package: Package) -> list[str]:
    root = package.xml("OFD.xml", text=False)
    named = [_path("", n.text) for n in root.iter() if local(n) == "DocRoot"] if root is not None else []
    return [n for n in named if n in package] or package.matching(r"Doc_\d+/Document\.xml")


def _path(folder: str, name: str | None) -> str:
    return posixpath.normpath(posixpath.join("/", folder, (name or "").strip())).lstrip("/")


def _document(package: Package, root: str) -> tuple[float, list[tuple[str, str]], dict[str, str]]:
    """Height of a page, the pages with their ids, and the templates by id."""
    tree = package.xml(root, text=False)
    folder = posixpath.dirname(root)
    nodes = list(tree.iter()) if tree is not None else []
    height = next((h for n in nodes if local(n) == "PhysicalBox" and (h := _height(n))), _A4)
    named = [(n.get("ID") or "", _path(folder, n.get("BaseLoc"))) for n in nodes if local(n) == "Page"]
    pages = [(key, part) for key, part in named if part in package]
    loose = package.left(rf"{folder}/Pages/.*Content\.xml") if not named else []
    templates = {n.get("ID") or "": _path(folder, n.get("BaseLoc")) for n in nodes if local(n) == "TemplatePage"}
    return height, pages or [("", n) for n in loose], {k: v for k, v in templates.items() if v in package}


def _notes(package: Package, folder: str) -> dict[str, list[str]]:
    """Files of notes by the id of their page."""
    out: dict[str, list[str]] = {}
    for part in package.left(rf"{folder}/(?:.*/)?Annotations\.xml"):
        root = package.xml(part, text=False)
        for node in root.iter() if root is not None else ():
            if local(node) == "Page":
                where = next((n.text for n in node if local(n) == "FileLoc"), None)
                file = next(
                    (f for f in (_path(posixpath.dirname(part), where), _path("", where)) if f in package), None
                )
                if file:
                    out.setdefault(node.get("PageID") or "", []).append(file)
    return out


def _content(package: Package, part: str, chars: list[_Char]) -> tuple[float | None, list[str]]:
    """Add the characters of a part. Its own height, if it gives one, and the templates that it uses."""
    root = package.xml(part)
    if root is None:
        return None, []
    height = next((h for n in root.iter() if local(n) == "PhysicalBox" and (h := _height(n))), None)
    used = [n.get("TemplateID") or "" for n in root if local(n) == "Template"]
    origin: dict[Any, tuple[float, float]] = {}
    for node in root.iter():
        over = origin.get(node.getparent(), (0.0, 0.0))
        if local(node) == "TextObject":
            _text(node, over, chars)
        elif local(node) in ("Appearance", "CompositeObject"):
            x, y = _some(node.get("Boundary"), (0.0, 0.0))
            over = (over[0] + x, over[1] + y)
        origin[node] = over
    return height, used


def _text(node: Any, over: tuple[float, float], chars: list[_Char]) -> None:
    left, top = _some(node.get("Boundary"), (0.0, 0.0))
    size = (_floats(node.get("Size")) or [4.0])[0] or 4.0
    a, b, c, d, e, f = _some(node.get("CTM"), _SAME)
    x = y = 0.0
    scale = max(abs(a), abs(b), 0.01)
    for code in (n for n in node if local(n) == "TextCode"):
        x, y = (_floats(code.get("X")) or [x])[0], (_floats(code.get("Y")) or [y])[0]
        steps_x, steps_y = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        for number, char in enumerate(code.text or ""):
            width = size * (1.0 if char > "\u2e7f" else 0.5)
            at = (over[0] + left + a * x + c * y + e, over[1] + top + b * x + d * y + f)
            chars.append(_Char(char, *at, width * scale, size * scale))
            x += steps_x[number] if number < len(steps_x) else (0.0 if steps_y else width)
            y += steps_y[number] if number < len(steps_y) else 0.0


def _some(value: str | None, other: tuple[float, ...]) -> tuple[float, ...]:
    """As many numbers as `other` has, which stands in where they are not there."""
    found = _floats(value)
    return tuple(found[: len(other)]) if len(found) >= len(other) else other


def _floats(value: str | None) -> list[float]:
    try:
        return [float(v) for v in (value or "").split()]
    except ValueError:
        return []


def _height(node: Any) -> float | None:
    box = _floats(node.text)
    return box[3] if len(box) == 4 and 0 < box[3] < 100_000 else None


def _deltas(value: str | None) -> list[float]:
    """Steps between characters, "3 g 4 1.5" standing for 3 and then four times 1.5 (GB/T 33190, 11.3)."""
    out: list[float] = []
    words = iter((value or "").split())
    try:
        for word in words:
            if word == "g":
                count = int(next(words))
                out += [float(next(words))] * max(0, min(100_000, count))
            else:
                out.append(float(word))
    except (ValueError, StopIteration):
        pass
    return out


def _page(number: int, chars: Sequence[_Char], height: float) -> PageText:
    """The characters line by line, words parted where a gap is."""
    text: list[str] = []
    glyphs: list[Glyph | None] = []
    for line in _lines(chars):
        if text:
            text.append("\n")
            glyphs.append(None)
        before: _Char | None = None
        for char in line:
            if before is not None and _parted(before, char):
                text.append(" ")
                glyphs.append(None)
            before = char
            text.append(char.char if char.char not in "\r\n\t" else " ")
            up = (height - char.y) * _POINTS
            size = char.size * _POINTS
            right = (char.x + char.width) * _POINTS
            glyphs.append(Glyph(char.x * _POINTS, up - 0.2 * size, right, up + 0.8 * size))
    return PageText(number, "".join(text), lambda: glyphs, list)


def _lines(chars: Sequence[_Char]) -> Iterator[list[_Char]]:
    """Characters of about one base line, from the top down and from left to right."""
    line: list[_Char] = []
    for char in sorted(chars, key=lambda c: c.y):
        if line and char.y - statistics.fmean(c.y for c in line[-8:]) > 0.5 * min(char.size, line[-1].size):
            yield sorted(line, key=lambda c: c.x)
            line = []
        line.append(char)
    if line:
        yield sorted(line, key=lambda c: c.x)


def _parted(a: _Char, b: _Char) -> bool:
    if a.char.isspace() or b.char.isspace():
        return False
    gap = b.x - a.x - a.width
    wide = a.char > "\u2e7f" and b.char > "\u2e7f"
    return gap > (2.0 if wide else _GAP) * max(a.size, b.size)


FORMAT = Format("ofd", "application/ofd", claims, read, (".ofd",))
