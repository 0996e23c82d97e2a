"""The files of a package: how they are written, and of which media types they are."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: those that the standard library does not know, or knows by another name on another system
_MEDIA_TYPES = {
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".bib": "application/x-bibtex",
}


def media_type(name: str) -> str:
    """The media type of a file of the package, by its name."""
    known = _MEDIA_TYPES.get(Path(name).suffix)
    return known or mimetypes.guess_type(name)[0] or "application/octet-stream"


def write_json(path: Path, value: object) -> None:
    """One value, for people to read too."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_lines(path: Path, rows: Iterable[Any]) -> None:
    """JSON lines: one value a line, without spaces."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
