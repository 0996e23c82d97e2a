"""The payload as an RO-Crate 1.1, which lives inside the bag, as the appendix of its specification has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from clauselight.dossier.gather import Dossier
from clauselight.package.files import media_type
from clauselight.package.verifier import files_of
from clauselight.version import __version__

_METADATA = "ro-crate-metadata.json"
_LICENCE = {
    "@id": "https://spdx.org/licenses/Apache-2.0",
    "@type": "CreativeWork",
    "name": "Apache-2.0 for what the program wrote; sources are under their own terms",
}
_DESCRIPTOR = {
    "@id": _METADATA,
    "@type": "CreativeWork",
    "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    "about": {"@id": "./"},
}
_PROGRAM = {
    "@id": "#clauselight",
    "@type": "SoftwareApplication",
    "name": "clauselight",
    "version": __version__,
    "url": "https://example.org/clauselight",
}

_Entity = dict[str, Any]


def crate(dossier: Dossier, data: Path) -> _Entity:
    """The metadata of all files that lie in the folder of the payload now."""
    names = sorted(n for n in files_of(data) if n != _METADATA)
    files = [_file(data, n) for n in names]
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [_DESCRIPTOR, _root(dossier, names), _PROGRAM, _run(dossier, names), _LICENCE, *files],
    }


def _file(data: Path, name: str) -> _Entity:
    return {
        **_reference(name),
        "@type": "File",
        "name": name,
        "encodingFormat": media_type(name),
        "contentSize": str((data / name).stat().st_size),
    }


def _reference(name: str) -> _Entity:
    return {"@id": quote(name, safe="/._-")}


def _run(dossier: Dossier, names: list[str]) -> _Entity:
    """The run of the program: from the originals to all else."""
    return {
        "@id": "#run",
        "@type": "CreateAction",
        "name": "Reading, finding and packing",
        "instrument": {"@id": _PROGRAM["@id"]},
        "endTime": dossier.created,
        "object": [_reference(n) for n in names if n.startswith("originals/")],
        "result": [_reference(n) for n in names if not n.startswith("originals/")],
    }


def _root(dossier: Dossier, names: list[str]) -> _Entity:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": dossier.title,
        "description": f"{len(dossier.items)} findings with their sources, for verification",
        "datePublished": dossier.created[:10],
        "license": {"@id": _LICENCE["@id"]},
        "hasPart": [_reference(n) for n in names],
        "mentions": {"@id": "#run"},
    }
