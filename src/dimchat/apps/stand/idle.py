"""When a visitor has gone: a value that is told of every sign of life and asked now and then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

READING = 2.5
"""Words that a slow reader reads in a second."""

Phase = Literal["here", "warned", "over"]


class State(NamedTuple):
    """How things stand."""

    phase: Phase
    left: float = 0.0
    """While warned: the seconds until everything is erased."""


class Idle:
    """DayCounts silence. The warning always stands its whole time, whatever the clock does."""

    def __init__(self, idle: float, warning: float, clock: Callable[[], float]) -> None:
        """Take the seconds of silence before the warning and those of the warning, and what counts them."""
        self._idle = idle
        self._warning = warning
        self._clock = clock
        self._last = clock()
        self._reading = 0.0
        self._warned: float | None = None

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._clock()
        self._warned = None

    def reading(self, words: int) -> None:
        """Give at least the time that so many words take to read."""
        self._reading = words / READING
        self.touch()

    def state(self) -> State:
        """Return how things stand now."""
        now = self._clock()
        self._last = min(self._last, now)
        if self._warned is None:
            if now - self._last < max(self._idle, self._reading):
                return State("here")
            self._warned = now
        self._warned = min(self._warned, now)
        left = self._warning - (now - self._warned)
        return State("warned", left) if left > 0 else State("over")
