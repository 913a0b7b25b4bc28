"""A stand's outbox: a journal whose rows are sent on to a fleet and then go; written while there is no network too."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from random import SystemRandom
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dimchat.errors import JournalError
from dimchat.journal.recording import PATIENCE
from dimchat.journal.rows import LOST, Visit, new_key
from dimchat.journal.schema import ENTRY, FEEDBACK, HOURLY, OUTGOING, TALLY, VISIT
from dimchat.journal.store import Store, by_table, insert_new, mixed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dimchat.journal.rows import Row

LIMIT = 200
"""Megabytes that an outbox may hold."""
VISITS = 20
"""So many visits are sent together at least, unless their day is over: nobody can tell them apart."""
MOST = 10_000
"""Rows that are sent in one transaction at most."""
DROPPED, EXPIRED = "dropped", "expired"
"""Tallies: questions of which a full outbox kept the count alone; rows whose days were over before they were sent."""
COUNTED = ("day", "hour", "face", "kind", "typed", "pack_version", "language")
"""What entries that are only counted have in common."""
SENT = (ENTRY, FEEDBACK, VISIT, HOURLY, TALLY)
_MEGABYTE = 1 << 20
_CHANCE = SystemRandom()


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that are sent together, as the fleet keeps them; sent again, they are the same."""

    rows: dict[str, list[dict[str, Any]]]
    """By the name of their table, in an order by chance."""

    def __len__(self) -> int:
        """Return how many."""
        return sum(map(len, self.rows.values()))


