"""A command in a network namespace without route, every call of it that reaches out or writes seen by strace.

What is seen of a command: the addresses that it asked for, the names that it looked up, the sockets that it was
refused, the files that it wrote outside of the folders given, what it left in them that are temporary, and the
processes that it left behind. Linux only, and strace and unshare must be there.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

#: calls that are written down. A call that this machine does not have is passed over
_CALLS = (
    "socket",
    "connect",
    "sendto",
    "sendmsg",
    "sendmmsg",
    "open",
    "openat",
    "openat2",
    "creat",
    "truncate",
    "mkdir",
    "mkdirat",
    "mknod",
    "mknodat",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
)
_REACHING = ("connect", "sendto", "sendmsg", "sendmmsg")
_OPENING = ("open", "openat", "openat2", "creat")
#: the one whose first path is what it makes
_MAKING_FIRST = ("mkdir", "mkdirat", "mknod", "mknodat", "truncate")
#: families of addresses that stay on this machine: files as sockets, and the kernel's own; none is a closed socket
_LOCAL = ("AF_UNIX", "AF_LOCAL", "AF_NETLINK", "AF_UNSPEC")
_ENTRY = re.compile(r"(\d+) +(?:<\.\.\. )?(\w+)(?: resumed>|\()(.*)", re.DOTALL)
_RESULT = re.compile(r"\)\s+= (-?\w+)(?:<((?:[^>\\]|\\.)*)>)?[^=]*$", re.DOTALL)
_FAMILY = re.compile(r"sa_family=(\w+)")
_PORT = re.compile(r"sin6?_port=htons\((\d+)\)")
_ADDRESS = re.compile(r'inet_(?:addr\(|pton\(\w+, )"([^"]*)"')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HERE = re.compile(r"AT_FDCWD<([^>]*)>")
_NAMED = re.compile(r'(?:\d+<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')
#: files that only a look-up of a name opens
_RESOLVER = "/etc/resolv.conf"
#: no files: devices and what the kernel says of itself. Shared memory is a file, and may be left behind
_NO_FILES = ("/dev/", "/proc/", "/sys/")
_SHARED = "/dev/shm"
#: seconds in which a process may end after the command that began it
_GRACE = 4.0
_CHILD_SUBREAPER = 36


@dataclass
class Seen:
    """What a command did. Each list names what it counts."""

    status: int | None = None
    seconds: float = 0.0
    addresses: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    left_files: list[str] = field(default_factory=list)
    left_processes: list[str] = field(default_factory=list)
    errors: str = ""


def why_not() -> str | None:
    """Why nothing can be traced here, or None."""
    missing = [name for name in ("strace", "unshare") if not shutil.which(name)]
    if missing:
        return f"{' and '.join(missing)} not installed"
    with contextlib.suppress(OSError):
        for namespace in _namespaces():
            tried = subprocess.run(
                [*namespace, "strace", "-f", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False
            )
            if tried.returncode == 0:
                return None
    return "no network namespaces or no tracing here"


def _namespaces() -> tuple[list[str], list[str]]:
    return ["unshare", "--net"], ["unshare", "--net", "--map-root-user"]


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    allowed: Iterable[Path],
    temporary: Path,
    seconds: float = 900.0,
) -> Seen:
    """Run `command` and say what it did. It may write under `allowed` and `temporary`, and nowhere else.

    Raises `TimeoutError` where it takes longer than `seconds`.
    """
    _adopt_orphans(True)
    seen, before, others = Seen(), set(_below(temporary)), set(_descendants(os.getpid()))
    with tempfile.TemporaryDirectory() as scratch:
        trace, errors, number = (Path(scratch) / name for name in ("trace", "errors", "number"))
        begun = time.monotonic()
        with errors.open("wb") as stream:
            process = subprocess.Popen(
                _traced(command, trace, number), cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=stream, start_new_session=True,
            )  # fmt: skip
        _wait_for_the_command(process, number, seconds)
        seen.seconds = time.monotonic() - begun
        seen.left_processes = _left_behind(process, others)
        seen.status = process.wait()
        _adopt_orphans(False)
        seen.errors = errors.read_text(encoding="utf-8", errors="replace")[-2000:]
        roots = [str(Path(p).resolve()) for p in (*allowed, temporary, number)]
        with trace.open(encoding="utf-8", errors="surrogateescape") as lines:
            shared = look(lines, str(cwd.resolve()), roots, seen)
    seen.left_files = sorted({*map(str, set(_below(temporary)) - before), *(f for f in shared if Path(f).exists())})
    return seen


def _traced(command: Sequence[str], trace: Path, number: Path) -> list[str]:
    calls = ",".join(f"?{call}" for call in _CALLS)
    usable = next(n for n in _namespaces() if subprocess.run([*n, "true"], capture_output=True).returncode == 0)
    tracer = ["strace", "-f", "-y", "-qq", "-s", "64", "-e", f"trace={calls}", "-o", str(trace)]
    # the tracer begins processes of its own, so the command says its number itself; this write is not counted
    return [*usable, *tracer, "sh", "-c", f"echo $$ >{number}; exec " + '"$@"', "sh", *command]


def look(lines: Iterable[str], start: str, roots: Sequence[str], seen: Seen) -> list[str]:
    """Take what a trace says into `seen`; the return value is the files that were made in shared memory."""
    folders: dict[str, str] = {}
    shared: list[str] = []
    for process, call, arguments, result, path in _calls(lines):
        if here := _HERE.search(arguments):
            folders[process] = here.group(1)
        if call == "socket":
            if result.startswith("-") and not arguments.startswith(_LOCAL):
                seen.refused.append(arguments.partition(")")[0])
        elif call in _REACHING:
            _reached(arguments, seen)
        else:
            if call in _OPENING and f'"{_RESOLVER}"' in arguments:
                seen.names.append(_RESOLVER)
            for file in _written(call, arguments, result, path, folders.get(process, start)):
                if file.startswith(_SHARED):
                    shared.append(file)
                elif not file.startswith(_NO_FILES) and not _within(file, roots):
                    seen.outside.append(file)
    seen.outside = sorted(set(seen.outside))
    return shared


def _calls(lines: Iterable[str]) -> Iterator[tuple[str, str, str, str, str]]:
    """Process, call, arguments, result, and the path behind the number that it gave. Halves of a call are joined."""
    begun: dict[str, str] = {}
    for line in lines:
        match = _ENTRY.match(line)
        if not match:
            continue
        process, call, rest = match.groups()
        if "<unfinished ...>" in rest:
            begun[process] = rest.partition("<unfinished ...>")[0]
            continue
        if " resumed>" in line:
            rest = begun.pop(process, "") + rest
        result = _RESULT.search(rest)
        if result:
            yield process, call, rest[: result.start()], result.group(1), result.group(2) or ""
        else:
            yield process, call, rest, "-1", ""


def _reached(arguments: str, seen: Seen) -> None:
    family = _FAMILY.search(arguments)
    if not family or family.group(1) in _LOCAL:
        return
    port, address = _PORT.search(arguments), _ADDRESS.search(arguments)
    seen.addresses.append(f"{address.group(1) if address else family.group(1)}:{port.group(1) if port else ''}")
    if port and port.group(1) == "53":
        seen.names.append(seen.addresses[-1])


def _written(call: str, arguments: str, result: str, path: str, folder: str) -> Iterator[str]:
    """The files that a call made or opened for writing, whole paths."""
    if result.startswith("-"):
        return
    if call in _OPENING:
        if call == "creat" or re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC)", arguments):
            name = path.removesuffix("(deleted)").removesuffix(" ")
            if name.startswith("/"):
                yield os.path.normpath(name)
        return
    names = list(_NAMED.finditer(arguments))
    if names:
        made = names[0] if call in _MAKING_FIRST else names[-1]
        yield os.path.normpath(os.path.join(made.group(1) or folder, _plain(made.group(2))))  # noqa: PTH118 - text


def _plain(quoted: str) -> str:
    return re.sub(r"\\(\d{1,3}|.)", lambda m: chr(int(m[1], 8)) if m[1].isdigit() else m[1], quoted)


def _within(file: str, roots: Sequence[str]) -> bool:
    return any(file == root or file.startswith(f"{root}/") for root in roots)


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        yield from (Path(place) / name for name in (*folders, *files))


def _adopt_orphans(on: bool) -> None:
    """Have what is left behind by a command become a child of this process, so that it is found."""
    ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, int(on), 0, 0, 0)


def _wait_for_the_command(tracer: subprocess.Popen[bytes], number: Path, seconds: float) -> None:
    """Until the command has ended; the tracer lives on as long as anything does that the command began."""
    until = time.monotonic() + seconds
    while tracer.poll() is None:
        written = number.read_text() if number.exists() else ""
        if written.endswith("\n") and not _lives(int(written)):
            return
        if time.monotonic() > until:
            for pid in _descendants(tracer.pid):
                _kill(pid)
            raise TimeoutError(f"not ended within {seconds:.0f} s")
        time.sleep(0.05)


def _left_behind(tracer: subprocess.Popen[bytes], others: set[int]) -> list[str]:
    """What still runs a moment after the command, by its command line; it is ended then. `others` were there before."""
    until = time.monotonic() + _GRACE
    while tracer.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    left = [pid for pid in _descendants(os.getpid()) if pid not in (tracer.pid, *others) and _lives(pid)]
    named = [_command_of(pid) for pid in left]
    for pid in left:
        _kill(pid)
    return named


def _kill(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path("/proc").glob(f"{pid}/task/*/children"):
        with contextlib.suppress(OSError):
            found += [int(word) for word in task.read_text().split()]
    return found


def _descendants(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        children = _children(waiting.pop())
        found += children
        waiting += children
    return found


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _command_of(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")[:200]
    return str(pid)
