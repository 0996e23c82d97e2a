"""Each pattern matches the examples that stand beside it in the code."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest

import clauselight

ROOT = Path(clauselight.__file__).parent
MODULES = sorted(file.stem for file in (ROOT / "structure").glob("[a-z]*.py"))
#: patterns that are looked for anywhere in a line; the others begin it
ANYWHERE = {"_FULL_STOP", "_OWNER", "_ANONYMOUS", "_NO_BRACKETS", "_CODE_LINE", "_TAG", "_NAME", "_OWN_NAME", "_NOTE"}
ANYWHERE |= {"_TAIL", "_GAP"}


def examples(module: str) -> list[tuple[str, re.Pattern[str], str]]:
    """Name, pattern and each quoted example of the comment above it, or of the comment inside it."""
    source = (ROOT / "structure" / f"{module}.py").read_text(encoding="utf-8")
    lines = source.splitlines()
    found: list[tuple[str, re.Pattern[str], str]] = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign) or "re.compile" not in ast.unparse(node.value):
            continue
        assert isinstance(node.targets[0], ast.Name)
        name = node.targets[0].id
        assert node.end_lineno is not None
        first = node.lineno - 1
        while lines[first - 1].startswith("#:"):
            first -= 1
        comments = [line.strip() for line in lines[first : node.end_lineno] if line.strip().startswith("#")]
        pattern = getattr(importlib.import_module(f"clauselight.structure.{module}"), name)
        # an example that is no match is introduced by "but no"
        text = " ".join(comments).split(", but no ")[0]
        quoted = [ast.literal_eval(q) for q in re.findall(r'"(?:[^"\\]|\\.)*"', text)]
        assert quoted, f"{module}.{name} has no example"
        found += [(name, pattern, q) for q in quoted]
    return found


CASES = [case for module in MODULES for case in examples(module)]


@pytest.mark.parametrize(("name", "pattern", "example"), CASES, ids=[f"{c[0]}-{n}" for n, c in enumerate(CASES)])
def test_a_pattern_matches_its_example(name: str, pattern: re.Pattern[str], example: str) -> None:
    assert pattern.search(example) if name in ANYWHERE else pattern.match(example)
