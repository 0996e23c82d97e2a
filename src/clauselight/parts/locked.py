"""Office files under a password ([MS-OFFCRYPTO]), whatever their names: which are, and what a password opens.

Below every room, since the readers refuse them and what looks for sources inside of files opens them.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable

from clauselight.errors import ReadError
from clauselight.parts.compound import MAGIC, CompoundFile

#: with this password Office protects a workbook against changes alone: whoever opens one is not asked for it
_NO_SECRET = "VelvetSweatshop"
#: the streams of the encrypted file and of how it is encrypted, as the directory names them
_LISTED = tuple(name.encode("utf-16-le") + b"\0\0" for name in ("EncryptedPackage", "EncryptionInfo"))
#: the record behind the beginning of an encrypted workbook, as it is written ([MS-XLS] 2.4.117)
_FILE_PASS = b"\x2f\0"
#: what a user record begins with where the presentation is encrypted ([MS-PPT] 2.3.2)
_ENCRYPTED_USER = struct.pack("<I", 0xF3D1C4DF)


def is_locked(data: bytes) -> bool:
    """Whether these are the bytes of an Office file that says that it is encrypted."""
    if not data.startswith(MAGIC):
        return False
    try:
        file = CompoundFile(data)
    except ValueError:  # a damaged one, in which the list of streams may still be told
        return all(name in data for name in _LISTED)
    return (
        file.has("EncryptedPackage")
        or bool(int.from_bytes(file.stream("WordDocument")[11:12], "little") & 1)  # [MS-DOC] 2.5.2, fEncrypted
        or _first_record(file.stream("Workbook") or file.stream("Book")) == _FILE_PASS
        or file.stream("Current User")[12:16] == _ENCRYPTED_USER
    )


def _first_record(book: bytes) -> bytes:
    """The type of the record behind the beginning of a workbook."""
    return book[4 + int.from_bytes(book[2:4], "little") :][:2]


def opened(data: bytes, passwords: Iterable[str]) -> bytes | None:
    """The file without its encryption, by the first of the passwords that opens it; None where none does.

    Raises `ReadError` where the library is not installed, or does not know how the file is encrypted.
    """
    try:
        import msoffcrypto
        from msoffcrypto.exceptions import InvalidKeyError
    except ImportError as error:
        need = "encrypted Office files need the `case` extra: pip install 'clauselight[case]'"
        raise ReadError("encrypted", need) from error
    for password in (_NO_SECRET, *passwords):
        out = io.BytesIO()
        try:
            file = msoffcrypto.OfficeFile(io.BytesIO(data))
            file.load_key(password=password, **({"verify_password": True} if file.format == "ooxml" else {}))
            file.decrypt(out)
            return out.getvalue()
        except InvalidKeyError:
            continue
        except MemoryError:
            raise
        except Exception as error:  # the library raises what it likes at damaged or unknown files
            why = f"{type(error).__name__}: {error}"[:200]
            step = "open it in its own program, save it without its password, and check that copy"
            raise ReadError(
                "encrypted", f"the file is encrypted in a way that is not known here ({why}); {step}"
            ) from error
    return None
