"""Files attached to a PDF (ISO 32000-1, 7.11.4 and 12.5.6.15): listed, as in a portfolio, or attached to a page."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import PurePosixPath
from typing import Any

from clauselight.model import Blob
from clauselight.sources.archives import MOST_MEMBERS, Budget, Member, inner

#: what says that files are attached to pages, in clear or inside of a stream of objects
_PINNED = b"FileAttachment"
_OBJECTS = re.compile(rb"/ObjStm\b.{0,2000}?stream\r?\n", re.DOTALL)
#: bytes that a stream of objects is unpacked to
_UNPACKED = 50_000_000


def pdf_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """Attached files in order. A PDF that cannot be opened has none here; its own reading says why."""
    import pypdfium2 as pdfium

    try:
        opened = pdfium.PdfDocument(str(blob.file) if blob.file else blob.data)
    except pdfium.PdfiumError:
        return
    with closing(opened) as pdf:
        taken: dict[str, str] = {}
        for number, attachment in enumerate(_attachments(pdf, blob), 1):
            if number > MOST_MEMBERS or budget.left <= 0:
                message = "the files attached to it come to more than may be read; the rest was not opened"
                yield Member(f"{blob.path}!/", None, "zip-bomb", message)
                return
            member = _member(blob, attachment, number, taken, budget)
            if member is not None:
                yield member


def _member(blob: Blob, attachment: Any, number: int, taken: dict[str, str], budget: Budget) -> Member | None:
    """An attached file; None for one that was given already. `taken` holds the digest of each by its name."""
    import pypdfium2 as pdfium

    name = _name(attachment) or f"attachment-{number}"
    try:
        data = bytes(attachment.get_data())
    except pdfium.PdfiumError:
        name = _free(name, taken)
        taken[name] = ""
        path, _ = inner(blob, name)
        message = "the attached file cannot be taken out; save it from the PDF as a file of its own and check that"
        return Member(path, None, "damaged", message)
    budget.left -= len(data)
    digest = hashlib.sha256(data).hexdigest()
    if taken.get(name) == digest:
        return None
    name = _free(name, taken)
    taken[name] = digest
    path, note = inner(blob, name)
    return Member(path, Blob(path, data=data), note=note)


def _name(attachment: Any) -> str:
    import pypdfium2 as pdfium

    try:
        name: str = attachment.get_name()
    except pdfium.PdfiumError:
        return ""
    return name.replace("\0", "").strip("/ ")


def _free(name: str, taken: dict[str, str]) -> str:
    """The name, with a number where another file has it: each member is found again by its path."""
    path = PurePosixPath(name)
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name.removesuffix(path.suffix)}-{number}{path.suffix}"
    return free


def _attachments(pdf: Any, blob: Blob) -> Iterator[Any]:
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    for index in range(pdf.count_attachments()):
        yield pdf.get_attachment(index)
    if not _may_be_pinned(blob):
        return
    for number in range(len(pdf)):
        try:
            page = pdf[number]
        except pdfium.PdfiumError:
            continue
        with closing(page):
            for index in range(raw.FPDFPage_GetAnnotCount(page)):
                note = raw.FPDFPage_GetAnnot(page, index)
                if found := raw.FPDFAnnot_GetFileAttachment(note):
                    yield pdfium.PdfAttachment(found, pdf)
                raw.FPDFPage_CloseAnnot(note)


def _may_be_pinned(blob: Blob) -> bool:
    """Whether a file may be attached to a page. All pages are opened only then, which takes as long as reading them."""
    data = blob.read()
    if _PINNED in data or (b"/Encrypt" in data and b"/ObjStm" in data):
        return True
    for match in _OBJECTS.finditer(data):
        try:
            objects = zlib.decompressobj().decompress(data[match.end() : match.end() + _UNPACKED], _UNPACKED)
        except zlib.error:
            return True
        if _PINNED in objects:
            return True
    return False
