"""Legacy Word (.doc): 97 to 2003 here, older ones by antiword or LibreOffice where one of them is installed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats._convert import libreoffice, output_of
from clauselight.formats._word import Unlike, blocks_of
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document, LineLayout
from clauselight.parts.compound import CompoundFile
from clauselight.parts.inside import embedded
from clauselight.structure.describe import describer

_TEXT = "WordDocument"
#: the beginnings of pictures as Word stores them whole
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\xff\xd8\xff\xe1")


def claims(head: bytes, name: str) -> int:
    return (
        90
        if head.startswith(b"\xd0\xcf\x11\xe0") and not name.endswith((".xls", ".msi", ".ppt", ".pps", ".pot", ".msg"))
        else 0
    )


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The text with its parts. Of a file that only a converter reads, the text as that gives it."""
    data = blob.read()
    _look_inside(data, session)
    blocks = _own(data)
    if blocks is not None:
        session.report.expect(len(blocks.text))
        yield blocks.document(blob.path, "application/msword", "doc/2")
        return
    with tempfile.TemporaryDirectory(prefix="clauselight-") as folder:
        file = Path(folder) / "source.doc"
        file.write_bytes(data)
        text, tool = _convert(file)
    layout = LineLayout(text, describer("prose", ""), kind="prose")
    yield Document(
        blob.path, "application/msword", f"doc/1+{tool}", text, layout, title=text.strip().split("\n")[0][:120]
    )


def _own(data: bytes) -> Blocks | None:
    """The text without a converter; None for older files and damaged ones."""
    try:
        return blocks_of(CompoundFile(data))
    except (ValueError, Unlike):
        return None


def _look_inside(data: bytes, session: ReadSession) -> None:
    """Name what no converter gives as text. Raises `ReadError` for a file of Office that is no text."""
    try:
        file = CompoundFile(data)
    except ValueError:  # the converter may know better, and says so where it does not
        return
    names = file.names
    if not file.has(_TEXT):
        why = "an Office file that is no text, workbook, presentation or message, such as one of Visio or Publisher"
        raise ReadError("unknown-format", f"{why}; open it in its own program, save it as PDF and check that")
    objects = {name.split("/")[1] for name in names if name.startswith("ObjectPool/")}
    objects -= {name.split("/")[1] for name, _ in embedded(data) if "/" in name}
    if objects:
        message = f"{len(objects)} embedded objects were not read; save each as a file of its own and check that"
        session.report.problem("embedded-objects", message)
    if any(mark in data for mark in _PICTURES):
        message = "the pictures inside the file were not read; save it as DOCX or PDF and check that"
        session.report.problem("pictures-inside", message)


def _convert(file: Path) -> tuple[str, str]:
    """The text, and the name of the program that read it. antiword goes first: it is small and opens no connection."""
    antiword = shutil.which("antiword")
    if antiword:
        done = output_of([antiword, "-m", "UTF-8.txt", "-w", "0", str(file)], file.parent)
        text = (done or b"").decode("utf-8", "replace")
        if text.strip():
            return text, "antiword"
    by_office = libreoffice(file)
    if by_office is not None:
        return by_office, "libreoffice"
    if not antiword and not shutil.which("soffice") and not shutil.which("libreoffice"):
        raise ReadError(
            "no-converter", "a legacy .doc file needs a converter: install antiword or LibreOffice, or save it as DOCX"
        )
    raise ReadError("damaged", "the converter could not read the .doc file")


FORMAT = Format("doc", "application/msword", claims, read, (".doc",))
