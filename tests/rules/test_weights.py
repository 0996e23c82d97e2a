"""Every number that decides has a name: no module of the decision has one of its own, and the docs show them all."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest

from clauselight.rules import weights
from clauselight.rules.pack import KINDS
from clauselight.rules.weights import CUES, FOLLOWING, MARKS, PRIOR, SECTIONS, THRESHOLD, Weight, digest, table

ROOT = Path(__file__).resolve().parents[2]
RULES = Path(weights.__file__).parent
#: modules that find, load or check words; what they cut texts by does not weigh anything
NO_DECISION = {"__init__", "cache", "candidates", "gate", "groups", "lint", "load", "pack", "scan", "weights"}
DECIDING = sorted(file.stem for file in RULES.glob("*.py") if file.stem not in NO_DECISION)
#: nothing, the first and the next
PLAIN = (0, 1)
_QUANTIFIER = re.compile(r"\{\d+(?:,\d*)?\}")


def bare_numbers(source: str) -> list[str]:
    """Numbers in a module's code that have no name, and counted repeats in its patterns, as ``line: text``."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
            continue
        # 1 is the next one, but 1.0 are points
        points = isinstance(node.value, float) and node.value != 0
        if points or (isinstance(node.value, int) and node.value not in PLAIN):
            found.append(f"{node.lineno}: {node.value!r}")
        elif isinstance(node.value, str):
            found += [f"{node.lineno}: {m.group()}" for m in _QUANTIFIER.finditer(node.value)]
    return found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("bonus = 0.7 if near else 0.0", ["1: 0.7"]),
        ("x = 1\ny = text[:60]", ["2: 60"]),
        ("return 1.0", ["1: 1.0"]),
        ("expression = r'[a-z]{1,24}'", ["1: {1,24}"]),
        ("expression = rf'[a-z]{{1,{LIMIT}}}'", []),
        ("a = text[-1] or text[0 : i + 1] or True", []),
    ],
)
def test_a_bare_number_is_seen(source: str, found: list[str]) -> None:
    assert bare_numbers(source if not source.startswith("return") else f"def f(): {source}") == found


def test_the_modules_that_decide_are_looked_at() -> None:
    assert {"beside", "decide", "decision", "draft", "evidence", "find", "level", "lists", "marks", "role"} <= {
        *DECIDING
    }


@pytest.mark.parametrize("module", DECIDING)
def test_no_bare_number_decides(module: str) -> None:
    assert bare_numbers((RULES / f"{module}.py").read_text(encoding="utf-8")) == []


def test_every_weight_is_used() -> None:
    used = set()
    for file in RULES.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used.add((node.value.id.lower(), node.attr))
    named = {(row.section, row.name) for row in table()}
    assert sorted(named - used - {("prior", kind) for kind in KINDS}) == []


def test_every_kind_of_rule_has_a_prior() -> None:
    assert {f.name for f in fields(PRIOR)} == set(KINDS)
    assert [PRIOR.of(kind) for kind in ("sorts", "near", "field", "group", "word", "value")] == [
        1.5,
        0.8,
        0.7,
        0.2,
        0,
        0,
    ]


def test_every_section_is_in_the_table_under_its_own_name() -> None:
    sections = {v for v in vars(weights).values() if isinstance(v, weights.Section)}
    assert sections == set(SECTIONS)
    assert all(getattr(weights, type(s).__name__.upper()) is s for s in SECTIONS)


def test_a_row_has_a_unit_and_one_sentence() -> None:
    assert Weight("threshold", "enough", 1.0, "points", "A finding needs this much support.") in table()
    for row in table():
        assert row.unit, row
        assert re.fullmatch(r"[A-Z][^.]*(?:\.\d[^.]*)*\.", row.meaning), row


def test_weights_are_frozen() -> None:
    with pytest.raises(AttributeError):
        THRESHOLD.enough = 0.5  # type: ignore[misc]


def test_the_digest_follows_names_and_values_alone() -> None:
    assert len(digest()) == 64 and digest() == digest(reversed(SECTIONS))
    assert digest([THRESHOLD]) == digest([replace(THRESHOLD, enough=1.0)])
    assert digest([THRESHOLD]) != digest([replace(THRESHOLD, enough=1.01)])
    assert digest([CUES]) != digest([FOLLOWING])


def test_the_digest_is_taken_over_rows_in_order() -> None:
    body = (
        '[["marks","reach",25],["prior","field",0.7],["prior","group",0.2],["prior","near",0.8],["prior","sorts",1.25],'
        '["prior","value",0.0],["prior","word",0.0]]'
    )
    given = [replace(PRIOR, sorts=1.25), replace(MARKS, reach=25)]
    assert digest(given) == hashlib.sha256(body.encode()).hexdigest()


def test_weights_import_the_standard_library_only() -> None:
    tree = ast.parse((RULES / "weights.py").read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {m.split(".")[0] for m in modules} <= sys.stdlib_module_names


def test_the_tables_of_the_docs_are_current() -> None:
    command = [sys.executable, str(ROOT / "docs/explanation/make.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_old_table_of_the_docs_is_noticed(tmp_path: Path) -> None:
    for name in ("make.py", "decisions.md"):
        text = (ROOT / "docs/explanation" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("| `enough` | 1 |", "| `enough` | 2 |"), encoding="utf-8")
    command = [sys.executable, str(tmp_path / "make.py")]
    done = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (
        1,
        "out of date: decisions.md; run python docs/explanation/make.py\n",
    )
    assert subprocess.run(command, check=False).returncode == 0
    assert subprocess.run([*command, "--check"], check=False).returncode == 0
