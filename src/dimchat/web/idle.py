"""How long a visitor has been silent, and what that means."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Idle:
    """DayCounts the seconds since the last sign of a visitor."""

    def __init__(self, limit: float, notice_at: float, clock: Callable[[], float]) -> None:
        """Begin now.

        Args:
            limit: Silent seconds after which the conversation ends; 0 for never.
            notice_at: Silent seconds after which the visitor is warned.
            clock: Returns seconds.
        """
        self._limit = limit
        self._notice_at = notice_at
        self._clock = clock
        self._last = clock()
        self.warned = False

    def touch(self) -> bool:
        """Note a sign of the visitor, and tell whether a warning stands that must go."""
        self._last = self._clock()
        stands, self.warned = self.warned, False
        return stands

    async def watch(
        self, warn: Callable[[int], Awaitable[None]], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Return when the visitor has been silent for too long; with no limit, never.

        Args:
            warn: Called with the seconds that are left, once for each silence.
            sleep: Waits for seconds.
        """
        if not self._limit:
            await asyncio.Event().wait()
        while (left := self._limit - (self._clock() - self._last)) > 0:
            until_notice = left - (self._limit - self._notice_at)
            if until_notice > 0:
                await sleep(until_notice)
                continue
            if not self.warned:
                self.warned = True
                await warn(round(left))
            await sleep(min(left, 1.0))
