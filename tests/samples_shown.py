"""All that is said of the samples, as text. ``python tests/samples_shown.py`` writes the expected files anew.

Read every changed line against the samples before you commit it: these files are what the program says in public.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from pathlib import Path

from clauselight.cli import main

ROOT = Path(__file__).resolve().parents[1]
EXPECTED = ROOT / "tests/data/samples"
CASE = "samples/case"
#: the samples that need no OCR
SINGLE = ("samples/example_sdk.h", "samples/tender_example_city.md", "samples/vendor_page.html")
VERBS = ("who", "chain", "timeline")
_COLUMNS = ("level", "attribute", "groups", "role", "strength", "strength_token", "polarity")


def shown(what: str) -> str:
    """What a verb prints of the samples; run in the root of the repository."""
    quiet = ("--jobs", "1", "--ocr", "never", "--quiet")
    if what == "check":
        return _findings(_run("check", CASE, *SINGLE, "--level", "mention", "--format", "csv", *quiet))
    return _run(what, CASE, *quiet)


def _run(*arguments: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "out"
        status = main([*arguments, "-o", str(file)])
        assert status in (0, 1), (arguments, status)
        return file.read_text(encoding="utf-8")


def _findings(table: str) -> str:
    """One finding a line: where, what, how strongly, and the words."""
    lines = []
    for row in csv.DictReader(io.StringIO(table, newline="")):
        values = " ".join(row[c] or "-" for c in _COLUMNS)
        lines.append(f"{row['path']}:{row['line']} {values} “{' '.join(row['quote'].split())}”\n")
    return "".join(lines)


if __name__ == "__main__":
    os.chdir(ROOT)
    EXPECTED.mkdir(exist_ok=True)
    for name in (*VERBS, "check"):
        (EXPECTED / f"{name}.txt").write_text(shown(name), encoding="utf-8")
