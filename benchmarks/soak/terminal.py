"""A terminal that is watched: a pseudo-terminal, an emulator, and everything that came since the last wipe."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
import time
from contextlib import suppress
from select import select
from typing import TYPE_CHECKING

import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

WIPE = b"\x1b[3J"
"""Empties the scrollback: the last of what a wipe does."""
UNKNOWN = (b"\x1b[<u", b"\x1b[>25u")
"""Codes that the emulator would show as text."""
PATIENCE = 60.0
"""Seconds after which a loaded machine counts as stuck."""
SIZE = (100, 30)


class Stuck(Exception):  # noqa: N818 - it is what happened
    """Something did not come."""


class Screen(pyte.Screen):
    """Keeps the rows that leave it at the top; the emulator's own way of keeping them takes twice as long."""

    def __init__(self, columns: int, rows: int) -> None:
        """Start empty."""
        self.past: list[str] = []
        super().__init__(columns, rows)

    def index(self) -> None:
        """Go down, scrolling where that is needed."""
        if self.cursor.y == (self.margins.bottom if self.margins else self.lines - 1):
            self.past.append(self.display[0])
        super().index()


class Terminal:
    """Runs a program as its session's leader, and knows what it shows."""

    def __init__(self) -> None:
        """Be as wide and tall as usual."""
        self.columns, self.rows = SIZE
        self.screen = Screen(*SIZE)
        self._text: str | None = None
        self._stream = pyte.ByteStream(self.screen)
        self._fd, self._there = pty.openpty()
        os.set_blocking(self._fd, False)
        self._set_size()
        self.since = b""
        """What came since the last wipe."""
        self.wipes = 0
        self.wiped_at = 0.0
        """When the last wipe came, in real seconds."""
        self.clipboard: list[bytes] = []
        """Whatever was put into the terminal's clipboard."""

    def start(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> subprocess.Popen[bytes]:
        """Start a program here, as on a console: it gets signals of size and loss."""
        there = self._there
        return subprocess.Popen(  # noqa: S603 - our own
            command,
            env=environment,
            cwd=folder,
            pass_fds=(there,),
            start_new_session=False,
            preexec_fn=lambda: os.login_tty(there),  # noqa: PLW1509 - this process has one thread
        )

    def lose(self) -> None:
        """Hang up."""
        os.close(self._fd)
        os.close(self._there)

    def resize(self, columns: int, rows: int) -> None:
        """Be of another size."""
        self.columns, self.rows = columns, rows
        self.screen.resize(rows, columns)
        self._text = None
        self._set_size()

    def _set_size(self) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))

    def read(self, wait: float = 0.0) -> bool:
        """Take what has come, after a wait if need be, and tell whether there was anything."""
        if not select([self._fd], [], [], wait)[0]:
            return False
        with suppress(BlockingIOError, OSError):
            while data := os.read(self._fd, 65536):
                self._take(data)
        return True

    def _take(self, data: bytes) -> None:
        *wiped, self.since = (self.since + data).split(WIPE)
        for part in wiped:
            self.clipboard += put_into_clipboard(part)
        *before, after = data.split(WIPE)
        for part in before:
            self._feed(part + WIPE)
            self.screen.past.clear()
        self._feed(after)
        if wiped:
            self.wipes += len(wiped)
            self.wiped_at = time.monotonic()

    def _feed(self, data: bytes) -> None:
        for code in UNKNOWN:
            data = data.replace(code, b"")
        self._stream.feed(data)
        self._text = None

    @property
    def text(self) -> str:
        """Return what the screen shows."""
        if self._text is None:
            self._text = "\n".join(self.screen.display)
        return self._text

    @property
    def held(self) -> str:
        """Return everything that it holds: screen, scrollback, title."""
        return "\n".join([self.text, *self.screen.past, self.screen.title, self.screen.icon_name])

    def shows(self, *texts: str) -> bool:
        """Tell whether it shows one of some texts."""
        return any(text in self.text for text in texts)

    def until(self, met: Callable[[], bool], what: str) -> None:
        """Read until something is the case.

        Raises:
            Stuck: It does not become so.
        """
        end = time.monotonic() + PATIENCE
        while not met():
            if time.monotonic() > end:
                raise Stuck(f"{what}\n{self.text}")
            self.read(0.02)

    def quiet(self, longest: float = 0.25) -> None:
        """Read until nothing more comes, for a while at most."""
        end = time.monotonic() + longest
        while self.read(0.03) and time.monotonic() < end:
            pass

    def send(self, data: bytes) -> None:
        """Type; what finds no room, because nobody reads, is lost, as on a console."""
        end = time.monotonic() + 1
        while data and time.monotonic() < end:
            try:
                data = data[os.write(self._fd, data[:1024]) :]
            except BlockingIOError:
                self.read(0.01)
            except OSError:
                return

    def place(self, label: str) -> tuple[int, int] | None:
        """Return column and row of some words on the screen, counted from 1."""
        for y, row in enumerate(self.text.splitlines(), 1):
            x = row.find(label)
            if x >= 0:
                return x + 2, y
        return None


def click(x: int, y: int) -> bytes:
    """Return a touch as a terminal reports it."""
    return f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m".encode()


def put_into_clipboard(data: bytes) -> list[bytes]:
    """Return what a terminal that got this would have in its clipboard."""
    return [part for part in data.split(b"\x1b]52;")[1:] if not part.startswith(b"pc;!")]
