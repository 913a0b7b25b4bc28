"""The fleet's schema and roles: made by the database's owner, with the least that a stand and a curator need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dimchat.journal.fleet.database import SCHEMA
from dimchat.journal.schema import upgrade

if TYPE_CHECKING:
    from dimchat.journal.fleet.database import Database

STAND, CURATOR = "dimchat_stand", "dimchat_curator"
_ROLE = "DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
ROLES = tuple(_ROLE.format(role=role) for role in (STAND, CURATOR))
"""Statements for who may create roles."""
GRANTS = (
    f"REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC",
    f"GRANT USAGE ON SCHEMA {SCHEMA} TO {STAND}, {CURATOR}",
    f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM {STAND}, {CURATOR}",
    f"GRANT INSERT ON entry, feedback, visit, hourly, tally, stands TO {STAND}",
    f"GRANT EXECUTE ON FUNCTION make_month(date) TO {STAND}",
    f"GRANT EXECUTE ON FUNCTION beat(text, text, jsonb) TO {STAND}",
    f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {CURATOR}",
    f"GRANT INSERT ON decision, stands TO {CURATOR}",
    f"GRANT UPDATE (building) ON stands TO {CURATOR}",
)
"""Statements for the owner, after every migration."""
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('dimchat.migrate'))"


def make_roles(database: Database) -> None:
    """Make the roles that are not there.

    Raises:
        JournalError: This user may not create roles, or the database cannot be reached.
    """
    with database.saying(), database.connect() as connection:
        for statement in ROLES:
            connection.execute(statement)


def migrate_fleet(database: Database) -> int:
    """Bring the database to the version of this program, give each role its rights, and return the version.

    Raises:
        JournalError: This user may not do so, a role is missing, or the database cannot be reached.
    """
    engine = database.engine()
    try:
        with database.saying(), engine.begin() as connection:
            connection.exec_driver_sql(_LOCK)
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            upgrade(connection)
            for statement in GRANTS:
                connection.exec_driver_sql(statement)
            return version_in(connection)
    finally:
        engine.dispose()


def may_send(database: Database) -> bool:
    """Return whether there is a fleet's journal to which this user may add the rows of a stand.

    Raises:
        JournalError: The database cannot be reached.
    """
    with database.saying(), database.connect() as connection:
        found = connection.execute(f"SELECT has_table_privilege(to_regclass('{SCHEMA}.entry'), 'INSERT')").fetchone()
    return bool(found and found[0])


def version_in(connection: sa.Connection) -> int:
    """Return the version of a fleet's journal, 0 where there is none."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return 0
    return int(connection.exec_driver_sql("SELECT coalesce(max(version_num), '0') FROM alembic_version").scalar_one())
