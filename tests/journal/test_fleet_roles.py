from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dimchat.errors import JournalError
from dimchat.journal import Fleet as Sent
from dimchat.journal import Switch
from dimchat.journal.fleet.fleet_tables import VERSION
from dimchat.journal.fleet.roles import make_roles, migrate_fleet
from dimchat.kiosk import self_test
from dimchat.kiosk.self_test import CARE, OK
from dimchat.kiosk.stand_settings import Settings

if TYPE_CHECKING:
    from .postgres import Fleet

ENTRY = (
    "INSERT INTO entry (key, day, stand, pack, face, kind, intents, confidence, typed) "
    "VALUES (gen_random_uuid(), current_date, 'a', 'd', 'kiosk', 'answer', 'a.b', 1, true) ON CONFLICT DO NOTHING"
)


def act(fleet: Fleet, user: str, statement: str) -> None:
    database = fleet.database(user)
    with database.saying(), database.connect() as connection:
        connection.execute(statement)


def test_migrating_again_changes_nothing(fleet: Fleet) -> None:
    act(fleet, "stand", ENTRY)
    make_roles(fleet.database())
    assert migrate_fleet(fleet.database()) == VERSION
    assert fleet.rows("SELECT count(*) FROM entry") == [(1,)]


@pytest.mark.parametrize("statement", [
    "SELECT * FROM entry", "SELECT key FROM tally", "SELECT * FROM stands", "DELETE FROM entry",
    "UPDATE entry SET stand = 'b'", "TRUNCATE tally", "INSERT INTO decision VALUES (gen_random_uuid())",
    "CREATE TABLE dimchat.mine (a int)", "SELECT * FROM asked", "INSERT INTO asked DEFAULT VALUES",
    "SELECT * FROM entry_other", "DROP FUNCTION make_month(date)", "INSERT INTO entry SELECT * FROM entry",
])  # fmt: skip
def test_a_stand_may_insert_and_nothing_else(fleet: Fleet, statement: str) -> None:
    act(fleet, "stand", ENTRY)
    act(fleet, "stand", "SELECT make_month(current_date)")
    with pytest.raises(JournalError, match=r"permission denied|must be owner"):
        act(fleet, "stand", statement)


def test_a_curator_reads_everything_and_writes_decisions(fleet: Fleet) -> None:
    act(fleet, "stand", ENTRY)
    act(fleet, "curator", "INSERT INTO decision VALUES (gen_random_uuid(), current_date, 'f', 'aside', NULL)")
    for table in ("entry", "feedback", "visit", "hourly", "tally", "decision", "stands", "asked"):
        act(fleet, "curator", f"TABLE {table}")
    for statement in ("DELETE FROM entry", "DELETE FROM decision", ENTRY, "SELECT make_month(current_date)"):
        with pytest.raises(JournalError, match="permission denied"):
            act(fleet, "curator", statement)


def test_months_get_tables_and_wrong_clocks_get_none(fleet: Fleet) -> None:
    for day in ("current_date", "current_date", "date '1970-01-01'", "date '2199-01-01'"):
        act(fleet, "stand", f"SELECT make_month({day})")
    names = "SELECT count(*) FROM pg_class WHERE relispartition AND relkind = 'r' AND relname NOT LIKE '%other'"
    assert fleet.rows(names) == [(4,)]
    act(fleet, "stand", ENTRY.replace("current_date", "date '2199-01-01'"))
    assert fleet.rows("SELECT count(*) FROM entry_other") == [(1,)]


def test_rows_that_came_before_their_month_had_a_table_stay_readable(fleet: Fleet) -> None:
    act(fleet, "stand", ENTRY)
    act(fleet, "stand", "SELECT make_month(current_date)")
    act(fleet, "stand", ENTRY)
    assert fleet.rows("SELECT count(*) FROM entry") == [(2,)]


def test_the_rollup_follows_what_comes_and_goes(fleet: Fleet) -> None:
    for _ in range(3):
        act(fleet, "stand", ENTRY)
    assert fleet.rows("SELECT stand, kind, intents, count FROM asked") == [("a", "answer", "a.b", 3)]
    act(fleet, "owner", "DELETE FROM entry WHERE key = (SELECT min(key::text)::uuid FROM entry)")
    assert fleet.rows("SELECT count FROM asked") == [(2,)]


def checked(address: str) -> tuple[str, str]:
    """Return how a stand's self-test finds the fleet's database, and what it says."""
    (found,) = self_test.fleet(Settings(journal=Switch("full", fleet=Sent(address, "lobby"))))
    return found.level, found.text


def test_the_self_test_of_a_stand_looks_whether_its_rows_can_be_sent(fleet: Fleet) -> None:
    assert checked(fleet.at("stand")) == (OK, f"{fleet.database()} can be reached, and this stand may write there")
    for address, why in (
        (fleet.at("curator"), "no journal to which this stand may add rows"),
        (fleet.server.address("postgres", "stand"), "no journal to which this stand may add rows"),
        (fleet.server.address("nowhere", "stand"), "does not exist"),
        ("postgresql://a:secret@127.0.0.1/x", "an address with a password"),
    ):
        level, text = checked(address)
        assert level == CARE
        assert why in text
    assert self_test.fleet(Settings(journal=Switch("full"))) == []
