"""One clause set written in every format gives the same findings in all of them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from builders import docx, eml, epub, html, pdf, rtf, xlsx
from clauselight.formats.registry import format_of, formats
from clauselight.model import Blob

CLAUSES = [
    "5.1 摄像机应能识别人员的性别和民族。",
    "5.2 车身颜色分为白色和黑色。",
    "5.3 The camera shall determine the race of each face.",
    "5.4 设备应可靠。",
]
WANTED = {("ethnicity", "finding", "shall"), ("race", "finding", "shall")}

FILES: dict[str, bytes] = {
    "a.txt": "\n".join(CLAUSES).encode(),
    "gb.txt": "\r\n".join(CLAUSES).encode("gb18030"),
    "wide.txt": "\n".join(CLAUSES).encode("utf-16"),
    "a.md": "\n\n".join(CLAUSES).encode(),
    "a.html": html(CLAUSES),
    "a.docx": docx(CLAUSES),
    "a.xlsx": xlsx([["no", "requirement"], *[[str(n), c] for n, c in enumerate(CLAUSES)]]),
    "a.pdf": pdf([CLAUSES]),
    "a.epub": epub(CLAUSES),
    "a.eml": eml(CLAUSES),
    "a.csv": ("no,requirement\n" + "\n".join(f'{n},"{c}"' for n, c in enumerate(CLAUSES))).encode(),
    "a.json": ('{"clauses": [\n' + ",\n".join(f'"{c}"' for c in CLAUSES) + "\n]}").encode(),
    "escaped.json": ('{"clauses": [\n' + ",\n".join(ascii(c).replace("'", '"') for c in CLAUSES) + "\n]}").encode(),
    "a.yaml": ("clauses:\n" + "\n".join(f'  - "{c}"' for c in CLAUSES)).encode(),
    "a.xml": ("<?xml version='1.0'?>\n<r>\n" + "\n".join(f"<c>{c}</c>" for c in CLAUSES) + "\n</r>").encode(),
    "a.rtf": rtf(CLAUSES),
    "a.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": "\n".join(CLAUSES)}]}).encode(),
    "a.svg": ("<svg>\n" + "\n".join(f"<text>{c}</text>" for c in CLAUSES) + "</svg>").encode(),
    "a.fb2": ("<FictionBook><body>" + "\n".join(f"<p>{c}</p>" for c in CLAUSES) + "</body></FictionBook>").encode(),
    "a.vcf": ("BEGIN:VCARD\n" + "\n".join(f"NOTE:{c}" for c in CLAUSES) + "\nEND:VCARD").encode(),
    "a.py": ("CLAUSES = [\n" + "\n".join(f'    "{c}",' for c in CLAUSES) + "\n]").encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_same_findings_in_every_format(name: str, outcome: Callable) -> None:  # type: ignore[type-arg]
    result = outcome(FILES[name], name)
    assert {(f.attribute, f.level, f.strength) for f in result.findings if f.level == "finding"} == WANTED
    assert result.coverage.state == "read", result.coverage.problems
    assert len([f for f in result.findings if f.level == "finding"]) == 2


@pytest.mark.parametrize("name", FILES)
def test_the_content_tells_the_format_whatever_the_name(name: str) -> None:
    if name.endswith((".pdf", ".docx", ".xlsx", ".epub", ".html", ".xml", ".rtf")):
        right = format_of(Blob(name, data=FILES[name]))
        wrong = format_of(Blob("renamed.bin", data=FILES[name]))
        assert right is wrong is not None


def test_each_format_is_registered_once_and_documented() -> None:
    names = [f.name for f in formats()]
    assert len(names) == len(set(names))
    for form in formats():
        module = __import__(form.read.__module__, fromlist=["x"])
        assert module.__doc__ and len(module.__doc__) > 30, form.name
