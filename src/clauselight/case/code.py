"""A digest of the program's own code, which may decide differently without a change of rules or of the version.

What counts is what the code does, not how it is written down: the syntax tree without comments, docstrings and
positions. The tree is written out here and not by `ast.dump` or `ast.unparse`, since both write one tree differently
from one version of Python to the next (3.12 adds `type_params`, 3.13 leaves empty lists out, f-strings are quoted in
other ways): a case that moves between machines would go stale for nothing.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import groupby

#: fields of a node that change nothing: `ctx` follows from the place in the tree, `kind` is the u of u""
_IDLE = frozenset({"ctx", "kind", "type_comment", "type_ignores"})


def code_digest(*parts: str) -> str:
    """16 hex digits over rooms (``rules``) and single modules (``model/document.py``) of this program."""
    return _sum(_own(part) for part in parts)


@cache
def _own(part: str) -> str:
    return _part(files("clauselight"), part)


def digest_of(root: Traversable, parts: tuple[str, ...]) -> str:
    """The digest of some parts below a folder, which may lie inside a wheel or a zip.

    Raises `FileNotFoundError` where a part is not there or holds no source: a digest of nothing would never change.
    """
    return _sum(_part(root, part) for part in parts)


def _sum(digests: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(digests).encode()).hexdigest()[:16]


def _part(root: Traversable, part: str) -> str:
    modules = [(name, outline(file.read_text(encoding="utf-8"))) for name, file in _modules(part, root.joinpath(part))]
    if not modules:
        raise FileNotFoundError(f"{part}: no source code here")
    return hashlib.sha256("\0".join(text for module in modules for text in module).encode()).hexdigest()


def _modules(name: str, item: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Every module at or below a place, with its path, in the order of the paths."""
    if item.is_dir():
        for inner in sorted(item.iterdir(), key=lambda i: i.name):
            if inner.is_dir() or inner.name.endswith(".py"):
                yield from _modules(f"{name}/{inner.name}", inner)
    else:
        yield name, item


def outline(source: str) -> str:
    """A module's syntax tree as one line of text, the same under every version of Python that can read it."""
    return _node(ast.parse(source))


def _node(node: ast.AST) -> str:
    fields = (f"{name}={_value(value)}" for name, value in _fields(node) if value is not None and value != [])
    return f"{type(node).__name__}({','.join(fields)})"


def _fields(node: ast.AST) -> Iterator[tuple[str, object]]:
    for name, value in ast.iter_fields(node):
        if name in _IDLE:
            continue
        if isinstance(node, ast.JoinedStr):
            value = _joined(node.values)
        elif isinstance(value, list):
            value = [item for item in value if not _is_words(item)]
        yield name, value


def _value(value: object) -> str:
    if isinstance(value, ast.AST):
        return _node(value)
    if isinstance(value, list):
        return f"[{','.join(_value(item) for item in value)}]"
    return ascii(value)  # `repr` of a text depends on which characters a version of Python can print


def _is_words(item: object) -> bool:
    """Whether a statement is nothing but a text: a docstring, or one beside a name."""
    return isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant) and isinstance(item.value.value, str)


def _joined(values: list[ast.expr]) -> list[object]:
    """The parts of an f-string with neighbouring texts in one, as not every version of Python gives them."""
    parts: list[object] = []
    for is_text, run in groupby(values, lambda v: isinstance(v, ast.Constant)):
        if is_text:
            text = "".join(str(v.value) for v in run if isinstance(v, ast.Constant))
            parts += [text] if text else []
        else:
            parts += list(run)
    return parts
