"""200 kills: `case run` ended with SIGKILL at random moments. After each the case is whole, and nothing is done twice.

Run: python benchmarks/kill.py [--kills 200] [--files 2000]
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clauselight.case import journal
from clauselight.case.intake import add
from clauselight.case.store import Case

TEXT = "招标公告\n采购人：虚构市示例局\n平台应支持按民族对抓拍人员进行检索。\n"


def main() -> None:
    """Print what was seen."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--files", type=int, default=2000)
    args = options.parse_args()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        (base / "in").mkdir()
        for i in range(args.files):
            (base / "in" / f"{i}.txt").write_text(f"第{i}号\n" + TEXT * (1 + i % 9), encoding="utf-8")
        folder = base / "case"
        with Case.init(folder) as case:
            add(case, [str(base / "in")])
        command = [
            sys.executable,
            "-m",
            "clauselight",
            "case",
            "run",
            str(folder),
            "--jobs",
            "2",
            "--ocr",
            "never",
            "--quiet",
        ]
        broken = during = 0
        for number in range(args.kills):
            if number % 10 == 9:  # a change of rules in between, so that deciding anew is killed, too
                with Case(folder) as case, case.transaction():
                    case.db.execute("UPDATE reading SET decided_by = 'older' WHERE id % 7 = 0")
            if number % 20 == 19:  # and reading anew, so that there is always something to do
                with Case(folder) as case, case.transaction():
                    case.db.execute("UPDATE reading SET reader_version = '0' WHERE id % 3 = 0")
            process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            time.sleep(chance.uniform(0.05, 1.5))
            during += process.poll() is None
            os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
            process.wait()
            with Case(folder) as case:
                whole = (
                    case.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                    and not case.db.execute("PRAGMA foreign_key_check").fetchall()
                )
                torn = case.db.execute(
                    "SELECT count(*) FROM reading r WHERE state = 'read' "
                    "AND NOT EXISTS (SELECT 1 FROM document d WHERE d.reading = r.id)"
                ).fetchone()[0]
                broken += not whole or bool(torn) or bool(journal.broken(journal.entries(case.db)))
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with Case(folder) as case:
            ask = case.db.execute
            read, readings, findings = (
                ask(q).fetchone()[0]
                for q in (
                    "SELECT count(*) FROM source WHERE state = 'read'",
                    "SELECT count(*) FROM reading",
                    "SELECT count(*) FROM finding",
                )
            )
            indexed = case.count("民族")
        print(f"{args.kills} kills, {during} while it was at work; cases found broken: {broken}")
        print(
            f"at the end {read} of {args.files} sources read, {readings} readings, {findings} findings, "
            f"{indexed} found by search"
        )


if __name__ == "__main__":
    main()
