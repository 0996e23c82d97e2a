"""The life of a worker: it reads the sources that it is given, one after the other, and says what comes of them."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from clauselight import isolation, passwords
from clauselight.formats.session import ReadOptions
from clauselight.model import Blob, Problem
from clauselight.model.outcome import failed
from clauselight.pipeline import memory
from clauselight.pipeline.lock import FileLock
from clauselight.pipeline.members import SourceReader
from clauselight.pipeline.options import Analysis, RunOptions
from clauselight.pipeline.schedule import Begun, Event, Finished, PageRead, Task
from clauselight.pipeline.scratch import clear
from clauselight.sources.walk import Found

#: bytes up to which a source is held in memory: it is read once and looked at often
_IN_MEMORY = 4_000_000
#: bytes above which a source is announced before it is begun, for the progress bar
_LONG = 200_000
#: messages, and seconds, after which a batch of messages is sent
_MOST_MESSAGES = 400
_MOST_SECONDS = 0.3
#: signals by which a run is ended; they are held back while a worker is begun
ENDS = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
#: seconds between two looks at whether the parent is there
_LOOK = 1.0
#: so often within that time once the pipe is closed
_LOOKS = 20


@dataclass(frozen=True, slots=True)
class Orders:
    """What a worker is started with. One that only reads texts has no analysis."""

    analysis: Analysis | None
    options: RunOptions
    ocr_lock: FileLock
    #: the folder for temporary files, which the parent takes away
    scratch: str = ""
    #: the one around it, which nobody takes away where the parent was killed
    outermost: str = ""
    #: what is tried on encrypted sources; in no picture of these orders
    passwords: tuple[str, ...] = field(default=(), repr=False)


class Outbox:
    """Messages to the parent, sent together unless time has passed: many small files need few writes."""

    def __init__(self, send: Callable[[list[Event]], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._send = send
        self._clock = clock
        self._waiting: list[Event] = []
        self._sent = clock()

    def put(self, event: Event, now: bool = False) -> None:
        """Send it with others, or with all that wait at once."""
        self._waiting.append(event)
        if now or len(self._waiting) >= _MOST_MESSAGES or self._clock() - self._sent > _MOST_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Send what waits."""
        if self._waiting:
            self._send(self._waiting)
            self._waiting = []
        self._sent = self._clock()


def serve(pipe: Connection, orders: Orders, inherited: Iterable[Connection]) -> None:
    """Do what comes through the pipe until its other end is closed. `inherited` are a parent's ends, copied by fork."""
    serving(lambda: _obey(pipe, orders), orders, inherited)


def serving(work: Callable[[], None], orders: Orders, inherited: Iterable[Connection]) -> None:
    """Do work that reads what strangers wrote: without network, within the memory, and not longer than the parent."""
    parent = _parent()
    passwords.use(orders.passwords)
    _settle(orders, inherited)
    work()
    for _ in range(_LOOKS):  # a parent that was killed closes its pipes a moment before it is gone
        if os.getppid() != parent:
            _clear(orders.outermost)
            return
        time.sleep(_LOOK / _LOOKS)


def _parent() -> int:
    parent = multiprocessing.parent_process()
    return parent.pid if parent and parent.pid else os.getppid()


def _obey(pipe: Connection, orders: Orders) -> None:
    assert orders.analysis
    outbox = Outbox(pipe.send)
    options = ReadOptions(
        orders.options.ocr,
        orders.ocr_lock,
        os.cpu_count() or 1,
        lambda page, pages: outbox.put(PageRead(page, pages)),
    )
    reader = SourceReader(orders.analysis, options)
    while True:
        try:
            tasks: list[Task] = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            for task in tasks:
                do(task, reader, outbox)
            outbox.flush()
        except BrokenPipeError:
            return  # the parent is gone, and nobody waits for more


def _settle(orders: Orders, inherited: Iterable[Connection]) -> None:
    """Leave an interrupt to the parent, let go of what is not one's own, of the network too, and take the limits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
    _be_silent()
    if orders.scratch:
        tempfile.tempdir = os.environ["TMPDIR"] = orders.scratch
    isolation.shut_out()  # what it reads was written by strangers
    # after it: a process with threads can take no name space of its own, and a thread begun before keeps the network
    threading.Thread(target=_watch, args=(_parent(), orders.outermost), daemon=True).start()
    for end in inherited:
        with contextlib.suppress(OSError):
            end.close()
    memory.hold(orders.options.part)


def _be_silent() -> None:
    """Send to nowhere what libraries print: standard output is the result's, and a trace of theirs helps nobody."""
    if os.environ.get("CLAUSELIGHT_DEBUG"):
        return
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        os.close(nowhere)


def _watch(parent: int, scratch: str) -> None:
    """End with the parent, also where it is killed while a long document is read, and leave no copy of one."""
    while os.getppid() == parent:
        time.sleep(_LOOK)
    _clear(scratch)
    os._exit(1)


def _clear(scratch: str) -> None:
    if scratch:
        clear(scratch)


def do(task: Task, reader: SourceReader, outbox: Outbox) -> None:
    """Read one source and say everything of it. Raises only what ends the process."""
    found = task.found
    announce = task.careful or found.size > _LONG

    def begin(path: str) -> None:
        outbox.put(Begun(path), now=announce)

    try:
        for outcome in reader.outcomes(_blob(found), begin, task.skip):
            outbox.put(outcome, now=task.careful)
    except OSError as error:
        outbox.put(failed(found.path, found.size, Problem("cannot-open", str(error.strerror or error))))
    except MemoryError:
        message = f"opening it needs more memory than one source may use; {memory.MORE}"
        outbox.put(failed(found.path, found.size, Problem("memory-limit", message)))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # whatever a library throws costs this source; the worker goes on
        outbox.put(failed(found.path, found.size, Problem("reader-error", f"{type(error).__name__}: {error}"[:300])))
    outbox.put(Finished())


def _blob(found: Found) -> Blob:
    if found.size <= _IN_MEMORY:
        return Blob(found.path, data=found.file.read_bytes())
    return Blob(found.path, file=found.file)
