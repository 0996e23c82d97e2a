"""A dossier as PDF/A-2b, set by typst."""

from __future__ import annotations

import io
import json
import math
import re
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
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
from clauselight.dossier.fonts import chinese_font
from clauselight.dossier.forms import Form
from clauselight.errors import UsageError

#: how often characters that no font has are named before it is given up
_TRIES = 60
#: pixels across a picture: as drawn, and at the least; and how many pictures are taken at full width
_WIDE, _NARROW, _MANY = 1200, 700, 250
#: what a PDF/A may not hold, or only fonts with colours have: emoji, variation selectors, private use
_NEVER_PRINTED = re.compile(
    "[\u2705\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\ufe00-\ufe0f\U0001f000-\U0001faff\ue000-\uf8ff\ufffe\uffff\ud800-\udfff]"
)


def render(manuscript: Manuscript) -> bytes:
    """The same input gives the same bytes. Raises `UsageError` where typst or a font for Chinese is missing."""
    typst = _library()
    fonts = chinese_font()
    with tempfile.TemporaryDirectory(prefix="clauselight-") as name:
        folder = Path(name)
        template = files("clauselight.dossier.render").joinpath("dossier.typ").read_text(encoding="utf-8")
        (folder / "main.typ").write_text(template, encoding="utf-8")
        text = json.dumps(_data(manuscript, fonts, folder), ensure_ascii=False)
        return _set(typst, folder, text, int(manuscript.when.timestamp()))


def _library() -> Any:
    try:
        import typst
    except ImportError as error:
        raise UsageError("--format pdf needs the `case` extra: pip install 'clauselight[case]'") from error
    return typst


def _set(typst: Any, folder: Path, text: str, timestamp: int) -> bytes:
    """The PDF of the data. typst stops at the first line that no font can show: its characters are named, and so on."""
    for _ in range(_TRIES):
        text = _NEVER_PRINTED.sub(_named, text)
        (folder / "data.json").write_text(text, encoding="utf-8")
        try:
            return _compiled(typst, folder, timestamp)
        except typst.TypstError as error:
            signs = _without_font(str(error))
            if not signs:
                raise UsageError(f"the PDF cannot be made: {error}") from error
            text = re.sub("[" + "".join(re.escape(c) for c in signs) + "]", _named, text)
    raise UsageError(
        "the PDF cannot be made: too many characters that no installed font has; install fonts for their scripts"
    )


def _compiled(typst: Any, folder: Path, timestamp: int) -> bytes:
    source, root = str(folder / "main.typ"), str(folder)
    return bytes(typst.compile(source, root=root, format="pdf", pdf_standards=["a-2b"], timestamp=timestamp))


def _without_font(message: str) -> set[str]:
    """The characters that typst says it cannot show."""
    missing = re.search(r'the text `"(.+?)"` could not be displayed', message, re.DOTALL)
    return {c for c in missing[1] if ord(c) > 0x7F} if missing else set()


def _named(match: re.Match[str]) -> str:
    """A character that no font here has, by its number: a box instead of a letter is no evidence."""
    return f"⟨U+{ord(match.group()):04X}⟩"


def _data(manuscript: Manuscript, fonts: Sequence[str], folder: Path) -> dict[str, Any]:
    """What the template is filled with; pictures are laid into the folder."""
    when, width = manuscript.when, _width(manuscript)
    return {
        "title": manuscript.title,
        "date": [when.year, when.month, when.day],
        "fonts": fonts,
        "blocks": [_typst(b, folder, width) for b in manuscript.blocks],
    }


def _width(manuscript: Manuscript) -> int:
    """Pixels across each picture, fewer where there are many.

    typst holds every picture unpacked, and memory must stay bounded; the page and the package have them whole.
    """
    pictures = sum(isinstance(b, Picture) for b in manuscript.blocks)
    return round(max(_NARROW, min(_WIDE, _WIDE * math.sqrt(_MANY / max(1, pictures)))))


def _typst(block: Block, folder: Path, width: int) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"t": "h", "level": level, "text": text}
        case Para(text, strong):
            return {"t": "p", "text": text, "strong": strong}
        case Quotation():
            return {"t": "q", "pieces": pieces(block)}
        case Facts(rows):
            return {"t": "f", "rows": [[k, _runs(v)] for k, v in rows]}
        case Table():
            return _table(block)
        case Bullets(items):
            return {"t": "l", "items": items}
        case Picture():
            return {"t": "i", "file": _laid(block, folder, width), "alt": block.alt}


def _table(table: Table) -> dict[str, Any]:
    """Columns by the root of their longest cell, so that a long quote does not press the others to nothing."""
    lengths = [max([len(head) * 2, *(min(60, len(r[i])) for r in table.rows)]) for i, head in enumerate(table.head)]
    return {
        "t": "t",
        "head": table.head,
        "rows": [[_runs(c) for c in r] for r in table.rows],
        "widths": [max(8, n) ** 0.5 for n in lengths],
    }


def _laid(picture: Picture, folder: Path, width: int) -> str:
    """Put a picture into the folder; the name of its file."""
    name, data = picture.name, picture.data
    if picture.media_type == "image/png":
        name, data = Path(name).with_suffix(".jpg").name, _jpeg(data, width)
    (folder / name).write_bytes(data)
    return name


def _jpeg(png: bytes, width: int) -> bytes:
    """A JPEG is put into a PDF as it is; a PNG is unpacked in memory, and a thousand of them need gigabytes."""
    from PIL import Image

    out = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    if image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.BILINEAR)
    image.save(out, "JPEG", quality=88, subsampling=0)
    return out.getvalue()


#: a digest, which is copied and compared whole
_DIGEST = re.compile(r"(?<![0-9a-f])([0-9a-f]{40,128})(?![0-9a-f])")
#: behind these marks a long path may go on in the next line; behind a hyphen, readers of PDF take it for a broken word
_MAY_BREAK = re.compile(r"(?<=[/_.])(?=\w)")


def _runs(text: str) -> list[tuple[str, str]]:
    """A text as runs: `d`, a digest that stands on one line; `t`, all else, which may break behind each run.

    No character is put in for that: who copies a path or a digest has what was printed.
    """
    out: list[tuple[str, str]] = []
    for number, part in enumerate(_DIGEST.split(text)):
        out += [("d", part)] if number % 2 else [("t", piece) for piece in _MAY_BREAK.split(part) if piece]
    return out


FORM = Form("pdf", ".pdf", render, "PDF/A-2b")
