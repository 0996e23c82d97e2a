"""The memory of a run: how much there is, how it is divided, and how a process is held to its part.

A run has one bound. It is divided among the workers, and a worker keeps three quarters of its part: the other quarter
is for the converter that it may start (`clauselight.isolation` takes a third of the worker's bound). So all of them
together stay below it, and there are fewer workers where a part would be too small to recognise a page in.
"""

from __future__ import annotations

import contextlib
import os
import re
import resource
from pathlib import Path

#: bytes of a part: recognising a page takes 1.5 GB
LEAST = 2_000_000_000
#: bytes that a worker takes before it reads anything; with less, modules fail to load and reasons would be false
PROGRAM = 500_000_000
#: what is said to do where it is not enough
MORE = "run it again with a larger --memory, or with --jobs 1"
#: the share of what the machine has that a run may use unless it is told
_SHARE = 0.75
#: where the machine does not say what it has
_UNKNOWN = 8_000_000_000
#: bytes of address space beside its part, for files that are mapped and cost no memory until they are touched
_MAPPED = 64_000_000_000
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)B?", re.IGNORECASE)
#: what control groups say, of version 2 and of version 1
_GROUPS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def size(text: str) -> int:
    """Bytes of a size as people write it: ``4G``, ``512M``. Raises `ValueError` for what is none, or is nothing."""
    match = _SIZE.fullmatch(text.strip())
    bytes_ = int(float(match.group(1)) * _UNITS[match.group(2).upper()]) if match else 0
    if not bytes_:
        raise ValueError(f"{text} is no size; write it as 4G or 800M")
    return bytes_


def shown(bytes_: int) -> str:
    """A size as `size` takes it."""
    return f"{bytes_ / 1e9:.1f}G"


def usual() -> int:
    """Bytes that a run may use unless it is told: three quarters of what the machine, or its control group, has."""
    return int(min(_installed(), *map(_of_group, _GROUPS)) * _SHARE)


def _installed() -> int:
    with contextlib.suppress(ValueError, OSError, AttributeError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return _UNKNOWN


def _of_group(file: str) -> int:
    with contextlib.suppress(OSError, ValueError):  # "max" is no number
        return int(Path(file).read_text(encoding="ascii"))
    return 2**63


def workers(wanted: int, memory: int) -> int:
    """How many workers of `wanted` a run with so many bytes has, at least one."""
    return max(1, min(wanted, memory // LEAST))


def _written() -> int:
    """Bytes of memory that this process may have written to so far; 0 where the system does not say."""
    with contextlib.suppress(OSError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        if match := re.search(r"^VmData:\s*(\d+) kB", status, re.MULTILINE):
            return int(match.group(1)) * 1024
    return 0


def hold(part: int) -> None:
    """Hold this process to its part: what it writes into memory of its own is counted, what it maps is not.

    A process that was forked has its parent's memory, which costs nothing: what goes beyond the program is added.
    """
    own = part * 3 // 4 + max(0, _written() - PROGRAM)
    for kind, most in ((resource.RLIMIT_DATA, own), (resource.RLIMIT_AS, own + _MAPPED)):
        with contextlib.suppress(ValueError, OSError):
            hard = resource.getrlimit(kind)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (most, most))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
