"""Files that hold no document: what systems and programs leave behind, and pointers to documents elsewhere.

Both are told by name and content together: a document is not passed over because of what it is called.
"""

from __future__ import annotations

import json
import plistlib
import re
from collections.abc import Callable

from clauselight.model import Blob

#: bytes up to which a file can be a pointer or a lock
_SMALL = 20_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: streams that a document of Office has and a store of thumbnails has not
_STREAMS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "Workbook", "Book", "PowerPoint Document"))
#: a lock of Office holds a name behind its length, and is no longer than this
_LOCK, _NAME = 200, 0x20
_LIBRE_LOCK = re.compile(rb"[^\r\n]*,[^\r\n]*,[^\r\n]*,[^\r\n]*;\s*")
_ADDRESS = re.compile(r"(?im)^[ \t]*URL(?:\[[^\]]*\])?[ \t]*=[ \t]*(\S[^\r\n]*)")
_DRIVE = (".gdoc", ".gsheet", ".gslides", ".gdraw", ".gform", ".gsite", ".gmap", ".gtable")
_SHORTCUT = b"L\0\0\0\x01\x14\x02\0"


def leftover(blob: Blob) -> str | None:
    """What left this file behind, in words; None for a file that may be a document."""
    name = blob.path.replace("\\", "/").rsplit("/", 1)[-1]
    for fits, holds, words in _LEFTOVERS:
        if fits(name.lower()):
            return words if blob.size == 0 or holds(blob) else None
    return None


def pointer(blob: Blob) -> str | None:
    """Where this file points, as it says it; None for a file that is no pointer."""
    name = blob.name
    if not 0 < blob.size <= _SMALL:
        return None
    if name.endswith(".lnk") and blob.head(8) == _SHORTCUT:
        return "a file that a Windows shortcut names"
    if name.endswith((".url", ".website", ".desktop")):
        return _shortcut(blob.read())
    if name.endswith(".webloc"):
        return _webloc(blob.read())
    return _drive(blob.read()) if name.endswith(_DRIVE) else None


def _shortcut(data: bytes) -> str | None:
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")
    if "[InternetShortcut]" not in text and not ("[Desktop Entry]" in text and "Type=Link" in text):
        return None
    match = _ADDRESS.search(text)
    return match.group(1).strip() if match else "no address"


def _webloc(data: bytes) -> str | None:
    try:
        values = plistlib.loads(data)
    except Exception:  # any bytes may stand in such a file, and the parser raises what it likes
        return None
    address = values.get("URL") if isinstance(values, dict) else None
    return address if isinstance(address, str) else None


def _drive(data: bytes) -> str | None:
    try:
        values = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict):
        return None
    named = [values.get(key) for key in ("url", "doc_id", "resource_id")]
    return next((value for value in named if isinstance(value, str) and value), None)


def _is_thumbnails(blob: Blob) -> bool:
    data = blob.read() if blob.head(8) == _OLE else b""
    return bool(data) and not any(stream in data for stream in _STREAMS)


def _is_lock(blob: Blob) -> bool:
    return blob.size <= _LOCK and blob.head(1)[0] < _NAME


def _is_libre_lock(blob: Blob) -> bool:
    return blob.size <= _SMALL and _LIBRE_LOCK.fullmatch(blob.read()) is not None


def _begins(*marks: bytes) -> Callable[[Blob], bool]:
    return lambda blob: blob.head(64).startswith(marks)


#: name, content, and what it is
_LEFTOVERS: tuple[tuple[Callable[[str], bool], Callable[[Blob], bool], str], ...] = (
    (lambda n: n == ".ds_store", _begins(b"\0\0\0\x01Bud1"), "a record of macOS on how a folder is shown"),
    (lambda n: n.startswith("._"), _begins(b"\0\x05\x16\x07"), "a record of macOS beside a file of that name"),
    (lambda n: n in ("thumbs.db", "ehthumbs.db"), _is_thumbnails, "small pictures that Windows keeps of a folder"),
    (
        lambda n: n == "desktop.ini",
        _begins(b"[.ShellClassInfo]", b"\r\n[.ShellClassInfo]", b"\xff\xfe[\0.\0S\0h\0e\0l\0l\0"),
        "a record of Windows on how a folder is shown",
    ),
    (lambda n: n.startswith("~$"), _is_lock, "a lock of Office: somebody had a file of that name open"),
    (
        lambda n: n.startswith(".~lock."),
        _is_libre_lock,
        "a lock of LibreOffice: somebody had a file of that name open",
    ),
)
