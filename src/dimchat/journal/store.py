"""A journal as a database: written by several processes at once, rows only ever added, and purged by day."""

from __future__ import annotations

import math
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import asdict
from random import SystemRandom
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from dimchat.errors import JournalError
from dimchat.journal.address import default_url, file_of, make_file, need_file
from dimchat.journal.connection import VERSION, in_memory, to_read, to_write, unwritable
from dimchat.journal.learn.scope import Queries
from dimchat.journal.recording import PATIENCE
from dimchat.journal.rows import KEY_TIME, Decision, Entry, Feedback, Tally, Visit
from dimchat.journal.schema import DECISION, ENTRY, FEEDBACK, TABLES, TALLY, VISIT, complete, migrate, version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from types import TracebackType

    from dimchat.journal.learn.scope import Scope
    from dimchat.journal.rows import Row

CURATOR_PATIENCE = 10.0
MIXED = 200
"""So many rows of the same hour are written again, at most, with those that come."""
_DIGITS = 4
_CHANCE = SystemRandom()
_TABLE_OF: dict[type, sa.Table] = {Entry: ENTRY, Feedback: FEEDBACK, Visit: VISIT, Tally: TALLY, Decision: DECISION}


class Journal:
    """A journal, open; not for several threads at once."""

    engine: sa.Engine
    name: str
    """By which it is known in messages."""
    tables: tuple[sa.Table, ...]
    """Those of its rows."""

    def table(self, name: str) -> sa.Table:
        """Return one of its tables."""
        return next(table for table in self.tables if table.name == name)

    def queries(self, scope: Scope) -> Queries:
        """Return what a curator asks of it.

        Raises:
            JournalError: It knows nothing of what the scope names.
        """
        raise NotImplementedError

    def version(self, connection: sa.Connection) -> int:
        """Return the version of its tables."""
        raise NotImplementedError

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one state throughout and keeps nobody from writing.

        Raises:
            JournalError: What the database said.
        """
        raise NotImplementedError
        yield

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Let the database go again where something fails while it is opened."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Return the journal."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let the database go."""
        self.close()


class Reader(Journal):
    """The journal of one place, open for reading: nothing in it or beside it is changed."""

    tables = TABLES

    def __init__(self, url: str, *, patience: float = CURATOR_PATIENCE) -> None:
        """Open a journal that is there, of this version or of an older one.

        Args:
            url: Its address.
            patience: Seconds to wait for another process.

        Raises:
            JournalError: There is none, it cannot be read, or a newer program made it.
        """
        self.file = file_of(url)
        self.name = str(self.file)
        need_file(self.file)
        self.engine = engine_of(lambda: to_read(self.file, patience))
        with self.opening():
            if not self._version():
                # Nobody has written yet: an empty journal is read as any other.
                self.close()
                self.engine = engine_of(in_memory)
                with self.engine.begin() as connection:
                    migrate(connection)
            with self.reading() as connection:
                complete(connection)

    def _version(self) -> int:
        with self.reading() as connection:
            return version_of(connection)

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

    def queries(self, scope: Scope) -> Queries:
        """Return what a curator asks of it.

        Raises:
            JournalError: The scope names stands or buildings.
        """
        return Queries(scope)

    def version(self, connection: sa.Connection) -> int:
        """Return the version of its tables."""
        return version_of(connection)


class Store(Reader):
    """The journal of one place, open for writing as well."""

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        """Open a journal, make it if there is none, and bring it to the version of this program.

        Args:
            url: Its address.
            patience: Seconds to wait for another process.

        Raises:
            JournalError: It cannot be opened, or a newer program made it.
        """
        self.file = file_of(url)
        self.name = str(self.file)
        make_file(self.file)
        self.engine = engine_of(lambda: to_write(self.file, patience))
        with self.opening():
            if self._version() != VERSION:
                with self.writing() as connection:
                    migrate(connection)
                self.checkpoint()

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

        Where they lie in the file does not tell in which order they came: see `mixed`.

        Raises:
            JournalError: They could not be written.
        """
        with self.writing() as connection:
            for table, values in by_table(rows):
                insert_new(connection, table, mixed(connection, table, values))
        with suppress(JournalError):  # the rows are kept; what is left in the log goes with the next ones
            self.checkpoint()

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
            self.checkpoint()
        return gone

    def compact(self) -> None:
        """Give the room of rows that went back to the disk.

        Raises:
            JournalError: The database refused.
        """
        self._command("VACUUM")
        self.checkpoint()

    def checkpoint(self) -> None:
        """Move everything from the log into the file, so that the log does not tell what came after what."""
        self._command("PRAGMA wal_checkpoint(TRUNCATE)")

    def _command(self, command: str) -> None:
        """Give a command of SQLite's own, which stands in no transaction."""
        connection = self.engine.raw_connection()
        try:
            connection.cursor().execute(command).close()
        except sqlite3.Error as error:
            raise unwritable(self.file, error) from error
        finally:
            connection.close()


def read_journal(url: str | None) -> Reader:
    """Return a journal that is there, at an address or in the platform's place, for who only reads it.

    Raises:
        JournalError: There is none, or it cannot be read.
    """
    return Reader(url or default_url())


def open_journal(url: str | None) -> Store:
    """Return a journal that is there, for a curator who changes it and can wait a while for another process.

    Raises:
        JournalError: There is none, or it cannot be opened.
    """
    address = url or default_url()
    need_file(file_of(address))
    return Store(address, patience=CURATOR_PATIENCE)


def engine_of(connect: Callable[[], sqlite3.Connection]) -> sa.Engine:
    """Return an engine whose transactions take the right to write when they begin, so that none fails half way."""
    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.pool.StaticPool)

    @sa.event.listens_for(engine, "begin")
    def begun(connection: sa.Connection) -> None:
        reads = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def by_table(rows: Sequence[Row]) -> Iterator[tuple[sa.Table, list[dict[str, Any]]]]:
    """Yield the tables of rows with what goes into them."""
    for kind, table in _TABLE_OF.items():
        values = [values_of(row) for row in rows if type(row) is kind]
        if values:
            yield table, values


def insert_new(connection: sa.Connection, table: sa.Table, values: Sequence[dict[str, Any]]) -> None:
    """Add those rows whose keys are not there."""
    connection.execute(sqlite.insert(table).on_conflict_do_nothing(), values)


def mixed(connection: sa.Connection, table: sa.Table, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return new rows among others of their hours, which are taken out to be written again with them, in any order.

    A database lays what comes later beside what came before, within a page and within its log. Rows that are
    written together, in an order by chance, and all over again with the next ones, are found in no order at all.
    """
    rows = list(values)
    for hour in {row["key"][:KEY_TIME] for row in values}:
        hours = sa.select(table).where(table.c.key.between(hour, hour + "g")).order_by(sa.func.random()).limit(MIXED)
        others = [dict(row) for row in connection.execute(hours).mappings()]
        connection.execute(sa.delete(table).where(table.c.key.in_([row["key"] for row in others])))
        rows += others
    _CHANCE.shuffle(rows)
    return rows


def values_of(row: Row) -> dict[str, Any]:
    """Return a row as the columns of its table."""
    values = asdict(row)
    if isinstance(row, Entry):
        values["intents"] = " ".join(row.intents)
        values["confidence"] = _rounded(row.confidence) or 0.0
        values["margin"] = None if row.margin is None else _rounded(row.margin)
    return values


def _rounded(number: float) -> float | None:
    """Return a number that JSON knows, or None."""
    return round(float(number), _DIGITS) if math.isfinite(number) else None