class Outbox(Store):
    """The outbox of one stand; not for several threads at once.

    A write is one plain transaction that reaches the system, and the disk when the visit ends: then its rows are
    written again among others of their hours, and the log beside the file, which told their order, is emptied.
    """

    def __init__(self, url: str, *, patience: float = PATIENCE, megabytes: int = LIMIT) -> None:
        """Open an outbox, and make it if there is none.

        Args:
            url: Its address.
            patience: Seconds to wait for another process.
            megabytes: What it may hold before it gives up what is oldest.

        Raises:
            JournalError: It cannot be opened, or a newer program made it.
        """
        super().__init__(url, patience=patience)
        self._bytes = megabytes * _MEGABYTE
        self._unsettled: dict[sa.Table, list[str]] = defaultdict(list)
        self._command("PRAGMA synchronous=NORMAL")

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows, all of them or none; a row whose key is there already is left alone.

        Raises:
            JournalError: They could not be written.
        """
        with self.writing() as connection:
            for table, values in by_table(rows):
                insert_new(connection, table, values)
                self._unsettled[table] += [row["key"] for row in values]
        if any(type(row) is Visit for row in rows):
            self._settle()

    def close(self) -> None:
        """Let the database go; what was written lies in no order."""
        self._settle()
        super().close()

    def _settle(self) -> None:
        """Leave no order in which rows came, and no more than the outbox may hold."""
        if not self._unsettled:
            return
        with suppress(JournalError):  # the rows are kept; the next visit's end does the same
            with self.writing() as connection:
                for table, keys in self._unsettled.items():
                    if rows := _rows(connection, table, table.c.key.in_(keys)):
                        connection.execute(sa.delete(table).where(table.c.key.in_(keys)))
                        insert_new(connection, table, mixed(connection, table, rows))
            self._unsettled.clear()
            while self._is_full() and self._make_room():
                pass
            self.checkpoint()

    def purge(self, before: date | None) -> int:
        """Take out everything older than a day, or everything; what was not sent by then is counted as expired.

        Raises:
            JournalError: The database refused.
        """
        gone = super().purge(before)
        if gone and before is not None:
            with self.writing() as connection:
                _count(connection, before, EXPIRED, gone)
        return gone

    def batch(self, today: date) -> Batch | None:
        """Return what is to be sent next: what was not acknowledged, else what may go by now; None for nothing.

        Args:
            today: The rows of days before it may go, and all of them once they are of enough visits.

        Raises:
            JournalError: The outbox cannot be read or written.
        """
        with self.reading() as connection:
            if not _is_chosen(connection) and connection.execute(_ready(connection, today)).first() is None:
                return None
        with self.writing() as connection:
            if not _is_chosen(connection):
                chosen = _ready(connection, today).order_by(sa.func.random()).limit(MOST).subquery()
                rows = sa.select(chosen.c.key, sa.literal(os.urandom(16).hex()))
                connection.execute(sa.insert(OUTGOING).from_select(["key", "batch"], rows))
            key = connection.execute(sa.select(OUTGOING.c.batch).limit(1)).scalar_one()
            held = {table.name: _outgoing(connection, table) for table in SENT}
        return Batch(as_sent(held, key))

    def acknowledge(self) -> None:
        """Let go of what the last batch held: the fleet has it.

        Raises:
            JournalError: It could not be written; the batch will be sent again, and change nothing.
        """
        with self.writing() as connection:
            for table in SENT:
                connection.execute(sa.delete(table).where(table.c.key.in_(sa.select(OUTGOING.c.key))))
            connection.execute(sa.delete(OUTGOING))
        with suppress(JournalError):
            self.checkpoint()

    def waiting(self) -> int:
        """Return how many rows wait.

        Raises:
            JournalError: The outbox cannot be read.
        """
        with self.reading() as connection:
            return sum(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in SENT)

    def given_up(self) -> int:
        """Return how many rows were given up, or expired, and were not told to the fleet yet.

        Raises:
            JournalError: The outbox cannot be read.
        """
        lost = sa.select(sa.func.coalesce(sa.func.sum(TALLY.c.count), 0))
        with self.reading() as connection:
            return int(connection.execute(lost.where(TALLY.c.what.in_((DROPPED, EXPIRED, LOST)))).scalar_one())

    def _is_full(self) -> bool:
        with self.reading() as connection:
            pages, free, size = (
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("page_count", "freelist_count", "page_size")
            )
        return bool((pages - free) * size > self._bytes)

    def _make_room(self) -> bool:
        """Give up the questions of the oldest day, or where there are none its counts; return whether that was any."""
        with self.writing() as connection:
            mine = ENTRY.c.key.not_in(sa.select(OUTGOING.c.key))
            day = connection.execute(sa.select(sa.func.min(ENTRY.c.day)).where(mine)).scalar_one()
            if day is not None:
                named = [ENTRY.c[name] for name in COUNTED]
                counted = sa.select(*named, sa.func.count().label("count")).where(mine, ENTRY.c.day == day)
                rows = [dict(row) for row in connection.execute(counted.group_by(*named)).mappings()]
                insert_new(connection, HOURLY, [{**row, "key": os.urandom(16).hex()} for row in rows])
                gone = connection.execute(sa.delete(ENTRY).where(mine, ENTRY.c.day == day)).rowcount
                connection.execute(sa.update(FEEDBACK).where(FEEDBACK.c.day <= day).values(text=None))
                _count(connection, day, DROPPED, gone)
                return True
            gone = 0
            for table in (HOURLY, FEEDBACK, VISIT):
                oldest = sa.select(sa.func.min(table.c.day)).scalar_subquery()
                free = table.c.key.not_in(sa.select(OUTGOING.c.key))
                gone += connection.execute(sa.delete(table).where(free, table.c.day == oldest)).rowcount
            if gone:
                first = connection.execute(sa.select(sa.func.max(TALLY.c.day))).scalar_one()
                _count(connection, first, LOST, gone)
            return gone > 0


def _rows(connection: sa.Connection, table: sa.Table, condition: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(sa.select(table).where(condition)).mappings()]


def _outgoing(connection: sa.Connection, table: sa.Table) -> list[dict[str, Any]]:
    """Return the rows of a table that are on their way, as SQLite holds them: a day is text, as in JSON."""
    names = table.columns.keys()
    columns = ", ".join(f'"{name}"' for name in names)
    select = f'SELECT {columns} FROM {table.name} WHERE "key" IN (SELECT "key" FROM {OUTGOING.name})'  # noqa: S608
    return [dict(zip(names, row, strict=True)) for row in connection.exec_driver_sql(select)]


def _is_chosen(connection: sa.Connection) -> bool:
    return connection.execute(sa.select(OUTGOING.c.key).limit(1)).first() is not None


def _ready(connection: sa.Connection, today: date) -> sa.Select[Any]:
    """Return what finds the keys of rows that may go by now."""
    visits = connection.execute(sa.select(sa.func.count()).select_from(VISIT)).scalar_one()
    keys = (sa.select(table.c.key).where(sa.literal(visits >= VISITS) | (table.c.day < today)) for table in SENT)
    return sa.select(sa.union_all(*keys).subquery().c.key)


def _count(connection: sa.Connection, day: date, what: str, count: int) -> None:
    key = new_key(datetime(day.year, day.month, day.day).astimezone())
    insert_new(connection, TALLY, [{"key": key, "day": day, "what": what, "count": count}])


def as_sent(held: dict[str, list[dict[str, Any]]], batch: str) -> dict[str, list[dict[str, Any]]]:
    """Return rows as the fleet keeps them: no hour beside a question, keys that tell no time, in any order.

    Args:
        held: Rows by table, as they lie in the outbox; they are changed.
        batch: What the batch is called; counts are keyed by it, so that the same batch gives the same keys.
    """
    hours = Counter(tuple(row[name] for name in COUNTED) for row in held[ENTRY.name])
    for rows in held.values():
        for row in rows:
            row["key"] = _hidden(row["key"])
    for row in (*held[ENTRY.name], *held[FEEDBACK.name]):
        del row["hour"]
        if row["text"] and "\0" in row["text"]:  # which no text of PostgreSQL holds
            row["text"] = row["text"].replace("\0", "\ufffd")
    for row in held[FEEDBACK.name]:
        row["entry"] = _hidden(row["entry"])
    for group, count in hours.items():
        counted = dict(zip(COUNTED, group, strict=True))
        held[HOURLY.name].append({"key": _hidden(repr((batch, *map(str, group)))), **counted, "count": count})
    for rows in held.values():
        _CHANCE.shuffle(rows)
    return held


def _hidden(key: str) -> str:
    """Return a key that is the same each time and does not tell the hour that the first one tells."""
    return blake2b(key.encode(), digest_size=16, person=b"dimchat").hexdigest()
