"""The canonical texts of a package: every one once, covered where personal data is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauselight.case.store import Case, Reading
from clauselight.exports.mask import mask
from clauselight.pipeline.snapshot import text_of


@dataclass(frozen=True, slots=True)
class PackagedText:
    """A text by the digest that it has uncovered. Covering keeps the length, so offsets hold."""

    sha256: str
    #: its file below ``data``
    file: str
    file_sha256: str
    masked: bool
    characters: int

    def record(self) -> dict[str, Any]:
        """For ``package.json``."""
        return {
            "sha256": self.sha256,
            "file": self.file,
            "file_sha256": self.file_sha256,
            "masked": self.masked,
            "characters": self.characters,
        }


def write_texts(data: Path, case: Case, readings: Iterable[Reading], unmask: bool) -> tuple[PackagedText, ...]:
    """Write the text of each reading that gave one."""
    (data / "texts").mkdir()
    out: dict[str, PackagedText] = {}
    for reading in readings:
        digest = reading.coverage.text_sha256
        if digest and digest not in out:
            out[digest] = _written(data, digest, "".join(text_of(k) for k in case.kept(reading.id)), unmask)
    return tuple(out.values())


def _written(data: Path, digest: str, text: str, unmask: bool) -> PackagedText:
    covered = text if unmask else mask(text).text
    raw = covered.encode("utf-8", "replace")
    name = f"texts/{digest}.txt"
    (data / name).write_bytes(raw)
    return PackagedText(digest, name, hashlib.sha256(raw).hexdigest(), covered != text, len(text))
