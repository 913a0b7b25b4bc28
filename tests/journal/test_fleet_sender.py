from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from dimchat.errors import JournalError
from dimchat.journal.fleet.outbox import Outbox
from dimchat.journal.fleet.sender import Sender
from dimchat.journal.rows import Visit, new_key, tally

from .conftest import NOW, make_entry, make_feedback

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .postgres import Fleet

TOMORROW = NOW.date() + timedelta(days=1)


@pytest.fixture
def outbox(url: str) -> Iterator[Outbox]:
    with Outbox(url) as opened:
        yield opened


def visit() -> Visit:
    return Visit(new_key(NOW.replace(hour=0)), NOW.date(), "d", 3, 1)


def test_rows_arrive_under_the_name_of_their_stand_and_leave_the_outbox(fleet: Fleet, outbox: Outbox) -> None:
    entry = make_entry("what degree", intents=("a.b", "c.d"), pack_version="1", language="en", margin=None)
    outbox.write([entry, make_feedback(entry, "yes"), visit(), tally(NOW, "safety", 2)])
    sender = Sender(outbox, fleet.database("stand"), stand="lobby", building="north")
    assert sender.send(NOW.date()) == 0
    assert sender.send(TOMORROW) == 5
    assert sender.send(TOMORROW) == 0
    sender.close()
    assert outbox.waiting() == 0
    select = (
        "SELECT e.stand, e.text, intents, margin, pack_version, signal FROM entry e JOIN feedback f ON f.entry = e.key"
    )
    assert fleet.rows(select.replace(", pack_version", ", e.pack_version")) == [
        ("lobby", "what degree", "a.b c.d", None, "1", "yes")
    ]
    assert fleet.rows("SELECT stand, hour, kind, count FROM hourly") == [("lobby", 14, "answer", 1)]
    assert fleet.rows("SELECT stand, asked, declined FROM visit") == [("lobby", 3, 1)]
    assert fleet.rows("SELECT stand, what, count FROM tally") == [("lobby", "safety", 2)]
    assert fleet.rows("SELECT * FROM stands") == [("lobby", "north")]


def test_what_was_sent_and_not_acknowledged_is_sent_again_and_counts_once(
    fleet: Fleet, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.write([make_entry(f"q{number}") for number in range(50)])
    sender = Sender(outbox, fleet.database("stand"), stand="lobby")

    def cut() -> None:
        raise JournalError("cut off")

    monkeypatch.setattr(outbox, "acknowledge", cut)
    with pytest.raises(JournalError):
        sender.send(TOMORROW)
    monkeypatch.undo()
    outbox.write([make_entry("later")])
    sender.close()
    assert sender.send(TOMORROW) == 53
    sender.close()
    assert fleet.rows("SELECT count(*), count(DISTINCT text) FROM entry") == [(51, 51)]
    assert fleet.rows("SELECT sum(count) FROM hourly") == [(51,)]
    assert fleet.rows("SELECT sum(count) FROM asked") == [(51,)]
