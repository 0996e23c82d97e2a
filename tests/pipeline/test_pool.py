"""A worker that dies or hangs costs the source it was reading, and nothing else."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path

import pytest

from clauselight.cli.signals import ends
from clauselight.model import Document, Finding
from clauselight.pipeline.options import Analysis, Limits, RunOptions
from clauselight.pipeline.pool import Pool
from clauselight.rules.find import Finder
from clauselight.sources.walk import walk


class Fragile(Finder):
    """Dies or hangs on a word, as a reader written in C might."""

    def findings(self, document: Document) -> list[Finding]:
        if "KILL" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in document.text:
            time.sleep(600)
        if "MEMORY" in document.text:
            raise MemoryError
        if "PRINT" in document.text:
            os.write(1, b"a library on standard output")
            os.write(2, b"thread panicked")
        if "RAISE" in document.text:
            raise RuntimeError("broken")
        return super().findings(document)


def outcomes(finder: Finder, folder: Path, jobs: int = 2, silence: float = 60) -> list[tuple[str, str, int]]:
    pool = Pool(Analysis(Fragile(finder.book)), RunOptions(jobs, "never", Limits(silence=silence)))
    pool.analysis.finder.gate, pool.analysis.finder.index = finder.gate, finder.index
    return [
        (
            o.coverage.path.removeprefix(str(folder) + "/"),
            o.coverage.problems[0].reason if o.coverage.problems else "",
            len(o.findings),
        )
        for o in pool.run(walk([str(folder)]))
    ]


def test_death_in_a_batch_of_small_files(finder: Finder, tmp_path: Path) -> None:
    for number in range(60):
        word = {17: "KILL", 31: "RAISE", 40: "MEMORY"}.get(number, "人脸识别民族属性")
        (tmp_path / f"{number:02}.txt").write_text(word, encoding="utf-8")
    found = outcomes(finder, tmp_path)
    assert [path for path, _, _ in found] == [f"{n:02}.txt" for n in range(60)]
    assert {path: reason for path, reason, _ in found if reason} == {
        "17.txt": "reader-died",
        "31.txt": "reader-error",
        "40.txt": "memory-limit",
    }
    assert sum(count for _, _, count in found) == 57


def test_a_source_that_hangs_is_given_up(finder: Finder, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("HANG")
    (tmp_path / "b.txt").write_text("人脸识别民族属性", encoding="utf-8")
    found = outcomes(finder, tmp_path, jobs=1, silence=5)
    assert found == [("a.txt", "time-limit", 0), ("b.txt", "", 1)]


def test_death_inside_an_archive_costs_one_member(finder: Finder, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(12):
            archive.writestr(f"{number:02}.txt", "KILL" if number in (4, 9) else "人脸识别民族属性")
    found = outcomes(finder, tmp_path, jobs=1)
    assert [(p, r) for p, r, _ in found if r] == [("a.zip!/04.txt", "reader-died"), ("a.zip!/09.txt", "reader-died")]
    assert len(found) == 12
    assert sum(count for _, _, count in found) == 10


def test_what_a_library_prints_goes_neither_into_the_result_nor_to_the_terminal(
    finder: Finder, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("PRINT", encoding="utf-8")
    assert outcomes(finder, tmp_path, jobs=1) == [("a.txt", "", 0)]
    assert capfd.readouterr() == ("", "")


def test_a_signal_while_a_worker_is_begun_leaves_none_that_nobody_knows(
    finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = Pool(Analysis(finder), RunOptions(1, "never"))

    class Begun:
        """A process that is begun just when the run is ended."""

        def __init__(self, **_: object) -> None:
            self.killed = False

        def start(self) -> None:
            signal.pthread_kill(threading.get_ident(), signal.SIGTERM)  # a test runner has threads of its own

        def kill(self) -> None:
            self.killed = True

        def join(self, _: float) -> None:
            """Has ended."""

    monkeypatch.setattr(pool._context, "Process", Begun, raising=False)
    with pytest.raises(SystemExit), ends():
        pool._start()
    begun = [worker.process for worker in pool._workers]
    pool.close()
    assert [process.killed for process in begun] == [True]


def test_order_is_that_of_the_sources_with_many_workers(finder: Finder, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(
            "人脸识别民族属性\n" * (4000 if number % 7 == 0 else 1), encoding="utf-8"
        )
    paths = [path for path, _, _ in outcomes(finder, tmp_path, jobs=3)]
    assert paths == sorted(paths)


def test_progress_is_told_between_outcomes(finder: Finder, tmp_path: Path) -> None:
    from builders import pdf

    (tmp_path / "a.pdf").write_bytes(pdf([["摄像机应能识别人员的民族。"]] * 5))
    pool = Pool(Analysis(finder), RunOptions(1, "never"))
    seen: list[tuple[int, int]] = []
    pool.tick = lambda p: seen.append((p.pages, p.bytes + p.begun))
    assert len(list(pool.run(walk([str(tmp_path)])))) == 1
    assert seen and seen[-1][0] == 5
    assert pool.progress.findings == 5


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text("text", encoding="utf-8")
    program = (
        "import sys, time\nfrom clauselight.pipeline.options import Analysis, RunOptions\n"
        "from clauselight.pipeline.pool import Pool\nfrom clauselight.rules.find import Finder\n"
        "from clauselight.rules.pack import RuleBook\nfrom clauselight.sources.walk import walk\n"
        "pool = Pool(Analysis(Finder(RuleBook(()))), RunOptions(2, 'never'))\n"
        "for outcome in pool.run(walk(sys.argv[1:])):\n"
        "    print(outcome.coverage.path, flush=True)\n    time.sleep(600)\n"
    )
    ours, theirs = os.pipe()  # the workers have it too, and it ends when the last of them does
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, pass_fds=(theirs,)) as parent:
        os.close(theirs)
        assert parent.stdout is not None
        assert parent.stdout.readline() == f"{tmp_path}/0.txt\n"
        parent.kill()
        assert select.select([ours], [], [], 30)[0] == [ours]
        assert os.read(ours, 1) == b""
    os.close(ours)
