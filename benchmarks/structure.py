"""The shape of the source in figures: sizes, complexity, patterns, long lines, private imports, circles, doubled names.

usage: python benchmarks/structure.py [--root DIR] [--json]

Run it over two work trees to compare them. Complexity is McCabe's (1976) count of decisions plus one.
"""

from __future__ import annotations

import argparse
import ast
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

_DECIDES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.Assert, ast.match_case)
_RE_CALLS = {"compile", "search", "match", "fullmatch", "sub", "findall", "finditer", "split"}


@dataclass(frozen=True)
class Function:
    """One function of the source."""

    where: str
    lines: int
    arguments: int
    complexity: int


@dataclass(frozen=True)
class Shape:
    """The figures of one tree."""

    source_lines: int
    test_lines: int
    files: int
    median_file: int
    longest_files: list[tuple[int, str]]
    functions: int
    median_function: float
    nine_in_ten_functions: int
    longest_functions: list[tuple[int, str]]
    most_arguments: list[tuple[int, str]]
    mean_complexity: float
    highest_complexity: list[tuple[int, str]]
    inline_patterns: int
    named_patterns: int
    over_120: int
    private_imports: list[str]
    circles: list[str]
    names_of_several_classes: list[str]
    comment_share: float


def shape(root: Path) -> Shape:
    """The figures of the tree at `root`."""
    source = root / "src" / "clauselight"
    files = sorted(source.rglob("*.py"))
    texts = {f: f.read_text(encoding="utf-8") for f in files}
    trees = {f: ast.parse(t) for f, t in texts.items()}
    sizes = sorted((t.count("\n"), _name(f, source)) for f, t in texts.items())
    functions = [found for f, tree in trees.items() for found in _functions(tree, _name(f, source))]
    lengths = sorted(f.lines for f in functions)
    named, inline = _patterns(trees.values())
    lines = [line for t in texts.values() for line in t.splitlines()]
    return Shape(
        source_lines=len(lines),
        test_lines=sum(f.read_text(encoding="utf-8").count("\n") for f in (root / "tests").rglob("*.py")),
        files=len(files),
        median_file=int(statistics.median(n for n, _ in sizes)),
        longest_files=sizes[-5:][::-1],
        functions=len(functions),
        median_function=statistics.median(lengths),
        nine_in_ten_functions=lengths[int(0.9 * len(lengths))],
        longest_functions=_top((f.lines, f.where) for f in functions),
        most_arguments=_top((f.arguments, f.where) for f in functions),
        mean_complexity=round(statistics.fmean(f.complexity for f in functions), 2),
        highest_complexity=_top((f.complexity, f.where) for f in functions),
        inline_patterns=inline,
        named_patterns=named,
        over_120=sum(len(line) > 120 for line in lines),
        private_imports=sorted(_private(trees, source)),
        circles=_circles(trees, source),
        names_of_several_classes=_classes(trees.values()),
        comment_share=round(sum(line.lstrip().startswith("#") for line in lines) / len(lines), 4),
    )


def _name(file: Path, source: Path) -> str:
    return file.relative_to(source).as_posix()


def _top(pairs: Iterator[tuple[int, str]]) -> list[tuple[int, str]]:
    return sorted(pairs, reverse=True)[:5]


def _functions(tree: ast.AST, name: str) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            arguments = len(node.args.args) + len(node.args.kwonlyargs)
            decisions = sum(isinstance(n, _DECIDES) for n in ast.walk(node))
            decisions += sum(len(n.values) - 1 for n in ast.walk(node) if isinstance(n, ast.BoolOp))
            yield Function(f"{name}:{node.lineno} {node.name}", lines, arguments, decisions + 1)


def _patterns(trees: object) -> tuple[int, int]:
    """(compiled at the top of a module, written inside a function) calls of `re` with a literal."""
    named = inline = 0
    for tree in trees:  # type: ignore[attr-defined]
        inside = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
        for node in ast.walk(tree):
            if _is_pattern(node):
                inline += id(node) in inside
                named += id(node) not in inside
    return named, inline


def _is_pattern(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _RE_CALLS):
        return False
    literal = node.args and isinstance(node.args[0], (ast.Constant, ast.JoinedStr, ast.BinOp))
    return isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and bool(literal)


def _imports(tree: ast.AST) -> Iterator[tuple[str, list[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("clauselight"):
            yield node.module or "", [alias.name for alias in node.names]


def _private(trees: dict[Path, ast.Module], source: Path) -> Iterator[str]:
    """Underscore modules and names that another package, or another module, imports."""
    for file, tree in trees.items():
        own = file.relative_to(source).parts[:-1]
        for module, names in _imports(tree):
            parts = module.split(".")[1:]
            outside = tuple(parts[: len(own)]) != own
            private = [p for p in parts if p.startswith("_") and not p.startswith("__")] if outside else []
            private += [n for n in names if n.startswith("_") and not n.startswith("__")]
            if private:
                yield f"{_name(file, source)} imports {module}: {', '.join(private)}"


def _circles(trees: dict[Path, ast.Module], source: Path) -> list[str]:
    """Groups of modules that import each other, by Tarjan's (1972) algorithm; imports inside functions count too."""
    modules = {_module(f, source): f for f in trees}
    edges: dict[str, set[str]] = defaultdict(set)
    for name, file in modules.items():
        for module, names in _imports(trees[file]):
            targets = [f"{module}.{n}" for n in names if f"{module}.{n}" in modules] or [module]
            edges[name] |= {t for t in targets if t in modules and t != name}
    return [" <-> ".join(sorted(group)) for group in _strong(modules, edges) if len(group) > 1]


def _module(file: Path, source: Path) -> str:
    parts = ("clauselight", *file.relative_to(source).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _strong(nodes: object, edges: dict[str, set[str]]) -> Iterator[list[str]]:
    sys.setrecursionlimit(10_000)
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    out: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in sorted(edges[node]):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            out.append(stack[at:])
            del stack[at:]

    for node in nodes:  # type: ignore[attr-defined]
        if node not in index:
            visit(node)
    yield from out


def _classes(trees: object) -> list[str]:
    seen: dict[str, int] = defaultdict(int)
    for tree in trees:  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                seen[node.name] += 1
    return sorted(name for name, count in seen.items() if count > 1)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--root", type=Path, default=Path(__file__).resolve().parents[1], help="the tree (default: this one)"
    )
    parser.add_argument("--json", action="store_true", help="write JSON")
    args = parser.parse_args()
    figures = asdict(shape(args.root))
    if args.json:
        print(json.dumps(figures, indent=1))
        return 0
    for name, value in figures.items():
        if isinstance(value, list):
            rows = [f"{row[0]:4} {row[1]}" if isinstance(row, (list, tuple)) else str(row) for row in value]
            print(f"{name.replace('_', ' ')}: {len(rows) if rows and isinstance(value[0], str) else ''}")
            print("".join(f"    {row}\n" for row in rows[:12]), end="")
        else:
            print(f"{name.replace('_', ' ')}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
