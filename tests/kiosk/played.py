"""A stand that is played: the supervisor is real, its terminal, packs and processes do what a test says."""

from __future__ import annotations

import socket
from contextlib import suppress
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from dimchat.kiosk.supervisor import Supervisor
from dimchat.kiosk.terminal import TerminalLostError
from dimchat.visit.signals import Signal

if TYPE_CHECKING:
    from collections.abc import Sequence


class Played:
    """A visitor's process that does what the test says; the link is real."""

    def __init__(self, digest: str) -> None:
        self.link, self.far = socket.socketpair()
        self.far.settimeout(1)
        self.link.settimeout(0)
        self.digest = digest
        self.ready = self.shown = self.visited = False
        self.heard = 0.0
        self.status = 0
        self.killed = self.finished = False
        self.rest: list[Signal] = []

    def say(self, *signs: Signal) -> None:
        self.far.send(b"".join(sign.value for sign in signs))

    def end(self, status: int = 0) -> None:
        self.status = status
        self.far.close()

    def send(self, data: Signal | bytes) -> None:
        with suppress(OSError):
            self.link.send(data.value if isinstance(data, Signal) else data)

    def signs(self) -> list[Signal] | None:
        try:
            data = self.link.recv(4096)
        except BlockingIOError:
            return []
        except OSError:
            return None
        return [Signal(bytes([byte])) for byte in data] if data else None

    def finish(self) -> int:
        self.finished = True
        self.link.close()
        return self.status

    def kill(self) -> int:
        self.killed = True
        self.status = -9
        return self.finish()

    def hears(self) -> bytes:
        return self.far.recv(4096)


class Screen:
    """Notes what the terminal is told."""

    def __init__(self) -> None:
        self.log: list[Any] = []
        self.lost = False

    def _note(self, what: Any) -> None:
        if self.lost:
            raise TerminalLostError("gone")
        self.log.append(what)

    def enter(self) -> None:
        self._note("enter")

    def wipe(self) -> None:
        self._note("wipe")

    def calm(self, lines: Sequence[str]) -> None:
        self._note(tuple(lines))

    def drop_input(self) -> None:
        self._note("drop")

    def leave(self) -> None:
        self.log.append("leave")


class PackWatch:
    """Has a pack, or not."""

    def __init__(self) -> None:
        self.stored: Any = SimpleNamespace(digest="one")
        self.outcome: str | None = "taken"
        self.why = ""
        self.busy = self.looked = self.closed = False
        self._fresh = False

    def put(self, digest: str) -> None:
        self.stored, self._fresh = SimpleNamespace(digest=digest), True

    def turn(self) -> bool:
        fresh, self._fresh = self._fresh, False
        return fresh

    def look_now(self) -> None:
        self.looked, self.outcome = True, None

    def close(self) -> None:
        self.closed = True


class Stand:
    """A supervisor over all of these."""

    def __init__(self) -> None:
        self.now = 0.0
        self.day = date(2026, 11, 24)
        self.terminal, self.packs = Screen(), PackWatch()
        self.spawned: list[Played] = []
        self.said: list[str] = []
        self.supervisor = Supervisor(
            terminal=self.terminal,  # type: ignore[arg-type] # played
            packs=self.packs,  # type: ignore[arg-type] # played
            spawn=self._spawn,  # type: ignore[arg-type] # played
            clock=lambda: self.now,
            today=lambda: self.day,
            watchdog=SimpleNamespace(say=self.said.append),  # type: ignore[arg-type] # played
        )

    def _spawn(self, stored: Any) -> Played:
        self.spawned.append(Played(stored.digest))
        return self.spawned[-1]

    @property
    def current(self) -> Any:
        return self.supervisor.current

    @property
    def spare(self) -> Any:
        return self.supervisor.spare

    def turn(self, seconds: float = 0.0) -> None:
        self.now += seconds
        self.supervisor.turn()

    def settle(self) -> None:
        """Let every process that was started load, and the one on the screen draw."""
        for _ in range(4):
            for child in self.spawned:
                if not child.ready and not child.finished:
                    child.say(Signal.READY)
            self.turn()
            if self.current is not None and not self.current.shown:
                self.current.say(Signal.SHOWN)
            self.turn()

    def crash(self) -> None:
        self.current.end(-11)
        self.turn()
