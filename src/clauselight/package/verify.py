"""The whole check of a package.

It is all that the verifier inside the package checks, the authority of the time-stamp, and every quote in the
originals, which are read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauselight.formats._tesseract import installed
from clauselight.formats.session import OcrMode
from clauselight.model import Blob
from clauselight.package import seal, verifier
from clauselight.pipeline.again import Reread, Rereader, Wanted
from clauselight.pipeline.options import Limits, RunOptions

Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class WantedQuote:
    """A quote that must be in the text of a digest: at `start` to `end`, with `before` and `after` around it."""

    name: str
    text_sha256: str
    quote: str
    start: int
    end: int
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Originals:
    """What a package says of its sources and readings, with the folder that they are in."""

    folder: Path
    #: file below ``data``, and the origins, by the digest of the source
    files: Mapping[str, tuple[str | None, Sequence[Mapping[str, Any]]]]
    #: the reading that gave a text, by the digest of the text
    readings: Mapping[str, Mapping[str, Any]]
    ocr: OcrMode
    reader: Rereader


def verify(
    folder: Path,
    *,
    key: str | None = None,
    authority: Path | None = None,
    ocr: OcrMode = "auto",
    reread: bool = True,
    limits: Limits | None = None,
    tick: Tick | None = None,
) -> verifier.Report:
    """Check a package. Nothing of it is run, not even its verifier: this program has its own copy.

    Originals are read again in a worker within `limits`; one that needs more is not checked.
    """
    report: verifier.Report = verifier.verify(str(folder), key)
    if authority is not None and (folder / "timestamp.tsr").exists():
        _check_authority(folder, authority, report)
    if reread and not any(i["status"] == "failed" and i["check"] in ("package", "bag") for i in report.items):
        try:
            with Rereader(RunOptions(ocr=ocr, limits=limits or Limits())) as reader:
                _check_originals(_originals(folder, ocr, reader), report, tick)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            report.add("package", "package.json", "failed", f"cannot be read as a package: {error}")
    return report


def _check_authority(folder: Path, authority: Path, report: verifier.Report) -> None:
    """The plain verifier leaves the authority unchecked; what it says of that is replaced."""
    why = seal.check_token(folder, authority)
    report.items = [i for i in report.items if i["check"] != "time" or i["status"] == "failed"]
    good = "signed by the authority whose certificates were given"
    report.add("time", "timestamp.tsr", "failed" if why else "verified", why or good)


def _check_originals(originals: _Originals, report: verifier.Report, tick: Tick | None) -> None:
    wanted: dict[str, list[WantedQuote]] = {}
    for quote in _quotes(originals.folder):
        wanted.setdefault(quote.text_sha256, []).append(quote)
    for number, (digest, quotes) in enumerate(wanted.items(), 1):
        if tick:
            tick(number, len(wanted))
        _check_text(originals, digest, quotes, report)


def _originals(folder: Path, ocr: OcrMode, reader: Rereader) -> _Originals:
    package = verifier.read_json(str(folder), "package.json")
    files = {s["sha256"]: (s["file"], s["origins"]) for s in package["sources"]}
    readings = {r["text_sha256"]: r for r in package["readings"] if r["text_sha256"]}
    return _Originals(folder, files, readings, ocr, reader)


def _quotes(folder: Path) -> Iterator[WantedQuote]:
    """The quotes of all findings and statements."""
    for row in verifier.read_lines(str(folder), "findings.jsonl"):
        around = (row["prefix"], row["suffix"])
        yield WantedQuote(row["id"], row["text_sha256"], row["quote"], row["start"], row["end"], *around)
    for row in verifier.read_lines(str(folder), "statements.jsonl"):
        name = f"{row['subject']['label']} {row['predicate']} {row['object']['label']}"
        for place in row["evidence"]:
            if place["text_sha256"]:
                yield WantedQuote(name, place["text_sha256"], place["quote"], place["start"], place["end"])


def _check_text(originals: _Originals, digest: str, quotes: Sequence[WantedQuote], report: verifier.Report) -> None:
    """Read the original of one text again, and look for its quotes in what it gives today."""
    reading = originals.readings.get(digest)
    again = _again(originals, reading) if reading else Reread(None, "no reading gave this text")
    if again.text is None:
        for quote in quotes:
            report.add("in the original", quote.name, "not checked", again.why)
        return
    same = hashlib.sha256(again.text.encode("utf-8", "replace")).hexdigest() == digest
    subject = reading["path"] if reading else digest
    report.add("text again", subject, "verified" if same else "not checked", "" if same else _ANOTHER_TEXT)
    for quote in quotes:
        status, note = _found(again.text, quote, same)
        report.add("in the original", quote.name, status, note)


_ANOTHER_TEXT = (
    "another version of the reader, or of recognition, gives another text; each quote is looked for by itself"
)


def _again(originals: _Originals, reading: Mapping[str, Any]) -> Reread:
    """The canonical text, read again from the original."""
    name, origins = originals.files.get(reading["source_sha256"], (None, ()))
    if name is None:
        return Reread(None, "the original does not travel in the package")
    if reading["ocr_pages"] and originals.ocr == "never":
        return Reread(None, "its pages were recognised, and recognition is off")
    if missing := [name for name in reading.get("recognisers", ()) if name not in installed()]:
        return Reread(None, f"its pages were recognised by {missing[0]}, which is not installed here")
    path = origins[0]["path"] if origins else name
    try:
        blob = Blob(path, file=Path(verifier.inside(str(originals.folder), name)))
    except ValueError as error:
        return Reread(None, f"cannot be read here: {error}")
    return originals.reader.read(Wanted(blob, reading["inner"] or "", originals.ocr))


def _found(text: str, wanted: WantedQuote, same: bool) -> tuple[str, str]:
    """Status and note of a quote. It is looked for elsewhere only where the text is another and no word is covered."""
    if verifier.covered(text[wanted.start : wanted.end], wanted.quote):
        return "verified", ""
    if not same and "\u2587" not in wanted.quote and (at := _place(text, wanted)) >= 0:
        return "verified", f"at {at} in the text that is read today"
    return "failed", "does not stand in the original as it is read today"


def _place(text: str, wanted: WantedQuote) -> int:
    """Where a quote is now: with what was around it, or else where it occurs only once; -1 where it cannot be told."""
    at = text.find(wanted.before + wanted.quote + wanted.after)
    if at >= 0:
        return at + len(wanted.before)
    return text.find(wanted.quote) if text.count(wanted.quote) == 1 else -1
