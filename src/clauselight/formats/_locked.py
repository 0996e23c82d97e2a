"""Office files under a password, where one comes to a reader as it is: `sources` opens those that it can."""

from __future__ import annotations

from clauselight import passwords
from clauselight.errors import ReadError
from clauselight.model import Blob
from clauselight.parts.compound import MAGIC
from clauselight.parts.locked import is_locked


def refuse_locked(blob: Blob) -> None:
    """Raise `ReadError` for such a file: no reader finds anything in it, and a converter may take it for empty."""
    if blob.head(len(MAGIC)) == MAGIC and is_locked(blob.read()):
        raise ReadError("encrypted", f"the Office file is encrypted; {passwords.NEXT_STEP}")
