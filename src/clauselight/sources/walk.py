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
    """A file to read, or one left out and why. `path` is as the user would write it."""

    path: str
    file: Path
    size: int = 0
    left_out: str | None = None


def walk(paths: Iterable[str], excludes: Iterable[str] = ()) -> Iterator[Found]:
    """Every file under `paths`, in a stable order.

    Raises `UsageError` for a path that does not exist, before anything is read.
    """
    given = list(paths)
    for path in given:
        if path != "-" and not os.path.lexists(path):
            raise UsageError(f"{path}: no such file or folder")
    outer = _spec(list(excludes)) if excludes else None
    for path in given:
        if path == "-":
            yield Found("-", Path("-"))
        elif Path(path).is_dir():
            yield from _folder(path, Path(path), [(Path(path), outer)] if outer else [])
        else:
            yield _file(path, Path(path))


def _spec(lines: list[str]) -> Any:
    import pathspec

    return pathspec.PathSpec.from_lines("gitignore", lines)


def _folder(shown: str, folder: Path, specs: list[tuple[Path, Any]]) -> Iterator[Found]:
    own = list(specs)
    for name in IGNORE_FILES:
        file = folder / name
        if file.is_file():
            try:
                own.append((folder, _spec(file.read_text(encoding="utf-8", errors="replace").splitlines())))
            except (OSError, ValueError) as error:
                yield Found(f"{shown}/{name}", file, 0, f"ignore file not understood: {error}")
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        yield Found(shown, folder, 0, f"folder cannot be listed: {error.strerror}")
        return
    for entry in entries:
        path = f"{shown.rstrip('/')}/{entry.name}"
        here = Path(entry.path)
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder and entry.name in _NEVER:
            continue
        if any(_matches(spec, base, here, is_folder) for base, spec in own):
            yield Found(path, here, 0, "excluded by an ignore rule")
        elif is_folder:
            yield from _folder(path, here, own)
        elif entry.is_symlink() and here.is_dir():
            yield Found(path, here, 0, "a link to a folder; links to folders are not followed")
        else:
            yield _file(path, here)


def _matches(spec: Any, base: Path, path: Path, is_folder: bool) -> bool:
    relative = path.relative_to(base).as_posix() + ("/" if is_folder else "")
    return bool(spec.match_file(relative))


def _file(shown: str, file: Path) -> Found:
    try:
        info = file.stat()
    except OSError as error:
        return Found(shown, file, 0, f"cannot be opened: {error.strerror}")
    if not stat.S_ISREG(info.st_mode):
        return Found(shown, file, 0, "not a regular file")
    return Found(shown, file, info.st_size)
