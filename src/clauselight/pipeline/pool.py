"""Sources spread over worker processes. A worker that hangs or dies costs the source that it was reading, nothing else.

Processes, pipes and time are here; what is done by whom is in `schedule`, what a worker does in `worker`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from clauselight import passwords
from clauselight.model import Problem
from clauselight.model.outcome import Outcome
from clauselight.pipeline.lock import FileLock
from clauselight.pipeline.memory import MORE
from clauselight.pipeline.options import Analysis, RunOptions
from clauselight.pipeline.schedule import Progress, Schedule
from clauselight.pipeline.scratch import of_a_pool
from clauselight.pipeline.worker import ENDS, Orders, serve
from clauselight.sources.walk import Found

#: seconds between two looks at workers that say nothing
_TICK = 0.5


@dataclass(slots=True)
class _Worker:
    """A process with the parent's end of its pipe. `heard` is when it last said something, by the monotonic clock."""

    number: int
    process: Any
    pipe: Connection
    heard: float = 0.0

    def kill(self) -> None:
        self.process.kill()
        self.process.join(10)
        self.pipe.close()


class Pool:
    """Runs sources through worker processes. `tick` is called again and again, also between outcomes."""

    def __init__(self, analysis: Analysis, options: RunOptions | None = None) -> None:
        self.analysis = analysis
        self.options = options or RunOptions()
        self.progress = Progress()
        self.tick: Callable[[Progress], None] | None = None
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        self._scratch = of_a_pool()
        self._lock = FileLock(self._scratch.path)
        self._workers: list[_Worker] = []
        self._started = 0

    def run(self, founds: Iterable[Found]) -> Iterator[Outcome]:
        """Outcomes of all sources, in their order."""
        for _, outcome in self.numbered(founds):
            if outcome is not None:
                yield outcome

    def numbered(self, founds: Iterable[Found]) -> Iterator[tuple[int, Outcome | None]]:
        """Outcomes of all sources with the number of their source, and None behind the last outcome of each."""
        schedule = Schedule(founds, self.options.workers, self.progress)
        try:
            while not schedule.over:
                self._hand_out(schedule)
                yield from schedule.ready()
                self._listen(schedule)
                if self.tick:
                    self.tick(self.progress)
            yield from schedule.ready()
        finally:
            self.close()

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.kill()
        self._workers.clear()
        self._lock.remove()
        self._scratch.remove()

    def _hand_out(self, schedule: Schedule) -> None:
        for worker in self._workers:
            if not schedule.busy(worker.number):
                self._give(worker, schedule)
        while len(self._workers) < self.options.workers and schedule.waits():
            self._give(self._start(), schedule)

    def _give(self, worker: _Worker, schedule: Schedule) -> None:
        tasks = schedule.batch(worker.number)
        worker.heard = time.monotonic()
        if tasks:
            with contextlib.suppress(OSError):  # a worker that died just now is noticed when it is listened to
                worker.pipe.send(tasks)

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        # a forked worker must not hold a parent's end open, not even its own: it ends when the parent is gone
        inherited = [here, *(w.pipe for w in self._workers)] if self._context.get_start_method() == "fork" else []
        scratch = self._scratch
        orders = Orders(self.analysis, self.options, self._lock, scratch.path, scratch.outermost, passwords.given())
        process = self._context.Process(target=serve, args=(there, orders, inherited), daemon=True)
        held = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # an end in between would leave a worker that none knows
        try:
            process.start()
            self._started += 1
            self._workers.append(_Worker(self._started, process, here))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        there.close()
        return self._workers[-1]

    def _listen(self, schedule: Schedule) -> None:
        busy = [w for w in self._workers if schedule.busy(w.number)]
        ready = wait([w.pipe for w in busy], timeout=_TICK) if busy else []
        silence = self.options.limits.silence
        for worker in busy:
            if worker.pipe in ready:
                self._hear(worker, schedule)
            elif time.monotonic() - worker.heard > silence:
                message = f"no page or part of it was read within {silence:.0f} s; given up"
                self._lose(worker, schedule, Problem("time-limit", message))

    def _hear(self, worker: _Worker, schedule: Schedule) -> None:
        try:
            events = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(5)
            self._lose(worker, schedule, Problem("reader-died", death(worker.process.exitcode)))
            return
        worker.heard = time.monotonic()
        for event in events:
            schedule.hear(worker.number, event)

    def _lose(self, worker: _Worker, schedule: Schedule, problem: Problem) -> None:
        worker.kill()
        self._workers.remove(worker)
        schedule.lose(worker.number, problem)


def death(code: int | None) -> str:
    """In words, how a worker ended, by the exit code of its process."""
    if code == -signal.SIGABRT:  # what libraries in C and Rust do that are given no more memory, and for other reasons
        return f"the reader gave up (SIGABRT), perhaps for want of memory: {MORE}; other sources are not affected"
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return f"the reader was ended by {signal.Signals(-code).name}; other sources are not affected"
    return f"the reader ended with status {code}; other sources are not affected"
