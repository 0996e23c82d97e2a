"""The bag around a payload: BagIt 1.0 (RFC 8493) with SHA-256, and the verifier that travels with it."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path

from clauselight.package import verifier
from clauselight.version import __version__

#: the files that the tag manifest lists
_TAGS = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "verify.py")


def write(folder: Path, title: str, created: str) -> None:
    """Make a bag of a folder with its payload in ``data``. `created` is a moment in UTC (ISO 8601)."""
    payload = {f"data/{path}": verifier.sha256_of(file) for path, file in verifier.files_of(folder / "data").items()}
    _write_manifest(folder / "manifest-sha256.txt", payload)
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8")
    size = sum((folder / p).stat().st_size for p in payload)
    info = _info(title, created, f"{size}.{len(payload)}")
    (folder / "bag-info.txt").write_text(info, encoding="utf-8")
    shutil.copyfile(verifier.__file__, folder / "verify.py")
    _write_manifest(folder / "tagmanifest-sha256.txt", {t: verifier.sha256_of(folder / t) for t in _TAGS})


def _info(title: str, created: str, oxum: str) -> str:
    """A title with a line feed in it would begin a tag of its own."""
    day = datetime.datetime.fromisoformat(created).date().isoformat()
    return (
        f"Bag-Software-Agent: clauselight {__version__}\n"
        f"Bagging-Date: {day}\n"
        f"External-Description: {' '.join(title.split())}\n"
        f"Payload-Oxum: {oxum}\n"
    )


def _write_manifest(path: Path, digests: Mapping[str, str]) -> None:
    lines = (f"{digests[p]}  {verifier.escaped(p)}\n" for p in sorted(digests))
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
