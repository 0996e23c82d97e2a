"""Imports point one way, and plug-ins register by being there."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import clauselight
from clauselight.exports.registry import KINDS, outputs
from clauselight.model.statement import PREDICATES
from clauselight.rules.groups import FOLDER

ROOT = Path(clauselight.__file__).parent
#: each part may import from those before it; parts of one group not from each other
LAYERS = [
    ["errors", "version", "plugins", "isolation", "trusted"],
    ["passwords", "parts"],
    ["model"],
    ["text"],
    ["structure"],
    ["sources", "formats", "rules", "statements", "entities"],
    ["graph"],
    ["pipeline"],
    ["case"],
    ["api", "exports"],
    ["dossier"],
    ["package"],
    ["cli"],
]
ALLOWED_BESIDE = {("cli", "cli")}


def _part(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "clauselight" and len(parts) > 1 else None


def _imports(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def test_imports_point_one_way() -> None:
    level = {part: number for number, group in enumerate(LAYERS) for part in group}
    wrong = []
    for file in ROOT.rglob("*.py"):
        own = file.relative_to(ROOT).parts[0].removesuffix(".py")
        if own in ("__init__", "__main__"):
            continue
        for module in _imports(file):
            other = _part(module)
            if other is None or other == own or other == "__version__":
                continue
            if level[other] >= level[own]:
                wrong.append(f"{file.relative_to(ROOT)} imports {module}")
    assert not wrong


def _circle(graph: dict[str, set[str]], start: str) -> list[str]:
    """A way from a module back to it, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for following in graph.get(way[-1], set()) - seen:
            if following == start:
                return [*way, start]
            seen.add(following)
            ways.append([*way, following])
    return []


@pytest.mark.parametrize("room", ["dossier", "package"])
def test_no_module_of_a_room_imports_itself_by_way_of_others(room: str) -> None:
    graph = {}
    for file in (ROOT / room).rglob("*.py"):
        name = ".".join(("clauselight", *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        graph[name] = _modules(file) - {name}
    assert [circle for name in graph if (circle := _circle(graph, name))] == []


def _modules(file: Path) -> set[str]:
    """What a file imports; of ``from package import name`` also the name, which may be a module."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    froms = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    return _imports(file) | {f"{n.module}.{alias.name}" for n in froms for alias in n.names}


def test_model_uses_the_standard_library_only() -> None:
    import sys

    for file in (ROOT / "model").glob("*.py"):
        for module in _imports(file):
            assert module.split(".")[0] in sys.stdlib_module_names | {"clauselight"}, f"{file.name}: {module}"


def _by_hand(tree: ast.AST, names: set[str]) -> Iterator[int]:
    """Lines that compare a predicate with a name, or hold a list or table of names of predicates."""

    def named(nodes: Iterable[ast.AST | None]) -> int:
        return sum(isinstance(n, ast.Constant) and n.value in names for n in nodes)

    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            parts = list(ast.walk(node))
            found = named(parts) and any(isinstance(n, ast.Attribute) and n.attr == "predicate" for n in parts)
        elif isinstance(node, ast.Dict):
            found = named(node.keys) > 1
        else:
            found = isinstance(node, ast.Tuple | ast.List | ast.Set) and named(node.elts) > 1
        if found:
            yield node.lineno


def test_only_the_table_and_the_readers_of_statements_name_predicates() -> None:
    wrong = []
    for file in ROOT.rglob("*.py"):
        place = file.relative_to(ROOT)
        if place.parts[0] != "statements" and place.as_posix() != "model/predicates.py":
            lines = _by_hand(ast.parse(file.read_text(encoding="utf-8")), set(PREDICATES))
            wrong += [f"{place}:{line}" for line in lines]
    assert wrong == []


@pytest.mark.parametrize(
    "code", ['s.predicate == "cites"', 's.predicate in ("cites", "drafted")', '{"cites": 1, "drafted": 2}']
)
def test_a_predicate_named_by_hand_is_seen(code: str) -> None:
    assert list(_by_hand(ast.parse(code), set(PREDICATES)))


def test_the_schedule_knows_no_process_no_pipe_and_no_clock() -> None:
    standard = {m.split(".")[0] for m in _imports(ROOT / "pipeline" / "schedule.py") if not m.startswith("clauselight")}
    assert standard == {"__future__", "collections", "dataclasses"}


def test_no_language_is_named_in_the_code_that_applies_them() -> None:
    """A language is a folder under ``packs``; nothing in these rooms may depend on which there are."""
    codes = {folder.name for folder in (ROOT / "packs").iterdir() if (folder / "language.yaml").is_file()}
    assert len(codes) >= 10
    named = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for room in ("text", "rules")
        for file in sorted((ROOT / room).glob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in codes
    ]
    assert named == []


def test_each_pack_folder_holds_its_rules() -> None:
    folders = [f for f in sorted((ROOT / "packs").iterdir()) if f.is_dir() and f.name not in {"__pycache__", FOLDER}]
    assert [f.name for f in folders if not (f / "rules.yaml").is_file()] == []


def test_every_output_is_found() -> None:
    assert {kind: set(outputs(kind)) for kind in KINDS} == {
        "findings": {"table", "jsonl", "sarif", "csv", "xlsx", "parquet", "annotations"},
        "statements": {"table", "jsonl", "ftm", "dot", "svg", "html"},
        "chains": {"table", "jsonl", "svg", "html"},
        "timeline": {"table", "jsonl", "svg", "html"},
    }


def test_nothing_private_is_imported_by_another_module() -> None:
    """In the rooms of outputs and of the command line; a module with an underscore may be used beside it."""
    wrong = []
    for room in ("exports", "cli"):
        for file in (ROOT / room).rglob("*.py"):
            package = ".".join(("clauselight", *file.relative_to(ROOT).parts[:-1]))
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("clauselight"):
                    private = [a.name for a in node.names if a.name.startswith("_") and a.name != "__version__"]
                    if private and node.module != package:
                        wrong.append(f"{file.relative_to(ROOT)} imports {', '.join(private)} from {node.module}")
    assert not wrong


def test_heavy_packages_are_imported_when_they_are_needed() -> None:
    """An output is imported to be asked for; what it writes with may be an extra, or take long to import."""
    for file in (ROOT / "exports").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        top = {m for node in tree.body for m in _imports_of(node)}
        assert not {m.split(".")[0] for m in top} & {"openpyxl", "pyarrow", "lxml", "PIL", "pypdfium2"}, file.name


def _imports_of(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {node.module or ""}
    return {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
