"""Detecting that a visitor has gone, from the time since the last sign of life."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

READING = 2.5
"""Words that a slow reader reads in a second."""

Phase = Literal["here", "warned", "over"]


class State(NamedTuple):
    """How things stand."""

    phase: Phase
    left: float = 0.0
    """While warned: the seconds until everything is erased."""
    wait: float = 0.0
    """Seconds after which to look again."""


class Idle:
    """Counts silence. The warning always stands its whole time, whatever the clock does."""

    def __init__(self, idle: float, warning: float, clock: Callable[[], float]) -> None:
        """Take the seconds of silence before the warning and those of the warning, and what counts them."""
        self._idle = idle
        self._warning = warning
        self._clock = clock
        self._last = clock()
        self._reading = 0.0
        self._warned: float | None = None

    def touch(self) -> bool:
        """Note a sign of the visitor, and tell whether a warning stood that must go."""
        stood, self._warned = self._warned is not None, None
        self._last = self._clock()
        return stood

    def reading(self, words: int) -> None:
        """Allow at least the time that it takes to read a number of words."""
        self._reading = words / READING
        self.touch()

    def state(self) -> State:
        """Return how things stand now."""
        now = self._clock()
        self._last = min(self._last, now)
        if self._warned is None:
            left = max(self._idle, self._reading) - (now - self._last)
            if left > 0:
                return State("here", wait=left)
            self._warned = now
        self._warned = min(self._warned, now)
        left = self._warning - (now - self._warned)
        return State("warned", left, min(left, 1.0)) if left > 0 else State("over")

    async def watch(
        self, warn: Callable[[int], Awaitable[None]], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Return when the visitor has been silent for too long; with no time before the warning, never.

        Args:
            warn: Called with the seconds that are left, once for each silence.
            sleep: Waits for seconds.
        """
        if not self._idle:
            await asyncio.Event().wait()
        told = False
        while (state := self.state()).phase != "over":
            if state.phase == "warned" and not told:
                await warn(round(state.left))
            told = state.phase == "warned"
            await sleep(state.wait)
