"""What an outbox keeps, gives up and says of it; and how patiently it is sent."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimchat.errors import JournalError
from dimchat.journal import Fleet, Switch, open_recorder, ready
from dimchat.journal.address import url_of
from dimchat.journal.contents import every_row
from dimchat.journal.fleet.database import database_at
from dimchat.journal.fleet.outbox import DROPPED, EXPIRED, MOST, Outbox, as_sent
from dimchat.journal.fleet.sender import FIRST_DELAY, LONGEST_DELAY, Sender, run
from dimchat.journal.rows import Visit, new_key
from dimchat.journal.store import Reader
from dimchat.model import Reply

from .conftest import NOW, make_entry, make_feedback
from .test_order import a_day, orders, rising, together

if TYPE_CHECKING:
    from pathlib import Path

TOMORROW = NOW.date() + timedelta(1)


def visit(day: date) -> Visit:
    return Visit(new_key(NOW.replace(hour=0)), day, "d", 1, 0)


def counted(outbox: Outbox) -> dict[str, int]:
    return {row["what"]: row["count"] for row in every_row(outbox) if row["row"] == "tally"}


def test_a_full_outbox_gives_up_the_oldest_questions_and_keeps_their_counts(url: str) -> None:
    with Outbox(url, megabytes=1) as outbox:
        for back in range(20, 0, -1):
            day = NOW.date() - timedelta(back)
            key = new_key(NOW - timedelta(back))[:12]
            entries = [
                make_entry("x" * 250, key=f"{key}{number:020x}", day=day, pack_version="1") for number in range(300)
            ]
            outbox.write([*entries, make_feedback(entries[0], "picked", "a.b", text="x", day=day), visit(day)])
        rows = list(every_row(outbox))
        days = {row["day"] for row in rows if row["row"] == "entry"}
        assert 0 < len(days) < 20
        assert min(days) == NOW.date() - timedelta(len(days))  # the newest are kept, and no day in part
        hours = [row for row in rows if row["row"] == "hourly"]
        assert sum(row["count"] for row in hours) == 300 * (20 - len(days))
        assert counted(outbox)[DROPPED] == 300
        assert not [row for row in rows if row["row"] == "feedback" and row["day"] < min(days) and row["text"]]
        assert sum(row["row"] == "visit" for row in rows) == 20
        assert url_of(outbox.file) == url


def test_days_that_are_over_before_they_were_sent_are_counted(url: str) -> None:
    with Outbox(url) as outbox:
        outbox.write([make_entry("old", day=NOW.date() - timedelta(90)), make_entry("new")])
        assert outbox.purge(NOW.date()) == 1
        assert counted(outbox) == {EXPIRED: 1}
        assert outbox.waiting() == 2


def test_a_batch_stays_the_same_until_it_is_acknowledged(url: str) -> None:
    with Outbox(url) as outbox:
        outbox.write([make_entry(f"q{number}") for number in range(30)])
        first = outbox.batch(TOMORROW)
        outbox.write([make_entry("later")])
        again = outbox.batch(TOMORROW)
        assert first is not None
        assert again is not None
        for table, rows in first.rows.items():
            assert {row["key"]: row for row in rows} == {row["key"]: row for row in again.rows[table]}
        outbox.acknowledge()
        rest = outbox.batch(TOMORROW)
        assert rest is not None
        assert [row["text"] for row in rest.rows["entry"]] == ["later"]


def test_no_more_is_sent_together_than_one_transaction_should_hold(url: str) -> None:
    with Outbox(url) as outbox:
        outbox.write([make_entry(f"q{number}") for number in range(MOST + 10)])
        first = outbox.batch(TOMORROW)
        assert first is not None
        assert len(first.rows["entry"]) == MOST


@given(
    st.lists(
        st.tuples(st.text(max_size=30), st.integers(0, 23), st.sampled_from(["answer", "decline"]), st.booleans()),
        max_size=30,
    )
)
def test_what_is_sent_tells_no_hour_of_a_question_and_loses_no_count(rows: list[tuple[str, int, str, bool]]) -> None:
    held = {name: [] for name in ("entry", "feedback", "visit", "hourly", "tally")}  # type: dict[str, list[dict[str, object]]]
    for number, (text, hour, kind, typed) in enumerate(rows):
        edition = {"face": "kiosk", "kind": kind, "typed": typed, "pack_version": None, "language": "en"}
        held["entry"].append({"key": f"{number:032x}", "day": "2026-11-24", "hour": hour, "text": text, **edition})
    sent = as_sent(held, "batch")
    assert len(sent["entry"]) == len(rows)
    assert all("hour" not in row and "\0" not in str(row["text"]) for row in sent["entry"])
    assert sum(row["count"] for row in sent["hourly"]) == len(rows)
    assert len({row["key"] for each in sent.values() for row in each}) == len(rows) + len(sent["hourly"])


@pytest.mark.parametrize("apart", [True, False])
def test_no_order_in_an_outbox_brings_the_questions_of_a_visit_together(
    url: str, monkeypatch: pytest.MonkeyPatch, apart: bool  # noqa: FBT001
) -> None:  # fmt: skip
    monkeypatch.setitem(a_day.__globals__, "Store", Outbox)
    visit_of = a_day(url, random.Random(14), apart=apart)  # noqa: S311 - the same day each time
    with Outbox(url) as outbox:  # the visit ends
        outbox.write([visit(NOW.date())])
    for name, order in orders(url, visit_of):
        assert together(order) < 5, name
        assert abs(rising(order)) < 0.5, name


class Refusing:
    """A sender whose database is away for so many attempts."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.sent = 0

    def send(self, today: date) -> int:
        if self.times:
            self.times -= 1
            raise JournalError(f"away on {today}")
        self.sent += 1
        return 0

    def close(self) -> None:
        pass


def test_attempts_are_further_and_further_apart_and_drawn_by_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dimchat.journal.fleet.sender._CHANCE.uniform", lambda _, most: most, raising=False)
    waited: list[float] = []
    said: list[str] = []

    def wait(seconds: float) -> bool:
        waited.append(seconds)
        return len(waited) == 15

    sender = Refusing(12)
    run(sender, today=NOW.date, wait=wait, said=said.append)  # type: ignore[arg-type]
    assert waited[:4] == [2 * FIRST_DELAY, 4 * FIRST_DELAY, 8 * FIRST_DELAY, 16 * FIRST_DELAY]
    assert waited[11] == LONGEST_DELAY
    assert sender.sent == 3
    assert waited[12] < LONGEST_DELAY
    assert len(said) == 1  # the same failure is said once


def test_a_recorder_with_a_fleet_writes_to_an_outbox(tmp_path: Path) -> None:
    fleet = Fleet("postgresql://lobby@127.0.0.1:1/none", "lobby")
    switch = ready(Switch("full", url_of(tmp_path / "outbox.db"), fleet=fleet))
    pack = type("Pack", (), {"digest": "d", "version": "1.2", "language": "es"})()
    recorder = open_recorder(switch, face="kiosk", pack=pack)
    recorder.record(Reply("a question", "decline"))
    recorder.close(30)
    with Reader(switch.address) as reader:
        rows = {row["row"]: row for row in every_row(reader)}
    assert (rows["entry"]["pack_version"], rows["entry"]["language"], rows["visit"]["asked"]) == ("1.2", "es", 1)
    with Outbox(switch.address) as outbox:
        sender = Sender(outbox, database_at(fleet.address), stand="lobby")
        with pytest.raises(JournalError, match=r"the database 127\.0\.0\.1:1/none"):
            sender.send(date(2999, 1, 1))
