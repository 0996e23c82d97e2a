"""A dossier as a Word file."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from clauselight.dossier.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Manuscript,
    Para,
    Picture,
    Quotation,
    Table,
    pieces,
)
from clauselight.dossier.forms import Form
from clauselight.errors import UsageError

#: centimetres between the margins of a page
_WIDTH = 16


def render(manuscript: Manuscript) -> bytes:
    """A Word file. Drawings are given by the tables beside them, since Word takes no SVG."""
    try:
        import docx
    except ImportError as error:
        raise UsageError("--format docx needs the `case` extra: pip install 'clauselight[case]'") from error
    file = docx.Document()
    _set_up(file, manuscript)
    file.add_heading(_xml(manuscript.title), 0)
    for block in manuscript.blocks:
        _add(file, block)
    out = io.BytesIO()
    file.save(out)
    return _steady(out, manuscript.when)


def _set_up(file: Any, manuscript: Manuscript) -> None:
    """Fonts and properties. Word looks a font for Chinese up by an attribute that python-docx has no name for."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = file.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans", Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    properties = file.core_properties
    properties.title, properties.author = manuscript.title, "clauselight"
    properties.created = properties.modified = manuscript.when


def _add(file: Any, block: Block) -> None:
    match block:
        case Heading(level, text):
            file.add_heading(_xml(text), level)
        case Para(text, strong):
            file.add_paragraph().add_run(_xml(text)).bold = strong
        case Quotation():
            _add_quote(file, block)
        case Facts(rows):
            _add_table(file, rows, None)
        case Table(head, rows):
            _add_table(file, (head, *rows), "Light Grid Accent 1")
        case Bullets(items):
            for item in items:
                file.add_paragraph(_xml(item), style="List Bullet")
        case Picture():
            _add_picture(file, block)


def _add_quote(file: Any, quote: Quotation) -> None:
    from docx.enum.text import WD_COLOR_INDEX

    paragraph = file.add_paragraph(style="Intense Quote")
    for text, marked in pieces(quote):
        run = paragraph.add_run(_xml(text))
        if marked:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _add_table(file: Any, rows: Sequence[Sequence[str]], style: str | None) -> None:
    if not rows:
        return
    table = file.add_table(rows=0, cols=len(rows[0]), style=style)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _xml(text)


def _add_picture(file: Any, picture: Picture) -> None:
    from docx.shared import Cm

    if picture.media_type == "image/png":
        file.add_picture(io.BytesIO(picture.data), width=Cm(_WIDTH))


def _xml(text: str) -> str:
    """XML has no place for control characters, halves of characters and non-characters."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def _steady(made: io.BytesIO, when: datetime.datetime) -> bytes:
    """The same file with the same times inside, so that it is the same on repeat."""
    moment = (max(1980, when.year), when.month, when.day, when.hour, when.minute, when.second)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, moment)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()


FORM = Form("docx", ".docx", render, "for Word")
