"""A fleet's journal for who reads it, and for a curator who writes decisions."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from dimchat.errors import JournalError
from dimchat.journal.fleet.fleet_tables import ASKED, BY_MONTH, DECISION, ROWS, VERSION
from dimchat.journal.fleet.queries import FleetQueries
from dimchat.journal.fleet.roles import version_in
from dimchat.journal.rows import Decision
from dimchat.journal.store import Journal, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dimchat.journal.fleet.database import Database
    from dimchat.journal.learn.scope import Scope
    from dimchat.journal.rows import Row


class FleetJournal(Journal):
    """The journal of many stands, open."""

    tables = ROWS

    def __init__(self, database: Database) -> None:
        """Open a journal that is there, of this version or of the one before.

        Raises:
            JournalError: There is none, it is too old or too new, or the database refuses.
        """
        self.database = database
        self.name = str(database)
        self.engine = database.engine()
        with self.opening(), self.reading() as connection:
            there = self.version(connection)
            if there > VERSION or there < max(VERSION - 1, 1):
                what = "use a newer dimchat" if there > VERSION else "dimchat fleet init brings it there"
                raise JournalError(f"the database {database} holds version {there} of a fleet's journal: {what}")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state throughout and keeps nobody from writing.

        Raises:
            JournalError: What the database said.
        """
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with (
            self.database.saying(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    def queries(self, scope: Scope) -> FleetQueries:
        """Return what a curator asks of it."""
        return FleetQueries(scope)

    def version(self, connection: sa.Connection) -> int:
        """Return the version of its tables."""
        return version_in(connection)

    def write(self, rows: Sequence[Row]) -> None:
        """Add decisions, all of them or none; everything else comes from the stands.

        Raises:
            JournalError: They could not be written.
        """
        values = [values_of(row) for row in rows if isinstance(row, Decision)]
        with self.database.saying(), self.engine.begin() as connection:
            connection.execute(postgresql.insert(DECISION).on_conflict_do_nothing(), values)

    def purge(self, before: date | None) -> int:
        """Take out everything older than a day, or everything; whole months go as tables. For the database's owner.

        Args:
            before: The first day that stays; None for everything.

        Returns:
            How many rows went.

        Raises:
            JournalError: The database refused.
        """
        gone = 0
        with self.database.saying(), self.engine.begin() as connection:
            for table in ROWS:
                if table in BY_MONTH and before is not None:
                    gone += _drop_months(connection, table, before)
                delete = sa.delete(table)
                gone += connection.execute(delete if before is None else delete.where(table.c.day < before)).rowcount
            # The trigger counted what was deleted; of a month whose table went there is nothing left to count.
            months = sa.true() if before is None else ASKED.c.month < before.replace(day=1)
            connection.execute(sa.delete(ASKED).where(months | (ASKED.c.count <= 0)))
        return gone

    def compact(self) -> None:
        """Leave it to the database: its own vacuum gives room back."""


def _drop_months(connection: sa.Connection, table: sa.Table, before: date) -> int:
    """Drop the partitions of months that end before a day, and return how many rows they held."""
    ended = "SELECT inhrelid::regclass::text AS part FROM pg_inherits WHERE inhparent = to_regclass(:parent)"
    last = f"{table.name}_{before.replace(day=1):%Y_%m}"
    gone = 0
    for part in connection.execute(sa.text(ended), {"parent": table.name}).scalars().all():
        if part.removeprefix(f"{table.name}_")[0].isdigit() and part < last:
            gone += connection.execute(sa.select(sa.func.count()).select_from(sa.table(part))).scalar_one()
            connection.execute(sa.schema.DropTable(sa.Table(part, sa.MetaData())))
    return gone
