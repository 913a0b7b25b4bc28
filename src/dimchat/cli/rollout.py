"""`fleet rollout`: a version reaches one stand, a tenth of them, all; and back in one step."""

from __future__ import annotations

import signal
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dimchat.cli.database import database_of
from dimchat.cli.output import say, say_json
from dimchat.cli.pack import days_option, key_options, stand_named, trusted_option
from dimchat.errors import JournalError, UsageError
from dimchat.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.journal.fleet.database import Database
    from dimchat.release.manifest import Channel
    from dimchat.release.publishing import Publication
    from dimchat.release.stopping import Evidence

BEFORE = 90
"""Days before a rollout whose visits say what is usual."""
SAME = 1000
"""So many questions of the wave's own stands are enough to say it; else those of all stands do."""
EVERY = 900


def folder_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--to DIR`, passed on as `folder`."""
    return click.option(
        "--to",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        required=True,
        metavar="DIR",
        help="The folder that dimchat pack publish writes to.",
    )(command)


def fleet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the fleet's database to a command that can do without it: `address`, `password_file`."""
    command = click.option(
        "--password-file",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Holds the database's password; nobody but its owner may read it.",
    )(command)
    return click.option(
        "--database", "address", metavar="ADDRESS", help="The fleet's: postgresql://NAME@HOST/DATABASE"
    )(command)


def opened(folder: Path, keys: tuple[Path, ...], trusted: tuple[Path, ...]) -> Publication:
    """Return the folder of a publisher.

    Raises:
        UsageError: The extra is not installed, or a key cannot be used.
    """
    need("cryptography")
    from dimchat.release.publishing import publication

    return publication(folder, keys, trusted)


@click.group()
def rollout() -> None:
    """Let a version reach one stand, then a tenth of them, then all; halted where declined questions rise."""


@rollout.command()
@folder_option
@key_options
@days_option
@click.option("--version", type=click.IntRange(1), metavar="N", help="Which; without it, the newest that is held back.")
@click.option("--stand", "stands", multiple=True, metavar="NAME", help="A stand that there is; for each of them.")
@fleet_options
def start(
    *,
    folder: Path,
    keys: tuple[Path, ...],
    trusted: tuple[Path, ...],
    days: int,
    version: int | None,
    stands: tuple[str, ...],
    address: str | None,
    password_file: Path | None,
) -> int:
    """Let the first stand take a version that dimchat pack publish --hold put into DIR."""
    to = opened(folder, keys, trusted)
    from dimchat.release import rollout as waves

    names = stands_of(stands, address, password_file)
    going = waves.start(to, names, datetime.now(UTC), days=days, version=version)
    say(waves.told(going, names))
    return 0


@rollout.command()
@folder_option
@trusted_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@fleet_options
def status(
    *, folder: Path, trusted: tuple[Path, ...], as_json: bool, address: str | None, password_file: Path | None
) -> int:
    """Say which version is where, and with --database what the visits so far tell."""
    to = opened(folder, (), trusted)
    from dimchat.release import rollout as waves
    from dimchat.wording import release as words

    channel = waves.current(to)
    database = database_of(address, password_file) if address else None
    evidence = evidence_of(to, channel, database) if database is not None and channel.rollout is not None else None
    going = channel.rollout
    if as_json:
        found = None if going is None else {name: getattr(going, name) for name in ("version", "state", "wave")}
        told = evidence._asdict() if evidence is not None else None
        say_json({"version": channel.version, "rollout": found, "evidence": told}, indent=1)
        return 0
    say(words.STATUS_ALL.format(version=channel.version, day=channel.expires.date()))
    if going is not None:
        names = stands_of((), address, password_file)
        facts = {"version": going.version, "state": going.state, "wave": going.wave + 1, "waves": len(going.reaches)}
        say(words.STATUS_GOING.format(**facts, stands=waves.whom(going, names)))
    if evidence is not None:
        say(looked(evidence))
    return 0


@rollout.command()
@folder_option
@key_options
@days_option
def halt(*, folder: Path, keys: tuple[Path, ...], trusted: tuple[Path, ...], days: int) -> int:
    """Let no further stand take the version that is on its way; those that have it keep it."""
    to = opened(folder, keys, trusted)
    from dimchat.release import rollout as waves
    from dimchat.wording import release as words

    say(words.ROLLOUT_HALTED.format(version=waves.halt(to, datetime.now(UTC), days=days).version))
    return 0


@rollout.command()
@folder_option
@key_options
@days_option
@click.option("--wider", is_flag=True, help="Let the next wave have it as well.")
def resume(*, folder: Path, keys: tuple[Path, ...], trusted: tuple[Path, ...], days: int, wider: bool) -> int:
    """Go on with a rollout that was halted; with --wider, or where it runs, let the next wave have it."""
    to = opened(folder, keys, trusted)
    from dimchat.release import rollout as waves
    from dimchat.wording import release as words

    now = datetime.now(UTC)
    going = waves.going_in(waves.current(to), to)
    if going.state == "halted" or not wider:
        going = waves.resume(to, now, days=days)
    if not wider:
        facts = {"version": going.version, "wave": going.wave + 1, "waves": len(going.reaches)}
        say(words.ROLLOUT_RESUMED.format(**facts))
        return 0
    wide = waves.widen(to, now, days=days)
    say(words.ROLLOUT_DONE.format(version=going.version) if wide is None else waves.told(wide))
    return 0


@rollout.command()
@folder_option
@key_options
@days_option
@click.option("--version", type=click.IntRange(1), metavar="N", help="To which; without it, to the one before.")
def rollback(*, folder: Path, keys: tuple[Path, ...], trusted: tuple[Path, ...], days: int, version: int | None) -> int:
    """Let every stand have the files of the version before again, under a new number, at its next look."""
    to = opened(folder, keys, trusted)
    from dimchat.release import rollout as waves
    from dimchat.wording import release as words

    again = waves.roll_back(to, datetime.now(UTC), days=days, version=version)
    say(words.ROLLED_BACK.format(version=again.version, same_as=again.same_as))
    return 0


@rollout.command()
@folder_option
@key_options
@days_option
@fleet_options
@click.option("--once", is_flag=True, help="Look once, and end.")
@click.option(
    "--every",
    type=click.IntRange(10, 86400),
    default=EVERY,
    show_default=True,
    metavar="SECONDS",
    help="How often to look.",
)
def watch(
    *,
    folder: Path,
    keys: tuple[Path, ...],
    trusted: tuple[Path, ...],
    days: int,
    address: str | None,
    password_file: Path | None,
    once: bool,
    every: int,
) -> int:
    """Look at the visits: halt where the share of declined questions rises, widen where a wave has passed.

    It ends when the version is for every stand, or halted; the exit status is then 0, or 1.
    """
    to = opened(folder, keys, trusted)
    if address is None:
        from dimchat.wording import release as words

        raise UsageError(words.WATCH_NEEDS)
    database = database_of(address, password_file)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    while True:
        try:
            status = step(to, database, days)
        except JournalError as error:
            if once:
                raise
            say(f"dimchat: {error}", err=True)
            status = None
        if status is not None:
            return status
        if once or ended.wait(every):
            return 0


def step(to: Publication, database: Database, days: int) -> int | None:
    """Look once and act on it; return the exit status where there is nothing more to do.

    Raises:
        UsageError: No version is on its way.
        JournalError: The database cannot be reached or refuses.
    """
    from dimchat.journal.fleet.heartbeats import stands_known
    from dimchat.release import rollout as waves
    from dimchat.wording import release as words

    channel = waves.current(to)
    going = waves.going_in(channel, to)
    if going.state == "halted":
        say(words.ROLLOUT_HALTED.format(version=going.version))
        return 1
    evidence = evidence_of(to, channel, database)
    if evidence is None:
        return None
    say(looked(evidence))
    if acted := waves.act_on(evidence, to, datetime.now(UTC), days=days, stands=stands_known(database)):
        say(acted)
    after = waves.current(to).rollout
    return 0 if after is None else 1 if after.state == "halted" else None


def looked(evidence: Evidence) -> str:
    """Return what a look found, in a line."""
    from dimchat.wording import release as words

    return words.STEP_LOOK.format(**evidence._asdict())


def evidence_of(to: Publication, channel: Channel, database: Database) -> Evidence | None:
    """Return what the visits so far say; None, and a word on stderr, where too little is known from before.

    Raises:
        JournalError: The database cannot be reached or refuses.
    """
    from dimchat.release import rollout as waves
    from dimchat.release.stopping import LEAST_BEFORE, look
    from dimchat.wording import release as words

    going = waves.going_in(channel, to)
    before, after = visits_of(to, channel, database)
    if before.questions < LEAST_BEFORE:
        say(words.STEP_FEW_BEFORE.format(count=before.questions, least=LEAST_BEFORE), err=True)
        return None
    return look(before, after, waves.planned(going))


def visits_of(to: Publication, channel: Channel, database: Database) -> Any:  # noqa: ANN401 - two of `Visits`
    """Return the visits from before and those under the new version, as sums.

    Raises:
        JournalError: The database cannot be reached or refuses.
    """
    from datetime import timedelta

    from dimchat.journal.fleet.heartbeats import stands_with, visit_sums
    from dimchat.release import rollout as waves
    from dimchat.release.stopping import Visits

    going = waves.going_in(channel, to)
    new, old = to.manifest(going.version).digest, to.manifest(channel.version).digest
    first, today = going.started.date(), datetime.now(UTC).date() + timedelta(days=1)
    after = Visits(*visit_sums(database, new, first, today))
    since = first - timedelta(days=BEFORE)
    before = Visits(*visit_sums(database, old, since, today, stands_with(database, new, first)))
    if before.questions < SAME:
        before = Visits(*visit_sums(database, old, since, today))
    return before, after


def stands_of(stands: tuple[str, ...], address: str | None, password_file: Path | None) -> list[str]:
    """Return the names of the stands: those that are given, else those that the database knows.

    Raises:
        UsageError: One is no name of a stand.
        JournalError: The database cannot be reached or refuses.
    """
    if stands or address is None:
        return [stand_named(stand) for stand in stands]
    database = database_of(address, password_file)
    from dimchat.journal.fleet.heartbeats import stands_known

    return stands_known(database)
