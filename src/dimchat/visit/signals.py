"""The signals between a visitor's process and its parent: one byte each, so that no visitor's words can pass."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import astuple, dataclass, fields, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Event
    from collections.abc import Callable
    from datetime import date


class Signal(Enum):
    """One fixed message; the first group goes from child to parent, the second from parent to child."""

    READY = b"r"
    """The pack is loaded; the child waits for the terminal."""
    SHOWN = b"s"
    """The first screen is painted."""
    BEAT = b"b"
    """The child is alive."""
    VISITOR = b"v"
    """Somebody began."""
    ANSWERED = b"a"
    CLARIFIED = b"c"
    DECLINED = b"d"
    LOST = b"x"
    """A row could not be kept in the journal, and the journal does not know of it; also from the parent to the next
    child, before GO, so that it tells the journal."""
    ENDED = b"z"
    """The child ends in good order."""
    STAFF = b"m"
    """The staff's menu is open; where the pack's files are no good, the parent says so."""
    COUNTS = b"?"
    """The staff wants to see the counts."""
    LEAVE = b"l"
    """The staff wants the kiosk to end."""
    RELOAD = b"p"
    """The staff wants the pack to be looked at now."""

    GO = b"g"
    """The terminal is yours."""
    RENEW = b"n"
    """End, if nobody is there."""
    END = b"e"
    """End now."""
    CALL = b"k"
    """One more connection of the visitor comes with this."""
    PACK_TAKEN = b"+"
    PACK_SAME = b"="
    PACK_BAD = b"-"


_AT_ONCE = 4
"""Descriptors that may come with a signal."""
KNOWN: Final = {sign.value: sign for sign in Signal}
NUMBERS: Final = b"#"
"""Begins the only message of more than a byte: the counts as decimal numbers, up to a newline."""


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The numbers of one day."""

    visitors: int = 0
    answered: int = 0
    clarified: int = 0
    declined: int = 0
    crashes: int = 0
    lost: int = 0
    """Rows that could not be kept in the journal."""

    def add(self, name: str) -> DayCounts:
        """Return the counts with one more of a kind."""
        return replace(self, **{name: getattr(self, name) + 1})

    def to_bytes(self) -> bytes:
        """Return the counts as the parent sends them."""
        return NUMBERS + b" ".join(b"%d" % number for number in astuple(self)) + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> DayCounts:
        """Return the counts that `to_bytes` wrote.

        Raises:
            ValueError: The data is something else.
        """
        numbers = [int(part) for part in data.strip().removeprefix(NUMBERS).split()]
        if len(numbers) != len(fields(cls)):
            raise ValueError("not as many numbers as there are counts")
        return cls(*numbers)


COUNTED = {
    Signal.VISITOR: "visitors",
    Signal.ANSWERED: "answered",
    Signal.CLARIFIED: "clarified",
    Signal.DECLINED: "declined",
    Signal.LOST: "lost",
}


OF_KIND = {"answer": Signal.ANSWERED, "clarify": Signal.CLARIFIED, "decline": Signal.DECLINED}
"""What is told of a reply, by its kind; of the others nothing is."""


class Today:
    """DayCounts that begin anew when the date changes."""

    def __init__(self, day: date) -> None:
        """Begin at zero."""
        self._day = day
        self._counts = DayCounts()

    def on(self, day: date) -> DayCounts:
        """Return the counts of a day."""
        if day != self._day:
            self._day, self._counts = day, DayCounts()
        return self._counts

    def add(self, name: str, day: date) -> None:
        """Count one more of a kind on a day."""
        self._counts = self.on(day).add(name)


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

    def send(self, sign: Signal, times: int = 1) -> None:
        """Send a signal, several times if asked; that the parent is gone is noticed elsewhere."""
        with suppress(OSError):
            self._socket.sendall(sign.value * times)

    def wait(self) -> Signal | None:
        """Wait for the terminal: return GO, or another sign, or None when the parent is gone."""
        data = self._socket.recv(1)
        return KNOWN.get(data) if data else None

    def attend(self, loop: AbstractEventLoop, hear: Callable[[Signal | DayCounts | None], None]) -> None:
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

    def attend_calls(
        self,
        loop: AbstractEventLoop,
        take: Callable[[socket.socket], None],
        gone: Event,
        hear: Callable[[Signal | DayCounts], None] = lambda _: None,
    ) -> None:
        """Call `take` with each further connection of the visitor, and set `gone` when the parent is gone.

        What else the parent says goes to `hear`.
        """
        self._socket.settimeout(0)

        def readable() -> None:
            try:
                data, descriptors, _, _ = socket.recv_fds(self._socket, 1, _AT_ONCE)
            except BlockingIOError:
                return
            except OSError:
                data, descriptors = b"", []
            if not data:
                loop.remove_reader(self._socket.fileno())
                gone.set()
            for descriptor in descriptors:
                take(socket.socket(fileno=descriptor))
            for message in self._messages(data):
                if message is not Signal.CALL:
                    hear(message)

        loop.add_reader(self._socket.fileno(), readable)

    def _messages(self, data: bytes) -> list[Signal | DayCounts]:
        messages: list[Signal | DayCounts] = []
        rest = self._pending + data
        while rest:
            first = rest[:1]
            if first == NUMBERS:
                line, newline, after = rest.partition(b"\n")
                if not newline:
                    break
                with suppress(ValueError):
                    messages.append(DayCounts.from_bytes(line))
                rest = after
                continue
            if first in KNOWN:
                messages.append(KNOWN[first])
            rest = rest[1:]
        self._pending = rest
        return messages
