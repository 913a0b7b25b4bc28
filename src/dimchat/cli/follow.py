"""The options by which a stand, or a server, takes its answers from a publisher."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dimchat.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dimchat.release.follow_settings import Follow

EVERY = 300


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


def follow_of(
    *,
    answers_from: str | None,
    answers_keys: tuple[Path, ...],
    every: int,
    allow_rollback: bool,
    stand: str | None,
    pack_dir: Path | None,
) -> Follow | None:
    """Return which answers are followed; None for none.

    Raises:
        UsageError: The options contradict each other, or a key or the source makes no sense.
    """
    from dimchat.wording import release as words

    if answers_from is None:
        for option, given in (("--answers-key", answers_keys), ("--allow-rollback", allow_rollback)):
            if given:
                raise UsageError(words.FROM_ALONE.format(option=option))
        return None
    if pack_dir is not None:
        raise UsageError(words.PACK_AND_FROM)
    if not answers_keys:
        raise UsageError(words.FROM_NEEDS_KEY)
    from dimchat.cli.pack import stand_named
    from dimchat.extras import need
    from dimchat.kiosk.pin import state_folder
    from dimchat.release.follow_settings import Follow, own_name
    from dimchat.release.kept_answers import folder_for

    need("cryptography")
    name = own_name() if stand is None else stand_named(stand)
    source = answers_from if "://" in answers_from else str(Path(answers_from).absolute())
    folder = folder_for(state_folder().parent, source, name)
    keys = tuple(str(file.absolute()) for file in answers_keys)
    return Follow(source, keys, name, str(folder), float(every), allow_rollback)
