"""One source through its reader and the rules, in this process. Whatever goes wrong with it ends in its coverage."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from dataclasses import replace

from clauselight.errors import ReadError
from clauselight.formats._locked import refuse_locked
from clauselight.formats.registry import Format, format_of, formats, no_reader
from clauselight.formats.session import ReadOptions, ReadReport, ReadSession
from clauselight.model import Blob, Coverage, Document, Finding
from clauselight.model.coverage import DOUBTS, State
from clauselight.model.outcome import Outcome
from clauselight.model.statement import Statement
from clauselight.pipeline import memory
from clauselight.pipeline.contract import Measured
from clauselight.pipeline.options import Analysis
from clauselight.pipeline.ruled import judged
from clauselight.text.unruled import Unruled

#: findings kept of one source; what is over is said in its coverage
MOST_FINDINGS = 20_000
#: formats of which a file without bytes is broken
_BINARY = {"pdf", "image", "docx", "xlsx", "epub", "doc", "eml", "mhtml", "rtf", "pptx", "odf", "ofd"}
#: reasons of a source that was never meant to be read
_NO_DOCUMENT = {"binary", "unknown-format", "not-a-document"}


def documents(blob: Blob, session: ReadSession) -> tuple[Format | None, Iterator[Document]]:
    """The format of a source and its documents, lazily read. Raises `ReadError` for one that is locked."""
    refuse_locked(blob)
    form = format_of(blob)
    return form, (form.read(blob, session) if form else iter(()))


def analyse(blob: Blob, analysis: Analysis, options: ReadOptions | None = None) -> Outcome:
    """Read a source, find what is in it, and end its reading. Raises only what ends the process."""
    began = time.perf_counter()
    with ReadSession(options) as session:
        source = _Source(blob, analysis, session)
        source.read()
    return source.outcome(time.perf_counter() - began)


class _Source:
    """One source on its way to its outcome: what its documents gave so far, and how the reading ended."""

    def __init__(self, blob: Blob, analysis: Analysis, session: ReadSession) -> None:
        self.blob = blob
        self.analysis = analysis
        self.session = session
        self.form: Format | None = None
        self.state: State = "read"
        self.findings: list[Finding] = []
        self.statements: list[Statement] = []
        self.kept: list[bytes] = []
        self.digest = hashlib.sha256()
        self.characters = 0
        self.measured = Measured()
        self.unruled = Unruled(analysis.finder.book.languages)
        #: whether the text is the file, so that one hash is both
        self.same_bytes = False

    def read(self) -> None:
        """All documents. The one place where any error is caught: it costs this source, no other."""
        try:
            self._documents()
        except ReadError as error:
            skipped = error.reason in _NO_DOCUMENT
            self._stop("skipped" if skipped else self._broken("unreadable"), error.reason, error.message)
        except MemoryError:
            message = f"reading it needs more memory than one source may use; {memory.MORE}"
            self._stop(self._broken("failed"), "memory-limit", message)
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:  # the panic of a reader in Rust is no `Exception`
            name = self.form.name if self.form else "reader"
            self._stop(self._broken("failed"), "reader-error", f"{name}: {type(error).__name__}: {error}"[:300])

    def _documents(self) -> None:
        self.form, texts = documents(self.blob, self.session)
        if self.blob.size == 0 and not _may_be_empty(self.blob.name):
            raise ReadError("empty", "the file has no bytes")
        if self.form is None:
            raise ReadError(*no_reader(self.blob))
        for document in texts:
            self._add(document)
        self._hold_to_contract()

    def _hold_to_contract(self) -> None:
        """Say what no reader may pass over: text that is still in code, and hardly any text."""
        report = self.session.report
        if problem := self.measured.undecoded():
            report.problem(problem.reason, problem.message)
        elif not _left_out(report) and (problem := self.measured.almost_nothing(self._expected())):
            self._stop(self._broken("unreadable"), problem.reason, problem.message)

    def _expected(self) -> int | None:
        """Bytes that should give text, None where pages are accounted for one by one or the text is the file."""
        report = self.session.report
        if report.pages is not None or self.same_bytes:
            return None
        return self.blob.size if report.expected is None else report.expected

    def _add(self, document: Document) -> None:
        utf8 = document.utf8
        if utf8 is None:
            utf8 = document.text.encode("utf-8", "replace")
            document = replace(document, utf8=utf8)
        self.same_bytes = utf8 is self.blob.data
        self.digest.update(utf8)
        self.characters += len(document.text)
        self.measured.add(document.text)
        self.unruled.add(document.text)
        found = self.analysis.finder.findings(document)
        if self.analysis.statements:
            self.statements += self.analysis.statements(document, found)
        if self.analysis.keep:
            self.kept.append(self.analysis.keep(document))
        room = MOST_FINDINGS - len(self.findings)
        self.findings += found[:room]
        if len(found) > room:
            message = f"only the first {MOST_FINDINGS} findings of this source are kept"
            self.session.report.problem("too-many-findings", message)

    def _broken(self, nothing: State) -> State:
        return "partly" if self.characters else nothing

    def _stop(self, state: State, reason: str, message: str) -> None:
        self.state = state
        self.session.report.problem(reason, message)

    def outcome(self, seconds: float) -> Outcome:
        """What came of it, `seconds` after it was begun."""
        text = self.digest.hexdigest()
        source = text if self.same_bytes else _source_digest(self.blob)
        coverage = judged(self._coverage(source, text, seconds), self.unruled.shares())
        findings = [replace(f, text_sha256=text, source_sha256=source or "") for f in self.findings]
        return Outcome(coverage, findings, self.statements, self.kept)

    def _coverage(self, source: str | None, text: str, seconds: float) -> Coverage:
        report = self.session.report
        return Coverage(
            self.blob.path,
            "partly" if self.state == "read" and _left_out(report) else self.state,
            self.form.media_type if self.form else "application/octet-stream",
            self.blob.size,
            self.form.name if self.form else "",
            report.encoding,
            source,
            text if self.characters else None,
            self.characters,
            report.pages,
            tuple(report.problems),
            round(seconds, 4),
            recognisers=tuple(report.recognisers),
        )


def _may_be_empty(path: str) -> bool:
    """Whether a file of no bytes is nothing strange under this name: text and code, but no PDF or picture."""
    name = path.rsplit("/", 1)[-1]
    return not any(name.endswith(form.suffixes) for form in formats() if form.name in _BINARY)


def _source_digest(blob: Blob) -> str | None:
    try:
        return blob.sha256
    except OSError:
        return None


def _left_out(report: ReadReport) -> bool:
    unread = bool(report.pages and report.pages.unread)
    return unread or any(p.reason not in DOUBTS for p in report.problems)
