"""The sources of a package, with where they were obtained; their bytes travel unless they must not."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauselight.case.store import Case, Origin

#: characters of the end of a name that an original keeps, so that it can be opened
_SUFFIX = 12


@dataclass(frozen=True, slots=True)
class PackagedSource:
    """A source. `size` is None where its bytes are lost, `file` (below ``data``) where they do not travel."""

    sha256: str
    size: int | None
    file: str | None
    origins: tuple[Origin, ...]

    def record(self) -> dict[str, Any]:
        """For ``package.json``."""
        return {
            "sha256": self.sha256,
            "size": self.size,
            "file": self.file,
            "origins": [_origin(o) for o in self.origins],
        }


def write_sources(
    data: Path, case: Case, origins: Mapping[str, Sequence[Origin]], originals: bool
) -> tuple[PackagedSource, ...]:
    """Name every source, and copy its bytes where the originals travel."""
    if originals:
        (data / "originals").mkdir()
    out = []
    for digest, own in origins.items():
        file = case.original(digest)
        size = file.stat().st_size if file.exists() else None
        name = f"originals/{digest}{_suffix(own)}" if originals and size is not None else None
        if name:
            shutil.copyfile(file, data / name)
        out.append(PackagedSource(digest, size, name, tuple(own)))
    return tuple(out)


def _suffix(origins: Sequence[Origin]) -> str:
    """The end of the first name, if it is plain: it becomes part of a path on other systems."""
    suffix = Path(origins[0].path).suffix[:_SUFFIX] if origins else ""
    return suffix if suffix[1:].isalnum() and suffix.isascii() else ""


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "path": origin.path,
        "how": origin.how,
        "added": origin.added,
        "by": origin.by,
        "note": origin.note,
        "url": origin.url,
        "retrieved": origin.retrieved,
    }
