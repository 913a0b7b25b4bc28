"""A process that waits with everything loaded, so that the next visitor does not have to."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from dimchat.web import log
from dimchat.web.visit import Visit
from dimchat.wording import web as words

if TYPE_CHECKING:
    from dimchat.web.settings import Settings

SHORTEST = 1.0
LONGEST = 30.0
"""Seconds before another try when a process ended while it waited; each pause is twice the one before."""
ILL_AFTER = 3
"""So many processes that ended before they showed anything, one after the other, are an illness."""

logger = logging.getLogger(log.NAME)


class Spare:
    """Keeps one process waiting."""

    def __init__(self, settings: Settings) -> None:
        """Wait to be started by `keep`."""
        self._settings = settings
        self._visit: Visit | None = None
        self._taken = asyncio.Event()
        self._failures = 0

    @property
    def ill(self) -> bool:
        """Tell whether processes keep failing."""
        return self._failures >= ILL_AFTER

    def note(self, *, well: bool) -> None:
        """Note how a process did."""
        self._failures = 0 if well else self._failures + 1

    async def take(self) -> Visit:
        """Return the process that waits, or a new one."""
        visit, self._visit = self._visit, None
        if visit is not None:
            self._taken.set()
            if visit.running:
                return visit
        return await Visit.start(self._settings)

    async def keep(self) -> None:
        """Keep a process waiting until cancelled, then end it."""
        pause = SHORTEST
        try:
            while True:
                self._taken.clear()
                visit = self._visit = await Visit.start(self._settings)
                ended = asyncio.create_task(visit.ended())
                taken = asyncio.create_task(self._taken.wait())
                try:
                    await asyncio.wait({ended, taken}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    ended.cancel()
                    taken.cancel()
                if self._taken.is_set():
                    pause = SHORTEST
                    continue
                self._visit = None
                self.note(well=False)
                logger.warning(words.LOG_CHILD.format(status=ended.result()))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST)
        finally:
            if self._visit is not None:
                await self._visit.stop()
