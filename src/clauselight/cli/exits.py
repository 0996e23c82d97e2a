"""What decides about the exit status of the verbs that read sources."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clauselight.model import Coverage

UNREAD, INTERRUPTED = 3, 130
#: of an error that nobody foresaw (EX_SOFTWARE of sysexits.h)
UNCAUGHT = 70
#: numbers of errors of a disk that takes nothing more
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)


def unread(coverage: Coverage) -> bool:
    """Whether something of a source is not read, other than what was left out on purpose.

    What the user's own ignore rules name is left out on purpose, and so is what is no document: a program, a font.
    """
    from clauselight.model.coverage import DELIBERATE, NOTHING_MISSING  # `--help` imports no model

    if coverage.state in NOTHING_MISSING:
        return False
    return coverage.state != "skipped" or not any(p.reason in DELIBERATE for p in coverage.problems)


def hidden(coverage: Coverage) -> bool:
    """Whether an ignore file, or ``--exclude``, left a path out."""
    return any(p.reason in ("ignored", "excluded") for p in coverage.problems)


def interrupted() -> int:
    """Say that a run was stopped by hand; the return value is the exit status."""
    print("clauselight: interrupted; what was found so far is written and said to be incomplete", file=sys.stderr)
    return INTERRUPTED
