"""The digest of code: what code does counts, not how it is written down, and every Python gives the same."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest

from clauselight.case import code
from clauselight.case.code import digest_of, outline
from clauselight.case.staleness import DECIDING, STATING

PLAIN = """
import re

WEIGHT = 0.35
_WORD = re.compile("a" "b")


class Mark:
    at: int = 0

    def place(self, far: float = 1.5) -> str:
        return f"page {self.at!r:>{4}}" f" of {far:.2f}"
"""
DRESSED = '''"""A module."""

import re  # expressions

# what a word weighs
WEIGHT = 0.35
"""Of a word."""
_WORD = re.compile(
    "ab",
)


class Mark:
    """A mark."""

    at: int = 0

    def place(self, far: float = 1.5) -> str:
        """Where it is."""
        return f'page {self.at!r:>{4}} of {far:.2f}'
'''
#: what versions of Python write down differently: f-strings, type parameters, empty lists, characters that print
HARD = """
def f(x: int = 1, /, *, y: "bytes" = b"\\xff") -> None:
    z = f"{x}{{}}" f'a{y!r}' "" f"{x=}{x:{y}>{x}.2f}" if x else -1.0e300
    match z:
        case {"a": [1, *_], **rest} | str(rest): pass
    print(*(lambda *a, **k: (a, k))(), "\\U0001fae8 民 \\x00", u"u", 1j, ..., None, True, {**{}, 'a': None}, z[1:, ::2])
"""


def test_comments_docstrings_and_layout_do_not_count() -> None:
    assert outline(DRESSED) == outline(PLAIN)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("0.35", "0.36"),
        ("WEIGHT", "WEIGHTS"),
        ('"a" "b"', '"a" "c"'),
        ("at: int = 0", "at: int = 1"),
        ("far: float = 1.5", "far: float = 1"),
        ("{self.at!r:>{4}}", "{self.at:>{4}}"),
        (" of ", " off "),
        (".2f", ".3f"),
    ],
)
def test_whatever_changes_what_code_does_counts(before: str, after: str) -> None:
    assert before in PLAIN and outline(PLAIN.replace(before, after)) != outline(PLAIN)


def test_every_python_gives_the_same_outline() -> None:
    """Pinned: each version of Python that runs the tests must come to it."""
    assert (
        hashlib.sha256(outline(HARD).encode()).hexdigest()
        == "86a5f1b411e536add0526c30a8ed9d383f301150f0d3f12b3c55419eda80176e"
    )


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_another_python_gives_the_same_digest_of_this_program(version: str) -> None:
    python = shutil.which(f"python{version}")
    script = (
        "import pathlib, runpy, sys; code = runpy.run_path(sys.argv[1]); "
        "print(code['digest_of'](pathlib.Path(sys.argv[2]), tuple(sys.argv[3:])))"
    )
    root = Path(str(files("clauselight")))
    done = python and subprocess.run(
        [python, "-c", script, code.__file__, str(root), *DECIDING, *STATING],
        capture_output=True,
        text=True,
        check=False,
    )
    if not done or done.returncode == 127:  # a shim of a version that is not set up answers so
        pytest.skip(f"no Python {version} here")
    assert done.stdout.strip() == digest_of(root, DECIDING + STATING), done.stderr


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the program."""
    shutil.copytree(Path(str(files("clauselight"))), tmp_path / "tree", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "tree"


@pytest.mark.parametrize(
    ("module", "decides", "states"),
    [
        ("structure/clauses.py", True, False),  # headings
        ("rules/decide.py", True, False),
        ("text/language.py", True, True),
        ("model/document.py", True, True),
        ("statements/dates.py", False, True),
        ("rules/inner/more.py", True, False),  # a room inside a room
        ("exports/records.py", False, False),
        ("entities/resolve.py", False, False),
    ],
)
def test_each_room_changes_what_it_decides(tree: Path, module: str, decides: bool, states: bool) -> None:
    before = digest_of(tree, DECIDING), digest_of(tree, STATING)
    (tree / module).parent.mkdir(exist_ok=True)
    with (tree / module).open("a", encoding="utf-8") as file:
        file.write("\nONE_MORE = 1\n")
    after = digest_of(tree, DECIDING), digest_of(tree, STATING)
    assert (after[0] != before[0], after[1] != before[1]) == (decides, states)


def test_a_comment_in_any_module_changes_nothing(tree: Path) -> None:
    before = digest_of(tree, DECIDING + STATING)
    for module in tree.rglob("*.py"):
        module.write_text(module.read_text(encoding="utf-8") + '\n# a comment\n"""and words"""\n', encoding="utf-8")
    assert digest_of(tree, DECIDING + STATING) == before


def test_a_zip_gives_the_digest_of_its_folder(tree: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "wheel"), "zip", tree)
    with zipfile.ZipFile(archive) as opened:
        assert digest_of(zipfile.Path(opened), DECIDING) == digest_of(tree, DECIDING)


def test_a_room_without_source_is_no_room(tree: Path) -> None:
    with pytest.raises(FileNotFoundError):
        digest_of(tree, ("no-such-room",))
    (tree / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="no source code"):
        digest_of(tree, ("empty",))


def test_what_is_read_is_the_running_program() -> None:
    assert code.code_digest(*DECIDING) == digest_of(files("clauselight"), DECIDING)
