"""A visitor's process as its parent sees it: signals of one byte, silence when it has ended, a kill when it hangs.

The stand starts a program for each visitor (`StartedProcess`) and keeps the next one warm; the browser's server gets
copies of a process that has everything loaded (`dimchat.web.forker.ForkedProcess`). Both own a channel whose other end
is open exactly as long as the process lives, and nothing of what it prints is read: it could hold a visitor's words.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING

from dimchat.files import python
from dimchat.visit.signals import KNOWN, Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GRACE = 2.0
"""Seconds that an ending process has before it is killed."""
SIGNALS = 4096
"""Bytes that are read of a process at a time."""


class VisitorProcess:
    """One process with its visitor, at the other end of a channel."""

    def __init__(self, pid: int, channel: socket.socket) -> None:
        """Take the number of the process and our end of the channel."""
        channel.settimeout(0)
        self.pid = pid
        self.link = channel
        self.heard = 0.0
        """When it gave its last sign."""

    def send(self, data: Signal | bytes) -> None:
        """Send a signal; a process that is gone hears nothing."""
        with suppress(OSError):
            self.link.send(data.value if isinstance(data, Signal) else data)

    @staticmethod
    def read(data: bytes) -> list[Signal]:
        """Return the signals in what came through the channel."""
        return [KNOWN[byte] for n in range(len(data)) if (byte := data[n : n + 1]) in KNOWN]

    def force(self) -> None:
        """End it at once; only while the channel is open, so that its number is still its own."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


class StartedProcess(VisitorProcess):
    """A program that was started for one visitor, and is buried when it has ended."""

    def __init__(self, command: Sequence[str], keep: Iterable[int], digest: str) -> None:
        """Start a command with the number of the channel's descriptor as its last argument.

        Args:
            command: The program with its arguments.
            keep: Descriptors that it inherits.
            digest: Of the pack that it opens.
        """
        here, there = socket.socketpair()
        with there:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [*command, str(there.fileno())],
                pass_fds=(*keep, there.fileno()),
                stderr=subprocess.DEVNULL,  # a traceback would hold the visitor's words
                env=environment(),
                cwd=python.FOLDER,
            )
        super().__init__(self._process.pid, here)
        self.digest = digest
        self.ready = False
        self.shown = False
        self.visited = False
        self.rest: list[Signal] = []
        """What it said at its end, and nobody heard before."""

    def signs(self) -> list[Signal] | None:
        """Return what it has said since, or None when it has ended."""
        try:
            data = self.link.recv(SIGNALS)
        except BlockingIOError:
            return []
        except OSError:
            return None
        return self.read(data) if data else None

    def finish(self) -> int:
        """Wait for its end, by force after a grace; return the exit status, negative for a signal."""
        try:
            status = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        self.rest = self.signs() or []
        self.link.close()
        return status

    def kill(self) -> int:
        """End it at once."""
        self._process.kill()
        return self.finish()


def environment() -> dict[str, str]:
    """Return the environment of a visitor's program: nothing that makes Python or Textual write logs."""
    return python.environment(*python.SCREEN, PYTHONUNBUFFERED="1")
