"""What calls the staff's screen: nothing that a visitor does by chance."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from textual import events

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 5
WITHIN = 5.0
"""Seconds in which it has to be made."""
KEY = "f9"
CORNER = (8, 2)
"""Columns and rows of the corner at the top left."""


class Gesture:
    """Five touches of the corner at the top left, or F9 five times, with nothing else between them."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Take what counts the seconds."""
        self._clock = clock
        self._times: deque[float] = deque(maxlen=TIMES)

    def made(self, event: events.Key | events.MouseDown) -> bool:
        """Take one more key or touch, and tell whether that makes the gesture."""
        right = event.key == KEY if isinstance(event, events.Key) else event.x < CORNER[0] and event.y < CORNER[1]
        if not right:
            self._times.clear()
            return False
        now = self._clock()
        self._times.append(now)
        if len(self._times) < TIMES or now - self._times[0] > WITHIN:
            return False
        self._times.clear()
        return True
