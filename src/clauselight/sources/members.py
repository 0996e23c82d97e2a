"""Everything that one given source holds: itself, or what lies inside it at any depth."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from clauselight.errors import ReadError
from clauselight.model import Blob
from clauselight.sources.archives import DEEPEST, Budget, Member, container_kind, members, release


def walk_members(blob: Blob) -> Iterator[Member]:
    """The source itself, or its members in order, each with a blob or with the reason why it has none.

    The file of a member is there until the next one is asked for. Raises `OSError` where the source cannot be opened.
    """
    yield from _inside(Member(blob.path, blob), blob, Budget(), 0)


def member_blob(outer: Blob, path: str) -> Blob:
    """The bytes of a member at any depth, by the path that its coverage gives. Raises `ReadError` where there is none.

    The file of a large one is there as long as its blob is.
    """
    for member in walk_members(outer):
        if member.blob is not None and member.path == path:
            return member.blob if member.blob is outer else _kept(member.blob)
    raise ReadError("no-member", f"{path}: not in the archive")


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
        kind = container_kind(blob) if blob.size else None
        if kind is None or kind == "eml":  # a message is read itself, and so are its attachments
            yield outer
        if kind is not None and depth >= DEEPEST:
            message = f"archives inside archives are opened {DEEPEST} deep"
            yield Member(blob.path, None, "too-deep", message)
        elif kind is not None:
            yield from _unpacked(outer, blob, kind, budget, depth)
    finally:
        release(blob)


def _unpacked(outer: Member, blob: Blob, kind: str, budget: Budget, depth: int) -> Iterator[Member]:
    try:
        for member in members(blob, kind, budget):
            if member.blob is None:
                yield member
            elif budget.left <= 0:
                release(member.blob)
                message = "the archive unpacks to more than may be read; the rest was not opened"
                yield Member(blob.path, None, "zip-bomb", message)
                return
            else:
                yield from _inside(_captured(member, outer), member.blob, budget, depth + 1)
    except ReadError as error:
        yield Member(blob.path, None, error.reason, error.message)


def _captured(member: Member, outer: Member) -> Member:
    """A member of what was captured from the web was captured with it."""
    return replace(member, url=member.url or outer.url, retrieved=member.retrieved or outer.retrieved)
