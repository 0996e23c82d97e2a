"""Bringing a case up to date: reading what was not read, deciding again what other rules decided, and nothing else."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

from clauselight import passwords
from clauselight.case.staleness import Keys, Stale, stale
from clauselight.case.store import OCR_UNUSED, OCR_USED, OCR_WANTED, Case, Decided, MadeWith, Reading
from clauselight.errors import ReadError, UsageError
from clauselight.formats.registry import formats
from clauselight.formats.session import OcrMode
from clauselight.model import Coverage, Finding
from clauselight.model.outcome import Outcome, StatementReader
from clauselight.model.statement import Statement
from clauselight.pipeline.options import Analysis, Limits, RunOptions
from clauselight.pipeline.pool import Pool
from clauselight.pipeline.ruled import judged
from clauselight.pipeline.schedule import Progress
from clauselight.pipeline.snapshot import freeze, thaw
from clauselight.rules.find import Finder
from clauselight.sources.walk import Found
from clauselight.statements.extract import statements
from clauselight.text.unruled import Unruled

#: problems of a source that OCR would have solved
_WANTED_OCR = ("needs-ocr", "no-ocr")
#: problems that a recogniser of another script may solve
_LOST_SCRIPT = ("unreadable-script", "unreadable-lines")


@dataclass(frozen=True, slots=True)
class Updated:
    """How many sources a run read, and how many readings it decided again."""

    read: int = 0
    decided: int = 0

    def record(self) -> dict[str, int]:
        """The counts by name, for JSON."""
        return asdict(self)


def run(
    case: Case,
    finder: Finder,
    *,
    jobs: int = 1,
    ocr: OcrMode = "auto",
    limits: Limits | None = None,
    grammar: StatementReader = statements,
    tick: Callable[[Progress], None] | None = None,
    decided: Callable[[int, int], None] | None = None,
) -> Updated:
    """Do what is stale. Each source is stored with its journal entry at once: a kill loses the one in hand."""
    keys = Keys.now(finder, ocr)
    with _alone(case):
        case.sweep()
        todo = _with_locked(case, stale(case, keys))
        if not todo:
            return Updated()
        with case.transaction():
            case.set_meta("ocr", ocr)
        read = 0
        if digests := [*todo.unread, *todo.reread]:
            finder.warm()
            pool = Pool(Analysis(finder, grammar, freeze), RunOptions(jobs, ocr, limits or Limits()))
            pool.tick = tick
            read = _read(case, pool, digests, keys)
        for number, (reading, why) in enumerate(sorted(todo.redecide.items()), 1):
            _redecide(case, case.reading(reading), _Rules(finder, grammar), keys, why)
            if decided:
                decided(number, len(todo.redecide))
        return Updated(read, len(todo.redecide))


def _with_locked(case: Case, todo: Stale) -> Stale:
    """With the sources that had no password when they were read, where passwords are given now."""
    if not passwords.given():
        return todo
    locked = {r.sha256 for r in case.readings() if any(p.reason == "encrypted" for p in r.coverage.problems)}
    reread = {**todo.reread, **dict.fromkeys(sorted(locked), "passwords were given for what is encrypted")}
    numbers = {r.id for r in case.readings() if r.sha256 in locked}
    return replace(todo, reread=reread, redecide={n: why for n, why in todo.redecide.items() if n not in numbers})


@contextmanager
def _alone(case: Case) -> Iterator[None]:
    """One `case run` at a time; the system gives the lock back when its holder dies."""
    handle = os.open(case.folder / ".run.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            # a record lock, since forked workers would keep any other one for a while after a killed parent
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise UsageError(
                f"{case.folder}: another `case run` is at work on this case; wait for it or end it"
            ) from error
        yield
    finally:
        os.close(handle)


# --- reading ---


def _read(case: Case, pool: Pool, digests: list[str], keys: Keys) -> int:
    founds = [_found(case, digest) for digest in digests]
    outcomes: list[Outcome] = []
    done = 0
    try:
        for number, outcome in pool.numbered(iter(founds)):
            if outcome is not None:
                outcomes.append(outcome)
                continue
            _store(case, digests[number], founds[number].path, outcomes, keys)
            outcomes = []
            done += 1
    finally:
        pool.close()
    return done


def _found(case: Case, digest: str) -> Found:
    """The source under the name it was first given, since a name tells formats apart where bytes do not."""
    file = case.original(digest)
    path = case.origins(digest)[0].path
    return Found(path, file, file.stat().st_size if file.exists() else 0)


def _store(case: Case, digest: str, path: str, outcomes: list[Outcome], keys: Keys) -> None:
    named = list(zip(_inner_paths(path, outcomes), outcomes, strict=True))
    with case.transaction():
        case.forget_readings(digest)
        for inner, outcome in named:
            coverage = outcome.coverage
            number = case.add_reading(digest, inner, coverage, _made_with(coverage, keys), outcome.kept)
            decided = Decided(tuple(outcome.findings), tuple(outcome.statements))
            case.replace_decided(Reading(number, digest, inner, coverage), decided)
        case.mark_read(digest)
        readings = [_read_entry(inner, outcome) for inner, outcome in named]
        recognisers = dict.fromkeys(name for outcome in outcomes for name in outcome.coverage.recognisers)
        ocr = keys.recognised(list(recognisers), lost=False)
        case.log("read", {"sha256": digest, "ocr": ocr, "rules": keys.rules, "readings": readings})


def _inner_paths(path: str, outcomes: list[Outcome]) -> list[str]:
    """The members' paths inside the source, no two alike (see `walk_members`)."""
    return [outcome.coverage.path.removeprefix(path) for outcome in outcomes]


