"""The whole check of a package: all that the verifier inside it checks, the time-stamp's authority, and every quote in the originals read again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats.registry import OcrMode, Reading
from clauselight.model import Blob
from clauselight.package import seal, verifier
from clauselight.pipeline.analyse import documents
from clauselight.pipeline.members import member_blob


def verify(
    folder: Path,
    *,
    key: str | None = None,
    authority: Path | None = None,
    ocr: OcrMode = "auto",
    reread: bool = True,
    tick: Callable[[int, int], None] | None = None,
) -> verifier.Report:
    """Check a package. Nothing of it is run, not even the verifier that travels in it: this program has its own copy."""
    report: verifier.Report = verifier.verify(str(folder), key)
    if authority is not None and (folder / "timestamp.tsr").exists():
        why = seal.check_token(folder, authority)
        report.items = [i for i in report.items if i["check"] != "time" or i["status"] == "failed"]
        report.add(
            "time",
            "timestamp.tsr",
            "failed" if why else "verified",
            why or "signed by the authority whose certificates were given",
        )
    if reread and not any(i["status"] == "failed" and i["check"] in ("package", "bag") for i in report.items):
        try:
            _originals(folder, report, ocr, tick)
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            report.add("package", "package.json", "failed", f"cannot be read as a package: {error}")
    return report


def _originals(folder: Path, report: verifier.Report, ocr: OcrMode, tick: Callable[[int, int], None] | None) -> None:
    package = verifier.read_json(str(folder), "package.json")
    files = {s["sha256"]: (s["file"], s["origins"]) for s in package["sources"]}
    wanted: dict[str, list[tuple[str, str, int, int, str, str]]] = {}
    for name, digest, quote, start, end, before, after in _quotes(folder):
        wanted.setdefault(digest, []).append((name, quote, start, end, before, after))
    by_text = {r["text_sha256"]: r for r in package["readings"] if r["text_sha256"] in wanted}
    for number, (digest, quotes) in enumerate(wanted.items(), 1):
        if tick:
            tick(number, len(wanted))
        reading = by_text.get(digest)
        why, text = _again(folder, reading, files, ocr) if reading else ("no reading gave this text", None)
        subject = reading["path"] if reading else digest
        if text is None:
            for name, *_ in quotes:
                report.add("in the original", name, "not checked", why)
            continue
        same = _digest(text) == digest
        report.add(
            "text again",
            subject,
            "verified" if same else "not checked",
            ""
            if same
            else "another version of the reader, or of recognition, gives another text; each quote is looked for by itself",
        )
        for name, quote, start, end, before, after in quotes:
            status, note = _stands(text, quote, start, end, before, after, same)
            report.add("in the original", name, status, note)


def _quotes(folder: Path) -> Iterator[tuple[str, str, str, int, int, str, str]]:
    for row in verifier.read_lines(str(folder), "findings.jsonl"):
        yield row["id"], row["text_sha256"], row["quote"], row["start"], row["end"], row["prefix"], row["suffix"]
    for row in verifier.read_lines(str(folder), "statements.jsonl"):
        name = f"{row['subject']['label']} {row['predicate']} {row['object']['label']}"
        for place in row["evidence"]:
            if place["text_sha256"]:
                yield name, place["text_sha256"], place["quote"], place["start"], place["end"], "", ""


def _again(folder: Path, reading: dict[str, Any], files: dict[str, Any], ocr: OcrMode) -> tuple[str, str | None]:
    """The canonical text read anew from the original, or why there is none."""
    name, origins = files.get(reading["source_sha256"], (None, ()))
    if name is None:
        return "the original does not travel in the package", None
    if reading["ocr_pages"] and ocr == "never":
        return "its pages were recognised, and recognition is off", None
    path = origins[0]["path"] if origins else name
    try:
        blob = Blob(path, file=Path(verifier.inside(str(folder), name)))
        if reading["inner"]:
            blob = member_blob(blob, path + reading["inner"])
        form, texts = documents(blob, Reading(ocr))
        if form is None:
            return "nothing here reads this kind of file", None
        return "", "".join(d.text for d in texts)
    except (ReadError, OSError, ValueError) as error:
        return f"cannot be read here: {getattr(error, 'message', error)}", None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _stands(text: str, quote: str, start: int, end: int, before: str, after: str, same: bool) -> tuple[str, str]:
    if verifier.covered(text[start:end], quote):
        return "verified", ""
    if not same and "\u2587" not in quote:
        at = text.find(before + quote + after)
        at = at + len(before) if at >= 0 else (text.find(quote) if text.count(quote) == 1 else -1)
        if at >= 0:
            return "verified", f"at {at} in the text that is read today"
    return "failed", "does not stand in the original as it is read today"
