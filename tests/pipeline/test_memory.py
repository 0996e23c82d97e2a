"""The memory of a run has one bound, and every process keeps below its part of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clauselight.cli import main, options, parser
from clauselight.model import Document, Finding
from clauselight.pipeline import memory
from clauselight.pipeline.options import Analysis, Limits, RunOptions
from clauselight.pipeline.pool import Pool
from clauselight.rules.find import Finder
from clauselight.sources.walk import walk


def test_sizes_as_people_write_them() -> None:
    assert [memory.size(t) for t in ("4G", "1.5 gb", "800M", "12")] == [4 * 10**9, 1_500_000_000, 800 * 10**6, 12]
    for wrong in ("", "much", "-1G", "0", "4X"):
        with pytest.raises(ValueError, match="is no size; write it as 4G or 800M"):
            memory.size(wrong)


def test_the_parts_of_all_workers_and_converters_stay_below_the_bound() -> None:
    for total in (10**9, 3 * 10**9, 8 * 10**9, 64 * 10**9):
        for jobs in (1, 2, 16):
            run = RunOptions(jobs, limits=Limits(memory=total))
            own = run.part * 3 // 4
            assert run.workers * (own + own // 3) <= total
            assert run.workers == 1 or run.part >= memory.LEAST


def test_a_run_with_little_memory_has_fewer_workers_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    args = parser().parse_args(["check", "x", "--jobs", "8", "--memory", "6G"])
    assert options.limits(args) == Limits(memory=6 * 10**9)
    said = "clauselight: 3 of 8 workers: the run may use 6.0G, and each worker 2.0G of it (--memory)\n"
    assert capsys.readouterr().err == said


def test_a_size_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "x", "--memory", "much"])
    assert "argument --memory: much is no size; write it as 4G or 800M" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["check", "x", "--memory", "100M"])
    assert "argument --memory: 100M is too little: the program itself takes 0.5G" in capsys.readouterr().err


def test_a_process_and_its_converter_are_held() -> None:
    code = (
        "import resource, subprocess, sys; from clauselight import isolation; from clauselight.pipeline import memory\n"
        "memory.hold(2_000_000_000)\n"
        "print(resource.getrlimit(resource.RLIMIT_DATA)[0], flush=True)\n"
        "below = 'import resource; print(resource.getrlimit(resource.RLIMIT_DATA)[0])'\n"
        "subprocess.run(isolation.isolated([sys.executable, '-c', below]), start_new_session=True)\n"
        "try:\n    bytearray(1_600_000_000)\nexcept MemoryError:\n    print('held')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    words = done.stdout.split()
    assert (words[0], words[-1]) == ("1500000000", "held")
    assert words[1:-1] in (["500000000"], [])  # none where nothing shuts a converter out


def test_what_a_worker_has_of_its_parent_is_not_held_against_it() -> None:
    """A program that has us as a library may be large itself."""
    code = (
        "from clauselight.pipeline import memory\n"
        "parents = bytearray(2_000_000_000)\n"
        "memory.hold(1_000_000_000)\n"
        "own = bytearray(200_000_000)\n"
        "try: bytearray(1_200_000_000)\n"
        "except MemoryError: print('held')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "held\n"


class Hungry(Finder):
    """Takes as much memory as a text says, as a reader may that believes a file."""

    def findings(self, document: Document) -> list[Finding]:
        return [] if bytearray(int(document.text)) else super().findings(document)


def test_more_than_the_bound_is_said_of_the_source_that_needs_it(finder: Finder, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1000000000", encoding="utf-8")
    (tmp_path / "b.txt").write_text("3000000000", encoding="utf-8")
    (tmp_path / "c.txt").write_text("1000", encoding="utf-8")
    pool = Pool(Analysis(Hungry(finder.book)), RunOptions(1, "never", Limits(memory=3 * 10**9)))
    seen = [[(p.reason, p.message) for p in o.coverage.problems] for o in pool.run(walk([str(tmp_path)]))]
    why = "reading it needs more memory than one source may use; run it again with a larger --memory, or with --jobs 1"
    assert seen == [[], [("memory-limit", why)], []]
