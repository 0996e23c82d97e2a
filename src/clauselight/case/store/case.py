"""An open case: every subject of the store over one database."""

from __future__ import annotations

from pathlib import Path

from clauselight.case.store.database import DATABASE, ORIGINALS, connect, migrate
from clauselight.case.store.index import Search
from clauselight.case.store.judgements import Judgements
from clauselight.errors import UsageError
from clauselight.sources.written import mark_case


class Case(Judgements, Search):
    """An open case. Several processes may have one open; writing waits for its turn."""

    @classmethod
    def init(cls, folder: Path, title: str = "", by: str | None = None) -> Case:
        """Begin a case. Raises `UsageError` where there is one, or anything else."""
        if (folder / DATABASE).exists():
            raise UsageError(f"{folder}: there is a case here already")
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(f"{folder}: not empty; a case wants a folder of its own")
        (folder / ORIGINALS).mkdir(parents=True, exist_ok=True)
        db = connect(folder / DATABASE)
        migrate(db, folder)
        db.close()
        mark_case(folder)
        case = cls(folder)
        with case.transaction():
            case.set_meta("title", title or folder.name)
            case.log("init", {"title": title or folder.name}, by)
        return case

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
