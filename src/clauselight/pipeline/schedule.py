"""Who reads what next, what has come of it, and what is done again. Knows nothing of processes, pipes or clocks.

Workers are numbers. `batch` gives one its sources, `hear` takes what it says of them, `lose` that it is gone, and
`ready` gives outcomes in the order of the sources, whatever order they finish in.

Messages of a batch travel together, so when a worker is lost it is not known which source it was at. What it had
in hand is done again one by one, and carefully: each source, or member of an archive, is announced before it is
begun, and its outcome is sent at once. A careful worker that is lost costs what it announced last.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from clauselight.model import Problem
from clauselight.model.coverage import State
from clauselight.model.outcome import Outcome, failed
from clauselight.sources.walk import Found

#: the most sources of one batch, and the bytes that they may have together
BATCH_FILES = 48
BATCH_BYTES = 4_000_000
#: sources with outcomes that wait for an earlier one; beyond that no more are taken in
AHEAD = 4000


@dataclass(frozen=True, slots=True)
class Task:
    """One given file. `skip` outcomes of it are known already; a `careful` one is done alone."""

    index: int
    found: Found
    skip: int = 0
    careful: bool = False


# What workers say has no slots: it goes through pipes by the thousand, and slots make pickling three times as slow.
@dataclass(frozen=True)
class Begun:
    """A worker says that it begins the source, or the member, at `path`."""

    path: str


@dataclass(frozen=True)
class PageRead:
    """A worker says that page `number` of `pages` is read; (0, 0) for a part of a source without pages."""

    number: int
    pages: int


@dataclass(frozen=True)
class Finished:
    """A worker says that the first task in its hand is done."""


Event = Begun | PageRead | Outcome | Finished


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


@dataclass(slots=True)
class Hand:
    """What one worker has: its tasks, and of the first the outcomes known, the member begun and the bytes passed."""

    tasks: deque[Task]
    known: int = 0
    begun: str = ""
    passed: int = 0

    def __post_init__(self) -> None:
        self.turn()

    def turn(self) -> None:
        """Make ready for the task that is first now."""
        first = self.tasks[0] if self.tasks else None
        self.known = first.skip if first else 0
        self.begun = first.found.path if first else ""
        self.passed = 0

    def again(self) -> list[Task]:
        """Its tasks, to be done one by one."""
        first, *others = self.tasks
        return [replace(first, skip=self.known, careful=True), *(replace(t, careful=True) for t in others)]


@dataclass(slots=True)
class _Results:
    """Outcomes by the number of their source, given away in order."""

    done: dict[int, list[Outcome]] = field(default_factory=dict)
    finished: set[int] = field(default_factory=set)
    following: int = 0

    def add(self, index: int, outcome: Outcome) -> None:
        self.done.setdefault(index, []).append(outcome)

    def ready(self) -> Iterator[tuple[int, Outcome | None]]:
        while self.following in self.finished:
            index = self.following
            self.finished.discard(index)
            self.following += 1
            for outcome in self.done.pop(index, ()):
                yield index, outcome
            yield index, None


class Schedule:
    """Sources on their way through workers to outcomes."""

    def __init__(self, founds: Iterable[Found], workers: int, progress: Progress | None = None) -> None:
        self.progress = progress or Progress()
        self._workers = max(1, workers)
        self._source = enumerate(founds)
        self._all_taken = False
        self._waiting: deque[Task] = deque()
        self._hands: dict[int, Hand] = {}
        self._results = _Results()

    @property
    def over(self) -> bool:
        """Whether every source has been through."""
        return self._all_taken and not self._waiting and not self._hands

    def waits(self) -> bool:
        """Whether a source waits for a worker."""
        self._refill()
        return bool(self._waiting)

    def busy(self, worker: int) -> bool:
        """Whether a worker has something in hand."""
        return worker in self._hands

    def batch(self, worker: int) -> Sequence[Task]:
        """What `worker`, whose hand is empty, does next; empty where nothing waits."""
        self._refill()
        tasks: deque[Task] = deque()
        # near the end small batches keep all workers busy
        most = max(1, min(BATCH_FILES, len(self._waiting) // self._workers))
        size = 0
        while self._waiting and len(tasks) < most and self._fits(tasks, size):
            tasks.append(self._waiting.popleft())
            size += max(1, tasks[-1].found.size)
        if tasks:
            self._hands[worker] = Hand(tasks)
        return tuple(tasks)

    def hear(self, worker: int, event: Event) -> None:
        """Take note of what a worker says of the first task in its hand."""
        hand = self._hands[worker]
        match event:
            case Begun(path):
                hand.begun = self.progress.current = path
            case PageRead(number, pages):
                self.progress.pages += 1
                if pages:
                    self._pass(hand, hand.tasks[0].found.size * number // pages)
            case Outcome():
                self._results.add(hand.tasks[0].index, event)
                hand.known += 1
                # until the next member is begun the worker is at the archive itself
                hand.begun = hand.tasks[0].found.path
                self.progress.findings += sum(f.level == "finding" for f in event.findings)
            case Finished():
                self._finish(worker)

    def lose(self, worker: int, problem: Problem) -> None:
        """Take note that a worker is gone, and why."""
        hand = self._hands.get(worker)
        if hand is None:
            return
        self._pass(hand, 0)
        task = hand.tasks[0]
        if not task.careful:
            self._give_back(worker, hand.again())
            return
        if hand.begun != task.found.path:  # a member: it is lost, those behind it are read
            self._results.add(task.index, failed(hand.begun, 0, problem))
            self._give_back(worker, [replace(task, skip=hand.known + 1)])
        elif hand.known > task.skip:  # between two members: once more from there
            self._give_back(worker, [replace(task, skip=hand.known)])
        else:
            self._results.add(task.index, failed(task.found.path, task.found.size, problem))
            self._finish(worker)

    def ready(self) -> Iterator[tuple[int, Outcome | None]]:
        """Outcomes of the sources that are next in order, each with the number of its source; None ends a source."""
        return self._results.ready()

    def _refill(self) -> None:
        """Take in what is needed for good batches, and no more than the results have room for."""
        enough = 2 * BATCH_FILES * self._workers
        while not self._all_taken and len(self._waiting) < enough and len(self._results.done) < AHEAD:
            entry = next(self._source, None)
            if entry is None:
                self._all_taken = True
            else:
                self._take(*entry)

    def _take(self, index: int, found: Found) -> None:
        if found.left_out:
            state: State = "own_output" if found.reason == "own-output" else "skipped"
            self._results.add(index, failed(found.path, 0, Problem(found.reason, found.left_out), state))
            self._results.finished.add(index)
        else:
            self._waiting.append(Task(index, found))

    def _fits(self, tasks: Sequence[Task], size: int) -> bool:
        following = self._waiting[0]
        if not tasks:
            return True
        return size + following.found.size < BATCH_BYTES and not following.careful and not tasks[-1].careful

    def _pass(self, hand: Hand, size: int) -> None:
        self.progress.begun += size - hand.passed
        hand.passed = size

    def _finish(self, worker: int) -> None:
        hand = self._hands[worker]
        self._pass(hand, 0)
        task = hand.tasks.popleft()
        self._results.finished.add(task.index)
        self.progress.files += 1
        self.progress.bytes += task.found.size
        hand.turn()
        if not hand.tasks:
            del self._hands[worker]

    def _give_back(self, worker: int, tasks: list[Task]) -> None:
        self._waiting.extendleft(reversed(tasks))
        del self._hands[worker]
