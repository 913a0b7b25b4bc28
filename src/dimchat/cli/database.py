"""The database of a fleet, as commands are given it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dimchat.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.journal.fleet.database import Database


def database_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ADDRESS and `--password-file FILE` to a command, passed on as `address` and `password_file`."""
    file = click.option(
        "--password-file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Holds the database's password; nobody but its owner may read it.",
    )
    return click.argument("address")(file(command))


def database_of(address: str, password_file: Path | None) -> Database:
    """Return the database that a command was given.

    Raises:
        UsageError: The extra is not installed.
        JournalError: The address or the password's file will not do.
    """
    need("psycopg", "sqlalchemy", "alembic", extra="fleet")
    from dimchat.journal.fleet.database import database_at

    return database_at(address, password_file)
