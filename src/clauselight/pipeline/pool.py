"""Sources spread over worker processes. A worker that hangs or dies costs the source that it was reading, nothing else.

The parent hands out one batch at a time to each worker and hears of every outcome as it comes. A worker that is silent for too long
is ended; what it had in hand is reported as failed and the rest of its batch goes to a new one. Outcomes are given in the order of
the sources, whatever order they finish in.
"""

from __future__ import annotations

import contextlib
import fcntl
import multiprocessing
import os
import resource
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from clauselight.formats.registry import OcrMode
from clauselight.model import Blob
from clauselight.pipeline.analyse import Keep, Outcome, failed
from clauselight.pipeline.members import SourceReader
from clauselight.rules.find import Finder
from clauselight.sources.walk import Found
from clauselight.statements.specifies import Grammar

_BATCH_FILES = 48
_BATCH_BYTES = 4_000_000
_AHEAD = 4000
_IN_MEMORY = 4_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one source may use. `silence` is seconds without a finished page or source, `memory` is bytes of address space."""

    silence: float = 180.0
    memory: int = 8_000_000_000


@dataclass(frozen=True, slots=True)
class Task:
    """One given file. After a crash it is done again alone and `careful`; `skip` leaves out outcomes that are known already."""

    index: int
    found: Found
    skip: int = 0
    careful: bool = False


class FileLock:
    """A lock between processes that the system gives back when its holder dies."""

    def __init__(self) -> None:
        handle, self.path = tempfile.mkstemp(prefix="clauselight-lock-")
        os.close(handle)
        self._handle = -1

    def __enter__(self) -> FileLock:
        self._handle = os.open(self.path, os.O_RDWR)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)

    def remove(self) -> None:
        """Take the file away; nobody may use the lock after that."""
        Path(self.path).unlink(missing_ok=True)


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    tasks: deque[Task] = field(default_factory=deque)
    heard: float = 0.0
    member: str = ""
    outcomes: int = 0
    #: bytes of the task in hand that its pages so far stand for
    part: int = 0


@dataclass(slots=True)
class Progress:
    """What has been done so far, for a progress bar."""

    files: int = 0
    bytes: int = 0
    pages: int = 0
    findings: int = 0
    current: str = ""
    #: bytes of sources in hand that have been passed
    begun: int = 0


class Pool:
    """Runs tasks over `jobs` worker processes."""

    def __init__(
        self,
        finder: Finder,
        jobs: int,
        ocr: OcrMode = "auto",
        limits: Limits | None = None,
        grammar: Grammar | None = None,
        keep: Keep | None = None,
    ) -> None:
        self.finder = finder
        self.jobs = max(1, jobs)
        self.ocr = ocr
        self.grammar = grammar
        self.keep = keep
        self.limits = limits or Limits()
        self.progress = Progress()
        #: called again and again while the run goes on, also between outcomes
        self.tick: Callable[[Progress], None] | None = None
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        self._lock = FileLock()
        self._workers: list[_Worker] = []

    def run(self, founds: Iterable[Found]) -> Iterator[Outcome]:
        """Outcomes of all sources, in their order."""
        for _, outcome in self.numbered(founds):
            if outcome is not None:
                yield outcome

    def numbered(self, founds: Iterable[Found]) -> Iterator[tuple[int, Outcome | None]]:
        """Outcomes of all sources with the number of their source, and None behind the last outcome of each."""
        source = enumerate(founds)
        waiting: deque[Task] = deque()
        done: dict[int, list[Outcome]] = {}
        finished: set[int] = set()
        ended = False
        following = 0
        try:
            while True:
                while not ended and len(waiting) < 2 * _BATCH_FILES * self.jobs and len(done) < _AHEAD:
                    ended = self._take(source, waiting, done, finished)
                self._hand_out(waiting)
                while following in finished:
                    finished.discard(following)
                    for outcome in done.pop(following, []):
                        yield following, outcome
                    yield following, None
                    following += 1
                busy = [w for w in self._workers if w.tasks]
                if not busy and not waiting:
                    if ended:
                        break
                    continue
                self._listen(busy, waiting, done, finished)
                self.progress.begun = sum(w.part for w in self._workers)
                if self.tick:
                    self.tick(self.progress)
        finally:
            self.close()

    def _take(
        self,
        source: Iterator[tuple[int, Found]],
        waiting: deque[Task],
        done: dict[int, list[Outcome]],
        finished: set[int],
    ) -> bool:
        for _ in range(_BATCH_FILES):
            entry = next(source, None)
            if entry is None:
                return True
            index, found = entry
            if found.left_out:
                done[index] = [failed(found.path, 0, "left-out", found.left_out, "skipped")]
                finished.add(index)
            else:
                waiting.append(Task(index, found))
        return False

    def _hand_out(self, waiting: deque[Task]) -> None:
        while waiting:
            worker = next((w for w in self._workers if not w.tasks), None)
            if worker is None:
                if len(self._workers) >= self.jobs:
                    return
                worker = self._start()
            size = 0
            # near the end small batches keep all workers busy
            most = max(1, min(_BATCH_FILES, len(waiting) // self.jobs))
            while waiting and len(worker.tasks) < most and (size == 0 or size + waiting[0].found.size < _BATCH_BYTES):
                if worker.tasks and waiting[0].careful:
                    break
                task = waiting.popleft()
                worker.tasks.append(task)
                size += max(1, task.found.size)
                if task.careful:
                    break
            worker.heard = time.monotonic()
            worker.outcomes = worker.tasks[0].skip
            worker.member = worker.tasks[0].found.path
            with contextlib.suppress(OSError):  # a worker that died just now is noticed when it is listened to
                worker.pipe.send(list(worker.tasks))

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(
            target=_serve,
            args=(there, self.finder, self.ocr, self._lock, self.limits, self._siblings(), self.grammar, self.keep),
            daemon=True,
        )
        process.start()
        there.close()
        worker = _Worker(process, here, heard=time.monotonic())
        self._workers.append(worker)
        return worker

    def _siblings(self) -> list[_Worker]:
        return self._workers if self._context.get_start_method() == "fork" else []

    def _listen(
        self, busy: list[_Worker], waiting: deque[Task], done: dict[int, list[Outcome]], finished: set[int]
    ) -> None:
        ready = wait([w.pipe for w in busy], timeout=0.5)
        for worker in busy:
            if worker.pipe in ready:
                self._hear(worker, waiting, done, finished)
            elif time.monotonic() - worker.heard > self.limits.silence:
                message = f"no page or part of it was read within {self.limits.silence:.0f} s; given up"
                self._lose(worker, "time-limit", message, waiting, done, finished)

    def _hear(self, worker: _Worker, waiting: deque[Task], done: dict[int, list[Outcome]], finished: set[int]) -> None:
        try:
            messages = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            self._lose(worker, "reader-died", _death(worker.process.exitcode), waiting, done, finished)
            return
        worker.heard = time.monotonic()
        for kind, value in messages:
            if kind == "member":
                worker.member = self.progress.current = value
            elif kind == "page":
                page, pages = value
                self.progress.pages += 1
                worker.part = worker.tasks[0].found.size * page // pages if pages and worker.tasks else worker.part
            elif kind == "outcome":
                done.setdefault(worker.tasks[0].index, []).append(value)
                worker.outcomes += 1
                self.progress.findings += sum(f.level == "finding" for f in value.findings)
            elif kind == "done":
                self._finish(worker, finished)

    def _finish(self, worker: _Worker, finished: set[int]) -> None:
        task = worker.tasks.popleft()
        finished.add(task.index)
        worker.part = 0
        self.progress.files += 1
        self.progress.bytes += task.found.size
        worker.outcomes = worker.tasks[0].skip if worker.tasks else 0
        worker.member = worker.tasks[0].found.path if worker.tasks else ""

    def _lose(
        self,
        worker: _Worker,
        reason: str,
        message: str,
        waiting: deque[Task],
        done: dict[int, list[Outcome]],
        finished: set[int],
    ) -> None:
        worker.process.kill()
        worker.process.join(10)
        worker.pipe.close()
        self._workers.remove(worker)
        if not worker.tasks:
            return
        task = worker.tasks.popleft()
        if not task.careful:  # what a batch had not yet sent is lost, so it is not known which source it was
            again = [
                Task(task.index, task.found, worker.outcomes, True),
                *(Task(t.index, t.found, t.skip, True) for t in worker.tasks),
            ]
            waiting.extendleft(reversed(again))
            return
        path = worker.member or task.found.path
        done.setdefault(task.index, []).append(failed(path, task.found.size, reason, message))
        if path == task.found.path:
            finished.add(task.index)
            self.progress.files += 1
        else:
            waiting.appendleft(Task(task.index, task.found, worker.outcomes + 1, True))

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join(5)
            worker.pipe.close()
        self._workers.clear()
        self._lock.remove()


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"the reader was ended by {signal.Signals(-code).name}; other sources are not affected"
    return f"the reader ended with status {code}; other sources are not affected"


def _serve(
    pipe: Connection,
    finder: Finder,
    ocr: OcrMode,
    lock: object,
    limits: Limits,
    siblings: list[_Worker],
    grammar: Grammar | None,
    keep: Keep | None,
) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for sibling in siblings:
        with contextlib.suppress(OSError):
            sibling.pipe.close()
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader = SourceReader(finder, ocr, lock, os.cpu_count() or 1, grammar, keep)
    outbox = _Outbox(pipe)
    while True:
        try:
            tasks: list[Task] = pipe.recv()
        except (EOFError, OSError):
            return
        for task in tasks:
            _one(task, reader, outbox)
        outbox.flush()


class _Outbox:
    """Messages to the parent, sent together unless time has passed: many small files need few writes."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe
        self.waiting: list[tuple[str, Any]] = []
        self.sent = time.monotonic()

    def put(self, kind: str, value: Any = None, now: bool = False) -> None:
        self.waiting.append((kind, value))
        if now or len(self.waiting) >= 400 or time.monotonic() - self.sent > 0.3:
            self.flush()

    def flush(self) -> None:
        if self.waiting:
            self.pipe.send(self.waiting)
            self.waiting = []
        self.sent = time.monotonic()


def _one(task: Task, reader: SourceReader, outbox: _Outbox) -> None:
    at_once = task.careful or task.found.size > 200_000

    def begin(path: str) -> None:
        outbox.put("member", path, now=at_once)

    def progress(page: int, pages: int) -> None:
        outbox.put("page", (page, pages))

    try:
        for outcome in reader.outcomes(_blob(task.found), begin, progress, task.skip):
            outbox.put("outcome", outcome)
    except OSError as error:
        outbox.put("outcome", failed(task.found.path, task.found.size, "cannot-open", str(error.strerror or error)))
    except MemoryError:
        outbox.put(
            "outcome",
            failed(
                task.found.path, task.found.size, "memory-limit", "opening it needs more memory than one source may use"
            ),
        )
    outbox.put("done")


def _blob(found: Found) -> Blob:
    if found.size <= _IN_MEMORY:  # read once, looked at often
        return Blob(found.path, data=found.file.read_bytes())
    return Blob(found.path, file=found.file)
