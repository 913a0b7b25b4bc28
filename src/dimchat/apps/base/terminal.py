"""Textual's driver for POSIX terminals, made to bear bytes that are no UTF-8 and a terminal that goes away."""

from __future__ import annotations

import codecs
import os
import selectors
import signal
import sys
from typing import TYPE_CHECKING, Any, cast

from textual._parser import ParseError
from textual._xterm_parser import XTermParser  # the parser of what a terminal sends has no public name
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App


CHUNK = 4096
PATIENCE = 0.1
"""Seconds between looks at whether the app has ended."""
HUNG_UP = 129


class SturdyDriver(LinuxDriver):
    """Reads with replacement, draws on stdout, ends when the terminal hangs up, asks the terminal for its size."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Draw on stdout where that is a terminal, so that stderr can be sent elsewhere."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._output = 2
        if sys.__stdout__ is not None and sys.__stdout__.isatty():
            self._output = sys.__stdout__.fileno()
            self._file = cast("Any", TerminalOutput(self._output))

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return columns and rows as the terminal has them now: COLUMNS and LINES, once exported, never change."""
        try:
            width, height = os.get_terminal_size(self._output)
        except OSError:
            width, height = 0, 0
        return (width, height) if width and height else super()._get_terminal_size()

    def run_input_thread(self) -> None:
        """Turn what is typed into events until the app ends or the terminal hangs up."""
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        parser = XTermParser(self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(PATIENCE):
                    data = self._read()
                    if not data:
                        self._app.call_later(self._app.exit, return_code=HUNG_UP)
                        break
                    for event in parser.feed(decode(data)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            pass

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, CHUNK)
        except OSError:
            return b""


class LockedDriver(SturdyDriver):
    """Ignores what a shell's job control would send, which Textual's own handlers obey."""

    @property
    def can_suspend(self) -> bool:
        """Return that it cannot."""
        return False

    def start_application_mode(self) -> None:
        """Take the terminal, and ignore the signals that Textual listens to."""
        _ignore_job_control()
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual leaves it so
        _ignore_job_control()


def _ignore_job_control() -> None:
    for number in (signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGCONT):
        signal.signal(number, signal.SIG_IGN)


class TerminalOutput:
    """Writes UTF-8 to a terminal; what it cannot encode becomes "?", and a lost terminal is no error."""

    def __init__(self, fileno: int) -> None:
        """Write to a file descriptor that stays the caller's."""
        self._fileno = fileno
        self._pending: list[bytes] = []

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self._fileno

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        return os.isatty(self._fileno)

    def write(self, text: str) -> int:
        """Keep text for the next flush."""
        self._pending.append(text.encode("utf-8", "replace"))
        return len(text)

    def flush(self) -> None:
        """Write everything out."""
        data = memoryview(b"".join(self._pending))
        self._pending.clear()
        while data:
            try:
                data = data[os.write(self._fileno, data) :]
            except BlockingIOError:
                continue
            except OSError:
                # The terminal is gone: nobody is left to see it, and the app must still be able to end.
                return
