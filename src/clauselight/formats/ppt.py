"""Legacy PowerPoint (.ppt): slides as pages, then their notes, headers, footers and comments ([MS-PPT]).

Pictures, charts and other embedded objects are named as not read. Text of older versions, which stays in the file, is
not part of the presentation.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document
from clauselight.parts.compound import MAGIC, CompoundFile

MEDIA = "application/vnd.ms-powerpoint"
_SUFFIXES = (".ppt", ".pps", ".pot", ".dps", ".dpt")
_MAIN, _USER = "PowerPoint Document", "Current User"
_NEXT = "save it as PPTX or PDF and check that"
#: types of records ([MS-PPT] 2.13.24)
_DOCUMENT, _SLIDE_OF_LIST, _LIST, _NOTES_ATOM, _OBJECT = 0x03E8, 0x03F3, 0x0FF0, 0x03F1, 0x1011
_CHARS, _BYTES, _STRING, _FOOTERS, _COMMENT = 0x0FA0, 0x0FA8, 0x0FBA, 0x0FD9, 0x2EE0
_EDIT, _DIRECTORY = 0x0FF5, 0x1772
#: what later versions added, which holds records and does not say so
_TAGS = 0x138B
#: containers inside of containers that are followed
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its type, its instance, whether it holds records, where its body stands."""

    kind: int
    instance: int
    holds: bool
    start: int
    end: int


