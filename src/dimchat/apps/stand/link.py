"""A visitor's process at its end of the link to its parent."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from dimchat.kiosk.counts import Counts
from dimchat.kiosk.signs import NUMBERS, Sign

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable

_KNOWN = {sign.value: sign for sign in Sign}


class Link:
    """Sends signs, and hands on what comes."""

    def __init__(self, link: socket.socket) -> None:
        """Take one end of a pair of sockets."""
        self._socket = link
        self._pending = b""

    @classmethod
    def from_descriptor(cls, number: int) -> Link:
        """Return the link that a parent left open for this process."""
        return cls(socket.socket(fileno=number))

    def send(self, sign: Sign, times: int = 1) -> None:
        """Send a sign; where the parent is gone, its silence is heard soon enough."""
        with suppress(OSError):
            self._socket.send(sign.value * times)

    def wait(self) -> Sign | None:
        """Wait for the terminal: return GO, or another sign, or None when the parent is gone."""
        data = self._socket.recv(1)
        return _KNOWN.get(data) if data else None

    def attend(self, loop: AbstractEventLoop, hear: Callable[[Sign | Counts | None], None]) -> None:
        """Call `hear` for everything that comes from now on; with None when the parent is gone."""
        self._socket.settimeout(0)

        def readable() -> None:
            try:
                data = self._socket.recv(4096)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data:
                loop.remove_reader(self._socket.fileno())
                hear(None)
                return
            for message in self._messages(data):
                hear(message)

        loop.add_reader(self._socket.fileno(), readable)

    def _messages(self, data: bytes) -> list[Sign | Counts]:
        messages: list[Sign | Counts] = []
        rest = self._pending + data
        while rest:
            first = rest[:1]
            if first == NUMBERS:
                line, newline, after = rest.partition(b"\n")
                if not newline:
                    break
                with suppress(ValueError):
                    messages.append(Counts.from_bytes(line))
                rest = after
                continue
            if first in _KNOWN:
                messages.append(_KNOWN[first])
            rest = rest[1:]
        self._pending = rest
        return messages
