"""However a verb ends, its status says what happened."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clauselight.case.store import database
from clauselight.cli import _guarded, main
from clauselight.cli.streams import opened
from clauselight.exports.registry import outputs


def ended(error: BaseException) -> int:
    def run(_: argparse.Namespace) -> int:
        raise error

    return _guarded(argparse.Namespace(run=run))


def test_an_unforeseen_error_is_seventy_and_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLAUSELIGHT_DEBUG", raising=False)
    assert ended(RuntimeError("a\nb")) == 70
    assert capsys.readouterr().err == (
        "clauselight: unexpected error: RuntimeError: a\\nb; "
        "set CLAUSELIGHT_DEBUG=1 and run it again to see where, and please report it\n"
    )
    monkeypatch.setenv("CLAUSELIGHT_DEBUG", "1")
    with pytest.raises(RuntimeError):
        ended(RuntimeError("a"))


def test_a_full_disk_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(OSError(errno.ENOSPC, "No space left on device")) == 2
    assert "cannot write: No space left on device; make room" in capsys.readouterr().err


def test_an_interrupt_is_no_trace(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "clauselight: interrupted; run it again\n"


def test_no_temporary_folder_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    error = FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/made']")
    assert ended(error) == 2
    assert capsys.readouterr().err == (
        "clauselight: no temporary folder that you may write to: set TMPDIR to one, and run it again\n"
    )


def test_lists_that_cannot_be_kept_are_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.csv").write_text("name,list,since\nInvented Eyes Ltd,made,2031-05-01\n", encoding="utf-8")
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("CLAUSELIGHT_LISTS", str(tmp_path / "taken" / "lists"))
    assert main(["lists", "import", str(tmp_path / "own.csv")]) == 2
    assert capsys.readouterr().err == (
        f"clauselight: {tmp_path}/taken/lists: lists cannot be kept there: Not a directory; "
        "name a folder with CLAUSELIGHT_LISTS\n"
    )


def test_a_case_on_a_read_only_disk_is_shown_and_not_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tmp_path / "case"
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert main(["case", "init", str(case)]) == main(["case", "add", str(case), str(tmp_path / "a.txt")]) == 0
    monkeypatch.setattr(database, "_on_read_only_disk", lambda file: True)
    before = sorted(p.name for p in case.iterdir())
    seen = [main(["case", action, str(case)]) for action in ("status", "journal", "findings")]
    assert seen == [0, 0, 3]  # its one source is not read yet
    assert sorted(p.name for p in case.iterdir()) == before
    capsys.readouterr()
    assert main(["case", "add", str(case), str(tmp_path / "a.txt")]) == 2
    assert "copy it to a folder of your own, and run it again there" in capsys.readouterr().err
    (case / "case.sqlite-wal").write_bytes(b"what a killed run left")
    assert main(["case", "status", str(case)]) == 2
    assert "the last run on this case did not end" in capsys.readouterr().err


def test_a_full_disk_leaves_no_part(tmp_path: Path) -> None:
    table: Any = outputs("findings")["table"]
    with pytest.raises(OSError), opened(str(tmp_path / "out"), table) as stream:
        stream.write("half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_the_place_of_the_part_is_not_followed(tmp_path: Path) -> None:
    table: Any = outputs("findings")["table"]
    (tmp_path / "target").write_text("mine", encoding="utf-8")
    (tmp_path / "out.part").symlink_to("target")
    with opened(str(tmp_path / "out"), table) as stream:
        stream.write("new")
    assert (tmp_path / "target").read_text() == "mine"
    assert (tmp_path / "out").read_text() == "new" and not (tmp_path / "out").is_symlink()


def test_no_time_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    case = str(tmp_path / "case")
    main(["case", "init", case])
    assert main(["case", "add", case, str(tmp_path / "a.txt"), "--retrieved", "not a time"]) == 2
    assert "write it as 2031-05-01 or 2031-05-01T10:00:00Z" in capsys.readouterr().err


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)])
def test_an_end_from_outside_leaves_nothing_behind(number: signal.Signals, status: int, tmp_path: Path) -> None:
    own, source = tmp_path / "tmp", tmp_path / "in"
    own.mkdir()
    source.mkdir()
    for i in range(400):
        (source / f"{i}.txt").write_text(f"No. {i}\n" + "The camera shall report ethnicity.\n" * 400, encoding="utf-8")
    command = [sys.executable, "-m", "clauselight", "check", str(source), "--jobs", "2", "--quiet"]
    process = subprocess.Popen(command, env={**os.environ, "TMPDIR": str(own)}, stdout=subprocess.DEVNULL)
    workers = wait_for(lambda: children(process.pid) if len(children(process.pid)) == 2 else [])
    assert [p.name.split("-")[1] for p in own.iterdir()] == ["run"]
    process.send_signal(number)
    assert process.wait(30) == status
    assert wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert wait_for(lambda: not list(own.iterdir()))


def test_a_killed_run_that_had_no_worker_yet_is_cleared_by_the_next(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "clauselight"]
    process = subprocess.Popen([*command, "check", "-"], env=environment, stdin=subprocess.PIPE)
    assert wait_for(lambda: [p.name for p in tmp_path.glob("*/*") if p.name.startswith("clauselight-stdin")])
    process.kill()
    process.communicate()
    assert len(list(tmp_path.iterdir())) == 1
    subprocess.run([*command, "packs", "list"], env=environment, capture_output=True, check=True)
    assert list(tmp_path.iterdir()) == []


def children(pid: int) -> list[int]:
    return [int(c) for task in Path("/proc").glob(f"{pid}/task/*/children") for c in task.read_text().split()]


def wait_for(condition: Callable[[], Any]) -> Any:
    """The first true answer within half a minute, else the last one."""
    for _ in range(600):
        if answer := condition():
            return answer
        time.sleep(0.05)
    return condition()


@pytest.mark.parametrize(("verb", "form"), [("check", "sarif"), ("check", "table"), ("who", "ftm")])
def test_a_name_that_is_no_text_ends_nothing(verb: str, form: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    clause = "5.2 The face capture camera shall output the attribute ethnicity for every person detected.\n"
    with open(os.fsencode(folder) + b"/bad\xff\xffname\x1b.txt", "w", encoding="utf-8") as stream:  # noqa: PTH123
        stream.write(clause)
    out = tmp_path / "out"
    assert main([verb, str(folder), "--format", form, "-o", str(out), "--jobs", "1", "--quiet"]) in (0, 1)
    text = out.read_text(encoding="utf-8")
    assert "\x1b" not in text
