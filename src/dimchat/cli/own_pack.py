"""Choosing the pack of a curator's tool: the one that is named, else the current folder's, else the bundled one.

Who asks (`ask`, the chat, the stand, the server) gets dimchat's own pack in any folder, unless `--pack` names another:
what a visitor is told must not depend on where the program was started.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dimchat.cli.output import warn
from dimchat.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def complete_folder(_: click.Context, __: click.Parameter, incomplete: str) -> list[Any]:
    """Let the shell complete folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def own_pack_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--pack DIR` to a curator's tool, passed on as `pack_dir`; see `own_pack`."""
    return click.option(
        "--pack",
        "pack_dir",
        type=click.Path(path_type=Path),
        metavar="DIR",
        shell_complete=complete_folder,
        help="The folder of the pack; without it, the current folder where that holds a pack.yaml, else the pack that "
        "dimchat carries.",
    )(command)


def own_pack(pack_dir: Path | None) -> Path:
    """Return the folder of the pack that a curator's tool works on, and say on stderr which it is if nobody named it.

    A `pack.yaml` that is there counts, also one that is broken: its errors are told, no other pack takes its place.

    Args:
        pack_dir: What `--pack` says.

    Raises:
        PackError: There is no pack.
    """
    from dimchat.pack import find_pack
    from dimchat.pack.folder import pack_here
    from dimchat.wording import measures as wording

    if pack_dir is not None:
        return find_pack(pack_dir)
    here = pack_here()
    if here is not None:
        warn(wording.PACK_HERE.format(folder=here))
        return find_pack(here)
    root = find_pack(None)
    warn(wording.PACK_CARRIED.format(folder=root))
    return root


def pack_to_write(pack_dir: Path | None, *files: str) -> Path:
    """Return the folder of the pack as `own_pack` does, for a tool that writes into it.

    Args:
        pack_dir: What `--pack` says.
        files: What will be written, by names in the pack.

    Raises:
        PackError: There is no pack.
        UsageError: It is the copy inside an installation, which nobody named, or it cannot be written.
    """
    from dimchat.wording import measures as wording

    root = own_pack(pack_dir)
    if pack_dir is None and root == _installed():
        raise UsageError(wording.PACK_INSTALLED.format(folder=root))
    for name in files:
        must_be_writable(root / name)
    return root


def file_in(root: Path, name: str) -> Path:
    """Return a file of a pack that its tools read and write, such as the baseline.

    Args:
        root: The folder of the pack.
        name: The file, relative to it.

    Raises:
        UsageError: A link leads out of the pack: who sends one must not choose what is read or written over.
    """
    from dimchat.files.disk import stays_in
    from dimchat.wording import measures as wording

    file = root / name
    if not stays_in(file, root):
        raise UsageError(wording.LINK_OUT.format(file=file))
    return file


def named(root: Path) -> str:
    """Return ` --pack DIR` for a command that is shown, where it would not take the pack in this folder by itself."""
    from dimchat.pack import folder

    return folder.named(root)


def pasted(folder: Path) -> str:
    """Return a folder for a command that is shown, so that a shell takes it as one word."""
    import shlex

    return shlex.quote(str(folder))


def shown(path: Path) -> str:
    """Return a path as a person types it."""
    from dimchat.pack.folder import shown_path

    return shown_path(path)


def must_be_writable(file: Path) -> None:
    """Make sure that a file can be written before it is worked out what to write.

    Raises:
        UsageError: It cannot.
    """
    from dimchat.wording import measures as wording

    folder = file.resolve().parent  # a file is replaced, so that its folder counts; of a link, the target's
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(wording.CANNOT_WRITE.format(file=file, why=wording.NOT_WRITABLE.format(folder=folder)))


def _installed() -> Path:
    """Return where a wheel puts the pack that dimchat carries; there may be none."""
    import dimchat

    return Path(dimchat.__file__).resolve().parent / "_pack"
