"""The tables of a journal and the steps that led to them; SQL that more than one database understands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Callable

META = sa.MetaData()
_KEY = sa.String(32)
_ID = sa.String(120)

ENTRY = sa.Table(
    "entry",
    META,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("hour", sa.SmallInteger, nullable=False),
    sa.Column("pack", sa.String(64), nullable=False),
    sa.Column("face", sa.String(16), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("intents", sa.Text, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("margin", sa.Float),
    sa.Column("typed", sa.Boolean, nullable=False),
    sa.Column("text", sa.Text),
    sa.Column("reason", _ID),
    sqlite_with_rowid=False,
)
FEEDBACK = sa.Table(
    "feedback",
    META,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("entry", _KEY, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("hour", sa.SmallInteger, nullable=False),
    sa.Column("signal", sa.String(16), nullable=False),
    sa.Column("intent", _ID),
    sqlite_with_rowid=False,
)
TALLY = sa.Table(
    "tally",
    META,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("what", sa.String(16), nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
DECISION = sa.Table(
    "decision",
    META,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("form", sa.Text, nullable=False),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("target", _ID),
    sqlite_with_rowid=False,
)
VERSION = sa.Table("journal_version", META, sa.Column("version", sa.Integer, primary_key=True))
"""One row for each step that was taken; the greatest is the version."""

TABLES = (ENTRY, FEEDBACK, TALLY, DECISION)

# Written out, not bound: an index over a part of the rows is only taken where the statement says that part.
ANSWERED = ENTRY.c.kind == sa.literal_column("'answer'")
UNANSWERED = ENTRY.c.kind.in_([sa.literal_column("'decline'"), sa.literal_column("'clarify'")])
INDEXES = (
    sa.Index("ix_entry_time", ENTRY.c.day, ENTRY.c.hour, ENTRY.c.kind, ENTRY.c.typed, ENTRY.c.face),
    sa.Index(
        "ix_entry_intents",
        ENTRY.c.intents,
        ENTRY.c.typed,
        ENTRY.c.day,
        sqlite_where=ANSWERED,
        postgresql_where=ANSWERED,
    ),
    sa.Index(
        "ix_entry_margin",
        ENTRY.c.typed,
        ENTRY.c.margin,
        ENTRY.c.day,
        sqlite_where=ANSWERED,
        postgresql_where=ANSWERED,
    ),
    sa.Index("ix_feedback_day", FEEDBACK.c.day, FEEDBACK.c.signal, FEEDBACK.c.entry, FEEDBACK.c.intent),
)
_INDEX_OF_UNANSWERED = sa.Index(
    "ix_entry_unanswered",
    ENTRY.c.text,
    ENTRY.c.kind,
    ENTRY.c.intents,
    ENTRY.c.reason,
    ENTRY.c.typed,
    ENTRY.c.day,
    sqlite_where=UNANSWERED,
    postgresql_where=UNANSWERED,
)
_WITH_REASON = 4
"""The version from which an entry has a reason."""


def _make_tables(connection: sa.Connection) -> None:
    for table in TABLES:
        connection.execute(sa.schema.CreateTable(table, if_not_exists=True))


def _make_indexes(connection: sa.Connection) -> None:
    for index in INDEXES:
        connection.execute(sa.schema.CreateIndex(index, if_not_exists=True))


def _forget_the_order(connection: sa.Connection) -> None:
    """Write the rows of SQLite's tables by their keys alone: its row numbers told the order in which they came."""
    if connection.dialect.name != "sqlite":
        return
    for table in TABLES:
        names = [column["name"] for column in sa.inspect(connection).get_columns(table.name)]
        old = sa.table(f"{table.name}_before", *map(sa.column, names))
        connection.exec_driver_sql(f"ALTER TABLE {table.name} RENAME TO {old.name}")
        connection.execute(sa.schema.CreateTable(table))
        connection.execute(sa.insert(table).from_select(names, sa.select(old).order_by(old.c.key)))
        connection.exec_driver_sql(f"DROP TABLE {old.name}")
    _make_indexes(connection)


def _give_reasons(connection: sa.Connection) -> None:
    """Let an entry say why it was declined: those from before do not know."""
    if ENTRY.c.reason.name not in {column["name"] for column in sa.inspect(connection).get_columns(ENTRY.name)}:
        connection.exec_driver_sql(f"ALTER TABLE {ENTRY.name} ADD COLUMN reason VARCHAR(120)")
    connection.exec_driver_sql("DROP INDEX IF EXISTS ix_entry_open")
    connection.execute(sa.schema.CreateIndex(_INDEX_OF_UNANSWERED, if_not_exists=True))


STEPS: tuple[Callable[[sa.Connection], None], ...] = (_make_tables, _make_indexes, _forget_the_order, _give_reasons)
"""What leads from one version to the next; a step that was published never changes what it leads to."""


def migrate(connection: sa.Connection) -> None:
    """Bring a database to the version of this program, inside the connection's transaction."""
    connection.execute(sa.schema.CreateTable(VERSION, if_not_exists=True))
    there = version_of(connection)
    for number, step in enumerate(STEPS[there:], there + 1):
        step(connection)
        connection.execute(sa.insert(VERSION).values(version=number))


def complete(connection: sa.Connection) -> None:
    """Let an older journal, which is only read, look as this version's does, to this connection alone."""
    if 0 < version_of(connection) < _WITH_REASON:
        select = f"SELECT *, NULL AS reason FROM main.{ENTRY.name}"  # noqa: S608 - the name of our own table
        connection.exec_driver_sql(f"CREATE TEMPORARY VIEW {ENTRY.name} AS {select}")


def version_of(connection: sa.Connection) -> int:
    """Return the version of a database, 0 where it holds no journal yet."""
    if not sa.inspect(connection).has_table(VERSION.name):
        return 0
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(VERSION.c.version), 0))).scalar_one())
