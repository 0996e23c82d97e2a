"""What a worker says, and when."""

from __future__ import annotations

import zipfile
from pathlib import Path

from clauselight.model import Problem
from clauselight.model.outcome import Outcome
from clauselight.pipeline.members import SourceReader
from clauselight.pipeline.options import Analysis
from clauselight.pipeline.schedule import Begun, Event, Finished, PageRead, Task
from clauselight.pipeline.worker import Outbox, do
from clauselight.rules.find import Finder
from clauselight.sources.walk import Found


class Post:
    """Keeps what an outbox sends, and is its clock."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sent: list[list[Event]] = []
        self.outbox = Outbox(self.sent.append, lambda: self.now)

    def names(self) -> list[list[str]]:
        return [[_name(event) for event in batch] for batch in self.sent]


def _name(event: Event) -> str:
    match event:
        case Begun(path):
            return f"begun {path}"
        case Outcome():
            return f"outcome {event.coverage.path}"
        case _:
            return type(event).__name__


def archive(folder: Path) -> Found:
    file = folder / "a.zip"
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("1.txt", "one")
        made.writestr("2.txt", "two")
    return Found("a.zip", file, file.stat().st_size)


def test_messages_go_together() -> None:
    post = Post()
    for number in range(401):
        post.outbox.put(PageRead(number, 0))
    assert [len(batch) for batch in post.sent] == [400]
    post.outbox.flush()
    assert [len(batch) for batch in post.sent] == [400, 1]


def test_messages_wait_no_longer_than_a_moment() -> None:
    post = Post()
    post.outbox.put(PageRead(1, 0))
    post.now = 0.31
    post.outbox.put(PageRead(2, 0))
    assert post.sent == [[PageRead(1, 0), PageRead(2, 0)]]


def test_nothing_is_sent_where_nothing_waits() -> None:
    post = Post()
    post.outbox.flush()
    assert post.sent == []


def test_a_quick_source_is_told_in_one_message(finder: Finder, tmp_path: Path) -> None:
    post = Post()
    do(Task(0, archive(tmp_path)), SourceReader(Analysis(finder)), post.outbox)
    post.outbox.flush()
    assert post.names() == [
        ["begun a.zip!/1.txt", "outcome a.zip!/1.txt", "begun a.zip!/2.txt", "outcome a.zip!/2.txt", "Finished"]
    ]


def test_a_careful_source_announces_each_member_and_sends_each_outcome_at_once(finder: Finder, tmp_path: Path) -> None:
    post = Post()
    do(Task(0, archive(tmp_path), careful=True), SourceReader(Analysis(finder)), post.outbox)
    assert post.names() == [
        ["begun a.zip!/1.txt"],
        ["outcome a.zip!/1.txt"],
        ["begun a.zip!/2.txt"],
        ["outcome a.zip!/2.txt"],
    ]


def test_what_is_known_already_is_left_out(finder: Finder, tmp_path: Path) -> None:
    post = Post()
    do(Task(0, archive(tmp_path), skip=1), SourceReader(Analysis(finder)), post.outbox)
    post.outbox.flush()
    assert post.names() == [["begun a.zip!/2.txt", "outcome a.zip!/2.txt", "Finished"]]


def test_a_file_that_is_gone_is_an_outcome(finder: Finder, tmp_path: Path) -> None:
    post = Post()
    do(Task(0, Found("a.txt", tmp_path / "a.txt", 3)), SourceReader(Analysis(finder)), post.outbox)
    post.outbox.flush()
    [[lost, end]] = post.sent
    assert isinstance(lost, Outcome)
    assert (lost.coverage.state, lost.coverage.problems) == (
        "failed",
        (Problem("cannot-open", "No such file or directory"),),
    )
    assert end == Finished()
