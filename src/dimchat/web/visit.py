"""A visitor's process as the server sees it: signs of one byte, and silence when it has ended."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from dimchat.web import log
from dimchat.web.handover import DRAWN, ENDED, LOST
from dimchat.wording import web as words

if TYPE_CHECKING:
    from dimchat.web.server_settings import Settings

SIGNS = 64
"""Bytes that are read of a process at a time."""
LOOK = 1.0
"""Seconds between looks at whether a process still gives signs of life."""

logger = logging.getLogger(log.NAME)


class Visit:
    """One process with its visitor."""

    def __init__(self, settings: Settings, pid: int, channel: socket.socket) -> None:
        """Watch over a process that has its visitor.

        Args:
            settings: Of the server.
            pid: The number of the process.
            channel: To the process; the other end is open exactly as long as the process lives.
        """
        self.pid = pid
        self._settings = settings
        self._channel = channel
        self._heard = time.monotonic()
        self._signs = b""
        self.lost = 0
        """How many rows of the journal it could not keep, and could not tell the journal of."""
        self._listening = asyncio.create_task(self._listen())

    @property
    def drawn(self) -> bool:
        """Tell whether the visitor got to see something."""
        return DRAWN in self._signs

    @property
    def well(self) -> bool:
        """Tell whether the process said that it ended in good order."""
        return ENDED in self._signs

    async def ended(self) -> None:
        """Wait until the process has ended; kill it when it gives no sign of life."""
        while not await self._ended_within(LOOK):
            if time.monotonic() - self._heard > self._settings.silence:
                logger.warning(words.LOG_SILENT.format(seconds=self._settings.silence))
                self._kill()

    async def stop(self) -> None:
        """End the process: ask it, and kill it when it has not ended after the grace."""
        with suppress(OSError):
            self._channel.shutdown(socket.SHUT_WR)
        if not await self._ended_within(self._settings.grace):
            logger.warning(words.LOG_STUCK)
            self._kill()
            await self._listening

    def _kill(self) -> None:
        # The channel is open, so the process lives and its number is still its own.
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    async def _ended_within(self, seconds: float) -> bool:
        done, _ = await asyncio.wait({self._listening}, timeout=seconds)
        return bool(done)

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while signs := await loop.sock_recv(self._channel, SIGNS):
                self._heard = time.monotonic()
                self._signs = bytes({*self._signs, *signs})
                self.lost += signs.count(LOST)
        except OSError:
            pass  # reset: the process has ended without reading all
        finally:
            self._channel.close()
