"""The store: all SQL is in it, and what it keeps cannot be changed."""

from __future__ import annotations

import ast
import sqlite3
from pathlib import Path

import pytest

import clauselight
from clauselight.case.schema import STEPS
from clauselight.case.store import Case
from clauselight.case.store.database import connect, migrate

ROOT = Path(clauselight.__file__).parent


def speaks_sql(file: Path) -> bool:
    """Whether a module calls a database."""
    names = {n.attr for n in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(n, ast.Attribute)}
    return bool(names & {"execute", "executemany", "executescript"})


def test_all_sql_is_in_the_store_and_the_journal() -> None:
    speaking = {file.relative_to(ROOT).as_posix() for file in ROOT.rglob("*.py") if speaks_sql(file)}
    assert "case/store/readings.py" in speaking and "case/journal.py" in speaking
    assert {name for name in speaking if not name.startswith("case/store/")} == {"case/journal.py"}


def test_what_was_judged_cannot_be_changed_or_removed(folder: Path) -> None:
    with Case(folder) as case:
        case.judge(next(i for r in case.readings() for i, _ in case.findings(r.id)), "accept", "r", "A. Reviewer")
        for sql in ("UPDATE judged SET quote = ''", "DELETE FROM judged"):
            with pytest.raises(sqlite3.DatabaseError, match="append-only"):
                case.db.execute(sql)


def test_a_step_that_fails_leaves_the_case_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = connect(tmp_path / "case.sqlite")
    migrate(db, tmp_path)
    monkeypatch.setattr("clauselight.case.store.database.STEPS", (*STEPS, "CREATE TABLE more (a);\nSELECT nothing;\n"))
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, tmp_path)
    assert db.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone() == (0,)


def test_an_add_that_was_killed_leaves_nothing(folder: Path) -> None:
    left = folder / "originals" / ".new-half"
    left.write_bytes(b"half")
    with Case(folder) as case:
        case.sweep()
    assert not left.exists()


def test_counts(folder: Path) -> None:
    with Case(folder) as case:
        assert (case.count_sources(), case.count_origins(), case.count_readings()) == (8, 8, 8)
        assert (case.count_new_sources(), case.new_sources(), case.count_not_read()) == (0, [], 0)
        assert case.counts_by_state() == {"read": 8}
        assert case.counts_by_level()["finding"] == case.count_findings()
        assert sorted(case.digests()) == sorted(r.sha256 for r in case.readings())
        assert case.rule_digests() == sorted({m.decided_by for m in case.made_with()})
