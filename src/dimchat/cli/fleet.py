"""`fleet`: many stands, one database."""

from __future__ import annotations

import signal
import sys
import threading
import time
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dimchat.cli.alive import metrics, status
from dimchat.cli.database import database_of, database_options
from dimchat.cli.pack import stand_named
from dimchat.cli.rollout import rollout

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dimchat.journal.fleet.database import Database
    from dimchat.journal.fleet.outbox import Outbox


@click.group()
def fleet() -> None:
    """Keep the journal of many stands in one PostgreSQL; ADDRESS is postgresql://NAME@HOST/DATABASE."""


for one in (status, metrics, rollout):
    fleet.add_command(one)


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
@click.option(
    "--alive",
    "sign",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where the stand leaves its sign of life; without it, the usual place of this user for --stand NAME.",
)
@click.option("--once", is_flag=True, help="Send what may go by now, and end.")
@click.option("--attached", is_flag=True, hidden=True, help="End when stdin ends: with the parent.")
@database_options
def send(
    *,
    stand: str,
    building: str | None,
    outbox_url: str | None,
    sign: Path | None,
    once: bool,
    attached: bool,
    address: str,
    password_file: Path | None,
) -> int:
    """Send what a stand's outbox holds to the fleet's database, and its sign of life, as long as this runs.

    The exit status of --once is 2 where the database could not be reached; nothing is lost.
    """
    from dimchat.wording import fleet as words

    database = database_of(address, password_file)
    from dimchat.journal.address import OUTBOX_FILE, default_url
    from dimchat.journal.fleet.outbox import Outbox
    from dimchat.journal.fleet.sender import Sender, run
    from dimchat.journal.store import CURATOR_PATIENCE

    named = stand_named(stand)
    with Outbox(outbox_url or default_url(OUTBOX_FILE), patience=CURATOR_PATIENCE) as outbox:
        sender = Sender(outbox, database, stand=named, building=building)
        leave_sign = partial(leave, database, outbox, named, building, sign)
        if once:
            count = sender.send(_today())
            sender.close()
            leave_sign()
            click.echo(words.SENT.format(count=count, waiting=outbox.waiting()), err=True)
            return 0
        ended = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: ended.set())
        # The terminal's key is for the parent, where there is one.
        signal.signal(signal.SIGINT, signal.SIG_IGN if attached else lambda *_: ended.set())
        if attached:
            threading.Thread(target=_at_the_end_of_stdin, args=[ended.set], daemon=True).start()

        def said(text: str) -> None:
            click.echo(f"dimchat: {text}", err=True)

        run(sender, today=_today, wait=ended.wait, said=said, sign=leave_sign)
        sender.close()
    return 0


def leave(database: Database, outbox: Outbox, stand: str, building: str | None, file: Path | None) -> None:
    """Pass a stand's sign of life on.

    Raises:
        JournalError: The database cannot be reached or refuses, or the outbox cannot be read.
    """
    from dimchat.journal.fleet import heartbeats
    from dimchat.kiosk.pin import state_folder
    from dimchat.release.life_signs import passed_on, sign_file

    told = passed_on(file or sign_file(state_folder().parent, stand), time.time())
    sign = heartbeats.Sign(**told, waiting=outbox.waiting(), dropped=outbox.given_up())
    heartbeats.leave(database, stand, building, sign)


def _at_the_end_of_stdin(act: Callable[[], None]) -> None:
    sys.stdin.read()
    act()


def _today() -> date:
    return datetime.now().astimezone().date()
