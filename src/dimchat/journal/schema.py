"""The tables of a journal and the steps that led to them; SQL that more than one database understands."""

from __future__ import annotations

import threading
from pathlib import Path

import sqlalchemy as sa

from dimchat.journal.connection import VERSION as JOURNAL_VERSION

META = sa.MetaData()
_FIRST_STEP = 4
"""The step that leads from any earlier version; see `migrations/sqlite`."""
_KEY = sa.String(32)
_ID = sa.String(120)
_NAME = sa.String(32)

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
    sa.Column("pack_version", _NAME),
    sa.Column("language", _NAME),
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
    sa.Column("text", sa.Text),
    sa.Column("about", _ID),
    sa.Column("pack_version", _NAME),
    sa.Column("language", _NAME),
    sqlite_with_rowid=False,
)
VISIT = sa.Table(
    "visit",
    META,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("pack", sa.String(64), nullable=False),
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("declined", sa.Integer, nullable=False),
    sa.Column("pack_version", _NAME),
    sa.Column("language", _NAME),
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
HOURLY = sa.Table(
    "hourly",
    META,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("hour", sa.SmallInteger, nullable=False),
    sa.Column("face", sa.String(16), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("typed", sa.Boolean, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("pack_version", _NAME),
    sa.Column("language", _NAME),
    sqlite_with_rowid=False,
)
"""Counts of entries that a full outbox had to give up."""
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
"""The greatest is the version; there may be a row for each step that led to it."""

OUTGOING = sa.Table(
    "outgoing",
    META,
    sa.Column("key", _KEY, primary_key=True),
    sa.Column("batch", _KEY, nullable=False),
    sqlite_with_rowid=False,
)
"""Keys of rows that an outbox is sending, and has no answer for yet."""

TABLES = (ENTRY, FEEDBACK, VISIT, HOURLY, TALLY, DECISION)

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
    ),
    sa.Index(
        "ix_entry_margin",
        ENTRY.c.typed,
        ENTRY.c.margin,
        ENTRY.c.day,
        sqlite_where=ANSWERED,
    ),
    sa.Index("ix_feedback_day", FEEDBACK.c.day, FEEDBACK.c.signal, FEEDBACK.c.entry, FEEDBACK.c.intent),
    sa.Index(
        "ix_entry_unanswered",
        ENTRY.c.text,
        ENTRY.c.kind,
        ENTRY.c.intents,
        ENTRY.c.reason,
        ENTRY.c.typed,
        ENTRY.c.day,
        sqlite_where=UNANSWERED,
    ),
)


MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps what it works on in globals."""


def migrate(connection: sa.Connection) -> None:
    """Bring a journal in SQLite to the version of this program, inside the connection's transaction.

    A new one is made as it is to be; only an older one is led there step by step.
    """
    there = version_of(connection)
    if not there:
        META.create_all(connection)
        connection.execute(sa.insert(VERSION).values(version=JOURNAL_VERSION))
    elif there < JOURNAL_VERSION:
        # What the journal says of itself counts: those that older programs wrote hold nothing of Alembic's.
        upgrade(connection, None if there < _FIRST_STEP else str(there))


def upgrade(connection: sa.Connection, there: str | None = None) -> None:
    """Take the steps of `migrations/` that lead to the newest version, inside the connection's transaction.

    Args:
        connection: To a database that is SQLite or PostgreSQL; each has a history of its own.
        there: The step at which it is, where it does not know; None to begin at what it knows.
    """
    from alembic import command  # noqa: PLC0415 - most of a second, for what happens once in a journal's life
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config(attributes={"connection": connection})
    for name, value in (
        ("script_location", MIGRATIONS),
        ("version_locations", MIGRATIONS / connection.dialect.name),
        ("path_separator", "newline"),
    ):
        config.set_main_option(name, str(value).replace("%", "%%"))
    with _ONE_AT_A_TIME:
        if there is not None:
            command.stamp(config, there, purge=True)
        command.upgrade(config, "head")


def complete(connection: sa.Connection) -> None:
    """Let an older journal, which is only read, look as this version's does, to this connection alone."""
    if not 0 < version_of(connection) < JOURNAL_VERSION:
        return
    inspector = sa.inspect(connection)
    there = set(inspector.get_table_names())
    for table in TABLES:
        held = {each["name"] for each in inspector.get_columns(table.name)} if table.name in there else set()
        names = [column.name for column in table.columns]
        if held < set(names):
            columns = ", ".join(f'"{name}"' if name in held else f'NULL AS "{name}"' for name in names)
            rows = f"SELECT {columns} FROM main.{table.name}" if held else f"SELECT {columns} WHERE false"  # noqa: S608 - the names of our own tables
            connection.exec_driver_sql(f"CREATE TEMPORARY VIEW {table.name} AS {rows}")


def version_of(connection: sa.Connection) -> int:
    """Return the version of a database, 0 where it holds no journal yet."""
    if not sa.inspect(connection).has_table(VERSION.name):
        return 0
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(VERSION.c.version), 0))).scalar_one())
