"""The parent's environment: the terminal between two visitors, and the service manager."""

from __future__ import annotations

import os
import socket
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dimchat.errors import DimchatError
from dimchat.wording import ENGLISH, catalogue_of
from dimchat.wording import kiosk as words

if TYPE_CHECKING:
    from collections.abc import Sequence


FREED = "\x18\x1b\\\x1b[!p\x0f\x1b(B\x1b[4l\x1b[?5;6l\x1b[?7h"
"""Ends a code that a killed child left half written, which would swallow what follows; then its way of drawing."""
MODES_OFF = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u"
"""Mouse, focus, paste and keyboard reports, which a crashed child leaves on."""
ALTERNATE = "\x1b[?1049h\x1b[2J\x1b[?1049l"
"""Empties the alternate screen, and leaves it."""
CLEARED = "\x1b[0m\x1b[r\x1b[H\x1b[2J\x1b[3J\x1b[H"
"""Screen, then scrollback: clearing the screen may push it there."""
NO_CLIPBOARD = "\x1b]52;pc;!\x07"
"""Empties the clipboard and the selection, into which a terminal's own selecting may have put words."""
HIDDEN, VISIBLE = "\x1b[?25l", "\x1b[?25h"
IFLAG, LFLAG, CC = 0, 3, 6
WORDS = catalogue_of(ENGLISH)
"""What is said between two visitors: nobody has chosen a language, and the parent opens no pack."""


class TerminalLostError(DimchatError):
    """The terminal is gone."""


class Terminal:
    """Writes fixed texts and empties what was typed; it never reads."""

    def __init__(self, input_fd: int = 0, output_fd: int = 1) -> None:
        """Take the descriptors, which stay the caller's."""
        self._in = input_fd
        self._out = output_fd
        self._before: list[Any] | None = None

    def enter(self) -> None:
        """Let no key send a signal or echo."""
        try:
            self._before = termios.tcgetattr(self._in)
        except termios.error as error:
            raise TerminalLostError(words.NO_TERMINAL) from error
        self._raw()

    def wipe(self) -> None:
        """Leave nothing of a visitor: screens, scrollback, title, clipboard, what was typed ahead."""
        self._raw()
        title = f"\x1b]0;{WORDS('stand.terminal_title')}\x07"
        self._write(FREED + MODES_OFF + ALTERNATE + CLEARED + NO_CLIPBOARD + title + HIDDEN)
        self.drop_input()

    def calm(self, lines: Sequence[str]) -> None:
        """Show a few words in the middle of an empty screen."""
        try:
            columns, rows = os.get_terminal_size(self._out)
        except OSError as error:
            raise TerminalLostError(words.NO_TERMINAL) from error
        top = max((rows - len(lines)) // 2, 0) + 1
        placed = [f"\x1b[{top + n};{max((columns - len(text)) // 2, 0) + 1}H{text}" for n, text in enumerate(lines)]
        self._write("\x1b[H\x1b[2J" + "".join(placed) + HIDDEN)

    def drop_input(self) -> None:
        """Drop what was typed and not read yet."""
        with suppress(termios.error):
            termios.tcflush(self._in, termios.TCIFLUSH)

    def leave(self) -> None:
        """Give the terminal back, empty."""
        with suppress(TerminalLostError):
            self.wipe()
            self._write(VISIBLE)
        if self._before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self._in, termios.TCSANOW, self._before)

    def _raw(self) -> None:
        if self._before is None:
            return
        mode = [*self._before[:CC], list(self._before[CC])]
        mode[IFLAG] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.BRKINT)
        mode[LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        with suppress(termios.error):
            termios.tcsetattr(self._in, termios.TCSANOW, mode)

    def _write(self, text: str) -> None:
        data = memoryview(text.encode())
        while data:
            try:
                data = data[os.write(self._out, data) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise TerminalLostError(words.NO_TERMINAL) from error


class Watchdog:
    """Speaks the protocol of sd_notify(3)."""

    def __init__(self, address: str | None = None) -> None:
        """Take the socket's address, usually from NOTIFY_SOCKET; None says nothing to anybody."""
        self._address = "\0" + address[1:] if address and address.startswith("@") else address

    @classmethod
    def from_environment(cls) -> Watchdog:
        """Return the watchdog that the service manager asked for."""
        return cls(os.environ.get("NOTIFY_SOCKET"))

    def say(self, state: str) -> None:
        """Send a state, such as `READY=1` or `WATCHDOG=1`."""
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
            link.sendto(state.encode(), self._address)
