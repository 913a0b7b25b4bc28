"""From a journal's files nobody can read together what one visitor asked."""

from __future__ import annotations

import random
import re
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from dimchat.journal.contents import every_row
from dimchat.journal.record.recorder import JournalRecorder
from dimchat.journal.record.worker import Worker
from dimchat.journal.rows import new_key, tally
from dimchat.journal.store import MIXED, Reader, Store
from dimchat.model import Context, Option, Reply

from .conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dimchat.journal.rows import Row
    from dimchat.model import Kind

VISITS, QUESTIONS = 30, 4
KINDS: tuple[Kind, ...] = ("answer", "clarify", "decline")
MARK = re.compile(rb"marker(\d{6})")


def a_day(url: str, rng: random.Random, *, apart: bool) -> dict[int, int]:
    """Visitors who come one after the other, and the visit of each marked question; `apart`, each has a process."""
    visit_of: dict[int, int] = {}
    store = None
    for visit in range(VISITS):
        store = Store(url) if store is None or apart else store
        worker = Worker(lambda store=store: store, clock=lambda: NOW)  # type: ignore[misc]
        recorder = JournalRecorder(worker, mode="full", face="kiosk", pack="d" * 64, clock=lambda: NOW)
        for _ in range(QUESTIONS):
            mark = rng.choice([each for each in range(100_000, 100_999) if each not in visit_of])
            visit_of[mark] = visit
            recorder.record(Reply(f"marker{mark} {'y' * rng.randrange(40)}", rng.choice(KINDS), confidence=0.5))
            worker.step()
        if apart:
            store.close()
    return visit_of


def together(order: Sequence[int]) -> float:
    """How much more often neighbours in an order are of one visit than by chance."""
    pairs = sum(one == other for one, other in pairwise(order))
    return pairs / ((len(order) - 1) * (QUESTIONS - 1) / (VISITS * QUESTIONS - 1))


def rising(order: Sequence[int]) -> float:
    """How far an order follows that of the visits: from -1 to 1."""
    count, mean = len(order), sum(order) / len(order)
    middle = (count - 1) / 2
    above = sum((at - middle) * (each - mean) for at, each in enumerate(order))
    width = sum((at - middle) ** 2 for at in range(count)) * sum((each - mean) ** 2 for each in order)
    return float(above / width**0.5)


@pytest.mark.parametrize("apart", [True, False])
def test_no_order_in_the_files_brings_the_questions_of_a_visit_together(url: str, apart: bool) -> None:  # noqa: FBT001
    visit_of = a_day(url, random.Random(14), apart=apart)  # noqa: S311 - the same day each time
    asked = list(visit_of.values())
    assert together(asked) > 20
    assert rising(asked) == pytest.approx(1, abs=0.01)
    for name, order in orders(url, visit_of):
        assert len(order) >= VISITS * QUESTIONS, name
        assert together(order) < 5, name
        assert abs(rising(order)) < 0.5, name


def orders(url: str, visit_of: dict[int, int]) -> Iterator[tuple[str, list[int]]]:
    """Every order in which the file, its log, its tables and its export show the questions."""

    def visits(found: list[bytes]) -> list[int]:
        return [visit_of[int(mark)] for mark in found]

    with Reader(url) as reader:
        for file in reader.file.parent.iterdir():
            if found := MARK.findall(file.read_bytes()):
                yield file.name, visits(found)
        yield "export", visits([m for row in every_row(reader) for m in MARK.findall(repr(row).encode())])
    connection = sqlite3.connect(reader.file)
    rows = connection.execute("SELECT text FROM entry").fetchall()
    connection.close()
    yield "select", visits([mark for (text,) in rows for mark in MARK.findall(text.encode())])


@pytest.mark.parametrize("table", ["entry", "feedback", "tally", "decision"])
def test_rows_have_no_number(store: Store, table: str) -> None:
    connection = sqlite3.connect(store.file)
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        connection.execute(f"SELECT rowid FROM {table}")  # noqa: S608 - our own names
    connection.close()


def test_what_was_written_leaves_the_log(store: Store) -> None:
    worker = Worker(lambda: store, clock=lambda: NOW)
    recorder = JournalRecorder(worker, mode="full", face="kiosk", pack="d", clock=lambda: NOW)
    recorder.record(Reply("a question", "decline"))
    worker.step()
    assert store.file.with_name("journal.db-wal").stat().st_size == 0


def test_more_rows_than_are_mixed_stay_whole(store: Store) -> None:
    worker = Worker(lambda: store, clock=lambda: NOW)
    recorder = JournalRecorder(worker, mode="full", face="kiosk", pack="d", clock=lambda: NOW)
    for number in range(2 * MIXED):
        recorder.record(Reply(f"question {number}", "decline"))
        if number % 50 == 0:
            worker.step()
    worker.step()
    kept = {row["text"] for row in every_row(store)}
    assert kept == {f"question {number}" for number in range(2 * MIXED)}


@pytest.mark.parametrize("offset", [timedelta(0), timedelta(hours=5, minutes=30), timedelta(hours=-3, minutes=-30)])
def test_a_key_tells_the_hour_on_the_clock_and_no_more(offset: timedelta) -> None:
    zone = timezone(offset)
    keys = {new_key(datetime(2026, 11, 24, 14, minute, tzinfo=zone))[:12] for minute in (0, 10, 29, 31, 59)}
    assert len(keys) == 1


def test_a_count_tells_the_day_and_no_more() -> None:
    keys = {tally(datetime(2026, 11, 24, hour, 5, tzinfo=UTC), "safety", 1).key[:12] for hour in range(24)}
    assert len(keys) == 1


class Sink:
    def __init__(self) -> None:
        self.rows: list[Row] = []

    def put(self, row: Row) -> None:
        self.rows.append(row)


def test_what_follows_a_safety_message_cannot_be_read_together_though_its_rows_have_no_text() -> None:
    sink = Sink()
    recorder = JournalRecorder(sink, mode="full", face="kiosk", pack="d", clock=lambda: NOW)  # type: ignore[arg-type]
    recorder.record(Reply("my chest hurts", "safety", ("safety.emergency",)))
    options = (Option(1, "manager.pay", "Pay"),)
    recorder.record(Reply("pay", "clarify", options=options, confidence=0.3, margin=0.1))
    recorder.record(Reply("1", "answer", ("manager.pay",), confidence=0.4), Context(options=("manager.pay",)))
    assert len(sink.rows) == 3
    assert "manager.pay" not in repr(sink.rows)
    assert "0.3" not in repr(sink.rows)
