"""A dossier as CommonMark with tables."""

from __future__ import annotations

import re

from clauselight.dossier.blocks import (
    PICTURES,
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


def render(manuscript: Manuscript) -> bytes:
    """CommonMark with tables; pictures are named, not held."""
    parts = [f"# {_escaped(manuscript.title)}\n", *(_markdown(b) + "\n" for b in manuscript.blocks)]
    return "\n".join(parts).encode("utf-8", "replace")


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * (level + 1)} {_escaped(text)}"
        case Para(text, strong):
            return f"**{_escaped(text)}**" if strong else _escaped(text)
        case Quotation():
            return _quote(block)
        case Facts(rows):
            return "\n".join(f"- {_escaped(k)}: {_escaped(v)}" for k, v in rows)
        case Table(head, rows):
            return "\n".join([_row(head), _line(("---",) * len(head)), *(_row(r) for r in rows)])
        case Bullets(items):
            return "\n".join(f"- {_escaped(i)}" for i in items)
        case Picture():
            return f"![{_escaped(block.alt)}]({PICTURES}/{block.name})"


def _quote(quote: Quotation) -> str:
    """Words with a space at an end are not marked: CommonMark takes stars beside a space for stars."""
    text = "".join(f"**{_escaped(t)}**" if m and t.strip() == t else _escaped(t) for t, m in pieces(quote))
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _row(cells: tuple[str, ...]) -> str:
    return _line(tuple(_escaped(c).replace("|", "\\|").replace("\n", " ") for c in cells))


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    """Words that are no markup: not a mark inside a line, nor one that begins a list, a rule or a block of code."""
    plain = re.sub(r"([\\`*_\[\]<>#~])|(&)(?=#|\w+;)", lambda m: "\\" + m.group(), text)
    return re.sub(r"(?m)^([ \t]*)([-+=]|\d{1,9}(?=[.)]))", _begun, plain)


def _begun(match: re.Match[str]) -> str:
    """The beginning of a line that would begin a list: its mark escaped; of a number the mark behind it is no list."""
    spaces, mark = match.groups()
    return f"{spaces}\\{mark}" if not mark.isdigit() else f"{spaces}{mark}\\"


FORM = Form("md", ".md", render, "Markdown, with its pictures beside it", names_pictures=True)
