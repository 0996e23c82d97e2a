"""Bringing a case up to date: reading what was not read, deciding anew what other rules decided, and nothing else."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from clauselight.case import journal, search
from clauselight.case.records import finding_id, from_json, to_json
from clauselight.case.store import Case, Origin, Reading
from clauselight.errors import ReadError, UsageError
from clauselight.formats.registry import OcrMode, formats
from clauselight.model import Coverage, Finding
from clauselight.pipeline.analyse import Outcome
from clauselight.pipeline.pool import Limits, Pool, Progress
from clauselight.pipeline.snapshot import freeze, text_of, thaw
from clauselight.rules.find import Finder
from clauselight.sources.walk import Found, walk
from clauselight.statements.extract import statements
from clauselight.statements.specifies import Grammar
from clauselight.version import __version__

_WANTED_OCR = ("needs-ocr", "no-ocr")


@dataclass(frozen=True)
class Keys:
    """What a reading and a decision are made with now; a stored one with other keys is stale."""

    ocr: str
    ocr_mode: OcrMode
    rules: str
    grammar: str

    @classmethod
    def now(cls, finder: Finder, ocr_mode: OcrMode) -> Keys:
        try:
            ocr = "rapidocr " + metadata.version("rapidocr")
        except metadata.PackageNotFoundError:
            ocr = "none"
        version = __version__
        return cls(
            ocr,
            ocr_mode,
            f"{version} {finder.book.digest} code {_code('rules', 'text', 'structure')}",
            f"{version} code {_code('statements', 'text')}",
        )


@cache
def _code(*parts: str) -> str:
    """A digest of the program's own modules: what they decide may change without a change of rules or of the version."""
    digest = hashlib.sha256()
    for part in parts:
        for file in sorted(files("clauselight").joinpath(part).iterdir(), key=lambda f: f.name):
            if file.name.endswith(".py"):
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


@dataclass
class Stale:
    """What `case run` has to do, and why."""

    unread: list[str] = field(default_factory=list)
    #: digest of a source -> why its reading does not hold any more
    reread: dict[str, str] = field(default_factory=dict)
    #: id of a reading -> why its findings or statements do not hold any more
    redecide: dict[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.unread or self.reread or self.redecide)


def stale(case: Case, keys: Keys) -> Stale:
    """Compare the keys of what is stored with those of now. Takes time by what is stale, not by what is there."""
    out = Stale([r[0] for r in case.db.execute("SELECT sha256 FROM source WHERE state = 'new'")])
    versions = {f.name: str(f.version) for f in formats()}
    combos = case.db.execute(
        "SELECT DISTINCT reader, reader_version, ocr_used, ocr_version, ocr_mode, decided_by, stated_by FROM reading"
    ).fetchall()
    for combo in combos:
        why = _reread(combo, versions, keys)
        where = "reader = ? AND reader_version = ? AND ocr_used = ? AND ocr_version = ? AND ocr_mode = ? AND decided_by = ? AND stated_by = ?"
        if why:
            rows = case.db.execute(
                f"SELECT DISTINCT r.sha256 FROM reading r JOIN source s USING (sha256) WHERE s.state = 'read' AND {where}",
                combo,
            )
            out.reread.update((r[0], why) for r in rows)
        elif combo[5] != keys.rules or combo[6] != keys.grammar:
            why = "the rules have changed" if combo[5] != keys.rules else "the grammar has changed"
            out.redecide.update((r[0], why) for r in case.db.execute(f"SELECT id FROM reading WHERE {where}", combo))
    for number, sha in (
        case.db.execute("SELECT id, sha256 FROM reading").fetchall() if out.reread and out.redecide else ()
    ):
        if sha in out.reread:
            out.redecide.pop(number, None)
    return out


def _reread(combo: tuple[str, str, int, str, str, str, str], versions: dict[str, str], keys: Keys) -> str | None:
    reader, version, used, ocr, mode, *_ = combo
    if reader and versions.get(reader) != version:
        return f"the reader {reader} has changed (from {version} to {versions.get(reader, 'none')})"
    if used == 1 and ocr != keys.ocr and keys.ocr != "none":
        return f"recognition has changed (from {ocr} to {keys.ocr})"
    if used == 2 and keys.ocr_mode != "never" and keys.ocr != "none":
        return "it needs recognition, which was off or not installed"
    if keys.ocr_mode == "always" and mode != "always" and reader in ("pdf", "image"):
        return "recognition of every page was asked for"
    return None


