"""Which files a path stands for: itself, or all below it but what ignore files exclude. What is left out is told."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauselight.errors import UsageError

IGNORE_FILES = (".gitignore", ".clauselightignore")
#: folders that hold a tool's own records, never a document
_NEVER = {".git", ".hg", ".svn"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or one left out and why: `reason` is a stable word. `path` is as the user would write it."""

    path: str
    file: Path
    size: int = 0
    left_out: str | None = None
    reason: str = "left-out"


def walk(paths: Iterable[str], excludes: Iterable[str] = ()) -> Iterator[Found]:
    """One entry for every file, link and device under `paths`, in a stable order.

    A folder has none of its own, unless nothing comes of it: a tool's records, one that cannot be listed, and an empty
    one that was given. Raises `UsageError` for a path that does not exist, before anything is read.
    """
    given = list(paths)
    for path in given:
        if path != "-" and not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
    outer = _spec(list(excludes)) if excludes else None
    inside = _Inside(given)
    for path in given:
        if path == "-":
            yield Found("-", Path("-"))
        elif Path(path).is_dir():
            yield from _given_folder(path, outer, inside)
        else:
            yield _file(path, Path(path))


class _Inside:
    """What lies in what was given: a link is followed no further."""

    def __init__(self, given: Iterable[str]) -> None:
        self._roots = [os.path.realpath(path) for path in given if path != "-"]

    def __contains__(self, target: str) -> bool:
        return any(target == root or target.startswith(root.rstrip("/") + "/") for root in self._roots)


def _spec(lines: list[str]) -> Any:
    import pathspec

    return pathspec.PathSpec.from_lines("gitignore", lines)


def _given_folder(path: str, outer: Any, inside: _Inside) -> Iterator[Found]:
    some = False
    for found in _folder(path, Path(path), [(Path(path), outer)] if outer else [], inside):
        some = True
        yield found
    if not some:
        yield Found(path, Path(path), 0, "the folder holds no file", "no-members")


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that is to be listed, with the ignore rules above it."""

    shown: str
    folder: Path
    specs: list[tuple[Path, Any]]


def _folder(shown: str, folder: Path, specs: list[tuple[Path, Any]], inside: _Inside) -> Iterator[Found]:
    """All below a folder. Folders that wait are a list and not calls, so that their depth is no matter."""
    waiting: list[_Folder | Found] = [_Folder(shown, folder, specs)]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Found):
            yield here
        else:
            waiting += reversed(_listed(here, inside))


def _listed(here: _Folder, inside: _Inside) -> list[_Folder | Found]:
    """What stands in one folder, in order: entries, and folders that are to be listed in their turn."""
    own, broken = _with_ignore_files(here)
    try:
        with os.scandir(here.folder) as listing:
            entries = sorted(listing, key=lambda e: e.name)
    except OSError as error:
        return [Found(here.shown, here.folder, 0, f"folder cannot be listed: {error.strerror}")]
    out: list[_Folder | Found] = []
    for entry in entries:
        path, file = f"{here.shown.rstrip('/')}/{entry.name}", Path(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder and entry.name in _NEVER:
            message = "a folder of a version control's own records; what is checked out beside it is read"
            out.append(Found(path, file, 0, message, "tool-folder"))
        elif any(_matches(spec, base, file, is_folder) for base, spec in own):
            out.append(Found(path, file, 0, "excluded by an ignore rule"))
        elif entry.name in broken:
            out.append(Found(path, file, 0, broken[entry.name]))
        elif is_folder:
            out.append(_Folder(path, file, own))
        else:
            out.append(_link(path, file, inside) if entry.is_symlink() else _file(path, file))
    return out


def _with_ignore_files(here: _Folder) -> tuple[list[tuple[Path, Any]], dict[str, str]]:
    """The ignore rules of a folder, its own among them, and why which of its ignore files is not understood."""
    own, broken = list(here.specs), {}
    for name in IGNORE_FILES:
        file = here.folder / name
        try:
            if file.is_file():
                own.append((here.folder, _spec(file.read_text(encoding="utf-8", errors="replace").splitlines())))
        except (OSError, ValueError) as error:
            broken[name] = f"ignore file not understood: {error}"
    return own, broken


def _matches(spec: Any, base: Path, path: Path, is_folder: bool) -> bool:
    relative = path.relative_to(base).as_posix() + ("/" if is_folder else "")
    return bool(spec.match_file(relative))


def _link(shown: str, file: Path, inside: _Inside) -> Found:
    """A link to a file of what was given is read under its own name too; no other is followed."""
    found = _file(shown, file)
    target = os.path.realpath(file)
    if target not in inside:
        if not os.path.lexists(target):
            return found
        message = f"a link to {target}, outside of what was given; give that as well if it is to be read"
        return Found(shown, file, 0, message, "link-outside")
    if Path(target).is_dir():
        return Found(shown, file, 0, "a link to a folder of what was given; it is read in its own place", "link")
    return found


def _file(shown: str, file: Path) -> Found:
    try:
        info = file.stat()
    except OSError as error:
        return Found(shown, file, 0, f"cannot be opened: {error.strerror}")
    if not stat.S_ISREG(info.st_mode):
        return Found(shown, file, 0, "a device, pipe or socket; there is nothing in it to read", "device")
    return Found(shown, file, info.st_size)
