"""The schedule, without a single process: batches, order, and what is done again after a loss."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.model import Coverage, Problem
from clauselight.model.outcome import Outcome
from clauselight.pipeline import schedule as module
from clauselight.pipeline.schedule import Begun, Event, Finished, PageRead, Schedule, Task
from clauselight.sources.walk import Found

DIED = Problem("reader-died", "the reader ended")


def source(name: str, size: int = 10) -> Found:
    return Found(name, Path(name), size)


def outcome(path: str) -> Outcome:
    return Outcome(Coverage(path, "read"))


def read(schedule: Schedule, worker: int, *paths: str) -> None:
    """A worker goes through a source with these members, and is done with it."""
    for path in paths:
        schedule.hear(worker, Begun(path))
        schedule.hear(worker, outcome(path))
    schedule.hear(worker, Finished())


def given_away(schedule: Schedule) -> list[tuple[int, str | None, str | None]]:
    """Number of the source, path of an outcome and the reason why it failed, if it did."""
    return [
        (n, o and o.coverage.path, o and (o.coverage.problems[0].reason if o.coverage.problems else None))
        for n, o in schedule.ready()
    ]


def test_outcomes_come_in_the_order_of_the_sources() -> None:
    schedule = Schedule([source("a"), source("b")], 2)
    assert [t.found.path for t in schedule.batch(1)] == ["a"]
    assert [t.found.path for t in schedule.batch(2)] == ["b"]
    read(schedule, 2, "b")
    assert given_away(schedule) == []
    read(schedule, 1, "a")
    assert given_away(schedule) == [(0, "a", None), (0, None, None), (1, "b", None), (1, None, None)]
    assert schedule.over


def test_nothing_to_read_is_over_at_once() -> None:
    schedule = Schedule([], 2)
    assert schedule.batch(1) == ()
    assert schedule.over


def test_what_was_left_out_is_an_outcome_and_nobody_reads_it() -> None:
    schedule = Schedule([Found("a", Path("a"), 0, "excluded by an ignore rule")], 1)
    assert schedule.batch(1) == ()
    [(number, left), (_, end)] = list(schedule.ready())
    assert (number, end) == (0, None)
    assert left is not None
    assert left.coverage == Coverage("a", "skipped", problems=(Problem("left-out", "excluded by an ignore rule"),))


def test_a_batch_is_full_by_number() -> None:
    schedule = Schedule([source(str(n)) for n in range(300)], 2)
    assert len(schedule.batch(1)) == module.BATCH_FILES


def test_a_batch_is_full_by_bytes_and_a_large_source_goes_alone() -> None:
    sizes = [module.BATCH_BYTES * 2, 10, module.BATCH_BYTES - 5, 10, 10, 10]
    schedule = Schedule([source(str(n), size) for n, size in enumerate(sizes)], 1)
    batches = []
    for worker in range(4):
        batches.append([t.index for t in schedule.batch(worker)])
    assert batches == [[0], [1], [2], [3, 4, 5]]


def test_near_the_end_batches_are_small_enough_for_all_workers() -> None:
    schedule = Schedule([source(str(n)) for n in range(12)], 3)
    assert [len(schedule.batch(w)) for w in range(3)] == [4, 2, 2]


def test_no_more_is_taken_in_than_is_needed() -> None:
    taken = []

    def founds():  # type: ignore[no-untyped-def]
        for number in range(10_000):
            taken.append(number)
            yield source(str(number))

    Schedule(founds(), 1).batch(1)
    assert len(taken) == 2 * module.BATCH_FILES


def test_a_lost_batch_is_done_again_one_by_one_and_carefully() -> None:
    schedule = Schedule([source(n) for n in "abc"], 1)
    assert [t.index for t in schedule.batch(1)] == [0, 1, 2]
    read(schedule, 1, "a")
    schedule.lose(1, DIED)
    assert not schedule.busy(1)
    assert schedule.batch(2) == (Task(1, source("b"), 0, careful=True),)
    schedule.lose(2, DIED)
    assert schedule.batch(3) == (Task(2, source("c"), 0, careful=True),)
    read(schedule, 3, "c")
    assert given_away(schedule) == [
        (0, "a", None),
        (0, None, None),
        (1, "b", "reader-died"),
        (1, None, None),
        (2, "c", None),
        (2, None, None),
    ]


def test_a_death_inside_an_archive_costs_one_member_and_those_behind_it_are_read() -> None:
    schedule = Schedule([source("a.zip")], 1)
    schedule.batch(1)
    schedule.hear(1, Begun("a.zip!/1"))
    schedule.hear(1, outcome("a.zip!/1"))
    schedule.lose(1, DIED)
    assert schedule.batch(2) == (Task(0, source("a.zip"), 1, careful=True),)
    schedule.hear(2, Begun("a.zip!/2"))
    schedule.lose(2, DIED)
    assert schedule.batch(3) == (Task(0, source("a.zip"), 2, careful=True),)
    read(schedule, 3, "a.zip!/3")
    assert given_away(schedule) == [
        (0, "a.zip!/1", None),
        (0, "a.zip!/2", "reader-died"),
        (0, "a.zip!/3", None),
        (0, None, None),
    ]


def test_a_member_that_was_read_is_not_blamed_for_a_death_behind_it() -> None:
    schedule = Schedule([source("a.zip")], 1)
    schedule.batch(1)
    schedule.lose(1, DIED)
    schedule.batch(2)
    schedule.hear(2, Begun("a.zip!/1"))
    schedule.hear(2, outcome("a.zip!/1"))
    schedule.lose(2, DIED)
    assert schedule.batch(3) == (Task(0, source("a.zip"), 1, careful=True),)
    schedule.lose(3, DIED)
    assert given_away(schedule) == [(0, "a.zip!/1", None), (0, "a.zip", "reader-died"), (0, None, None)]


def test_the_size_of_a_lost_member_is_not_that_of_its_archive() -> None:
    schedule = Schedule([source("a.zip", 500)], 1)
    schedule.batch(1)
    schedule.lose(1, DIED)
    schedule.batch(2)
    schedule.hear(2, Begun("a.zip!/1"))
    schedule.lose(2, DIED)
    schedule.batch(3)
    schedule.lose(3, DIED)
    assert [(o.coverage.path, o.coverage.size) for _, o in schedule.ready() if o] == [("a.zip!/1", 0), ("a.zip", 500)]


def test_the_death_of_a_worker_with_an_empty_hand_costs_nothing() -> None:
    schedule = Schedule([source("a")], 1)
    schedule.batch(1)
    read(schedule, 1, "a")
    schedule.lose(1, DIED)
    assert given_away(schedule) == [(0, "a", None), (0, None, None)]


def test_progress_counts_files_bytes_and_pages_and_forgets_what_is_lost() -> None:
    schedule = Schedule([source("a.pdf", 1000), source("b.pdf", 50)], 1)
    schedule.batch(1)
    schedule.hear(1, Begun("a.pdf"))
    schedule.hear(1, PageRead(1, 4))
    assert (schedule.progress.pages, schedule.progress.begun, schedule.progress.current) == (1, 250, "a.pdf")
    schedule.lose(1, DIED)
    assert schedule.progress.begun == 0
    schedule.batch(2)
    schedule.hear(2, PageRead(4, 4))
    read(schedule, 2, "a.pdf")
    assert (schedule.progress.files, schedule.progress.bytes, schedule.progress.begun) == (1, 1000, 0)


# --- any interleaving ------------------------------------------------------------------------------------------------


@dataclass
class Worker:
    """A worker as the schedule knows it: what it would say of its batch, and how much of that has been sent."""

    tasks: list[Task]
    members: dict[int, list[str]]
    to_say: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        for task in self.tasks:
            for path in self.members[task.index][task.skip :]:
                self.to_say += [Begun(path), PageRead(0, 0), outcome(path)]
            self.to_say.append(Finished())


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[int], int, list[tuple[int, str, int]]]:
    """How many members each source has (0: a plain file), how many workers there are, and what happens."""
    sources = draw(st.lists(st.integers(0, 4), max_size=12))
    workers = draw(st.integers(1, 4))
    happens = st.tuples(st.integers(0, workers - 1), st.sampled_from(["say", "say", "say", "die"]), st.integers(1, 6))
    return sources, workers, draw(st.lists(happens, max_size=120))


@given(runs())
@settings(max_examples=400, deadline=None)
def test_every_source_comes_exactly_once_and_in_order(run: tuple[list[int], int, list[tuple[int, str, int]]]) -> None:
    counts, number_of_workers, happenings = run
    members = {n: [f"{n}!/{m}" for m in range(c)] if c else [str(n)] for n, c in enumerate(counts)}
    schedule = Schedule([source(str(n)) for n in members], number_of_workers)
    hands: dict[int, Worker] = {}
    came: list[tuple[int, str | None, str | None]] = []
    # after what is drawn, everybody speaks until nothing is left to say
    happenings += [(w, "say", 1000) for _ in range(200) for w in range(number_of_workers)]
    for worker, act, count in happenings:
        if worker not in hands and (tasks := schedule.batch(worker)):
            hands[worker] = Worker(list(tasks), members)
        if act == "say" and worker in hands:
            said, hands[worker].to_say = hands[worker].to_say[:count], hands[worker].to_say[count:]
            for event in said:
                schedule.hear(worker, event)
        elif act == "die":
            schedule.lose(worker, DIED)
            hands.pop(worker, None)
        if not schedule.busy(worker):
            hands.pop(worker, None)
        came += given_away(schedule)
        if schedule.over:
            break
    came += given_away(schedule)
    assert schedule.over
    assert [n for n, path, _ in came if path is None] == list(members)
    assert [n for n, _, _ in came] == sorted(n for n, _, _ in came)
    for number, paths in members.items():
        of_source = [(path, reason) for n, path, reason in came if n == number and path is not None]
        given_up = of_source[-1] == (str(number), "reader-died")  # then it ends here, and says so
        own = [path for path, _ in of_source]
        assert (own[:-1] == paths[: len(own) - 1]) if given_up else (own == paths)


@given(runs())
@settings(max_examples=200, deadline=None)
def test_without_a_death_nothing_fails(run: tuple[list[int], int, list[tuple[int, str, int]]]) -> None:
    counts, number_of_workers, happenings = run
    members = {n: [f"{n}!/{m}" for m in range(c)] if c else [str(n)] for n, c in enumerate(counts)}
    schedule = Schedule([source(str(n)) for n in members], number_of_workers)
    came: list[tuple[int, str | None, str | None]] = []
    for worker in [w for w, _, _ in happenings] + [w for _ in range(200) for w in range(number_of_workers)]:
        for event in Worker(list(schedule.batch(worker)), members).to_say:
            schedule.hear(worker, event)
        came += given_away(schedule)
    assert schedule.over
    assert came == [(n, path, None) for n, paths in members.items() for path in [*paths, None]]
