"""The options of what serves visitors, a stand or a server: where answers come from, and where a journal goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

import click

from dimchat.cli.database import named_stand, stand_options, with_fleet
from dimchat.cli.journal import switch_of, switch_options
from dimchat.cli.main import pack_option
from dimchat.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.journal import Mode, Switch
    from dimchat.release.follow_settings import Follow

EVERY = 300


class Served(TypedDict):
    """What `served_options` pass on."""

    stand: str | None
    answers_from: str | None
    answers_keys: tuple[Path, ...]
    every: int
    allow_rollback: bool
    fleet_address: str | None
    building: str | None
    password_file: Path | None
    outbox_megabytes: int
    journal_mode: Mode
    journal_url: str | None
    journal_days: int
    pack_dir: Path | None


class Begun(NamedTuple):
    """What the operator chose, once there are answers to begin with."""

    pack: Path | None
    """The folder of the pack, absolute; None for the bundled one. Where a publisher is followed, a link that leads to
    each newer version."""
    follow: Follow | None
    stand: str | None
    """What it is called in a fleet; None for one alone."""
    journal: Switch


def served_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add all of them to a command; see `begun`."""
    named = click.option(
        "--stand", metavar="NAME", help="What this stand or server is called; without it, as the machine is."
    )
    return named(follow_options(stand_options(switch_options(pack_option(command)))))


def begun(given: Served) -> Begun:
    """Return what the operator chose, with answers to begin with fetched where a publisher is followed.

    Raises:
        UsageError: The options contradict each other, or there are no answers to begin with.
        JournalError: The address of a fleet's database or its password's file will not do.
    """
    stand, pack = named_stand(given["stand"], given["fleet_address"]), given["pack_dir"]
    follow = follow_of(given, stand)
    if follow is not None:
        from dimchat.release.following import begin, current_pack

        begin(follow)
        pack = current_pack(follow)
    journal = with_fleet(
        switch_of(given["journal_mode"], given["journal_url"], given["journal_days"]),
        address=given["fleet_address"],
        stand=stand,
        building=given["building"],
        password_file=given["password_file"],
        megabytes=given["outbox_megabytes"],
    )
    named = follow.stand if follow is not None else stand
    return Begun(pack.absolute() if pack is not None else None, follow, named, journal)


def follow_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add where answers come from to a command; see `follow_of`."""
    for option in (
        click.option("--allow-rollback", is_flag=True, help="With --answers-from: take an older version as well."),
        click.option(
            "--answers-every",
            "every",
            type=click.IntRange(5, 86400),
            default=EVERY,
            show_default=True,
            metavar="SECONDS",
            help="With --answers-from: how often to look, a fifth more or less by chance.",
        ),
        click.option(
            "--answers-key",
            "answers_keys",
            multiple=True,
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="The public key that they are signed with; twice while a key is replaced.",
        ),
        click.option(
            "--answers-from",
            "answers_from",
            metavar="URL_OR_DIR",
            help="Take the answers that dimchat pack publish put there, and newer ones between visitors.",
        ),
    ):
        command = option(command)
    return command


def follow_of(given: Served, stand: str | None) -> Follow | None:
    """Return which answers are followed; None for none.

    Raises:
        UsageError: The options contradict each other, or a key or the source makes no sense.
    """
    from dimchat.wording import release as words

    source, keys = given["answers_from"], given["answers_keys"]
    if source is None:
        for option, chosen in (("--answers-key", keys), ("--allow-rollback", given["allow_rollback"])):
            if chosen:
                raise UsageError(words.FROM_ALONE.format(option=option))
        return None
    if given["pack_dir"] is not None:
        raise UsageError(words.PACK_AND_FROM)
    if not keys:
        raise UsageError(words.FROM_NEEDS_KEY)
    from dimchat.cli.pack import stand_named
    from dimchat.extras import need
    from dimchat.kiosk.pin import state_folder
    from dimchat.release.follow_settings import Follow, own_name
    from dimchat.release.kept_answers import folder_for

    need("cryptography")
    name = own_name() if stand is None else stand_named(stand)
    place = source if "://" in source else str(Path(source).absolute())
    folder = folder_for(state_folder().parent, place, name)
    files = tuple(str(file.absolute()) for file in keys)
    return Follow(place, files, name, str(folder), float(given["every"]), given["allow_rollback"])
