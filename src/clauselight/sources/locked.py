"""Office files under a password: the file that one of the user's passwords opens is what they hold."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight import passwords
from clauselight.errors import ReadError
from clauselight.model import Blob
from clauselight.parts.locked import opened
from clauselight.sources.archives import Budget, Member, inner


def locked_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """The opened file under the name of the locked one, or why there is none."""
    try:
        data = opened(blob.read(), passwords.given())
    except ReadError as error:
        yield Member(blob.path, None, error.reason, error.message)
        return
    if data is None:
        yield Member(blob.path, None, "encrypted", f"the Office file is encrypted; {passwords.NEXT_STEP}")
        return
    budget.left -= len(data)
    path, _ = inner(blob, blob.path.replace("\\", "/").rsplit("/", 1)[-1])
    yield Member(path, Blob(path, data=data))
