"""From any version before to 4: rows lie by their keys alone, for numbers told their order; a decline has a reason."""

from __future__ import annotations

from alembic import op

revision = "4"
down_revision = None

TABLES = {
    "entry": (
        '"key" VARCHAR(32) NOT NULL PRIMARY KEY, day DATE NOT NULL, hour SMALLINT NOT NULL, pack '
        "VARCHAR(64) NOT NULL, face VARCHAR(16) NOT NULL, kind VARCHAR(16) NOT NULL, intents TEXT NOT NULL, "
        "confidence FLOAT NOT NULL, margin FLOAT, typed BOOLEAN NOT NULL, text TEXT, reason VARCHAR(120)"
    ),
    "feedback": (
        '"key" VARCHAR(32) NOT NULL PRIMARY KEY, entry VARCHAR(32) NOT NULL, day DATE NOT NULL, hour '
        "SMALLINT NOT NULL, signal VARCHAR(16) NOT NULL, intent VARCHAR(120)"
    ),
    "tally": (
        '"key" VARCHAR(32) NOT NULL PRIMARY KEY, day DATE NOT NULL, what VARCHAR(16) NOT NULL, count INTEGER NOT NULL'
    ),
    "decision": (
        '"key" VARCHAR(32) NOT NULL PRIMARY KEY, day DATE NOT NULL, form TEXT NOT NULL, verdict VARCHAR(16) NOT NULL, '
        "target VARCHAR(120)"
    ),
}
INDEXES = (
    "ix_entry_time ON entry (day, hour, kind, typed, face)",
    "ix_entry_intents ON entry (intents, typed, day) WHERE kind = 'answer'",
    "ix_entry_margin ON entry (typed, margin, day) WHERE kind = 'answer'",
    "ix_entry_unanswered ON entry (text, kind, intents, reason, typed, day) WHERE kind IN ('decline', 'clarify')",
    "ix_feedback_day ON feedback (day, signal, entry, intent)",
)


def upgrade() -> None:
    """Write all rows again, in the order of their keys."""
    connection = op.get_bind()
    for name, columns in TABLES.items():
        held = [f'"{row.name}"' for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")]
        names = ", ".join(held)
        op.execute(f"ALTER TABLE {name} RENAME TO {name}_before")
        op.execute(f"CREATE TABLE {name} ({columns}) WITHOUT ROWID")
        op.execute(f'INSERT INTO {name} ({names}) SELECT {names} FROM {name}_before ORDER BY "key"')  # noqa: S608
        op.execute(f"DROP TABLE {name}_before")
    for index in INDEXES:
        op.execute(f"CREATE INDEX {index}")
    op.execute("INSERT INTO journal_version VALUES (4)")
