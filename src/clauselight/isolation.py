"""Keeps this program, what it loads and what it starts from the network.

Three things, each for what the one before cannot hold:

- `keep_offline` switches off what libraries send of their own accord. It runs when the package is imported, so before
  any of them, and what is started later inherits it.
- `shut_out` takes the network from the calling process and from all that it starts, by a filter of system calls, else
  by a network namespace of its own. Workers call it, since they read what strangers wrote.
- `isolated` wraps the command of another program (a converter), so that it runs shut out or not at all, and ends with
  the process that wanted it.

The module imports nothing of the package: as a script it is that wrapper.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any, Final, Literal

Means = Literal["filter", "namespace"]

#: what libraries read before they reach out. onnxruntime has telemetry since 1.29: a device id, queued events in the
#: user's cache folder and look-ups of names. The others are of hubs that no dependency asks today: a plug-in may.
OFFLINE: Final = MappingProxyType(
    {
        "ORT_DISABLE_TELEMETRY": "1",
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "DO_NOT_TRACK": "1",
    }
)
#: exit status and first word on standard error of the wrapper where nothing shuts the network out
NO_ISOLATION: Final = 97
MARK: Final = "clauselight-no-isolation"

#: by machine: the filter's name of the architecture, the numbers of `socket` and `seccomp`
_CALLS: Final = MappingProxyType(
    {"x86_64": (0xC000003E, 41, 317), "aarch64": (0xC00000B7, 198, 277), "riscv64": (0xC00000F3, 198, 277)}
)
_IO_URING_SETUP = 425  # the same number on all of them; its rings make sockets past a filter of calls
_X32 = 0x40000000  # calls of the x32 interface have this bit and other numbers
_LOCAL_FAMILIES = (1, 16)  # AF_UNIX, and AF_NETLINK, by which a program asks the kernel which addresses it has
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 13  # 13: EACCES, as where a firewall forbids it
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_SET_MODE_FILTER, _SPECULATION_ALLOWED = 1, 4
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_SIGNAL_AT_DEATH_OF_PARENT = 1


def keep_offline(environment: MutableMapping[str, str] = os.environ) -> None:
    """Switch off what libraries send, also where the user's environment says otherwise."""
    environment.update(OFFLINE)


def shut_out() -> Means | None:
    """Take the network from this process and its children, for good; None where the system has no means for it.

    Call it while the process has one thread. Local sockets and pipes go on working. No error is raised: the caller
    decides whether it goes on without.
    """
    if not sys.platform.startswith("linux"):
        return None
    try:
        library = _library()
        if _filtered(library):
            return "filter"
        return "namespace" if _apart(library) else None
    except (OSError, AttributeError):  # a C library without these calls
        return None


def isolated(command: Sequence[str]) -> list[str]:
    """The command line that runs `command` shut out of the network, for the process that asks.

    Where nothing shuts it out, `command` is not run: the status is `NO_ISOLATION`, and standard error begins with
    `MARK`. When the process that asks is gone, however it went, `command` and what it began are ended.
    """
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *command]


def refused(status: int, errors: bytes) -> bool:
    """Whether an `isolated` command ended thus because nothing shuts it out."""
    return status == NO_ISOLATION and errors.startswith(MARK.encode())


def _library() -> Any:
    import ctypes  # where it is used: the package is imported for `--help` too

    return ctypes.CDLL(None)


def _instructions(architecture: int, socket: int) -> list[tuple[int, int, int, int]]:
    """Denies sockets but local ones, and calls of other interfaces, whose numbers mean something else."""
    return [
        (_LOAD, 0, 0, 4),  # the architecture
        (_EQUAL, 0, 8, architecture),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, 6, 0, _X32),
        (_EQUAL, 5, 0, _IO_URING_SETUP),
        (_EQUAL, 0, 3, socket),
        (_LOAD, 0, 0, 16),  # its first argument, the family
        (_EQUAL, 1, 0, _LOCAL_FAMILIES[0]),
        (_EQUAL, 0, 1, _LOCAL_FAMILIES[1]),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]


def _filtered(library: Any) -> bool:
    import ctypes
    import platform

    known = _CALLS.get(platform.machine())
    if known is None or sys.byteorder != "little" or sys.maxsize < 2**32:
        return False
    architecture, socket, seccomp = known
    rows = [struct.pack("HBBI", *row) for row in _instructions(architecture, socket)]
    body = ctypes.create_string_buffer(b"".join(rows))
    program = ctypes.create_string_buffer(struct.pack("HP", len(rows), ctypes.addressof(body)))
    nothing = ctypes.c_ulong(0)
    if library.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), nothing, nothing, nothing) != 0:
        return False
    # without the flag some kernels make the whole process slower, against a danger that is not ours
    call = (seccomp, _SET_MODE_FILTER, _SPECULATION_ALLOWED)
    done = library.syscall(*map(ctypes.c_long, call), program)
    return bool(done == 0 or library.prctl(_SET_SECCOMP, ctypes.c_ulong(_MODE_FILTER), program, nothing, nothing) == 0)


def _apart(library: Any) -> bool:
    """A network namespace with nothing in it: as root at once, else inside a namespace of users."""
    user, group = os.getuid(), os.getgid()
    if library.unshare(_NEW_NET) == 0:
        return True
    if library.unshare(_NEW_USER | _NEW_NET) != 0:
        return False
    for file, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        try:
            Path(f"/proc/self/{file}").write_text(line, encoding="ascii")
        except OSError:  # then files are owned by nobody, but the network is gone all the same
            break
    return True


def _end_with(parent: int) -> None:
    """Have this process and its group ended when `parent` is. A converter may be a script that waits for another
    program, and a signal to the script alone would leave that program running with a copy of the document."""
    with contextlib.suppress(OSError):  # it leads a session, and so a group
        os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, _end_group)
    _library().prctl(_SIGNAL_AT_DEATH_OF_PARENT, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:  # it was gone before the system was asked
        _end_group()


def _end_group(number: int = 0, frame: FrameType | None = None) -> None:
    os.killpg(0, signal.SIGKILL)


def _less_memory() -> None:
    """Take a third of what the worker that asks may use, which leaves room for that (`clauselight.pipeline.memory`)."""
    import resource

    most, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_DATA, (most // 3, hard))


def _main(parent: int, command: list[str]) -> int:
    keep_offline()
    if shut_out() is None:
        print(MARK, file=sys.stderr)
        return NO_ISOLATION
    _end_with(parent)
    _less_memory()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            os.execvp(command[0], command)
        except OSError as error:
            print(f"{command[0]}: {error.strerror}", file=sys.stderr)
            os._exit(127)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    raise SystemExit(_main(int(sys.argv[1]), sys.argv[2:]))
