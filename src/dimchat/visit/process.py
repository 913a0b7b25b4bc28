"""A visitor's process as its parent sees it: a few fixed signs and an exit status."""

from __future__ import annotations

import socket
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from dimchat.files import python
from dimchat.visit.signals import Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dimchat.kiosk.pack_watch import Stored
    from dimchat.kiosk.stand_settings import Settings


PROGRAM = tuple(python.command("dimchat.apps.stand"))
"""Starts a visitor's process, with a few arguments more."""
GRACE = 2.0
"""Seconds that an ending process has before it is killed."""
_KNOWN = {sign.value: sign for sign in Signal}


def environment() -> dict[str, str]:
    """Return the environment of a visitor's process: nothing that makes Python or Textual write logs."""
    return python.environment(*python.SCREEN, PYTHONUNBUFFERED="1")


class Spawn(Protocol):
    """What starts a visitor's process over a pack."""

    def __call__(self, stored: Stored) -> Child:
        """Start one."""


class Child:
    """A process at the other end of a link."""

    def __init__(self, command: Sequence[str], keep: Iterable[int], digest: str) -> None:
        """Start a command with the number of the link's descriptor as its last argument.

        Args:
            command: The program with its arguments.
            keep: Descriptors that it inherits.
            digest: Of the pack that it opens.
        """
        here, there = socket.socketpair()
        here.settimeout(0)
        with there:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [*command, str(there.fileno())],
                pass_fds=(*keep, there.fileno()),
                stderr=subprocess.DEVNULL,  # a traceback would hold the visitor's words
                env=environment(),
                cwd=python.FOLDER,
            )
        self.link = here
        self.digest = digest
        self.ready = False
        self.shown = False
        self.visited = False
        self.rest: list[Signal] = []
        """What it said at its end, and nobody heard before."""
        self.heard = 0.0
        """When it gave its last sign."""

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    def send(self, data: Signal | bytes) -> None:
        """Send a sign; a child that is gone hears nothing."""
        with suppress(OSError):
            self.link.send(data.value if isinstance(data, Signal) else data)

    def signs(self) -> list[Signal] | None:
        """Return what it has said since, or None when it has ended."""
        try:
            data = self.link.recv(4096)
        except BlockingIOError:
            return []
        except OSError:
            return None
        return [_KNOWN[byte] for n in range(len(data)) if (byte := data[n : n + 1]) in _KNOWN] if data else None

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


def spawner(settings: Settings, program: Sequence[str] = PROGRAM) -> Spawn:
    """Return what starts visitors' processes with these settings."""

    def spawn(stored: Stored) -> Child:
        command = [*program, settings.to_json(), str(stored.fd), stored.digest, stored.root]
        return Child(command, (stored.fd,), stored.digest)

    return spawn
