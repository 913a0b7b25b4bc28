"""The command line: commands are read here, a room is imported only when its command runs."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from dimchat.errors import DimchatError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["run"]

USAGE = 2
INTERRUPTED = 128 + signal.SIGINT
BROKEN_PIPE = 128 + 13  # SIGPIPE's number, which not every platform names
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What writing to a stream fails with, where its reader did not just go away."""
COMPLETE = "_DIMCHAT_COMPLETE"
"""Set by a shell that wants its completion: `bash_source`, or `bash_complete` while somebody types."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status.

    The status is 2 for wrong usage, for a pack that cannot be loaded and for what the system does not let us read or
    write; 130 when interrupted; 141 when whoever read the output went away; else what the command returns.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(newline=None)  # lines may end in any way, as in a file
    try:
        status: object
        if shell := os.environ.get(COMPLETE):
            status = completion(shell)
        else:
            status = command(arguments) if arguments else conversation()
        sys.stdout.flush()
    except (DimchatError, ModuleNotFoundError) as error:
        tell(f"dimchat: {told(error)}\n")
        return USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        abandon()
        return BROKEN_PIPE
    except OSError as error:
        name = error.filename or ""
        if not name and error.errno in FULL:  # an error of a stream names none; where it is stderr, nobody is told
            abandon()
            name = "standard output"
        tell(f"dimchat: {f'{name}: ' if name else ''}{error.strerror or error}\n")
        return USAGE
    return status if isinstance(status, int) else 0


def abandon() -> None:
    """Give up what stdout still holds, which would raise again while Python shuts down."""
    with suppress(OSError):  # it may be no file of the system's
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def tell(text: str) -> None:
    """Say on stderr why the command ends, where anybody can be told."""
    from dimchat.files.text import harmless

    with suppress(OSError):
        sys.stderr.write(harmless(text))
        sys.stderr.flush()


def conversation() -> int:
    """Start the chat as `dimchat` alone does, without what only reads options."""
    from dimchat.cli.chat import talk

    return talk()


def command(arguments: Sequence[str]) -> object:
    """Read the arguments, run the command, and return what it returns."""
    import click

    from dimchat.cli.main import dimchat

    try:
        # Not dimchat.main(): it turns a closed pipe into status 1, the same as a question without an answer.
        with dimchat.make_context("dimchat", list(arguments)) as context:
            return dimchat.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        tell(shown.getvalue())
        return USAGE
    except click.Abort:
        return INTERRUPTED


def completion(instruction: str) -> int:
    """Write what a shell asks for to complete a command line, and return the exit status.

    Args:
        instruction: `SHELL_source` for the shell's own script, `SHELL_complete` for what may follow.

    Raises:
        UsageError: There is no completion for that shell.
    """
    from click import shell_completion

    from dimchat.cli.main import dimchat

    shell, _, what = instruction.partition("_")
    if shell_completion.get_completion_class(shell) is None or what not in ("source", "complete"):
        raise UsageError(f"{COMPLETE}={instruction}: bash_source, zsh_source and fish_source are known")
    try:
        return shell_completion.shell_complete(dimchat, {}, "dimchat", COMPLETE, instruction)
    except (KeyError, ValueError) as error:  # what a shell sets beside it is missing, or no number
        raise UsageError(f"{COMPLETE}={instruction} is for the shell's own script; set {shell}_source") from error


def told(error: DimchatError | ModuleNotFoundError) -> str:
    """Return what a person is told of an error: its own words, or the extra that brings a missing library.

    Raises:
        ModuleNotFoundError: It is of no extra, so it is a fault of ours.
    """
    if isinstance(error, DimchatError):
        return str(error)
    from dimchat.extras import EXTRAS, missing

    module = (error.name or "").partition(".")[0]
    if module not in EXTRAS:
        raise error
    return missing(module)
