"""A journal as a database: written by several processes at once, rows only ever added, and purged by day."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from dimchat.errors import JournalError
from dimchat.journal.address import file_of, make_file
from dimchat.journal.rows import Decision, Entry, Feedback, Tally
from dimchat.journal.schema import DECISION, ENTRY, FEEDBACK, STEPS, TABLES, TALLY, migrate, version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from types import TracebackType

    from dimchat.journal.rows import Row

PATIENCE = 0.25
"""Seconds that a write waits for another process before it fails and is tried again later."""
CURATOR_PATIENCE = 10.0
_DIGITS = 4
_TABLE_OF: dict[type, sa.Table] = {Entry: ENTRY, Feedback: FEEDBACK, Tally: TALLY, Decision: DECISION}
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Store:
    """One journal, open for writing; not for several threads at once."""

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        """Open a journal, make it if there is none, and bring it to the version of this program.

        Args:
            url: Its address.
            patience: Seconds to wait for another process.

        Raises:
            JournalError: It cannot be opened, or a newer program made it.
        """
        self.file = file_of(url)
        make_file(self.file)
        self.engine = engine_of(url, patience)
        try:
            with self.reading() as connection:
                behind = version_of(connection) != len(STEPS)
            if behind:
                with self.writing() as connection:
                    migrate(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state throughout and keeps nobody from writing.

        Raises:
            JournalError: What the database said.
        """
        try:
            with self.engine.connect().execution_options(reading=True) as connection, connection.begin():
                yield connection
        except sa.exc.DBAPIError as error:
            raise JournalError(f"the journal {self.file}: {error.orig}") from error

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that is committed at the end.

        Raises:
            JournalError: What the database said.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except sa.exc.DBAPIError as error:
            raise JournalError(f"the journal {self.file}: {error.orig}") from error

    def write(self, rows: Sequence[Row]) -> None:
        """Add rows, all of them or none; a row whose key is there already is left alone. On return they are kept.

        Raises:
            JournalError: They could not be written.
        """
        with self.writing() as connection:
            for kind, table in _TABLE_OF.items():
                values = [values_of(row) for row in rows if type(row) is kind]
                if values:
                    insert = _INSERT[connection.dialect.name](table)
                    connection.execute(insert.on_conflict_do_nothing(), values)

    def purge(self, before: date | None) -> int:
        """Take out everything older than a day, or everything, so that the file no longer holds it.

        Args:
            before: The first day that stays; None for everything.

        Returns:
            How many rows went.

        Raises:
            JournalError: The database refused.
        """
        gone = 0
        with self.writing() as connection:
            for table in TABLES:
                delete = sa.delete(table)
                gone += connection.execute(delete if before is None else delete.where(table.c.day < before)).rowcount
        if gone:
            # What was deleted is overwritten in the file (secure_delete), and goes from the log beside it as well.
            self._checkpoint()
        return gone

    def compact(self) -> None:
        """Give the room of rows that went back to the disk.

        Raises:
            JournalError: The database refused.
        """
        try:
            self._command("VACUUM")
            self._checkpoint()
        except sqlite3.Error as error:
            raise JournalError(f"the journal {self.file}: {error}") from error

    def _checkpoint(self) -> None:
        self._command("PRAGMA wal_checkpoint(TRUNCATE)")

    def _command(self, command: str) -> None:
        """Give a command of SQLite's own, which stands in no transaction."""
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute(command).close()
        finally:
            connection.close()

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let the database go."""
        self.close()


def open_journal(url: str) -> Store:
    """Return a journal that is there, for a curator, who can wait a while for another process.

    Raises:
        JournalError: There is none, or it cannot be opened.
    """
    file = file_of(url)
    if not file.is_file():
        raise JournalError(f"there is no journal at {file}: dimchat --journal counts, or full, begins one")
    return Store(url, patience=CURATOR_PATIENCE)


def engine_of(url: str, patience: float) -> sa.Engine:
    """Return an engine whose transactions take the right to write when they begin, so that none fails half way."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(file_of(url))),
        poolclass=sa.pool.StaticPool,
        connect_args={"timeout": patience},
    )

    @sa.event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's
        connection.isolation_level = None  # the driver would begin transactions of its own, and too late
        try:
            for setting in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                connection.execute(f"PRAGMA {setting}").close()
        except sqlite3.Error as error:
            connection.close()
            raise JournalError(f"the journal {file_of(url)}: {error}") from error

    @sa.event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        reads = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def values_of(row: Row) -> dict[str, Any]:
    """Return a row as the columns of its table."""
    values = asdict(row)
    if isinstance(row, Entry):
        values["intents"] = " ".join(row.intents)
        values["confidence"] = round(float(row.confidence), _DIGITS)
        values["margin"] = None if row.margin is None else round(float(row.margin), _DIGITS)
    return values
