"""From a fleet's database nobody can read together what one visitor asked, by whatever the database knows of a row."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from datetime import UTC, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest

from dimchat.journal.fleet.outbox import VISITS, Outbox
from dimchat.journal.fleet.sender import Sender
from dimchat.journal.record.recorder import JournalRecorder
from dimchat.journal.record.worker import Worker
from dimchat.model import Reply

from .conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from dimchat.model import Kind

    from .postgres import Fleet

HELD, QUESTIONS = 60, 5
KINDS: tuple[Kind, ...] = ("answer", "clarify", "decline")


def a_day(fleet: Fleet, url: str, rng: random.Random) -> dict[str, int]:
    """Visitors of a day, one after the other at one stand, whose rows go as soon as they may; visits by question."""
    visit_of: dict[str, int] = {}
    with Outbox(url) as outbox:
        sender = Sender(outbox, fleet.database("stand"), stand="lobby")
        for visit in range(HELD):
            now = NOW.replace(hour=8 + visit // 6)

            def clock(now: datetime = now) -> datetime:
                return now

            worker = Worker(lambda: outbox, clock=clock)
            recorder = JournalRecorder(worker, mode="full", face="kiosk", pack="d", clock=clock)
            for _ in range(QUESTIONS):
                text = "marker" + "".join(rng.choices("abcdefghij", k=14))
                visit_of[text] = visit
                recorder.record(Reply(text, rng.choice(KINDS), confidence=rng.random()))
                worker.step()
            recorder.forget()
            worker.step()
            sender.send(NOW.date())
        sender.send(NOW.date() + timedelta(1))
        sender.close()
    return visit_of


def lift(order: Sequence[int]) -> float:
    """How much more often neighbours in an order are of one visit than by chance."""
    pairs = sum(one == other for one, other in pairwise(order))
    return pairs / ((len(order) - 1) * (QUESTIONS - 1) / (HELD * QUESTIONS - 1))


def test_no_order_of_the_database_brings_a_visit_together(fleet: Fleet, url: str) -> None:
    visit_of = a_day(fleet, url, random.Random(21))  # noqa: S311 - the same day each time
    assert lift(list(visit_of.values())) > 20
    for order in ("ctid", "key", "xmin::text::bigint, ctid", "cmin::text, ctid", "text", "day, key", "confidence"):
        rows = fleet.rows(f"SELECT text FROM entry ORDER BY {order}")  # noqa: S608 - our own
        assert len(rows) == HELD * QUESTIONS
        # What is sent together is of twenty visits or more: within it a neighbour is of the same visit by chance, three
        # times as often as anywhere (four in the luckiest of twelve runs); in the order of the day, over twenty times.
        assert lift([visit_of[text] for (text,) in rows]) < 2 * HELD / VISITS, order


def test_rows_of_one_transaction_are_of_many_visits_in_no_order(fleet: Fleet, url: str) -> None:
    visit_of = a_day(fleet, url, random.Random(22))  # noqa: S311 - the same
    sent: dict[str, list[int]] = defaultdict(list)
    for when, text in fleet.rows("SELECT xmin::text, text FROM entry ORDER BY xmin::text, ctid"):
        sent[when].append(visit_of[text])
    assert 1 < len(sent) <= HELD // VISITS + 1
    for visits in sent.values():
        counts = Counter(visits)
        assert len(counts) >= VISITS - 1
        together = sum(one == other for one, other in pairwise(visits)) / (len(visits) - 1)
        pairs = sum(count * (count - 1) for count in counts.values()) / (len(visits) * (len(visits) - 1))
        assert together == pytest.approx(pairs, abs=0.05)
        assert abs(rising(visits)) < 0.3


def rising(order: Sequence[int]) -> float:
    """How far an order follows that of the visits: from -1 to 1."""
    pairs = [(one < other) - (one > other) for one, other in combinations(order, 2)]
    return sum(pairs) / len(pairs)


def test_no_row_with_a_text_tells_more_than_the_day(fleet: Fleet, url: str) -> None:
    a_day(fleet, url, random.Random(23))  # noqa: S311 - the same
    for table, columns in kinds(fleet):
        assert not {kind for kind in columns.values() if "time" in kind or "serial" in kind or "bigint" in kind} or (
            table in {"asked", "heartbeats"}
        ), table
        assert "hour" not in columns or "text" not in columns, table
    assert fleet.rows("SELECT count(*) FROM pg_sequences WHERE schemaname = 'dimchat'") == [(0,)]
    hour = int(NOW.replace(minute=0, second=0, microsecond=0).astimezone(UTC).timestamp() * 1000)
    for (key,) in fleet.rows("SELECT key::text FROM entry UNION ALL SELECT key::text FROM hourly"):
        assert abs(int(re.sub("-", "", key)[:12], 16) - hour) > 86_400_000 or key.startswith("0")


def kinds(fleet: Fleet) -> Iterator[tuple[str, dict[str, str]]]:
    """The columns of each table, with their types."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for table, column, kind in fleet.rows(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'dimchat'"
    ):
        found[table][column] = kind
    yield from found.items()


def test_a_stand_that_is_quiet_sends_when_the_day_is_over(fleet: Fleet, url: str) -> None:
    with Outbox(url) as outbox:
        worker = Worker(lambda: outbox, clock=lambda: NOW)
        recorder = JournalRecorder(worker, mode="full", face="kiosk", pack="d", clock=lambda: NOW)
        for _ in range(VISITS - 1):
            recorder.record(Reply("a question", "decline"))
            recorder.forget()
        worker.step()
        sender = Sender(outbox, fleet.database("stand"), stand="lobby")
        assert sender.send(NOW.date()) == 0
        recorder.record(Reply("a question", "decline"))
        recorder.forget()
        worker.step()
        assert sender.send(NOW.date()) == 2 * VISITS + 1
        sender.close()
