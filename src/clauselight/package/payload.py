"""What a package holds: what was found, what it was found in, and how, in the folder ``data`` of a bag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauselight.case.store import Case, Reading
from clauselight.dossier.blocks import PICTURES, Picture
from clauselight.dossier.gather import Dossier
from clauselight.package import bag, certificate, citations, process, records, seal
from clauselight.package.crate import crate
from clauselight.package.files import write_json
from clauselight.package.provenance import provenance
from clauselight.package.request import BagRequest
from clauselight.package.sources import PackagedSource, write_sources
from clauselight.package.texts import PackagedText, write_texts
from clauselight.version import __version__


@dataclass(frozen=True, slots=True)
class PayloadParts:
    """The dossier's own files by name, and the pictures that they name, if they do."""

    documents: Mapping[str, bytes]
    pictures: tuple[Picture, ...] | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What was put into a package beside the dossier."""

    sources: tuple[PackagedSource, ...]
    texts: tuple[PackagedText, ...]
    readings: tuple[Reading, ...]


def write(case: Case, dossier: Dossier, parts: PayloadParts, folder: Path, request: BagRequest) -> None:
    """Write a package into an empty folder and seal it. Raises `UsageError` for a key or token that will not do."""
    data = folder / "data"
    data.mkdir()
    _write_parts(data, dossier, parts)
    readings = tuple(case.readings())
    texts = write_texts(data, case, readings, dossier.unmask)
    contents = Contents(write_sources(data, case, dossier.origins, request.originals), texts, readings)
    records.write(data, dossier, readings)
    write_json(data / "package.json", _package(dossier, contents))
    _write_papers(data, dossier, contents)
    bag.write(folder, dossier.title, dossier.created)
    seal.seal(folder, dossier.created, request.key, request.timestamp)


def _write_parts(data: Path, dossier: Dossier, parts: PayloadParts) -> None:
    """Pictures of places always travel; drawings only where a form names them, for others hold them."""
    for name, content in parts.documents.items():
        (data / name).write_bytes(content)
    pictures = {p.name: p.data for p in (*dossier.pictures.crops.values(), *(parts.pictures or ()))}
    if pictures:
        (data / PICTURES).mkdir()
    for name, content in pictures.items():
        (data / PICTURES / name).write_bytes(content)


def _write_papers(data: Path, dossier: Dossier, contents: Contents) -> None:
    """What a court, an archive or a librarian asks for beside the findings. The crate is last: it names all others."""
    for name, text in (
        ("process.md", process.text(dossier)),
        ("certificate.md", certificate.text(dossier)),
        ("citations.bib", citations.bibtex(dossier)),
        ("citations.csl.json", citations.csl(dossier)),
    ):
        (data / name).write_text(text, encoding="utf-8")
    write_json(data / "provenance.jsonld", provenance(dossier, contents.sources, contents.texts, contents.readings))
    write_json(data / "ro-crate-metadata.json", crate(dossier, data))


def _package(dossier: Dossier, contents: Contents) -> dict[str, Any]:
    return {
        "format": seal.FORMAT,
        "title": dossier.title,
        "created": dossier.created,
        "program": f"clauselight {__version__}",
        "rules": list(dossier.decided_by),
        "masked": not dossier.unmask,
        "texts": [t.record() for t in contents.texts],
        "sources": [s.record() for s in contents.sources],
        "journal_head": dossier.journal[-1].hash,
        "journal_entries": len(dossier.journal),
        "readings": [_reading(r) for r in contents.readings],
    }


def _reading(reading: Reading) -> dict[str, Any]:
    c = reading.coverage
    return {
        "source_sha256": reading.sha256,
        "inner": reading.inner,
        "path": c.path,
        "reader": c.reader,
        "state": c.state,
        "text_sha256": c.text_sha256,
        "ocr_pages": list(c.pages.ocr) if c.pages else [],
        "recognisers": list(c.recognisers),
        "url": c.url,
        "retrieved": c.retrieved,
    }