def _made_with(coverage: Coverage, keys: Keys) -> MadeWith:
    versions = {f.name: str(f.version) for f in formats()}
    used = _ocr_used(coverage)
    return MadeWith(
        coverage.reader,
        versions.get(coverage.reader, ""),
        used,
        keys.recognised(coverage.recognisers, _lost_script(coverage)) if used == OCR_USED else "",
        keys.ocr_mode,
        keys.rules,
        keys.grammar,
    )


def _ocr_used(coverage: Coverage) -> int:
    if (coverage.pages and coverage.pages.ocr) or _lost_script(coverage):
        return OCR_USED
    return OCR_WANTED if any(p.reason in _WANTED_OCR for p in coverage.problems) else OCR_UNUSED


def _lost_script(coverage: Coverage) -> bool:
    return any(p.reason in _LOST_SCRIPT for p in coverage.problems)


def _read_entry(inner: str, outcome: Outcome) -> dict[str, object]:
    """A reading as the journal names it."""
    return {
        "inner": inner,
        "reader": outcome.coverage.reader,
        "state": outcome.coverage.state,
        "text_sha256": outcome.coverage.text_sha256,
        "findings": len(outcome.findings),
        "statements": len(outcome.statements),
    }


# --- deciding again ---


@dataclass(frozen=True, slots=True)
class _Rules:
    """What decides."""

    finder: Finder
    grammar: StatementReader


def _redecide(case: Case, reading: Reading, rules: _Rules, keys: Keys, why: str) -> None:
    decided, coverage = _again(case, reading, rules)
    with case.transaction():
        case.replace_decided(reading, decided)
        if coverage != reading.coverage:
            case.set_coverage(reading.id, coverage)
        case.mark_decided(reading.id, keys.rules, keys.grammar)
        entry = {"sha256": reading.sha256, "inner": reading.inner, "why": why, "rules": keys.rules}
        case.log("decide", {**entry, "findings": len(decided.findings)})


def _again(case: Case, reading: Reading, rules: _Rules) -> tuple[Decided, Coverage]:
    """Findings and statements again from the kept documents, and the account of them: rules may be there now for its
    language. The source is not read. Raises `UsageError`.
    """
    coverage = reading.coverage
    findings: list[Finding] = []
    stated: list[Statement] = []
    unruled = Unruled(rules.finder.book.languages)
    for kept in case.kept(reading.id):
        try:
            document = thaw(kept, coverage.path, lambda: case.blob(reading))
            found = rules.finder.findings(document)
            unruled.add(document.text)
            stated += rules.grammar(document, found)
        except ReadError as error:
            raise UsageError(
                f"{coverage.path}: its original cannot be opened to look boxes up: {error.message}"
            ) from error
        findings += found
    text, source = coverage.text_sha256 or "", coverage.source_sha256 or ""
    decided = Decided(tuple(replace(f, text_sha256=text, source_sha256=source) for f in findings), tuple(stated))
    return decided, judged(coverage, unruled.shares())
