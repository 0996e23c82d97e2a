"""Every regular expression of the readers has a name, a comment and examples that it matches.

All modules of the packages are scanned, so that no expression can be forgotten.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import pytest

import clauselight.entities
import clauselight.statements
from clauselight.text.patterns import pattern

PACKAGES = (clauselight.statements, clauselight.entities)
#: functions of `re` that compile what they are given
COMPILING = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}


def modules() -> list[ModuleType]:
    return [
        importlib.import_module(info.name)
        for package in PACKAGES
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


def source(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text(encoding="utf-8")


def patterns(tree: ast.AST) -> list[ast.Call]:
    """The calls of `pattern` in a module or a part of one."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pattern"
    ]


def value(node: ast.expr, module: ModuleType) -> object:
    """What an argument is, with the fragments of its module."""
    return eval(compile(ast.Expression(node), str(module.__file__), "eval"), vars(module))


PATTERNS = [(module, call) for module in modules() for call in patterns(ast.parse(source(module)))]


@pytest.mark.parametrize(
    ("module", "call"), PATTERNS, ids=[f"{m.__name__.partition('.')[2]}:{c.lineno}" for m, c in PATTERNS]
)
def test_an_expression_matches_its_examples(module: ModuleType, call: ast.Call) -> None:
    expression, *examples = (value(argument, module) for argument in call.args)
    flags = {str(keyword.arg): value(keyword.value, module) for keyword in call.keywords}
    compiled = pattern(str(expression), "", **flags)  # type: ignore[arg-type]
    assert examples and all(examples)
    # what matches nothing at all everywhere matches no example
    assert [text for text in examples if not any(m.group() for m in compiled.finditer(str(text)))] == []


def test_the_scan_finds_the_expressions() -> None:
    assert {module.__name__ for module, _ in PATTERNS} >= {
        "clauselight.statements.numbers",
        "clauselight.statements.prose_en",
        "clauselight.entities.names",
        "clauselight.entities.lists",
    }


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.__name__)
def test_no_expression_is_made_but_by_pattern(module: ModuleType) -> None:
    made = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source(module)))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in {("re", name) for name in COMPILING}
    ]
    assert made == []


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.__name__)
def test_every_expression_is_named_at_the_top_of_its_module(module: ModuleType) -> None:
    tree = ast.parse(source(module))
    assert sorted(c.lineno for a in assignments(tree) for c in patterns(a)) == sorted(c.lineno for c in patterns(tree))


@pytest.mark.parametrize("module", modules(), ids=lambda m: m.__name__)
def test_a_comment_says_what_an_expression_is_for(module: ModuleType) -> None:
    text = source(module)
    lines = text.splitlines()
    named = [a for a in assignments(ast.parse(text)) if patterns(a)]
    assert [ast.unparse(a).split(" = ")[0] for a in named if not lines[a.lineno - 2].startswith("#")] == []


def assignments(tree: ast.Module) -> list[ast.Assign | ast.AnnAssign]:
    return [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]


def test_what_is_no_expression_is_refused() -> None:
    with pytest.raises(re.error):
        pattern("(", "")