def claims(head: bytes, name: str) -> int:
    return 95 if head.startswith(MAGIC) and (name.endswith(_SUFFIXES) or _MAIN.encode("utf-16-le") in head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The slides in their order, as the last save left them."""
    try:
        file = CompoundFile(blob.read())
    except ValueError as error:
        raise ReadError(
            "damaged", f"the presentation cannot be opened: {error}; open it in Office and {_NEXT}"
        ) from error
    data, user = file.stream(_MAIN), file.stream(_USER)
    if not data:
        why = "a presentation of PowerPoint 95 or older, or none at all; no reader here knows it"
        raise ReadError("unknown-format", f"{why}: open it in LibreOffice, {_NEXT}")
    show = _Show(data, user)
    show.read()
    if show.damaged:
        session.report.problem("damaged-part", f"{show.damaged}; open it in Office, {_NEXT}")
    if file.stream("Pictures"):
        session.report.problem("pictures-inside", f"the pictures inside the file were not read; {_NEXT}")
    if show.objects:
        session.report.problem("embedded-objects", f"{show.objects} embedded objects were not read; {_NEXT}")
    session.report.expect(len(show.blocks.text.encode("utf-16-le")))
    yield show.blocks.document(blob.path, MEDIA, "ppt/1")


class _Show:
    """The text of one presentation."""

    def __init__(self, data: bytes, user: bytes) -> None:
        self.blocks = Blocks()
        self.objects = 0
        self.damaged = ""
        self._data = data
        self._user = user
        #: where each object stands, by its number
        self._places: dict[int, int] = {}

    def read(self) -> None:
        """Slides by the list of the document; where that is damaged, all text in the order of the bytes."""
        document = self._document()
        if document is None:
            self.damaged = "the list of slides is damaged; the text is given in the order of the file"
            for text in self._texts(0, len(self._data), (_CHARS, _BYTES, _STRING)):
                self.blocks.paragraph(text)
            return
        lists = [r for r in self._records(document.start, document.end) if r.kind == _LIST]
        pages: dict[int, int] = {}
        for one in (r for r in lists if r.instance == 0):
            self._slides(one, pages)
        for one in (r for r in lists if r.instance == 2):
            self._notes(one, pages)
        self.blocks.page = None
        for record in self._all(document.start, document.end):
            if record.kind == _FOOTERS:
                for text in self._texts(record.start, record.end, (_STRING,)):
                    self.blocks.beside(text, "page header or footer")
        self.objects = sum(self._at(place) is not None for place in self._places.values() if self._is_object(place))

    def _slides(self, listed: _Record, pages: dict[int, int]) -> None:
        for record in self._records(listed.start, listed.end):
            if record.kind == _SLIDE_OF_LIST:
                number, _, _, key = self._ints(record.start, 4)
                pages[key] = self.blocks.page = len(pages) + 1
                slide = self._at(self._places.get(number, -1))
                if slide is None:
                    self.damaged = self.damaged or f"slide {self.blocks.page} is missing"
                else:
                    for text in self._texts(slide.start, slide.end, (_CHARS, _BYTES)):
                        self.blocks.paragraph(text)
                    self._comments(slide)
            elif record.kind in (_CHARS, _BYTES):
                for text in self._decoded(record):
                    self.blocks.paragraph(text)

    def _comments(self, slide: _Record) -> None:
        for record in self._all(slide.start, slide.end):
            if record.kind == _COMMENT:  # author, text, initials
                said = (r for r in self._records(record.start, record.end) if r.kind == _STRING and r.instance == 1)
                for text in (text for one in said for text in self._decoded(one)):
                    self.blocks.beside(text, "comment")

    def _notes(self, listed: _Record, pages: dict[int, int]) -> None:
        for record in self._records(listed.start, listed.end):
            notes = self._at(self._places.get(self._ints(record.start, 1)[0], -1))
            if record.kind != _SLIDE_OF_LIST or notes is None:
                continue
            atoms = (r for r in self._records(notes.start, notes.end) if r.kind == _NOTES_ATOM)
            self.blocks.page = next((pages.get(self._ints(r.start, 1)[0]) for r in atoms), None)
            for text in self._texts(notes.start, notes.end, (_CHARS, _BYTES)):
                self.blocks.beside(text, "note")

    def _document(self) -> _Record | None:
        """The container of the document, by the edits from the last to the first (2.1.2)."""
        at = struct.unpack_from("<I", self._user, 16)[0] if len(self._user) >= 20 else -1
        number, seen = None, set[int]()
        while (edit := self._at(at)) is not None and edit.kind == _EDIT and at not in seen:
            seen.add(at)
            _, _, at, directory, first = self._ints(edit.start, 5)
            number = first if number is None else number
            self._take_directory(self._at(directory))
        found = self._at(self._places.get(number if number is not None else -1, -1))
        return found if found is not None and found.kind == _DOCUMENT else None

    def _take_directory(self, record: _Record | None) -> None:
        if record is None or record.kind != _DIRECTORY:
            return
        at = record.start
        while at + 4 <= record.end:
            (head,) = self._ints(at, 1)
            first, count = head & 0xFFFFF, head >> 20
            for index in range(min(count, (record.end - at - 4) // 4)):
                self._places.setdefault(first + index, self._ints(at + 4 + 4 * index, 1)[0])
            at += 4 + 4 * count

    def _is_object(self, place: int) -> bool:
        record = self._at(place)
        return record is not None and record.kind == _OBJECT

    def _ints(self, at: int, count: int) -> tuple[int, ...]:
        return struct.unpack(f"<{count}I", self._data[at : at + 4 * count].ljust(4 * count, b"\0"))

    def _at(self, at: int) -> _Record | None:
        if not 0 <= at <= len(self._data) - 8:
            return None
        head, kind, size = struct.unpack_from("<HHI", self._data, at)
        return _Record(kind, head >> 4, head & 15 == 15, at + 8, min(at + 8 + size, len(self._data)))

    def _records(self, start: int, end: int) -> Iterator[_Record]:
        """The records that follow one another in a stretch."""
        while start < end and (record := self._at(start)) is not None:
            yield record
            start = record.end

    def _all(self, start: int, end: int, depth: int = 0) -> Iterator[_Record]:
        """The records of a stretch and what is in them, in order."""
        for record in self._records(start, end):
            yield record
            if (record.holds or record.kind == _TAGS) and depth < _DEEPEST:
                yield from self._all(record.start, record.end, depth + 1)

    def _texts(self, start: int, end: int, kinds: tuple[int, ...]) -> Iterator[str]:
        for record in self._all(start, end):
            if record.kind in kinds:
                yield from self._decoded(record)

    def _decoded(self, record: _Record) -> Iterator[str]:
        """The paragraphs of a record of text."""
        data = self._data[record.start : record.end]
        text = data.decode("latin-1" if record.kind == _BYTES else "utf-16-le", "replace")
        for paragraph in text.split("\r"):
            if letters := " ".join(paragraph.replace("\0", " ").split()):
                yield letters


FORMAT = Format("ppt", MEDIA, claims, read, _SUFFIXES)
