"""The command line as a user meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clauselight.cli import main

CLAUSE = "摄像机应能识别人员的民族。\n"


def run(*args: str, stdin: bytes | None = None, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "clauselight", *args], input=stdin, capture_output=True, timeout=120, **options
    )  # type: ignore[call-overload]


def test_exit_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean, dirty, broken = tmp_path / "clean", tmp_path / "dirty", tmp_path / "broken"
    for folder in (clean, dirty, broken):
        folder.mkdir()
        (folder / "a.txt").write_text("nothing to see", encoding="utf-8")
    (dirty / "b.txt").write_text(CLAUSE, encoding="utf-8")
    (broken / "c.pdf").write_bytes(b"%PDF-1.4 cut off")
    assert main(["check", str(clean), "--jobs", "1"]) == 0
    assert main(["check", str(dirty), "--jobs", "1"]) == 1
    assert main(["check", str(broken), "--jobs", "1"]) == 3
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_standard_input_and_output_file(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = run("check", "-", "--format", "jsonl", "-o", str(out), stdin=CLAUSE.encode())
    assert done.returncode == 1, done.stderr
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert rows[0]["path"] == "-" and rows[0]["quote"] == CLAUSE.strip()


def _hidden(tmp_path: Path) -> None:
    for name in ("kept.txt", "secret.txt", "build/x.txt", "drafts/y.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(CLAUSE, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("build/\nsecret.txt\n")


def _read_and_left(done: subprocess.CompletedProcess[bytes]) -> tuple[set[str], dict[str, str]]:
    """Names with findings, and names left out with what is said of each."""
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    left = {r["path"]: r["problems"][0]["message"] for r in rows if r["type"] == "coverage" and r["state"] == "skipped"}
    return {r["path"] for r in rows if r["type"] == "finding"}, left


def test_ignore_files_of_ones_own_work_tree_are_honoured_and_told(tmp_path: Path) -> None:
    _hidden(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub" / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "sub" / "repo" / "other.txt").write_text(CLAUSE, encoding="utf-8")
    (tmp_path / "sub" / "repo" / ".gitignore").write_text("*\n")
    done = run("check", ".", "--format", "jsonl", "--exclude", "drafts", cwd=tmp_path)
    found, left = _read_and_left(done)
    assert found == {"./kept.txt", "./sub/repo/other.txt"}
    tool = "a folder of a version control's own records; what is checked out beside it is read"
    assert left == {
        "./.git": tool,
        "./build": "left out by ./.gitignore",
        "./drafts": "left out by --exclude",
        "./secret.txt": "left out by ./.gitignore",
        "./sub/repo/.git": tool,
    }
    (tmp_path / "kept.txt").write_text("nothing", encoding="utf-8")
    assert run("check", ".", "--exclude", "drafts", "--exclude", "sub", cwd=tmp_path).returncode == 0
    (tmp_path / ".gitignore").write_text("*\n")
    assert run("check", ".", cwd=tmp_path).returncode == 3  # nothing was looked at


def test_ignore_files_of_others_never_apply(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    _hidden(given)
    names = {f"{given}/{n}" for n in ("kept.txt", "secret.txt", "build/x.txt", "drafts/y.txt")}
    for repository in (None, given / ".git", tmp_path / ".git"):
        if repository:
            repository.mkdir()
        # the current folder is in no work tree, outside of that of what was given, or given has one of its own in it
        assert _read_and_left(run("check", str(given), "--format", "jsonl", cwd=tmp_path))[0] == names
    done = run("who", str(given), "--format", "jsonl", cwd=given)
    assert [json.loads(line)["state"] for line in done.stdout.decode().splitlines() if '"coverage"' in line] == [
        "skipped", *["read"] * 5
    ]  # fmt: skip


def test_interruption_keeps_what_was_found(tmp_path: Path) -> None:
    for number in range(4000):
        (tmp_path / f"{number:05}.txt").write_text(CLAUSE * 40, encoding="utf-8")
    out = tmp_path.parent / "out.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "clauselight", "check", str(tmp_path), "--format", "jsonl", "-o", str(out)],
        stderr=subprocess.PIPE,
    )
    part = Path(str(out) + ".part")
    for _ in range(2400):
        time.sleep(0.05)
        if part.exists() and part.stat().st_size > 200_000:
            break
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"incomplete" in errors
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert rows[-1] == {**rows[-1], "type": "summary", "complete": False}
    assert any(r["type"] == "finding" for r in rows)


def test_packs_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text(
        """
pack: mine
language: mul
rules:
  - id: mine.caste
    attribute: caste
    kind: sorts
    gloss: caste
    terms: [caste code]
    cases:
      - {text: "int caste_code;", level: finding}
""",
        encoding="utf-8",
    )
    text = tmp_path / "a.c"
    text.write_text("struct face { int casteCode; };")
    assert main(["packs", "lint", "--packs", str(tmp_path)]) == 0
    assert main(["packs", "test", "--packs", str(tmp_path)]) == 0
    assert main(["check", str(text), "--packs", str(tmp_path), "--jobs", "1", "--format", "jsonl"]) == 1
    row = next(
        json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith('{"type":"finding"')
    )
    assert (row["attribute"], row["rule"]) == ("caste", "mine.caste")


def test_mistakes_in_a_pack_are_named_with_their_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text(
        "pack: bad\nlanguage: mul\nrules:\n  - id: bad.one\n    kind: nonsense\n    patterns: ['(']\n    colour: red\n"
    )
    assert main(["packs", "lint", "--packs", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    for part in (
        "bad.yaml:4",
        "`attribute` is missing",
        "nonsense",
        "not a regular expression",
        "unknown key 'colour'",
    ):
        assert part in said


def test_help_and_version() -> None:
    assert b"clauselight" in run("--version").stdout
    for verb in ("check", "packs"):
        done = run(verb, "--help")
        assert done.returncode == 0 and b"examples" in done.stdout and b"exit status" in done.stdout


def test_the_api_is_the_same(tmp_path: Path) -> None:
    import clauselight

    file = tmp_path / "a.txt"
    file.write_text(CLAUSE, encoding="utf-8")
    checked = clauselight.check(file)
    found = list(checked)
    assert [(f.attribute, f.role, f.level) for f in found] == [("ethnicity", "analytic_output", "finding")]
    assert checked.coverage[0].state == "read"
    document = clauselight.read(file)
    assert document.text[found[0].start : found[0].end] == found[0].quote
