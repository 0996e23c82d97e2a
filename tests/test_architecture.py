"""Imports point one way, and plug-ins register by being there."""

from __future__ import annotations

import ast
from pathlib import Path

import clauselight
from clauselight.exports.registry import exports

ROOT = Path(clauselight.__file__).parent
#: each part may import from those before it; parts of one group not from each other
LAYERS = [
    ["errors", "version", "plugins"],
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


def test_model_uses_the_standard_library_only() -> None:
    import sys

    for file in (ROOT / "model").glob("*.py"):
        for module in _imports(file):
            assert module.split(".")[0] in sys.stdlib_module_names | {"clauselight"}, f"{file.name}: {module}"


def test_every_export_is_found_and_documented() -> None:
    assert set(exports()) == {"table", "jsonl", "sarif"}
    for cls in exports().values():
        assert cls.__doc__
