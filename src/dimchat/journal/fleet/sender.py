"""Sending an outbox on to the fleet: batch by batch, each in one transaction, again until it is acknowledged."""

from __future__ import annotations

import json
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from psycopg import sql

from dimchat.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import psycopg

    from dimchat.journal.fleet.database import Database
    from dimchat.journal.fleet.outbox import Outbox

BEAT = 60.0
"""Seconds between two looks into the outbox while all goes well."""
FIRST_DELAY, LONGEST_DELAY = 2.0, 900.0
"""Seconds that are waited at most after the first failure, and after many."""
TYPES = {
    "key": "uuid", "entry": "uuid", "day": "date", "hour": "smallint", "confidence": "real", "margin": "real",
    "typed": "boolean", "count": "integer", "asked": "integer", "declined": "integer",
}  # fmt: skip
"""Of columns in PostgreSQL; the others hold text."""
_CHANCE = SystemRandom()


class Sender:
    """Sends the rows of one outbox under the name of one stand."""

    def __init__(self, outbox: Outbox, database: Database, *, stand: str, building: str | None = None) -> None:
        """Take what is needed; the database is reached when there is something to send.

        Args:
            outbox: What is emptied.
            database: Where the rows go.
            stand: The name that each of them gets.
            building: Where the stand is, written down when the fleet first hears of it.
        """
        self._outbox = outbox
        self._database = database
        self._stand = stand
        self._building = building
        self._connection: psycopg.Connection[Any] | None = None
        self._months: set[str] = set()

    def send(self, today: date) -> int:
        """Send all that may go by now, and return how many rows that was.

        Raises:
            JournalError: The database cannot be reached or refuses, or the outbox cannot be read; nothing is lost.
        """
        count = 0
        while (batch := self._outbox.batch(today)) is not None:
            try:
                self._send(batch.rows)
            except JournalError:
                self.close()
                raise
            self._outbox.acknowledge()
            count += len(batch)
        return count

    def _send(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        with self._database.saying():
            connection = self._open()
            for month in {f"{row['day'][:7]}-01" for each in rows.values() for row in each} - self._months:
                # In a transaction of its own: a table that is made keeps others waiting until it is committed.
                connection.execute("SELECT make_month(%s)", [month])
                self._months.add(month)
            with connection.transaction():
                for table, each in rows.items():
                    if each:
                        insert(connection, table, self._stand, each)

    def _open(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            self._connection = self._database.connect()
            self._connection.execute(
                "INSERT INTO stands (stand, building) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [self._stand, self._building],
            )
        return self._connection

    def close(self) -> None:
        """Let the database go; the outbox stays open."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def insert(connection: psycopg.Connection[Any], table: str, stand: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to a table of the fleet, except for those whose keys are there.

    One statement for all of them: it asks for no more than the right to insert, and what counts rows counts once.
    """
    names = list(rows[0])
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    typed = sql.SQL(", ").join(sql.SQL("{} " + TYPES.get(name, "text")).format(sql.Identifier(name)) for name in names)
    statement = sql.SQL(
        "INSERT INTO {} (stand, {}) SELECT %s, {} FROM json_to_recordset(%s::json) AS sent({}) ON CONFLICT DO NOTHING"
    ).format(sql.Identifier(table), columns, columns, typed)
    connection.execute(statement, [stand, json.dumps(rows, ensure_ascii=False)])


def run(
    sender: Sender,
    *,
    today: Callable[[], date],
    wait: Callable[[float], bool],
    said: Callable[[str], None],
    sign: Callable[[], None] = lambda: None,
    beat: float = BEAT,
) -> None:
    """Send for ever: at each beat, and after a failure again and again with pauses that grow and are drawn by chance.

    Args:
        sender: What sends.
        today: Tells the day.
        wait: Waits so many seconds; returns whether to end.
        said: Told of a failure that is new, and that it is over.
        sign: Leaves the stand's sign of life, at each look for which the database is there.
        beat: Seconds between two looks while all goes well.
    """
    failures, last = 0, ""
    while True:
        try:
            sender.send(today())
            sign()
        except JournalError as error:
            failures += 1
            if str(error) != last:
                last = str(error)
                said(last)
            delay = _CHANCE.uniform(0, min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(failures, 20)))
        else:
            failures, last = 0, ""
            delay = _CHANCE.uniform(0.5, 1.5) * beat
            sender.close()
        if wait(delay):
            return