def add(
    case: Case,
    paths: list[str],
    by: str | None,
    note: str | None,
    url: str | None,
    retrieved: str | None,
    tick: Callable[[str], None] | None = None,
) -> dict[str, int]:
    """Take files in. What cannot be opened is counted and recorded in the journal, the rest is taken."""
    if (url or retrieved) and (len(paths) != 1 or Path(paths[0]).is_dir()):
        raise UsageError("--url and --retrieved go with one file")
    counts = {"added": 0, "known": 0, "same_bytes": 0, "left_out": 0}
    person = by or journal.who()
    batch: list[tuple[Origin, int, bool]] = []
    left: list[dict[str, str]] = []

    def write() -> None:
        with case.transaction():
            taken = []
            for origin, size, new in batch:
                recorded = case.record_origin(origin, size)
                counts["added" if new else ("same_bytes" if recorded else "known")] += 1
                if recorded:
                    taken.append(
                        {
                            "path": origin.path,
                            "sha256": origin.sha256,
                            "size": size,
                            "url": origin.url,
                            "retrieved": origin.retrieved,
                            "note": origin.note,
                        }
                    )
            if taken or left:
                journal.append(case.db, "add", {"taken": taken, "left_out": list(left)}, person)
        batch.clear()
        left.clear()

    inside = case.folder.resolve()
    for found in walk(paths):
        if found.path == "-":
            raise UsageError("a case takes files; save standard input first, so that it can be said where it came from")
        if found.file.resolve().is_relative_to(inside):
            continue  # the case lies in the folder that is added
        if found.left_out:
            counts["left_out"] += 1
            left.append({"path": found.path, "why": found.left_out})
            continue
        try:
            sha256, size, new = case.take(found.file)
        except OSError as error:
            counts["left_out"] += 1
            left.append({"path": found.path, "why": str(error.strerror or error)})
            continue
        batch.append((Origin(sha256, found.path, "file", journal.now(), person, note, url, retrieved), size, new))
        if tick:
            tick(found.path)
        if len(batch) >= 200:
            write()
    write()
    return counts


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


def run(
    case: Case,
    finder: Finder,
    *,
    jobs: int = 1,
    ocr: OcrMode = "auto",
    limits: Limits | None = None,
    grammar: Grammar = statements,
    tick: Callable[[Progress], None] | None = None,
    decided: Callable[[int, int], None] | None = None,
) -> dict[str, int]:
    """Do what is stale. Each source is stored with its journal entry in one transaction: a killed run loses at most the one in hand."""
    keys = Keys.now(finder, ocr)
    counts = {"read": 0, "decided": 0}
    with _alone(case):
        for left in (case.folder / "originals").glob(".new-*"):
            left.unlink(missing_ok=True)  # of an `add` that was killed
        todo = stale(case, keys)
        if not todo:
            return counts
        with case.transaction():
            case.set_meta("ocr", ocr)
        digests = [*todo.unread, *todo.reread]
        if digests:
            finder.warm()
            pool = Pool(finder, jobs, ocr, limits, grammar, freeze)
            pool.tick = tick
            counts["read"] = _read(case, pool, digests, keys)
        for number, reading in enumerate(sorted(todo.redecide), 1):
            _redecide(case, finder, grammar, reading, keys, todo.redecide[reading])
            counts["decided"] += 1
            if decided:
                decided(number, len(todo.redecide))
    return counts


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
    with case.transaction():
        for (old,) in case.db.execute("SELECT id FROM reading WHERE sha256 = ?", (digest,)).fetchall():
            _forget_words(case, old)
        case.db.execute("DELETE FROM reading WHERE sha256 = ?", (digest,))
        told = []
        seen: set[str] = set()
        for outcome in outcomes:
            inner = outcome.coverage.path.removeprefix(path)
            while inner in seen:  # two members of one name
                inner += "#"
            seen.add(inner)
            _store_reading(case, digest, inner, outcome, keys)
            c = outcome.coverage
            told.append(
                {
                    "inner": inner,
                    "reader": c.reader,
                    "state": c.state,
                    "text_sha256": c.text_sha256,
                    "findings": len(outcome.findings),
                    "statements": len(outcome.statements),
                }
            )
        case.db.execute("UPDATE source SET state = 'read' WHERE sha256 = ?", (digest,))
        journal.append(case.db, "read", {"sha256": digest, "ocr": keys.ocr, "rules": keys.rules, "readings": told})


