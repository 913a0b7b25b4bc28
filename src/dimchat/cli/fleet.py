"""`fleet`: many stands, one database."""

from __future__ import annotations

import signal
import threading
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dimchat.errors import UsageError
from dimchat.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

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


@click.group()
def fleet() -> None:
    """Keep the journal of many stands in one PostgreSQL; ADDRESS is postgresql://NAME@HOST/DATABASE."""


@fleet.command()
@click.option("--print", "only_print", is_flag=True, help="Print the statements that make the roles, and end.")
@click.option("--no-roles", is_flag=True, help="The roles are there: make and migrate the tables alone.")
@database_options
def init(*, only_print: bool, no_roles: bool, address: str, password_file: Path | None) -> int:
    """Make the roles and the tables, or bring them up to date; run by the database's owner, again after an update."""
    from dimchat.wording import fleet as words

    database = database_of(address, password_file)
    from dimchat.journal.fleet.roles import CURATOR, ROLES, STAND, make_roles, migrate_fleet

    if only_print:
        for statement in ROLES:
            click.echo(f"{statement};")
        return 0
    if not no_roles:
        make_roles(database)
    click.echo(words.MIGRATED.format(database=database, version=migrate_fleet(database)), err=True)
    click.echo(words.GRANT.format(stand=STAND, curator=CURATOR), err=True)
    return 0


@fleet.command()
@click.option("--stand", required=True, metavar="NAME", help="The name that every row of this stand gets.")
@click.option("--building", metavar="NAME", help="Where the stand is.")
@click.option("--outbox", "outbox_url", metavar="URL", help="Where the outbox lies: sqlite:////folder/outbox.db")
@click.option("--once", is_flag=True, help="Send what may go by now, and end.")
@database_options
def send(
    *, stand: str, building: str | None, outbox_url: str | None, once: bool, address: str, password_file: Path | None
) -> int:
    """Send what a stand's outbox holds to the fleet's database, as long as this runs.

    The exit status of --once is 2 where the database could not be reached; nothing is lost.
    """
    from dimchat.wording import fleet as words

    database = database_of(address, password_file)
    from dimchat.journal.address import OUTBOX_FILE, default_url
    from dimchat.journal.fleet.outbox import Outbox
    from dimchat.journal.fleet.sender import Sender, run
    from dimchat.journal.store import CURATOR_PATIENCE

    if not stand.strip():
        raise UsageError(words.NO_STAND)
    with Outbox(outbox_url or default_url(OUTBOX_FILE), patience=CURATOR_PATIENCE) as outbox:
        sender = Sender(outbox, database, stand=stand, building=building)
        if once:
            count = sender.send(_today())
            sender.close()
            click.echo(words.SENT.format(count=count, waiting=outbox.waiting()), err=True)
            return 0
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())

        def said(text: str) -> None:
            click.echo(f"dimchat: {text}", err=True)

        run(sender, today=_today, wait=ended.wait, said=said)
        sender.close()
    return 0


def _today() -> date:
    return datetime.now().astimezone().date()
