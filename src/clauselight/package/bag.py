"""The package: a BagIt bag with what was found, what it was found in, and how, for a stranger to verify without us."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import mimetypes
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from clauselight.case.store import Case, Reading
from clauselight.dossier.content import Dossier
from clauselight.exports.case import COLUMNS, item_record
from clauselight.exports.findings.annotations import collection
from clauselight.exports.mask import mask
from clauselight.exports.records import coverage_record
from clauselight.exports.registry import Settings
from clauselight.exports.statements import forms
from clauselight.exports.statements.jsonl import statement_record
from clauselight.package import papers, seal, verifier
from clauselight.pipeline.snapshot import text_of
from clauselight.version import __version__


def write(
    folder: Path,
    case: Case,
    dossier: Dossier,
    documents: dict[str, bytes],
    *,
    extra: dict[str, bytes] | None = None,
    originals: bool = True,
    key: Path | None = None,
    timestamp: str | None = None,
    tick: Callable[[str], None] | None = None,
) -> None:
    """Write the bag into an empty folder. `documents` are the dossier's own files by name. Raises `UsageError` for a key or token that will not do."""
    data = folder / "data"
    data.mkdir(parents=True)
    for name, content in documents.items():
        (data / name).write_bytes(content)
    _crops(data, dossier, extra or {})
    readings = {r.id: r for r in case.readings()}
    texts = _texts(data, case, readings, dossier.unmask)
    sources = _sources(data, case, dossier, originals, tick)
    _records(data, case, dossier, readings)
    _lines(data / "journal.jsonl", (e.record() for e in dossier.journal))
    _json(
        data / "package.json",
        {
            "format": seal.FORMAT, "title": dossier.title, "created": dossier.created, "program": f"clauselight {__version__}", "rules": dossier.decided_by,
            "masked": not dossier.unmask, "texts": texts, "sources": sources, "journal_head": dossier.journal[-1].hash, "journal_entries": len(dossier.journal),
            "readings": [_reading(r) for r in readings.values()],
        },
    )  # fmt: skip
    for name, text in papers.papers(dossier).items():
        (data / name).write_text(text, encoding="utf-8")
    _json(data / "provenance.jsonld", papers.provenance(dossier, sources, texts, list(readings.values())))
    _json(data / "ro-crate-metadata.json", papers.crate(dossier, data))
    _bag(folder, dossier)
    seal.seal(folder, dossier.created, key, timestamp)


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _lines(path: Path, rows: Iterator[Any] | list[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _crops(data: Path, dossier: Dossier, extra: dict[str, bytes]) -> None:
    pictures = {f"crops/{p.name}": p.data for p in dossier.crops.values()} | extra
    if pictures:
        (data / "crops").mkdir()
    for name, content in pictures.items():
        (data / name).write_bytes(content)


def _texts(data: Path, case: Case, readings: dict[int, Reading], unmask: bool) -> list[dict[str, Any]]:
    """Every canonical text once, covered where personal data stands; the cover keeps the length, so offsets hold."""
    (data / "texts").mkdir()
    out: dict[str, dict[str, Any]] = {}
    for number, reading in readings.items():
        digest = reading.coverage.text_sha256
        if not digest or digest in out:
            continue
        text = "".join(text_of(k) for k in case.kept(number))
        covered = text if unmask else mask(text).text
        raw = covered.encode("utf-8", "replace")
        name = f"texts/{digest}.txt"
        (data / name).write_bytes(raw)
        out[digest] = {
            "sha256": digest,
            "file": name,
            "file_sha256": hashlib.sha256(raw).hexdigest(),
            "masked": covered != text,
            "characters": len(text),
        }
    return list(out.values())


def _sources(
    data: Path, case: Case, dossier: Dossier, originals: bool, tick: Callable[[str], None] | None
) -> list[dict[str, Any]]:
    """Every source with its origins; its bytes travel unless they must not."""
    out = []
    if originals:
        (data / "originals").mkdir()
    for digest, origins in dossier.origins.items():
        file = case.original(digest)
        suffix = Path(origins[0].path).suffix[:12] if origins else ""
        name = (
            f"originals/{digest}{suffix if suffix[1:].isalnum() and suffix.isascii() else ''}"
            if originals and file.exists()
            else None
        )
        if name:
            shutil.copyfile(file, data / name)
        if tick:
            tick(origins[0].path if origins else digest)
        told = [
            {
                "path": o.path,
                "how": o.how,
                "added": o.added,
                "by": o.by,
                "note": o.note,
                "url": o.url,
                "retrieved": o.retrieved,
            }
            for o in origins
        ]
        out.append(
            {"sha256": digest, "size": file.stat().st_size if file.exists() else None, "file": name, "origins": told}
        )
    return out


def _reading(reading: Reading) -> dict[str, Any]:
    c = reading.coverage
    return {
        "source_sha256": reading.sha256, "inner": reading.inner, "path": c.path, "reader": c.reader, "state": c.state, "text_sha256": c.text_sha256,
        "ocr_pages": list(c.pages.ocr) if c.pages else [], "url": c.url, "retrieved": c.retrieved,
    }  # fmt: skip


def _records(data: Path, case: Case, dossier: Dossier, readings: dict[int, Reading]) -> None:
    rows = [item_record(i, dossier.unmask) for i in dossier.items]
    _lines(data / "findings.jsonl", rows)
    out = io.StringIO()
    from clauselight.exports.case import flat_row

    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat_row(i, dossier.unmask) for i in dossier.items)
    (data / "findings.csv").write_text(out.getvalue(), encoding="utf-8")
    _json(data / "annotations.jsonld", collection(dossier.items, dossier.unmask))
    stated = []
    for number, own in dossier.stated.items():
        for s in own:
            record = statement_record(s, dossier.unmask)
            for place in record["evidence"]:
                place["text_sha256"] = readings[number].coverage.text_sha256
            stated.append(record)
    _lines(data / "statements.jsonl", stated)
    with (data / "statements.ftm.json").open("w", encoding="utf-8") as stream:
        forms()["ftm"](stream, dossier.account, Settings(dossier.unmask))
    _lines(data / "coverage.jsonl", (coverage_record(c) for c in dossier.coverage))
    judged = [
        {"finding": j.finding, "decision": j.decision, "reason": j.reason, "by": j.by, "at": j.at}
        for j in dossier.judgements
    ]
    _lines(data / "judgements.jsonl", judged)


def _bag(folder: Path, dossier: Dossier) -> None:
    """BagIt 1.0 (RFC 8493), SHA-256."""
    payload = dict(_hashed(folder, "data"))
    _manifest(folder / "manifest-sha256.txt", payload)
    size = sum((folder / p).stat().st_size for p in payload)
    day = datetime.datetime.fromisoformat(dossier.created.replace("Z", "+00:00")).date().isoformat()
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", encoding="utf-8")
    title = " ".join(dossier.title.split())
    (folder / "bag-info.txt").write_text(
        f"Bag-Software-Agent: clauselight {__version__}\nBagging-Date: {day}\nExternal-Description: {title}\nPayload-Oxum: {size}.{len(payload)}\n",
        encoding="utf-8",
    )
    shutil.copyfile(verifier.__file__, folder / "verify.py")
    tags = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "verify.py")
    _manifest(folder / "tagmanifest-sha256.txt", {t: verifier.sha256_of(folder / t) for t in tags})


def _hashed(folder: Path, below: str) -> Iterator[tuple[str, str]]:
    for path, file in verifier.files_of(folder / below).items():
        yield f"{below}/{path}", verifier.sha256_of(file)


def _manifest(path: Path, digests: dict[str, str]) -> None:
    path.write_text(
        "".join(f"{digests[p]}  {verifier.escaped(p)}\n" for p in sorted(digests)), encoding="utf-8", newline="\n"
    )


def media_type(name: str) -> str:
    """The media type of a file of the package."""
    known = {
        ".jsonl": "application/jsonl",
        ".jsonld": "application/ld+json",
        ".md": "text/markdown",
        ".bib": "application/x-bibtex",
    }
    return known.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