def _store_reading(case: Case, digest: str, inner: str, outcome: Outcome, keys: Keys) -> None:
    c = outcome.coverage
    versions = {f.name: str(f.version) for f in formats()}
    used = 1 if c.pages and c.pages.ocr else (2 if any(p.reason in _WANTED_OCR for p in c.problems) else 0)
    texts = [text_of(k) for k in outcome.kept]
    row = case.db.execute(
        "INSERT INTO reading (sha256, inner_path, path, reader, reader_version, ocr_used, ocr_version, ocr_mode, state, coverage, text_sha256, read, decided_by, stated_by, gist) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            digest, inner, c.path, c.reader, versions.get(c.reader, ""), used, keys.ocr if used == 1 else "", keys.ocr_mode, c.state, to_json(c), c.text_sha256, journal.now(),
            keys.rules, keys.grammar, search.gist("".join(texts)) if texts else None,
        ),
    )  # fmt: skip
    number = int(row.lastrowid or 0)
    for part, (kept, text) in enumerate(zip(outcome.kept, texts, strict=True)):
        case.db.execute("INSERT INTO document VALUES (?, ?, ?)", (number, part, kept))
        case.db.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (number << 16 | part, search.pairs(text)))
    _store_decided(case, number, digest, inner, outcome.findings, outcome)


def _store_decided(case: Case, number: int, digest: str, inner: str, findings: list[Finding], outcome: Outcome) -> None:
    case.db.executemany(
        "INSERT INTO finding (id, reading, number, level, attribute, record) VALUES (?, ?, ?, ?, ?, ?)",
        [(finding_id(f, digest, inner), number, i, f.level, f.attribute, to_json(f)) for i, f in enumerate(findings)],
    )
    case.db.executemany(
        "INSERT INTO statement (reading, number, predicate, record) VALUES (?, ?, ?, ?)",
        [(number, i, s.predicate, to_json(s)) for i, s in enumerate(outcome.statements)],
    )


def _forget_words(case: Case, reading: int) -> None:
    """A contentless index forgets a row only when it is told what the row held."""
    for part, kept in enumerate(case.kept(reading)):
        case.db.execute(
            "INSERT INTO words (words, rowid, body) VALUES ('delete', ?, ?)",
            (reading << 16 | part, search.pairs(text_of(kept))),
        )


def _redecide(case: Case, finder: Finder, grammar: Grammar, number: int, keys: Keys, why: str) -> None:
    """Findings and statements again from the kept documents; the source is not read."""
    from dataclasses import replace

    row = case.db.execute("SELECT sha256, inner_path, coverage FROM reading WHERE id = ?", (number,)).fetchone()
    reading = Reading(number, row[0], row[1], from_json(Coverage, row[2]))
    coverage = reading.coverage
    outcome = Outcome(coverage)
    for kept in case.kept(number):
        try:
            document = thaw(kept, coverage.path, lambda: case.blob(reading))
            found = finder.findings(document)
            outcome.statements += grammar(document, found)
        except ReadError as error:
            raise UsageError(
                f"{coverage.path}: its original cannot be opened to look boxes up: {error.message}"
            ) from error
        outcome.findings += found
    outcome.findings = [
        replace(f, text_sha256=coverage.text_sha256 or "", source_sha256=coverage.source_sha256 or "")
        for f in outcome.findings
    ]
    with case.transaction():
        case.db.execute("DELETE FROM finding WHERE reading = ?", (number,))
        case.db.execute("DELETE FROM statement WHERE reading = ?", (number,))
        _store_decided(case, number, reading.sha256, reading.inner, outcome.findings, outcome)
        case.db.execute(
            "UPDATE reading SET decided_by = ?, stated_by = ? WHERE id = ?", (keys.rules, keys.grammar, number)
        )
        journal.append(
            case.db,
            "decide",
            {
                "sha256": reading.sha256,
                "inner": reading.inner,
                "why": why,
                "rules": keys.rules,
                "findings": len(outcome.findings),
            },
        )
