"""Texts of sources that are read again, one at a time, in a worker that a run would read them in.

Who verifies a package reads what an opponent may have made: without network, in bounded memory, and not for ever.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from clauselight import passwords
from clauselight.errors import ReadError
from clauselight.formats.session import OcrMode, ReadOptions, ReadSession
from clauselight.model import Blob
from clauselight.pipeline.analyse import documents
from clauselight.pipeline.lock import FileLock
from clauselight.pipeline.memory import MORE
from clauselight.pipeline.options import RunOptions
from clauselight.pipeline.pool import death
from clauselight.pipeline.scratch import of_a_pool
from clauselight.pipeline.worker import ENDS, Orders, serving
from clauselight.sources.members import member_blob

#: seconds between two looks at a worker that says nothing
_TICK = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source: its bytes in a file on disk, its path as it was read, and, of a member, what stands behind that."""

    blob: Blob
    inner: str = ""
    ocr: OcrMode = "auto"


@dataclass(frozen=True, slots=True)
class Reread:
    """The text that a source gives now, or why there is none."""

    text: str | None
    why: str = ""


class Rereader:
    """Reads texts again in a worker, which is begun with the first and again where one was lost. Close it."""

    def __init__(self, options: RunOptions | None = None) -> None:
        self.options = options or RunOptions()
        self._scratch = of_a_pool()
        self._lock = FileLock(self._scratch.path)
        self._process: Any = None
        self._pipe: Any = None

    def __enter__(self) -> Rereader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._lock.remove()
        self._scratch.remove()

    def read(self, wanted: Wanted) -> Reread:
        """The text of a source. Whatever goes wrong with it is its reason."""
        if self._process is None:
            self._begin()
        try:
            self._pipe.send(wanted)
            return self._heard()
        except (EOFError, OSError):
            self._process.join(5)
            why = death(self._process.exitcode)
            self._end()
            return Reread(None, why)

    def _heard(self) -> Reread:
        silence = self.options.limits.silence
        heard = time.monotonic()
        while time.monotonic() - heard < silence:
            if self._pipe.poll(_TICK):
                answer = self._pipe.recv()
                if isinstance(answer, Reread):
                    return answer
                heard = time.monotonic()  # a page was read
        self._end()
        return Reread(None, f"no page or part of it was read within {silence:.0f} s; given up")

    def _begin(self) -> None:
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context: Any = multiprocessing.get_context(method)
        self._pipe, there = context.Pipe()
        scratch = self._scratch
        orders = Orders(None, self.options, self._lock, scratch.path, scratch.outermost, passwords.given())
        inherited = [self._pipe] if method == "fork" else []
        self._process = context.Process(target=_serve, args=(there, orders, inherited), daemon=True)
        held = signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)  # an end in between would leave a worker that none knows
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        there.close()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join(10)
            self._pipe.close()
        self._process = None


def _serve(pipe: Connection, orders: Orders, inherited: list[Connection]) -> None:
    serving(lambda: _answer(pipe, orders), orders, inherited)


def _answer(pipe: Connection, orders: Orders) -> None:
    while True:
        try:
            wanted: Wanted = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_read(wanted, orders, pipe))


def _read(wanted: Wanted, orders: Orders, pipe: Connection) -> Reread:
    options = ReadOptions(
        wanted.ocr, orders.ocr_lock, os.cpu_count() or 1, lambda page, pages: pipe.send((page, pages))
    )
    try:
        blob = member_blob(wanted.blob, wanted.blob.path + wanted.inner) if wanted.inner else wanted.blob
        with ReadSession(options) as session:
            form, texts = documents(blob, session)
            if form is None:
                return Reread(None, "nothing here reads this kind of file")
            return Reread("".join(d.text for d in texts))
    except BrokenPipeError:
        raise
    except MemoryError:
        return Reread(None, f"reading it needs more memory than one source may use; {MORE}")
    except (ReadError, OSError, ValueError) as error:
        return Reread(None, f"cannot be read here: {getattr(error, 'message', error)}")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the panic of a reader in Rust is no `Exception`
        return Reread(None, f"cannot be read here: {type(error).__name__}: {error}"[:300])
