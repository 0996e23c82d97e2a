"""A kept document is the document that was read: the same text, units and contexts, for every form of a layout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from builders import docx, pdf
from clauselight.api import read
from clauselight.model import Blob, Document
from clauselight.pipeline.snapshot import freeze, thaw

FILES: dict[str, Callable[[], bytes]] = {
    "table.csv": lambda: "属性;说明;约束\n民族;人员的民族;必选\n".encode(),
    "table.tsv": lambda: b"field\tmeaning\nEthicCode\tethnicity\n",
    "clause.md": lambda: "# 5 要求\n\n| 属性 | 约束 |\n|---|---|\n| 民族 | 必选 |\n".encode(),
    "Face.java": lambda: b"class Face {\n  // race of the face\n  int race;\n}\n",
    "face.py": lambda: b"class Face:\n    # race of the face\n    race = 0\n",
    "face.xsd": lambda: b'<xs:schema>\n<xs:element name="Race">\n</xs:element>\n</xs:schema>\n',
    "page.html": lambda: "<h1>5 要求</h1><table><tr><th>属性</th></tr><tr><td>民族</td></tr></table>".encode(),
    "clause.docx": lambda: docx(["5 要求", "应能识别民族。"]),
    "clause.pdf": lambda: pdf([["5 要求", "应能识别民族。"]]),
}


def everything(document: Document) -> list[tuple[object, ...]]:
    layout = document.layout
    return [(layout.unit(i), layout.context(i)) for i in range(len(layout))]


@pytest.mark.parametrize("name", FILES)
def test_units_and_contexts_come_back(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name]())
    document = read(file)
    again = thaw(freeze(document), document.path, lambda: Blob(str(file), file=file))
    assert (again.text, again.title, again.reader) == (document.text, document.title, document.reader)
    assert everything(again) == everything(document)


def test_a_later_window_of_a_table_keeps_the_header() -> None:
    from clauselight.model import LineLayout
    from clauselight.model.document import Columns
    from clauselight.structure.tables import in_columns

    columns = Columns(";", ("属性", "约束"))
    layout = LineLayout("民族;必选\n", in_columns(columns), 1001, "prose", columns)
    document = Document("a.csv", "text/csv", "delimited/1", layout.text, layout, offset=5000)
    again = thaw(freeze(document), "a.csv", lambda: Blob("a.csv", data=b""))
    assert again.layout.context(0).headers == ("属性", "约束")
    assert again.layout.unit(0).line == 1001
