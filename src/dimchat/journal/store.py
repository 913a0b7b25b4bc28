"""A journal as a database: written by several processes at once, rows only ever added, and purged by day."""

from __future__ import annotations

import csv
import math
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from random import SystemRandom
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TextIO

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from dimchat.errors import JournalError
from dimchat.files.json_text import dumps
from dimchat.journal.address import default_url, file_of, make_file, need_file
from dimchat.journal.connection import VERSION, in_memory, to_read, to_write, unwritable
from dimchat.journal.recording import PATIENCE
from dimchat.journal.rows import KEY_TIME, LOST, SAFETY, Decision, Entry, Feedback, Tally, Visit
from dimchat.journal.schema import DECISION, ENTRY, FEEDBACK, TABLES, TALLY, VISIT, complete, migrate, version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from types import TracebackType

    from dimchat.journal.rows import Row

CURATOR_PATIENCE = 10.0
MIXED = 200
"""So many rows of the same hour are written again, at most, with those that come."""
_DIGITS = 4
_CHANCE = SystemRandom()
_TABLE_OF: dict[type, sa.Table] = {Entry: ENTRY, Feedback: FEEDBACK, Visit: VISIT, Tally: TALLY, Decision: DECISION}


class Reader:
    """One journal, open for reading: nothing in it or beside it is changed; not for several threads at once."""

    def __init__(self, url: str, *, patience: float = CURATOR_PATIENCE) -> None:
        """Open a journal that is there, of this version or of an older one.

        Args:
            url: Its address.
            patience: Seconds to wait for another process.

        Raises:
            JournalError: There is none, it cannot be read, or a newer program made it.
        """
        self.file = file_of(url)
        need_file(self.file)
        self.engine = engine_of(lambda: to_read(self.file, patience))
        with self._opening():
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
    def _opening(self) -> Iterator[None]:
        try:
            yield
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

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let the database go."""
        self.close()


class Store(Reader):
    """One journal, open for writing as well; not for several threads at once."""

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
        self.engine = engine_of(lambda: to_write(self.file, patience))
        with self._opening():
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


_CHUNK = 1000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of a journal."""

    version: int
    since: date | None
    until: date | None
    questions: int
    with_text: int
    feedback: int
    decisions: int
    safety: int
    """Safety messages: counted, never kept."""
    lost: int
    """Rows that could not be kept."""


def summary(store: Reader) -> Summary:
    """Return what a journal holds."""
    with store.reading() as connection:
        since, until, questions, with_text = connection.execute(
            sa.select(sa.func.min(ENTRY.c.day), sa.func.max(ENTRY.c.day), sa.func.count(), sa.func.count(ENTRY.c.text))
        ).one()
        feedback = connection.execute(sa.select(sa.func.count()).select_from(FEEDBACK)).scalar_one()
        decisions = connection.execute(sa.select(sa.func.count()).select_from(DECISION)).scalar_one()
        counted = tallies(connection)
        return Summary(
            version_of(connection),
            since,
            until,
            questions,
            with_text,
            feedback,
            decisions,
            counted.get(SAFETY, 0),
            counted.get(LOST, 0),
        )


class Day(NamedTuple):
    """How often a face replied on one day, and what could not be kept on it, from any face."""

    answered: int
    clarified: int
    declined: int
    lost: int


def day_of(store: Reader, day: date, face: str) -> Day:
    """Return what a journal says of one day.

    Raises:
        JournalError: It cannot be read.
    """
    select = sa.select(ENTRY.c.kind, sa.func.count()).where(ENTRY.c.day == day, ENTRY.c.face == face)
    with store.reading() as connection:
        kinds = {str(kind): int(count) for kind, count in connection.execute(select.group_by(ENTRY.c.kind))}
        lost = connection.execute(
            sa.select(sa.func.coalesce(sa.func.sum(TALLY.c.count), 0)).where(TALLY.c.day == day, TALLY.c.what == LOST)
        ).scalar_one()
    return Day(kinds.get("answer", 0), kinds.get("clarify", 0), kinds.get("decline", 0), lost)


def tallies(connection: sa.Connection, since: date | None = None) -> dict[str, int]:
    """Return what was only counted, by name, from a day on."""
    select = sa.select(TALLY.c.what, sa.func.sum(TALLY.c.count)).group_by(TALLY.c.what)
    if since is not None:
        select = select.where(TALLY.c.day >= since)
    return {what: int(count) for what, count in connection.execute(select)}


def latest(store: Reader, limit: int) -> list[dict[str, Any]]:
    """Return the latest questions, the last first; within an hour in no order.

    Args:
        store: The journal.
        limit: How many at most.
    """
    select = sa.select(ENTRY).order_by(ENTRY.c.key.desc()).limit(limit)
    with store.reading() as connection:
        return [dict(row) for row in connection.execute(select).mappings()]


def every_row(store: Reader) -> Iterator[dict[str, Any]]:
    """Yield all rows, table by table, each with the name of its table under `row`."""
    with store.reading() as connection:
        for table in TABLES:
            select = sa.select(table).order_by(table.c.key)
            for row in connection.execution_options(yield_per=_CHUNK).execute(select).mappings():
                yield {"row": table.name, **row}


def write_lines(store: Reader, out: TextIO) -> int:
    """Write all rows as JSON Lines and return how many."""
    count = 0
    for row in every_row(store):
        out.write(dumps(row, default=str) + "\n")
        count += 1
    return count


def write_table(store: Reader, out: TextIO) -> int:
    """Write the questions as CSV, for a spreadsheet, and return how many."""
    columns = [column.name for column in ENTRY.columns]
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in every_row(store):
        if row["row"] == ENTRY.name:
            writer.writerow({name: harmless_cell(row[name]) for name in columns})
            count += 1
    return count


def harmless_cell(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return a value that no spreadsheet takes for a formula: a visitor may have typed one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
