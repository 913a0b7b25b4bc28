"""A visitor's process as the server sees it: signs of one byte, and an exit status."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import socket
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from dimchat.web import log
from dimchat.web.handover import DRAWN, READY, Handover, hand_over
from dimchat.wording import web as words

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Sequence

    from dimchat.web.settings import Settings

VISITOR = "dimchat.web.visitor"
KEPT = frozenset(
    {
        *("PATH", "PYTHONPATH", "PYTHONHOME"),
        *("LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_TIME", "TZ"),
        *("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_STATE_HOME", "DIMCHAT_CACHE"),
    }
)
"""Names of the environment that a visitor's process may see; keys and passwords of the operator are not among them."""
SIGNS = 64
"""Bytes that are read of a process at a time."""
LOOK = 1.0
"""Seconds between looks at whether a process still gives signs of life."""

logger = logging.getLogger(log.NAME)


def command(settings: Settings, *more: str) -> list[str]:
    """Return what starts a visitor's process."""
    arguments = ["--pack", str(settings.pack)] if settings.pack is not None else []
    if settings.kiosk:
        arguments.append("--kiosk")
    return [sys.executable, "-P", "-m", VISITOR, *arguments, *more]


def environment() -> dict[str, str]:
    """Return the environment of a visitor's process."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT}
    return {
        **kept,
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "TERM": "xterm-256color",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_DRIVER": "dimchat.web.visitor.driver:BrowserDriver",
    }


class Visit:
    """One process: it waits for a visitor, holds one conversation, and ends."""

    def __init__(self, settings: Settings, process: Process, channel: socket.socket) -> None:
        """Take a process that was started."""
        self._settings = settings
        self._process = process
        self._channel = channel
        self._heard = time.monotonic()
        self._signs = b""
        self._met = False
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, settings: Settings, start: Sequence[str] | None = None) -> Visit:
        """Start a process, without a shell.

        Args:
            settings: Of the server.
            start: The program with its arguments; None for a visitor's process.
        """
        here, there = socket.socketpair()
        here.settimeout(0)
        starting = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                *(start or command(settings)),
                stdin=there.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,  # what a fault prints may hold the visitor's words
                env=environment(),
                cwd="/",
                start_new_session=True,  # ctrl+c in the operator's terminal is for the server alone
            )
        )
        try:
            process = await asyncio.shield(starting)
        except asyncio.CancelledError:
            await cls(settings, await starting, here).stop()
            raise
        except OSError:
            here.close()
            raise
        finally:
            there.close()
        return cls(settings, process, here)

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Tell whether the process has not ended."""
        return self._process.returncode is None

    @property
    def drawn(self) -> bool:
        """Tell whether the visitor got to see something."""
        return DRAWN in self._signs

    def hand_over(self, handover: Handover, descriptor: int) -> None:
        """Give the process its visitor.

        Raises:
            OSError: The process is gone.
        """
        self._met, self._heard = True, time.monotonic()
        hand_over(self._channel, handover, descriptor)

    async def ended(self) -> int:
        """Wait until the process has ended, kill it when it gives no sign of life, and return its exit status."""
        while self.running:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self._process.wait()
            patience = self._patience()
            if self.running and time.monotonic() - self._heard > patience:
                logger.warning(words.LOG_SILENT.format(seconds=patience))
                self._kill()
        await self._close()
        return self._process.returncode or 0

    def _patience(self) -> float:
        """Return for how many seconds the process may be silent: for ever, while it waits for its visitor."""
        if READY not in self._signs:
            return self._settings.patience
        return self._settings.silence if self._met else math.inf

    async def stop(self) -> None:
        """End the process: ask it, and kill it when it has not ended after the grace."""
        with suppress(OSError):
            self._channel.shutdown(socket.SHUT_WR)
        try:
            async with asyncio.timeout(self._settings.grace):
                await self._process.wait()
        except TimeoutError:
            logger.warning(words.LOG_STUCK)
            self._kill()
            await self._process.wait()
        await self._close()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        with suppress(OSError):
            while signs := await loop.sock_recv(self._channel, SIGNS):
                self._heard = time.monotonic()
                self._signs = bytes({*self._signs, *signs})

    async def _close(self) -> None:
        self._listening.cancel()
        await asyncio.gather(self._listening, return_exceptions=True)
        self._channel.close()
