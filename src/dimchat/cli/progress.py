"""A line on the terminal while something takes long; none in pipes, nor where a line cannot be taken back."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING

from dimchat.files.text import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

OPENING = "opening the pack"
ASKING = "asking"
CHECKING = "checking"
TUNING = "tuning"
READING = "reading"
LEARNING = "learning"
WRITING = "writing"
COUNTING = "counting"
"""What may take long."""
PATIENCE = 1.0
"""Seconds that need no word."""
_TAKEN_BACK = "\r\x1b[K"


def on_terminal() -> bool:
    """Return whether stderr is a terminal on which a line can be taken back."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def put(text: str) -> None:
    """Put a line on the terminal in the place of the one that was put there before; "" takes that back."""
    with suppress(OSError):
        sys.stderr.write(f"{_TAKEN_BACK}{harmless(text)}")
        sys.stderr.flush()


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Say what is being done, and for how long, once it has taken a second; nothing is printed meanwhile.

    Args:
        what: In a few words.
    """
    if not on_terminal():
        yield
        return
    from threading import Event, Thread

    begun, done = monotonic(), Event()

    def say() -> None:
        while not done.wait(PATIENCE):
            put(f"{what} \N{HORIZONTAL ELLIPSIS} {monotonic() - begun:.0f} s")

    thread = Thread(target=say, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        if monotonic() - begun >= PATIENCE:
            put("")
