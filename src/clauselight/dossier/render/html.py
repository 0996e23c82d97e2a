"""A dossier as one self-contained HTML page."""

from __future__ import annotations

import base64
from html import escape
from importlib.resources import files

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
from clauselight.exports.clean import PAGE_POLICY


def render(manuscript: Manuscript) -> bytes:
    """One page that loads nothing and needs no script."""
    title = escape(manuscript.title)
    body = "\n".join(_html(b) for b in manuscript.blocks)
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"{PAGE_POLICY}<title>{title}</title><style>{_style()}</style></head><body>"
        f"<header><h1>{title}</h1><nav>{_nav(manuscript)}</nav></header><main>{body}</main></body></html>\n"
    )
    return page.encode("utf-8", "replace")


def _style() -> str:
    return files("clauselight.dossier.render").joinpath("style.css").read_text(encoding="utf-8").removesuffix("\n")


def _nav(manuscript: Manuscript) -> str:
    tops = (b for b in manuscript.blocks if isinstance(b, Heading) and b.level == 1)
    return "".join(f'<a href="#{escape(t.anchor)}">{escape(t.text)}</a>' for t in tops)


def _html(block: Block) -> str:
    match block:
        case Heading(level, text, anchor):
            return f'<h{level} id="{escape(anchor)}">{escape(text)}</h{level}>'
        case Para(text, strong):
            return f"<p><strong>{escape(text)}</strong></p>" if strong else f"<p>{escape(text)}</p>"
        case Quotation():
            marked = (f"<mark>{escape(t)}</mark>" if m else escape(t) for t, m in pieces(block))
            return f"<blockquote>{''.join(marked)}</blockquote>"
        case Facts(rows):
            return "<dl>" + "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in rows) + "</dl>"
        case Table():
            return _table(block)
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{escape(i)}</li>" for i in items) + "</ul>"
        case Picture():
            return _figure(block)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in table.head)
    rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in table.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _figure(picture: Picture) -> str:
    """A drawing is part of the page, so that its words can be searched; other pictures are held as data."""
    if picture.media_type == "image/svg+xml":
        return f"<figure>{picture.data.decode()}</figure>"
    data = base64.b64encode(picture.data).decode()
    return f'<figure><img alt="{escape(picture.alt)}" src="data:{picture.media_type};base64,{data}"></figure>'


FORM = Form("html", ".html", render, "one page that loads nothing")
