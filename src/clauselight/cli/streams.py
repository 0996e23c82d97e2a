"""Where output goes: standard output, or a file that appears under its name only when it is whole."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from clauselight.cli.exits import NO_ROOM
from clauselight.errors import UsageError
from clauselight.exports.registry import Output

#: escapes instead of question marks: a name with bytes that are no text can still be told
_TEXT: dict[str, Any] = {"encoding": "utf-8", "errors": "backslashreplace", "newline": ""}


@contextlib.contextmanager
def opened(name: str, output: Output[Any]) -> Iterator[IO[Any]]:
    """The stream that `output` writes to: of bytes where it is binary. ``-`` is standard output.

    A file is written as ``NAME.part`` and renamed at the end; after an error the part is kept, unless nothing is in it.
    Raises `UsageError` for bytes without a file, and where the file cannot be made.
    """
    from clauselight.sources.written import note, writing

    if name == "-":
        yield from _standard(output)
        return
    part = Path(name + ".part")
    try:
        part.unlink(missing_ok=True)  # of an earlier run; or a link, which must not lead the writing elsewhere
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
        stream = open(handle, "wb") if output.binary else open(handle, "w", **_TEXT)  # noqa: PTH123, SIM115
    except OSError as error:
        raise UsageError(f"-o {name}: {error.strerror}; name a file in a folder that is there") from error
    try:
        with writing(handle), stream:
            yield stream
        part.replace(name)
        note(Path(name))
    except BaseException as error:
        if (isinstance(error, OSError) and error.errno in NO_ROOM) or part.stat().st_size == 0:
            part.unlink()  # what was cut off by a full disk is of no use, and takes the room that is needed
        else:
            note(part)
        raise


def _standard(output: Output[Any]) -> Iterator[IO[Any]]:
    from clauselight.sources.written import note, writing

    if output.binary:
        raise UsageError(f"--format {output.name} needs a file: -o {output.takes}{output.suffix}")
    with contextlib.suppress(AttributeError):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    file = _redirected()
    with writing(sys.stdout.fileno()) if file else contextlib.nullcontext():
        yield sys.stdout
    sys.stdout.flush()
    if file and file.fresh:
        note(file.path)


@dataclass(frozen=True, slots=True)
class _Redirected:
    """The file that standard output goes to. What stood in it before is not ours: only a `fresh` one is a result."""

    path: Path
    fresh: bool


def _redirected() -> _Redirected | None:
    """Where standard output goes, if that is a file and the system can name it."""
    try:
        handle = sys.stdout.fileno()
        info = os.fstat(handle)
        if not stat.S_ISREG(info.st_mode):
            return None
        path = Path(f"/proc/self/fd/{handle}").readlink()
        return _Redirected(path, info.st_size == 0 and os.path.samestat(info, path.stat()))
    except (OSError, ValueError, AttributeError):
        return None


def colour(stream: IO[Any]) -> bool:
    """Whether colour may be used (https://no-color.org)."""
    return stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
