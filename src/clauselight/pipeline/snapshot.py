"""A document as bytes, and back: so that rules are applied again without the reader, and above all without OCR.

What the file itself gives at no cost (the boxes of a PDF's own text layer) is not kept but looked up in the original.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from clauselight.formats.textlayer import TextLayer
from clauselight.model import Blob, Box, Context, Document, LineLayout, Unit
from clauselight.model.document import BlockLayout, Columns, Layout
from clauselight.structure.describe import describer, kind_by_content
from clauselight.structure.grids import Grid
from clauselight.structure.pages import Glyph, PagedLayout, PageText
from clauselight.structure.tables import in_columns

VERSION = 1


def freeze(document: Document) -> bytes:
    """The document as compressed JSON."""
    record = {
        "v": VERSION,
        "media_type": document.media_type,
        "reader": document.reader,
        "text": document.text,
        "offset": document.offset,
        "title": document.title,
        "encoding": document.encoding,
        "last": document.last,
        "layout": _layout(document.layout),
    }
    return zlib.compress(
        json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 3
    )


def text_of(kept: bytes) -> str:
    """The canonical text alone."""
    return str(json.loads(zlib.decompress(kept).decode("utf-8", "surrogatepass"))["text"])


def thaw(kept: bytes, path: str, original: Callable[[], Blob]) -> Document:
    """The document again; `original` gives the bytes it was read from, and is called only where boxes are looked up."""
    record = json.loads(zlib.decompress(kept).decode("utf-8", "surrogatepass"))
    text = record["text"]
    layout = _again(record["layout"], text, path, original)
    return Document(
        path,
        record["media_type"],
        record["reader"],
        text,
        layout,
        record["offset"],
        record["title"],
        record["encoding"],
        record["last"],
    )


def _layout(layout: Layout) -> dict[str, Any]:
    if isinstance(layout, PagedLayout):
        return {"form": "pages", "pages": [_page(p) for p in layout.pages]}
    if isinstance(layout, LineLayout):
        record = {"form": "lines", "kind": layout.kind, "first": layout.first_line}
        record |= {} if layout.page is None else {"page": layout.page}
        return {**record, "columns": asdict(layout.columns)} if layout.columns else record
    assert isinstance(layout, BlockLayout)
    units, contexts = layout.parts
    given = [contexts(i) for i in range(len(units))] if callable(contexts) else contexts
    return {
        "form": "blocks",
        "units": [[u.start, u.end, u.line, u.end_line, u.page] for u in units],
        "contexts": _contexts(given),
        "marks": [list(mark) for mark in layout.marks],
        "boxes": [asdict(box) if box else None for box in layout.unit_boxes],
    }


def _contexts(contexts: Sequence[Context]) -> dict[str, Any]:
    """Each context once; most units of a document share theirs."""
    table: dict[str, int] = {}
    use = [table.setdefault(json.dumps(asdict(c), ensure_ascii=False, sort_keys=True), len(table)) for c in contexts]
    return {"table": [json.loads(t) for t in table], "use": use}


def _page(page: PageText) -> dict[str, Any]:
    record: dict[str, Any] = {"n": page.number, "size": len(page.text)}
    if page.layer or not page.text:
        return {**record, "layer": page.layer}
    glyphs = [
        None if g is None else [round(g.x0, 2), round(g.y0, 2), round(g.x1, 2), round(g.y1, 2), g.confidence]
        for g in page.glyphs()
    ]
    return {**record, "glyphs": glyphs, "grids": [[g.ys, g.xs] for g in page.grids()]}


def _again(record: dict[str, Any], text: str, path: str, original: Callable[[], Blob]) -> Layout:
    if record["form"] == "lines":
        return _lines(record, text, path)
    if record["form"] == "blocks":
        units = [Unit(*u) for u in record["units"]]
        table = [_context(c) for c in record["contexts"]["table"]]
        marks = [(offset, line) for offset, line in record.get("marks", ())]
        boxes = [Box(**box) if box else None for box in record.get("boxes", ())]
        return BlockLayout(units, [table[i] for i in record["contexts"]["use"]], boxes, marks)
    return PagedLayout(list(_pages(record["pages"], text, TextLayer(original))))


def _lines(record: dict[str, Any], text: str, path: str) -> LineLayout:
    if kept := record.get("columns"):
        columns = Columns(kept["delimiter"], tuple(kept["header"]))
        return LineLayout(text, in_columns(columns), record["first"], record["kind"], columns)
    describe = describer(record["kind"] or kind_by_content(text[:40_000]), path)
    return LineLayout(text, describe, record["first"], record["kind"], page=record.get("page"))


def _pages(records: Sequence[dict[str, Any]], text: str, layer: TextLayer) -> Iterator[PageText]:
    at = 0
    for record in records:
        own = text[at : at + record["size"]]
        at += record["size"] + 1
        number = record["n"]
        if record.get("layer"):
            yield PageText(number, own, partial(layer.glyphs, number), partial(layer.grids, number), True)
        else:
            glyphs = [None if g is None else Glyph(*g) for g in record.get("glyphs", ())]
            grids = [Grid(tuple(ys), tuple(xs)) for ys, xs in record.get("grids", ())]
            yield PageText(number, own, partial(_given, glyphs), partial(_given, grids))


def _context(record: dict[str, Any]) -> Context:
    fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in record.items()}
    return Context(**fields)


def _given(value: Any) -> Any:
    return value
