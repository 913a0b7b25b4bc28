"""The database of a fleet, as commands are given it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dimchat.errors import UsageError
from dimchat.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.journal import Switch
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


def stand_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add to a command where the rows of its journal go; see `with_fleet`."""
    for option in (
        click.option(
            "--outbox-megabytes",
            type=click.IntRange(1, 100_000),
            default=200,
            show_default=True,
            help="With --fleet: what may wait here; beyond it the oldest questions go first, and counts last.",
        ),
        click.option("--building", metavar="NAME", help="With --fleet: where the stand is."),
        click.option(
            "--password-file",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="With --fleet: holds the password; or set PGPASSWORD or PGPASSFILE.",
        ),
        click.option(
            "--fleet",
            "fleet_address",
            metavar="ADDRESS",
            help="Send the journal on to postgresql://NAME@HOST/DATABASE; the journal here is an outbox.",
        ),
    ):
        command = option(command)
    return command


def named_stand(stand: str | None, fleet_address: str | None) -> str | None:
    """Return what a stand is called: as it was named, or in a fleet as its machine; None for a stand alone.

    Raises:
        UsageError: It is no name of a stand.
    """
    if stand is None and fleet_address is None:
        return None
    from dimchat.cli.pack import stand_named
    from dimchat.release.follow_settings import own_name

    return stand_named(stand or own_name())


def with_fleet(
    switch: Switch,
    *,
    address: str | None,
    stand: str | None,
    building: str | None,
    password_file: Path | None,
    megabytes: int,
) -> Switch:
    """Return a journal's switch with where its rows go.

    Raises:
        UsageError: The journal is off, the options contradict each other, or the extra is not installed.
        JournalError: The address or the password's file will not do.
    """
    from dimchat.wording import fleet as words

    if address is None:
        for option, given in (("--building", building), ("--password-file", password_file)):
            if given is not None:
                raise UsageError(words.ALONE.format(option=option))
        return switch
    if switch.mode == "off":
        raise UsageError(words.OFF)
    database_of(address, password_file)
    from dimchat.journal import Fleet

    file = None if password_file is None else str(password_file.absolute())
    return replace(switch, fleet=Fleet(address, stand or "", building, file, megabytes))
