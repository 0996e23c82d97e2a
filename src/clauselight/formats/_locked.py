"""Office files under a password (MS-OFFCRYPTO): an OLE file, whatever its name, that holds the real one encrypted."""

from __future__ import annotations

from clauselight.errors import ReadError
from clauselight.model import Blob

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: the streams of the encrypted file and of how it is encrypted, as the directory names them
_STREAMS = tuple(name.encode("utf-16-le") + b"\0\0" for name in ("EncryptedPackage", "EncryptionInfo"))


def refuse_locked(blob: Blob) -> None:
    """Raise `ReadError` for such a file: no reader finds anything in it, and a converter may take it for empty."""
    if blob.head(8) != _OLE:
        return
    data = blob.read()
    if all(stream in data for stream in _STREAMS):
        step = "open it in its own program with its password, save it without one, and check that copy"
        raise ReadError(
            "encrypted", f"the Office file is encrypted, and --password-file does not open Office files; {step}"
        )
