"""Everything that one given source holds: itself, or what lies inside it at any depth."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from clauselight.errors import ReadError
from clauselight.model import Blob
from clauselight.sources import attached, mail, web
from clauselight.sources.archives import (
    DEEPEST,
    ERRORS,
    Budget,
    Member,
    release,
    seven_members,
    single_member,
    tar_members,
    zip_members,
)
from clauselight.sources.har import har_members
from clauselight.sources.inside import document_members
from clauselight.sources.kinds import READ_THEMSELVES, Kind, container_kind, has_zip_behind
from clauselight.sources.locked import locked_members


def _pdf_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """Files attached to a PDF, and those of a ZIP that stands behind one."""
    yield from attached.pdf_members(blob, budget)
    if has_zip_behind(blob):
        yield from zip_members(blob, budget)


_READERS: dict[Kind, Callable[[Blob, Budget], Iterator[Member]]] = {
    "zip": zip_members,
    "appended": zip_members,
    "tar": tar_members,
    "7z": seven_members,
    "gz": lambda blob, budget: single_member(blob, "gz", budget),
    "bz2": lambda blob, budget: single_member(blob, "bz2", budget),
    "xz": lambda blob, budget: single_member(blob, "xz", budget),
    "eml": mail.eml_members,
    "mbox": mail.mbox_members,
    "emlx": mail.emlx_members,
    "warc": web.warc_members,
    "har": har_members,
    "document": document_members,
    "locked": locked_members,
    "pdf": _pdf_members,
}


def walk_members(blob: Blob) -> Iterator[Member]:
    """The source itself, or its members in order, each with a blob or with the reason why it has none.

    No two have one path: of members of one path the second has ``#`` after it. The file of a member is there until the
    next one is asked for. Raises `OSError` where the source cannot be opened.
    """
    taken: set[str] = set()
    for member in _inside(Member(blob.path, blob), blob, Budget.of(blob.size), 0):
        path = told_apart(member.path, taken)
        yield member if path == member.path else _renamed(member, path)


def member_blob(outer: Blob, path: str) -> Blob:
    """The bytes of a member at any depth, by the path that its coverage gives. Raises `ReadError` where there is none.

    The file of a large one is there as long as its blob is.
    """
    for member in walk_members(outer):
        if member.path == path and member.blob is not None:
            return member.blob if member.blob is outer else _kept(member.blob)
    raise ReadError("no-member", f"{path}: not in the archive")


def told_apart(path: str, taken: set[str]) -> str:
    """The path, with as many ``#`` after it as make it unlike those `taken` before it, and now among them."""
    while path in taken:
        path += "#"
    taken.add(path)
    return path


def _renamed(member: Member, path: str) -> Member:
    return replace(member, path=path, blob=member.blob and replace(member.blob, path=path))


def _kept(blob: Blob) -> Blob:
    """The blob with a file of its own, since the walk takes back what it unpacked."""
    if blob.file is None:
        return blob
    with tempfile.NamedTemporaryFile(prefix="clauselight-", delete=False) as place:
        file = Path(place.name)
    shutil.move(blob.file, file)
    own = Blob(blob.path, file=file)
    weakref.finalize(own, file.unlink, missing_ok=True)
    return own


def _inside(outer: Member, blob: Blob, budget: Budget, depth: int) -> Iterator[Member]:
    try:
        kind = container_kind(blob)
        if kind is None:
            yield outer
        elif kind in READ_THEMSELVES:
            yield outer
            # its own entry is the one above, so what is said of its members together is said of the place of members
            yield from _opened(outer, replace(outer, path=f"{outer.path}!/", blob=None), blob, kind, budget, depth)
        else:
            yield from _container(outer, blob, kind, budget, depth)
    finally:
        release(blob)


def _container(outer: Member, blob: Blob, kind: Kind, budget: Budget, depth: int) -> Iterator[Member]:
    """What is in a container, or the container itself with the reason why nothing in it can be read.

    So every container has an entry, whatever its kind and whatever is wrong with it.
    """
    some = told = False
    for member in _opened(outer, replace(outer, blob=None), blob, kind, budget, depth):
        some = some or member.blob is not None or member.reason not in _NOTHING
        told = told or member.path == outer.path
        yield member
    if not some and not told:
        yield replace(outer, blob=None, reason="no-members", message="the archive holds no file that can be read")


#: reasons of members that have no bytes to read
_NOTHING = {"link", "device", "no-capture"}


def _opened(outer: Member, whole: Member, blob: Blob, kind: Kind, budget: Budget, depth: int) -> Iterator[Member]:
    """The members of a container at any depth. `whole` stands for all of them where something is said of all."""
    if depth >= DEEPEST:
        if kind not in READ_THEMSELVES or next(_READERS[kind](blob, budget), None) is not None:
            yield replace(whole, reason="too-deep", message=f"archives inside archives are opened {DEEPEST} deep")
        return
    try:
        for member in _READERS[kind](blob, budget):
            if member.blob is None:
                yield member
            elif budget.left <= 0:
                release(member.blob)
                message = "the archive unpacks to more than may be read; the rest was not opened"
                yield replace(whole, reason="zip-bomb", message=message)
                return
            else:
                yield from _inside(_captured(member, outer), member.blob, budget, depth + 1)
    except ReadError as error:
        yield replace(whole, reason=error.reason, message=error.message)
    except MemoryError:
        raise
    except ERRORS as error:
        yield replace(whole, reason="damaged", message=f"the archive is damaged: {error}")
    except Exception as error:  # a library that trips over bytes from outside costs the archive, not the run
        message = f"the archive cannot be read: {type(error).__name__}: {error}"[:300]
        yield replace(whole, reason="damaged", message=message)


def _captured(member: Member, outer: Member) -> Member:
    """A member of what was captured from the web was captured with it."""
    return replace(member, url=member.url or outer.url, retrieved=member.retrieved or outer.retrieved)
