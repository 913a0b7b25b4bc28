from __future__ import annotations

import sqlite3
import stat
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from dimchat.errors import JournalError
from dimchat.journal import schema
from dimchat.journal.address import file_of, url_of
from dimchat.journal.contents import every_row, summary
from dimchat.journal.rows import Decision, Tally, new_key
from dimchat.journal.store import Store, open_journal

from .conftest import NOW, make_entry, make_feedback

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_written_is_read_back(store: Store) -> None:
    entry = make_entry("what degree", intents=("a.b", "c.d"))
    store.write([entry, make_feedback(entry, "yes"), Tally(new_key(NOW), NOW.date(), "safety", 2)])
    store.write([Decision(new_key(NOW), NOW.date(), "degree", "aside")])
    rows = {row["row"]: row for row in every_row(store)}
    assert rows["entry"]["intents"] == "a.b c.d"
    assert rows["entry"]["day"] == NOW.date()
    assert rows["feedback"]["entry"] == entry.key
    assert summary(store).safety == 2
    assert (summary(store).questions, summary(store).with_text, summary(store).decisions) == (1, 1, 1)


def test_a_row_that_is_written_twice_is_there_once(store: Store) -> None:
    entry = make_entry("once")
    store.write([entry])
    store.write([entry, make_entry("twice")])
    assert summary(store).questions == 2


def test_the_file_and_those_beside_it_are_for_their_owner_alone(store: Store) -> None:
    store.write([make_entry("x")])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.file.parent.iterdir()}
    assert modes.keys() == {"journal.db", "journal.db-wal", "journal.db-shm"}
    assert set(modes.values()) == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "open.db"
    file.touch(0o644)
    Store(url_of(file)).close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_writing_goes_through_a_log_and_reaches_the_disk(store: Store) -> None:
    with store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2


def test_purging_takes_out_what_is_older_and_leaves_no_trace_in_the_files(store: Store) -> None:
    old = make_entry("an old marker", day=NOW.date() - timedelta(days=30))
    new = make_entry("a new marker")
    store.write([old, make_feedback(old, "no"), new])
    assert store.purge(NOW.date()) == 2
    held = b"".join(path.read_bytes() for path in store.file.parent.iterdir())
    assert b"a new marker" in held
    assert b"an old marker" not in held


def test_everything_can_go_and_the_room_is_given_back(store: Store) -> None:
    store.write([make_entry(f"question {number}" * 20) for number in range(500)])
    assert store.purge(None) == 500
    before = store.file.stat().st_size
    store.compact()
    assert summary(store).questions == 0
    assert store.file.stat().st_size < before


def test_a_journal_of_a_newer_version_is_left_alone(url: str) -> None:
    with Store(url) as store, store.writing() as connection:
        connection.execute(sa.insert(schema.VERSION).values(version=99))
    with pytest.raises(JournalError, match=r"version 99.*newer dimchat"):
        Store(url)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, " * 100)
    with pytest.raises(JournalError, match=r"notes\.txt.*not a database"):
        Store(url_of(file))
    assert file.read_text().startswith("not a database")


def test_there_is_no_journal_to_look_at_before_one_was_kept(url: str) -> None:
    with pytest.raises(JournalError, match=r"there is no journal at .*--journal counts"):
        open_journal(url)
    assert not file_of(url).exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/var/lib/journal.db", r"sqlite:////var/lib/journal\.db"),
        ("", "is no address"),
        ("postgresql://db/journal", "not in 'postgresql'"),
        ("sqlite://", "names no file"),
        ("sqlite:///", "names no file"),
        ("sqlite:///:memory:?x=1", "names no file"),
    ],
)
def test_what_is_no_address_is_said_with_what_would_be_one(url: str, said: str) -> None:
    with pytest.raises(JournalError, match=said):
        file_of(url)


def test_an_address_leads_back_to_its_file(tmp_path: Path) -> None:
    assert file_of(url_of(tmp_path / "a b.db")) == tmp_path / "a b.db"


def test_a_writer_that_finds_the_database_locked_fails_soon_and_can_try_again(url: str) -> None:
    with Store(url, patience=0.0) as store:
        other = sqlite3.connect(store.file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="locked"):
            store.write([make_entry("x")])
        other.execute("ROLLBACK")
        other.close()
        store.write([make_entry("x")])
        assert summary(store).questions == 1


def test_reading_keeps_nobody_from_writing(url: str, store: Store) -> None:
    store.write([make_entry("first")])
    with Store(url, patience=0.0) as other, store.reading() as connection:
        count = sa.select(sa.func.count()).select_from(schema.ENTRY)
        assert connection.execute(count).scalar_one() == 1
        other.write([make_entry("second")])
        assert connection.execute(count).scalar_one() == 1


def test_keys_are_unlike_each_other_and_tell_no_more_than_the_hour() -> None:
    keys = {new_key(NOW) for _ in range(1000)}
    assert len(keys) == 1000
    hour = int(NOW.replace(minute=0, second=0, microsecond=0).timestamp() * 1000)
    assert {int(key[:12], 16) for key in keys} == {hour}
    assert all(len(key) == 32 and key[12] == "7" and key[16] in "89ab" for key in keys)
