"""YAML files of packs, read with the line of each mapping, so that every problem is named as ``file:line: message``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

_LINE = "__line__"


def builtin_folder() -> Path:
    """Where the shipped packs lie: beside the code, in a checkout as in an installed wheel."""
    return Path(__file__).resolve().parent.parent / "packs"


class _LineLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """YAML that remembers the line of each mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        mapping[_LINE] = node.start_mark.line + 1
        return mapping


class PackFile:
    """One file while it is read. `problems` grows; what a reader returns is good only where it stays empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []

    def mapping(self) -> Mapping[str, Any] | None:
        """The mapping at the top of the file, or None with a problem."""
        try:
            raw = yaml.load(self.path.read_text(encoding="utf-8"), Loader=_LineLoader)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            self.problems.append(f"{self.path}:{line}: not valid YAML: {getattr(error, 'problem', error)}")
            return None
        if isinstance(raw, dict):
            return raw
        self.problems.append(f"{self.path}:1: {self.path.name} has to be a mapping of keys to values")
        return None

    def place(self, raw: Mapping[str, Any]) -> str:
        """``file:line`` of a mapping."""
        return f"{self.path}:{raw.get(_LINE, 1)}"

    def problem(self, raw: Mapping[str, Any], message: str) -> None:
        """Note a problem of a mapping."""
        self.problems.append(f"{self.place(raw)}: {message}")

    def keys(self, raw: Mapping[str, Any], known: frozenset[str], what: str) -> None:
        """Note every key that a `what` does not have."""
        for key in sorted(set(raw) - known - {_LINE}, key=str):
            self.problem(raw, f"unknown key {key!r} in a {what}")

    def items(self, raw: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
        """The mappings of a list; anything else in it is a problem."""
        value = raw.get(key) or ()
        if not isinstance(value, (list, tuple)):
            self.problem(raw, f"`{key}` has to be a list")
            return
        for item in value:
            if isinstance(item, dict):
                yield item
            else:
                self.problem(raw, f"`{key}`: {item!r} has to be a mapping")

    def inner(self, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """The mapping under a key; empty where there is none."""
        value = raw.get(key) or {}
        if isinstance(value, dict):
            return value
        self.problem(raw, f"`{key}` has to be a mapping")
        return {}

    def number(self, raw: Mapping[str, Any], key: str, usual: float) -> float:
        """The number under a key."""
        value = raw.get(key, usual)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
        self.problem(raw, f"`{key}`: {value!r} is not a number")
        return usual

    def expressions(self, raw: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """The regular expressions under a key, each tried."""
        patterns = strings(raw.get(key))
        for pattern in patterns:
            self._try(raw, key, pattern)
        return patterns

    def _try(self, raw: Mapping[str, Any], key: str, pattern: str) -> None:
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            self.problem(raw, f"`{key}`: {pattern!r} is not a regular expression: {error}")
            return
        if compiled.match(""):
            self.problem(raw, f"`{key}`: {pattern!r} matches the empty text")


def strings(value: Any) -> tuple[str, ...]:
    """A value of YAML as strings: nothing, one, or a list of them."""
    if value is None:
        return ()
    return tuple(str(v) for v in value) if isinstance(value, (list, tuple)) else (str(value),)


def entries(raw: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Keys and values of a mapping as they stand in the file."""
    return ((str(key), value) for key, value in raw.items() if key != _LINE)
