"""What commands print and what they read from their input, so that no file and no reader can do harm with it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from dimchat.errors import UsageError
from dimchat.files.json_text import dumps
from dimchat.files.text import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_BOM = "\ufeff"


def say(text: object = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a text of which no terminal obeys a character, whatever file it came from.

    Args:
        text: What to print.
        err: Whether it is a diagnostic, which goes to stderr.
        nl: Whether a line ends behind it.
    """
    click.echo(harmless(str(text)), err=err, nl=nl)


def say_json(value: object, *, indent: int | None = None, default: Callable[[Any], object] | None = None) -> None:
    """Print data as JSON in UTF-8, whatever the locale says; the arguments are those of `dumps`."""
    use_utf8(sys.stdout)
    click.echo(dumps(value, indent=indent, default=default))


def use_utf8(stream: TextIO) -> None:
    """Write UTF-8 to a stream whatever the locale says."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8")


def reason(error: OSError) -> str:
    """Return why the system refused, in its words."""
    return (error.strerror or str(error)).lower()


@contextmanager
def writing(file: Path) -> Iterator[None]:
    """Say in one line that a file cannot be written.

    Raises:
        UsageError: What was done meanwhile raised an OSError.
    """
    try:
        yield
    except OSError as error:
        from dimchat.wording.measures import CANNOT_WRITE

        raise UsageError(CANNOT_WRITE.format(file=file, why=reason(error))) from error


def read_lines(stream: TextIO) -> Iterator[str]:
    """Yield the lines of an input, past the byte order mark that some editors put before the first.

    Raises:
        UsageError: It cannot be read.
    """
    try:
        for number, line in enumerate(stream):
            yield line if number else line.removeprefix(_BOM)
    except OSError as error:
        name = getattr(stream, "name", "<stdin>")
        raise UsageError(f"{name}: cannot be read: {reason(error)}") from error
