"""Which files a path stands for: itself, or all below it but what ignore files exclude. What is left out is told."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauselight import passwords
from clauselight.errors import UsageError
from clauselight.sources.written import CASE_MARK, is_case, is_open

IGNORE_FILES = (".gitignore", ".clauselightignore")
#: folders that hold a tool's own records, never a document
_GIT = ".git"
#: names of what a case keeps in its folder
_OF_CASE = {CASE_MARK, *(f"case.sqlite{end}" for end in ("", "-wal", "-shm", "-journal")), "originals", ".run.lock"}
_IN_CASE = "what it holds is in the case, where `clauselight case run` reads it"
_NEVER = {_GIT, ".hg", ".svn"}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or one left out and why: `reason` is a stable word. `path` is as the user would write it."""

    path: str
    file: Path
    size: int = 0
    left_out: str | None = None
    reason: str = "left-out"


def walk(paths: Iterable[str], excludes: Iterable[str] = (), ignore_files: bool = False) -> Iterator[Found]:
    """One entry for every file, link and device under `paths`, in a stable order.

    A folder has none of its own, unless nothing comes of it: a tool's records, one that cannot be listed, and an empty
    one that was given. With `ignore_files` those of the user's own work tree apply (see `_WorkTree`); others never do,
    since whoever made what was given would say what is read of it. Raises `UsageError` for a path that does not exist,
    before anything is read.
    """
    given = list(paths)
    for path in given:
        if path != "-" and not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
    patterns = list(excludes)
    outer = _spec(patterns) if patterns else None
    inside = _Inside(given)
    tree = _WorkTree.of_user() if ignore_files else _WorkTree(None)
    for path in given:
        if path == "-":
            yield Found("-", Path("-"))
        elif Path(path).is_dir():
            rules = (_Rules(Path(path), outer, "--exclude", "excluded"),) if outer else ()
            yield from _given_folder(_Folder(path, Path(path), rules, tree.applies_to(Path(path))), inside, tree)
        else:
            yield _file(path, Path(path))


@dataclass(frozen=True, slots=True)
class _WorkTree:
    """The user's own work tree: the one that the current folder is in, where the user owns its ``.git``.

    An ignore file in it is the user's own word. What lies elsewhere, and what has a ``.git`` of its own inside the
    tree, came from somebody.
    """

    root: str | None

    @classmethod
    def of_user(cls) -> _WorkTree:
        """Found from the current folder upward."""
        here = os.path.realpath(".")
        while True:
            with suppress(OSError):
                record = os.lstat(os.path.join(here, _GIT))  # noqa: PTH118 - names may be no text
                own = not hasattr(os, "geteuid") or record.st_uid == os.geteuid()
                return cls(here if own else None)
            above = os.path.dirname(here)  # noqa: PTH120
            if above == here:
                return cls(None)
            here = above

    def applies_to(self, folder: Path) -> bool:
        """Whether a folder is in the tree, and in no other tree inside it."""
        here = os.path.realpath(folder)
        while self.root is not None and here != self.root:
            if os.path.lexists(os.path.join(here, _GIT)) or len(here) <= len(self.root):  # noqa: PTH118
                return False
            here = os.path.dirname(here)  # noqa: PTH120
        return self.root is not None

    def is_root(self, folder: Path) -> bool:
        """Whether a folder is the top of the tree."""
        return os.path.realpath(folder) == self.root


class _Inside:
    """What lies in what was given: a link is followed no further."""

    def __init__(self, given: Iterable[str]) -> None:
        self._roots = [os.path.realpath(path) for path in given if path != "-"]

    def __contains__(self, target: str) -> bool:
        return any(target == root or target.startswith(root.rstrip("/") + "/") for root in self._roots)


def _spec(lines: list[str]) -> Any:
    import pathspec

    return pathspec.PathSpec.from_lines("gitignore", lines)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What leaves paths below `base` out: its patterns, who says so, and the stable word for that."""

    base: Path
    spec: Any
    by: str
    reason: str

    def matches(self, path: Path, is_folder: bool) -> bool:
        relative = path.relative_to(self.base).as_posix() + ("/" if is_folder else "")
        return bool(self.spec.match_file(relative))


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that is to be listed, with the rules above it, and whether ignore files in it apply."""

    shown: str
    folder: Path
    rules: tuple[_Rules, ...]
    own: bool


def _given_folder(given: _Folder, inside: _Inside, tree: _WorkTree) -> Iterator[Found]:
    """All below a folder. Folders that wait are a list and not calls, so that their depth is no matter."""
    some = False
    waiting: list[_Folder | Found] = [given]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Found):
            some = True
            yield here
        else:
            waiting += reversed(_listed(here, inside, tree))
    if not some:
        yield Found(given.shown, given.folder, 0, "the folder holds no file", "no-members")


def _listed(here: _Folder, inside: _Inside, tree: _WorkTree) -> list[_Folder | Found]:
    """What stands in one folder, in order: entries, and folders that are to be listed in their turn."""
    try:
        with os.scandir(here.folder) as listing:
            entries = sorted(listing, key=lambda e: e.name)
    except OSError as error:
        return [Found(here.shown, here.folder, 0, f"folder cannot be listed: {error.strerror}")]
    own = here.own and (all(entry.name != _GIT for entry in entries) or tree.is_root(here.folder))
    case = any(entry.name == CASE_MARK for entry in entries) and is_case(here.folder)
    rules, broken = _with_ignore_files(here) if own else (here.rules, {})
    out: list[_Folder | Found] = []
    for entry in entries:
        path, file = f"{here.shown.rstrip('/')}/{entry.name}", Path(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if case and entry.name in _OF_CASE:
            out.append(Found(path, file, 0, f"part of a case of yours; {_IN_CASE}", "own-output"))
            continue
        if is_folder and entry.name in _NEVER:
            message = "a folder of a version control's own records; what is checked out beside it is read"
            out.append(Found(path, file, 0, message, "tool-folder"))
        elif rule := next((r for r in rules if r.matches(file, is_folder)), None):
            out.append(Found(path, file, 0, f"left out by {rule.by}", rule.reason))
        elif entry.name in broken:
            out.append(Found(path, file, 0, broken[entry.name]))
        elif is_folder:
            out.append(_Folder(path, file, rules, own))
        else:
            out.append(_link(path, file, inside) if entry.is_symlink() else _file(path, file))
    return out


def _with_ignore_files(here: _Folder) -> tuple[tuple[_Rules, ...], dict[str, str]]:
    """The rules of a folder, its own ignore files among them, and why which of these is not understood."""
    own, broken = list(here.rules), {}
    for name in IGNORE_FILES:
        file, shown = here.folder / name, f"{here.shown.rstrip('/')}/{name}"
        try:
            if file.is_file():
                spec = _spec(file.read_text(encoding="utf-8", errors="replace").splitlines())
                own.append(_Rules(here.folder, spec, shown, "ignored"))
        except (OSError, ValueError) as error:
            broken[name] = f"ignore file not understood: {error}"
    return tuple(own), broken


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
    if passwords.is_file(info):
        return Found(shown, file, 0, "the file of your passwords; it is no source", "excluded")
    if is_open(info):
        return Found(shown, file, 0, "the file that this run writes", "own-output")
    if not stat.S_ISREG(info.st_mode):
        return Found(shown, file, 0, "a device, pipe or socket; there is nothing in it to read", "device")
    return Found(shown, file, info.st_size)
