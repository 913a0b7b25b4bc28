from __future__ import annotations

import sqlite3
import threading
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from dimchat.errors import JournalError
from dimchat.journal import Loss
from dimchat.journal.contents import summary
from dimchat.journal.record.worker import FIRST_DELAY, LONGEST_DELAY, Worker
from dimchat.journal.rows import Entry, Tally
from dimchat.journal.store import Store

from .conftest import NOW, make_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dimchat.journal.rows import Row


class Memory:
    """A store that can be told to refuse."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.refuses: str | None = None
        self.purged: list[date] = []
        self.closed = False

    def write(self, rows: Sequence[Row]) -> None:
        if self.refuses:
            raise JournalError(self.refuses)
        self.rows += rows

    def purge(self, before: date) -> int:
        if self.refuses:
            raise JournalError(self.refuses)
        self.purged.append(before)
        return 0

    def close(self) -> None:
        self.closed = True

    @property
    def texts(self) -> list[str | None]:
        return [row.text for row in self.rows if isinstance(row, Entry)]

    @property
    def lost(self) -> list[int]:
        return [row.count for row in self.rows if isinstance(row, Tally) and row.what == "lost"]


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def make_worker(store: Memory, clock: Clock | None = None, **options: object) -> Worker:
    return Worker(lambda: store, clock=clock or Clock(), **options)  # type: ignore[arg-type]


def test_what_waits_is_written_in_order() -> None:
    store = Memory()
    worker = make_worker(store)
    for text in ("one", "two", "three"):
        worker.put(make_entry(text))
    assert worker.step() == 0
    assert store.texts == ["one", "two", "three"]
    assert worker.loss == Loss()


def test_rows_are_acknowledged_when_they_are_kept_and_not_before() -> None:
    kept: list[Row] = []
    store = Memory()
    worker = make_worker(store, kept=kept.extend)
    store.refuses = "disk full"
    worker.put(make_entry("x"))
    worker.step()
    assert kept == []
    store.refuses = None
    worker.step()
    assert [row.text for row in kept if isinstance(row, Entry)] == ["x"]


def test_a_database_that_refuses_is_asked_less_and_less_often_and_nothing_is_lost() -> None:
    store = Memory()
    store.refuses = "database is locked"
    worker = make_worker(store)
    worker.put(make_entry("x"))
    delays = [worker.step() for _ in range(8)]
    assert delays[0] == FIRST_DELAY
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY
    store.refuses = None
    assert worker.step() == 0
    assert store.texts == ["x"]
    assert worker.loss.lost == 0


def test_beyond_the_limit_rows_are_lost_and_the_journal_is_told_how_many() -> None:
    store = Memory()
    store.refuses = "database or disk is full"
    worker = make_worker(store, limit=10)
    for number in range(25):
        worker.put(make_entry(str(number)))
        worker.step()
    assert worker.loss == Loss(15, "database or disk is full", untold=15)
    store.refuses = None
    worker.step()
    assert store.texts == [str(number) for number in range(10)]
    assert store.lost == [15]
    worker.put(make_entry("later"))
    worker.step()
    assert store.lost == [15], "told once"
    assert worker.loss.untold == 0


def test_what_an_earlier_process_lost_is_told_by_the_next_or_handed_on_again() -> None:
    store = Memory()
    store.refuses = "locked"
    worker = make_worker(store, lost=3)
    worker.put(make_entry("x"))
    worker.step()
    assert worker.close(0) == Loss(4, "locked", untold=4)
    store.refuses = None
    worker = make_worker(store, lost=4)
    worker.step()
    assert store.lost == [4]
    assert worker.close(0).untold == 0


def test_a_minute_under_lock_loses_nothing_at_the_pace_of_people() -> None:
    store, clock = Memory(), Clock()
    store.refuses = "database is locked"
    worker = make_worker(store, clock)
    end = clock.now + timedelta(minutes=1)
    asked = 0
    while clock.now < end:
        worker.put(make_entry(str(asked)))
        asked += 1
        clock.now += timedelta(seconds=worker.step())
    store.refuses = None
    worker.step()
    assert len(store.texts) == asked
    assert worker.loss.lost == 0


def test_closing_writes_what_waits() -> None:
    store = Memory()
    worker = make_worker(store)
    worker.start()
    worker.put(make_entry("x"))
    assert worker.close(30) == Loss()
    assert store.texts == ["x"]
    assert store.closed


def test_closing_does_not_wait_for_a_database_that_refuses_and_says_what_is_lost() -> None:
    store = Memory()
    store.refuses = "locked"
    worker = make_worker(store)
    worker.start()
    for _ in range(3):
        worker.put(make_entry("x"))
    assert worker.close(0.01).lost == 3
    worker.put(make_entry("too late"))
    assert worker.loss.lost == 4


def test_a_database_that_cannot_be_opened_is_tried_again() -> None:
    store, refused = Memory(), [JournalError("no such folder")]

    def open_store() -> Memory:
        if refused:
            raise refused.pop()
        return store

    worker = Worker(open_store, clock=Clock())
    worker.put(make_entry("x"))
    assert worker.step() > 0
    assert worker.loss == Loss(0, "no such folder")
    assert worker.step() == 0
    assert store.texts == ["x"]


def test_old_days_go_at_the_start_and_once_on_each_new_day() -> None:
    store, clock = Memory(), Clock()
    worker = make_worker(store, clock, first_day=lambda today: today - timedelta(days=2))
    worker.step()
    worker.step()
    clock.now += timedelta(days=1)
    worker.step()
    assert store.purged == [date(2026, 11, 22), date(2026, 11, 23)]


def test_a_real_lock_delays_writing_and_loses_nothing(url: str) -> None:
    Store(url).close()
    with Store(url) as reader:
        other = sqlite3.connect(reader.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        worker = Worker(lambda: Store(url, patience=0.0), clock=Clock())
        for number in range(20):
            worker.put(make_entry(str(number)))
        assert worker.step() > 0
        assert "locked" in worker.loss.reason
        other.execute("COMMIT")
        other.close()
        assert worker.step() == 0
        assert summary(reader).questions == 20
        worker.start()
        worker.close(30)


def test_a_full_disk_is_counted_and_writing_goes_on_when_there_is_room(url: str) -> None:
    full = Store(url)
    with full.reading() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    with full.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    worker = Worker(lambda: full, clock=Clock(), limit=200)
    for number in range(300):
        worker.put(make_entry(f"{number} " * 100))
    assert worker.step() > 0
    assert "full" in worker.loss.reason
    assert worker.loss.lost == 100
    with full.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert worker.step() == 0
    assert (summary(full).questions, summary(full).lost) == (200, 100)
    worker.start()
    worker.close(30)


@pytest.mark.parametrize("waiting", [0, 1, 1200])
def test_a_batch_is_never_written_twice(waiting: int) -> None:
    store = Memory()
    worker = make_worker(store, limit=2000)
    for number in range(waiting):
        worker.put(make_entry(str(number)))
    worker.step()
    worker.step()
    assert len(store.texts) == waiting


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def opens_once_closing_began(worker: Worker, store: Memory) -> Memory:
    """A library that takes so long to load that the conversation is over before."""
    with worker._changed:  # noqa: SLF001 - the moment is what is tried
        worker._changed.wait_for(lambda: worker._closing)  # noqa: SLF001 - the same
    return store


def test_a_writer_that_has_not_begun_when_a_conversation_ends_is_waited_for() -> None:
    store = Memory()
    worker = Worker(lambda: opens_once_closing_began(worker, store), clock=Clock())
    worker.start()
    for text in "abcd":
        worker.put(make_entry(text))
    assert worker.close(0, stall=30) == Loss()
    assert store.texts == ["a", "b", "c", "d"]


def test_a_stand_does_not_wait_for_it() -> None:
    store = Memory()
    worker = Worker(lambda: opens_once_closing_began(worker, store), clock=Clock())
    worker.start()
    worker.put(make_entry("x"))
    assert worker.close(0).lost == 1


def test_a_slow_disk_is_waited_for_as_long_as_it_gets_on() -> None:
    ticks, store = Ticks(), Memory()
    write = store.write

    def slowly(rows: Sequence[Row]) -> None:
        ticks.now += 20
        write(rows)

    store.write = slowly  # type: ignore[method-assign]
    worker = Worker(lambda: opens_once_closing_began(worker, store), clock=Clock(), limit=5000, ticks=ticks)
    worker.start()
    for number in range(3000):
        worker.put(make_entry(str(number)))
    assert worker.close(1, stall=30) == Loss()
    assert len(store.texts) == 3000
    assert ticks.now > 100


def test_a_writer_that_gets_nowhere_is_given_up_and_what_it_had_is_counted() -> None:
    ticks, gate = Ticks(), threading.Event()

    def never() -> Memory:
        ticks.now += 31
        gate.wait()
        return Memory()

    worker = Worker(never, clock=Clock(), ticks=ticks)
    worker.start()
    worker.put(make_entry("x"))
    assert worker.close(0, stall=30).lost == 1
    gate.set()


def test_a_database_that_refuses_is_not_waited_for_longer_than_was_said() -> None:
    store = Memory()
    store.refuses = "locked"
    worker = make_worker(store)
    worker.put(make_entry("x"))
    worker.step()
    worker.start()
    assert worker.close(0, stall=1000) == Loss(1, "locked", untold=1)
