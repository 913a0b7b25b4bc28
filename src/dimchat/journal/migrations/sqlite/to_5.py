"""From 4 to 5: rows name the pack's version and the language; what is said of an answer names it; an outbox."""

from __future__ import annotations

from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Add the columns, empty, and the tables."""
    for table, column in (
        ("entry", "pack_version VARCHAR(32)"),
        ("entry", "language VARCHAR(32)"),
        ("feedback", "text TEXT"),
        ("feedback", "about VARCHAR(120)"),
        ("feedback", "pack_version VARCHAR(32)"),
        ("feedback", "language VARCHAR(32)"),
    ):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.execute(
        'CREATE TABLE visit ("key" VARCHAR(32) NOT NULL PRIMARY KEY, day DATE NOT NULL, pack VARCHAR(64) NOT NULL, '
        "asked INTEGER NOT NULL, declined INTEGER NOT NULL, pack_version VARCHAR(32), language VARCHAR(32)) "
        "WITHOUT ROWID"
    )
    op.execute(
        'CREATE TABLE hourly ("key" VARCHAR(32) NOT NULL PRIMARY KEY, day DATE NOT NULL, hour SMALLINT NOT NULL, '
        "face VARCHAR(16) NOT NULL, kind VARCHAR(16) NOT NULL, typed BOOLEAN NOT NULL, count INTEGER NOT NULL, "
        "pack_version VARCHAR(32), language VARCHAR(32)) WITHOUT ROWID"
    )
    op.execute(
        'CREATE TABLE outgoing ("key" VARCHAR(32) NOT NULL PRIMARY KEY, batch VARCHAR(32) NOT NULL) WITHOUT ROWID'
    )
    op.execute("INSERT INTO journal_version VALUES (5)")
