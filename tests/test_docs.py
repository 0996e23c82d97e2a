"""The docs cannot drift: generated pages are current, links lead somewhere, options and keys are described."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "samples").glob("*.md"),
        ROOT / "benchmarks" / "README.md",
    ]
)


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs/reference/make.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_key_of_a_finding_is_described() -> None:
    from clauselight.exports import records

    keys = re.findall(r'^\s+"(\w+)": ', (Path(records.__file__)).read_text(encoding="utf-8"), re.MULTILINE)
    text = (ROOT / "docs/reference/output.md").read_text(encoding="utf-8")
    assert len(keys) > 25
    for key in keys:
        assert f"`{key}`" in text or key == "type", key


def test_the_python_example_of_the_readme_runs() -> None:
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert code
    done = subprocess.run([sys.executable, "-c", code[1]], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "skin_colour" in done.stdout and "read" in done.stdout


def test_the_example_pack_of_the_docs_works(tmp_path: Path) -> None:
    from clauselight.cli import main

    text = (ROOT / "docs/how-to/add-a-pack.md").read_text(encoding="utf-8")
    body = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert body
    (tmp_path / "mine.yaml").write_text(body[1], encoding="utf-8")
    assert main(["packs", "test", "--packs", str(tmp_path)]) == 0


def test_the_words_of_the_code_stand_in_the_glossary() -> None:
    from clauselight.rules.pack import DOMAINS, ROLES

    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    for word in (*ROLES, *DOMAINS):
        assert word in text, word


def test_the_tutorial_walks_to_a_verified_dossier(tmp_path: Path) -> None:
    """Every command of the tutorial, in order, in an empty folder."""
    import os
    import shutil

    text = (ROOT / "docs/tutorial/a-case.md").read_text(encoding="utf-8")
    commands = [
        line.strip()
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
        if line.strip()
    ]
    assert len(commands) > 12 and commands[0].startswith("clauselight case init")
    if shutil.which("openssl") is None:
        pytest.skip("needs OpenSSL")
    pytest.importorskip("cryptography")
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in commands:
        done = subprocess.run(
            command,
            shell=True,
            cwd=tmp_path,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert "0 failed" in done.stdout


def test_files_that_the_docs_name_are_there() -> None:
    """A path in backticks leads to a file or folder of the program, of the tests or of the checkout."""
    roots = (ROOT, ROOT / "src" / "clauselight", ROOT / "tests")
    gone = []
    for page in ("ARCHITECTURE.md", "CONTRIBUTING.md", "GLOSSARY.md"):
        for path in re.findall(
            r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|yaml))`", (ROOT / page).read_text(encoding="utf-8")
        ):
            if not any((root / path).exists() for root in roots) and not list((ROOT / "src").rglob(path)):
                gone.append(f"{page}: {path}")
    assert gone == []
