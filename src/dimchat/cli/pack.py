"""`pack`: signed versions of a pack, published by a curator and fetched by stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dimchat.cli.output import say
from dimchat.cli.own_pack import complete_folder
from dimchat.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable

_FILE = click.Path(path_type=Path, dir_okay=False)
DAYS = 90


def key_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the private keys that sign, and the public ones that are believed, to a command: `keys`, `trusted`."""
    command = click.option(
        "--answers-key",
        "trusted",
        multiple=True,
        type=_FILE,
        metavar="FILE",
        help="A public key by which what the folder has is believed, beside those of --key.",
    )(command)
    return click.option(
        "--key",
        "keys",
        multiple=True,
        required=True,
        type=_FILE,
        metavar="FILE",
        help="The private key that signs; may be repeated while a key is replaced.",
    )(command)


def trusted_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--answers-key FILE` to a command that verifies, passed on as `trusted`."""
    return click.option(
        "--answers-key",
        "trusted",
        multiple=True,
        required=True,
        type=_FILE,
        metavar="FILE",
        help="The public key that versions are signed with; twice while a key is replaced.",
    )(command)


def days_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--days N` to a command that signs."""
    return click.option(
        "--days",
        type=click.IntRange(1, 3650),
        default=DAYS,
        show_default=True,
        help="What is signed counts for so many days; stands keep what they have after that, and say so.",
    )(command)


@click.group()
def pack() -> None:
    """Publish signed versions of a pack, and fetch or verify them by hand."""


@pack.command()
@click.argument("file", type=_FILE)
def keygen(*, file: Path) -> int:
    """Make a key: the private one in FILE, for whoever publishes, and FILE.pub for the stands."""
    need("cryptography")
    from dimchat.release.signing import make_key
    from dimchat.wording import release as words

    made = make_key(file)
    say(words.KEY_MADE.format(file=file))
    say(words.KEY_MADE_PUBLIC.format(file=file, id=made))
    return 0


@pack.command()
@click.argument("path", type=click.Path(path_type=Path), shell_complete=complete_folder, metavar="PACK")
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR")
@key_options
@days_option
@click.option("--hold", is_flag=True, help="Let no stand take it before dimchat fleet rollout starts.")
@click.option("--again", is_flag=True, help="Publish the same files once more, with a new date.")
def publish(
    *,
    path: Path,
    folder: Path,
    keys: tuple[Path, ...],
    trusted: tuple[Path, ...],
    days: int,
    hold: bool,
    again: bool,
) -> int:
    """Publish the pack in PACK as the next version in DIR, which stands read as a folder or over HTTPS.

    A pack in which dimchat check finds errors is not published. Stands that follow DIR take the version
    at their next look, unless --hold leaves that to a rollout.
    """
    need("cryptography")
    from dimchat.pack import find_pack
    from dimchat.release.publishing import publication
    from dimchat.release.publishing import publish as published
    from dimchat.wording import release as words

    to = publication(folder, keys, trusted)
    made = published(find_pack(path), to, datetime.now(UTC), days=days, hold=hold, again=again)
    facts = {"version": made.manifest.version, "name": made.manifest.name, "folder": folder, "fresh": made.fresh}
    say(words.PUBLISHED.format(**facts, files=len(made.manifest.files), size=made.manifest.size))
    say(words.PUBLISHED_UNTIL.format(ids=", ".join(to.signers), day=made.manifest.expires.date()))
    if hold:
        say(words.PUBLISHED_HELD.format(folder=folder))
    return 0


@pack.command()
@click.argument("source", metavar="URL_OR_DIR")
@trusted_option
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Where versions are kept; DIR/current is the pack.",
)
@click.option("--stand", metavar="NAME", help="Fetch what this stand is to have while a version is rolled out.")
@click.option("--allow-rollback", is_flag=True, help="Take an older version than the one in DIR.")
def fetch(*, source: str, trusted: tuple[Path, ...], folder: Path, stand: str | None, allow_rollback: bool) -> int:
    """Fetch the version that is published at URL_OR_DIR: verified, checked, and switched to in one step."""
    need("cryptography")
    from dimchat.release.bringing import bringer
    from dimchat.release.follow_settings import Follow, own_name
    from dimchat.release.refusal import RefusedError
    from dimchat.wording import release as words

    keys = tuple(str(file.absolute()) for file in trusted)
    name = stand_named(stand) if stand is not None else own_name()
    follow = Follow(source, keys, name, str(folder.absolute()), allow_rollback=allow_rollback)
    try:
        brought = bringer(follow).bring(datetime.now(UTC))
    except RefusedError as error:
        say(words.VERIFY_BAD.format(why=error), err=True)
        return 1
    text = words.TAKEN if brought.outcome == "taken" else words.SAME
    say(text.format(version=brought.version, folder=folder / "current"))
    return 0


@pack.command()
@click.argument("source", metavar="URL_OR_DIR")
@trusted_option
def verify(*, source: str, trusted: tuple[Path, ...]) -> int:
    """Verify all that is published at URL_OR_DIR: signatures, dates, and each file by its SHA-256.

    The exit status is 1 where something is not as it was signed.
    """
    need("cryptography")
    from dimchat.release.origin import origin
    from dimchat.release.refusal import RefusedError
    from dimchat.release.signing import trusted_keys
    from dimchat.release.verifying import verified
    from dimchat.wording import release as words

    try:
        for line in verified(origin(source), trusted_keys(trusted), datetime.now(UTC)):
            say(line)
    except RefusedError as error:
        say(words.VERIFY_BAD.format(why=error), err=True)
        return 1
    return 0


def stand_named(text: str) -> str:
    """Return the name of a stand.

    Raises:
        UsageError: It is none.
    """
    from dimchat.errors import UsageError
    from dimchat.release.manifest import is_stand
    from dimchat.wording import release as words

    if not is_stand(text):
        raise UsageError(words.BAD_STAND.format(text=text))
    return text
