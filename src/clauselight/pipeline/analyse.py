"""One source through its reader and the rules, in this process. Everything that can go wrong with it ends in its coverage."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from clauselight.errors import ReadError
from clauselight.formats.registry import Format, Reading, format_of, formats, no_reader
from clauselight.model import Blob, Coverage, Document, Finding, Problem
from clauselight.model.statement import Statement
from clauselight.rules.find import Finder
from clauselight.statements.specifies import Grammar

#: findings kept of one source; what is over is said in its coverage
MOST_FINDINGS = 20_000


@dataclass(slots=True)
class Outcome:
    """What came of one source."""

    coverage: Coverage
    findings: list[Finding] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    #: the documents themselves, where they are to be kept
    kept: list[bytes] = field(default_factory=list)


#: puts a document into bytes from which it can be had again without its reader
Keep = Callable[[Document], bytes]


def documents(blob: Blob, reading: Reading) -> tuple[Format | None, Iterator[Document]]:
    """The format of a source and its documents, lazily read."""
    form = format_of(blob)
    return form, (form.read(blob, reading) if form else iter(()))


def work(
    blob: Blob, finder: Finder, reading: Reading, grammar: Grammar | None = None, keep: Keep | None = None
) -> Outcome:
    """Read a source and find what stands in it; with a grammar also what it states; with `keep` the documents too.

    Raises only what ends the process.
    """
    began = time.perf_counter()
    form: Format | None = None
    findings: list[Finding] = []
    stated: list[Statement] = []
    kept: list[bytes] = []
    digest = hashlib.sha256()
    characters = 0
    state = "read"
    same_bytes = False
    try:
        form, texts = documents(blob, reading)
        if blob.size == 0 and not _may_be_empty(blob.path):
            raise ReadError("empty", "the file has no bytes")
        if form is None:
            raise ReadError(*no_reader(blob))
        for document in texts:
            if document.utf8 is None:
                document = replace(document, utf8=document.text.encode("utf-8", "replace"))
            assert document.utf8 is not None
            same_bytes = document.utf8 is blob.data  # the text is the file, so one hash is both
            digest.update(document.utf8)
            characters += len(document.text)
            found = finder.findings(document)
            if grammar:
                stated += grammar(document, found)
            if keep:
                kept.append(keep(document))
            room = MOST_FINDINGS - len(findings)
            findings += found[:room]
            if len(found) > room:
                reading.problem("too-many-findings", f"only the first {MOST_FINDINGS} findings of this source are kept")
    except ReadError as error:
        state = _state(error, characters)
        reading.problem(error.reason, error.message)
    except MemoryError:
        state = "partly" if characters else "failed"
        reading.problem("memory-limit", "reading it needs more memory than one source may use")
    except Exception as error:
        state = "partly" if characters else "failed"
        reading.problem("reader-error", f"{form.name if form else 'reader'}: {type(error).__name__}: {error}"[:300])
    seconds = time.perf_counter() - began
    outcome = _outcome(blob, form, reading, findings, digest.hexdigest(), characters, state, seconds, same_bytes)
    outcome.statements, outcome.kept = stated, kept
    return outcome


def _may_be_empty(path: str) -> bool:
    """Whether a file of no bytes is nothing strange under this name: text and code, but no PDF or picture."""
    name = path.lower().rsplit("/", 1)[-1]
    binary = {"pdf", "image", "docx", "xlsx", "epub", "doc", "eml"}
    return not any(name.endswith(suffix) for form in formats() if form.name in binary for suffix in form.suffixes)


def _state(error: ReadError, characters: int) -> str:
    if error.reason in {"binary", "unknown-format", "not-a-document"}:
        return "skipped"
    return "partly" if characters else "unreadable"


def _outcome(
    blob: Blob,
    form: Format | None,
    reading: Reading,
    findings: list[Finding],
    digest: str,
    characters: int,
    state: str,
    seconds: float,
    same_bytes: bool,
) -> Outcome:
    if state == "read" and _left_out(reading):
        state = "partly"
    source = digest if same_bytes else _source_digest(blob)
    coverage = Coverage(
        blob.path,
        state,  # type: ignore[arg-type]
        form.media_type if form else "application/octet-stream",
        blob.size,
        form.name if form else "",
        reading.encoding,
        source,
        digest if characters else None,
        characters,
        reading.pages,
        tuple(reading.problems),
        round(seconds, 4),
    )
    return Outcome(coverage, [replace(f, text_sha256=digest, source_sha256=source or "") for f in findings])


def _source_digest(blob: Blob) -> str | None:
    try:
        return blob.sha256
    except OSError:
        return None


#: problems that cast doubt but leave nothing out
_DOUBTS = {
    "doubtful-encoding",
    "xml-entities",
    "low-confidence",
    "text-layer-replaced",
    "no-text-in-picture",
    "turned-page",
}


def _left_out(reading: Reading) -> bool:
    unread = bool(reading.pages and reading.pages.unread)
    return unread or any(p.reason not in _DOUBTS for p in reading.problems)


def failed(path: str, size: int, reason: str, message: str, state: str = "failed") -> Outcome:
    """The outcome of a source that no reader got to, or whose reader died."""
    return Outcome(Coverage(path, state, size=size, problems=(Problem(reason, message),)))  # type: ignore[arg-type]
