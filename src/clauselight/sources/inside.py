"""What is inside documents: pictures that may hold a clause, documents in documents, attachments of Outlook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from clauselight.model import Blob
from clauselight.parts.compound import MAGIC, CompoundFile
from clauselight.parts.inside import HEAD, embedded, sources_in
from clauselight.parts.written import Parts, written_in
from clauselight.sources.archives import ERRORS, Budget, Member, inner, taken

#: parts that say how a file is made, which are the most and never sources
_NEVER = re.compile(r".*\.(?:xml|rels|x?html?|css|opf|ncx|fpage)", re.IGNORECASE)
_HEAD_OF_TEXT = 8192
#: an attachment of a message of Outlook, and its properties by their numbers ([MS-OXMSG] 2.2.2, [MS-OXPROPS])
_ATTACHMENT = re.compile(r"(__attach_version1\.0_#[0-9A-Fa-f]{8})/.*")
_BYTES, _MESSAGE = "__substg1.0_37010102", "__substg1.0_3701000D/"
_NAMES = ("__substg1.0_3707", "__substg1.0_3704", "__substg1.0_3001")


def document_members(blob: Blob, budget: Budget) -> Iterator[Member]:
    """The parts of a document that are sources of their own. Of a damaged one its reader speaks."""
    if blob.head(len(MAGIC)) == MAGIC:
        yield from _of_compound(blob, budget)
        return
    if taking := written_in(blob.head(_HEAD_OF_TEXT), blob.name):
        yield from _of_text(blob, taking(blob.read()), budget)
        return
    with suppress(*ERRORS), zipfile.ZipFile(blob.open()) as archive:
        for info in archive.infolist():
            if info.is_dir() or info.flag_bits & 1 or _NEVER.fullmatch(info.filename):
                continue
            with suppress(*ERRORS), archive.open(info) as stream:
                head = stream.read(HEAD)
            found = list(sources_in(info.filename, head)) or [("", b"")] * head.startswith(MAGIC)
            if found:
                whole = taken(blob, *inner(blob, info.filename), lambda i=info: archive.open(i), budget)  # type: ignore[misc]
                yield from _parts(whole, info.filename)


def _of_text(blob: Blob, parts: Parts, budget: Budget) -> Iterator[Member]:
    """What is written into a text."""
    for name, data in parts:
        for end, found in sources_in(name, data):
            path, note = inner(blob, name + end)
            budget.left -= len(found)
            yield Member(path, Blob(path, data=found), note=note, part=True)


def _parts(whole: Member, name: str) -> Iterator[Member]:
    """A part itself, or the documents in it where it is an object of Office."""
    if whole.blob is None or whole.blob.head(len(MAGIC)) != MAGIC:
        yield replace(whole, part=True)
        return
    for end, data in sources_in(name, whole.blob.read()):
        yield Member(whole.path + end, Blob(whole.path + end, data=data), part=True)


def _of_compound(blob: Blob, budget: Budget) -> Iterator[Member]:
    data = blob.read()
    for name, found in embedded(data):
        path, note = inner(blob, name)
        budget.left -= len(found)
        yield Member(path, Blob(path, data=found), note=note)
    try:
        file = CompoundFile(data)
    except ValueError:
        return
    folders = dict.fromkeys(m[1] for name in file.names if (m := _ATTACHMENT.fullmatch(name)))
    for number, folder in enumerate(folders, 1):
        yield _attachment(blob, file, folder, number, budget)


def _attachment(blob: Blob, file: CompoundFile, folder: str, number: int, budget: Budget) -> Member:
    path, note = inner(blob, _name(file, folder) or f"attachment-{number}")
    if file.has(f"{folder}/{_BYTES}"):
        data = file.stream(f"{folder}/{_BYTES}")
        budget.left -= len(data)
        return Member(path, Blob(path, data=data), note=note)
    if any(name.startswith(f"{folder}/{_MESSAGE}") for name in file.names):
        why = "a message or an object inside the message; open it in Outlook, save it as a file and check that"
        return Member(path, None, "embedded-objects", why)
    return Member(path, None, "embedded-objects", "an attachment that the message only points to; get it and check it")


def _name(file: CompoundFile, folder: str) -> str:
    for number in _NAMES:
        if wide := file.stream(f"{folder}/{number}001F"):
            return wide.decode("utf-16-le", "replace").rstrip("\0").replace("/", "_")
        if narrow := file.stream(f"{folder}/{number}001E"):
            return narrow.decode("utf-8", "replace").rstrip("\0").replace("/", "_")
    return ""
