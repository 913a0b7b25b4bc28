"""The process that visitors' processes are forked from: it has everything loaded, and never meets a visitor itself."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from dimchat.errors import DimchatError
from dimchat.files import python
from dimchat.visit.process import SIGNALS, VisitorProcess
from dimchat.visit.signals import Signal
from dimchat.web import log
from dimchat.web.handover import Handover, hand_over
from dimchat.wording import web as words

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import Callable, Coroutine, Sequence

    from dimchat.web.server_settings import Settings


VISITOR = "dimchat.web.visitor"
SHORTEST = 1.0
LONGEST = 30.0
"""Seconds before another try when the process ended by itself; each pause is twice the one before."""
LOOK = 1.0
"""Seconds between looks at whether a visitor's process still gives signs of life."""
ILL_AFTER = 3
"""So many failures, one after the other, are an illness."""

logger = log.logger


class ForkerError(DimchatError):
    """No visitor's process could be had."""


def command(settings: Settings, *more: str) -> list[str]:
    """Return the command that starts the process."""
    arguments = ["--pack", str(settings.pack)] if settings.pack is not None else []
    if settings.stored is not None:
        arguments += ["--stored", str(settings.stored.fd), settings.stored.digest, settings.stored.root]
    if settings.terminal:
        arguments += ["--terminal"]
    if settings.public_url is not None:
        arguments += ["--public-url", settings.public_url]
    if settings.kiosk:
        arguments += ["--kiosk", str(settings.kiosk_idle)]
    for origin in settings.origins:
        arguments += ["--origin", origin]
    if settings.api is not None:
        arguments += ["--api", settings.api.to_json()]
    if settings.journal.mode != "off":
        arguments += ["--journal", settings.journal.to_json()]
    return python.command(VISITOR, *arguments, *more)


def descriptors(settings: Settings) -> tuple[int, ...]:
    """Return what the process inherits besides."""
    return (settings.stored.fd,) if settings.stored is not None else ()


def environment() -> dict[str, str]:
    """Return the environment of the process, and so of every visitor's; no key or password of the operator is in it."""
    return python.environment(
        TERM="xterm-256color",
        TEXTUAL_COLOR_SYSTEM="truecolor",
        TEXTUAL_DRIVER="dimchat.web.visitor.page:BrowserDriver",
    )


class ForkedProcess(VisitorProcess):
    """A copy of the forker with its visitor, watched over from the server's loop."""

    def __init__(self, settings: Settings, pid: int, channel: socket.socket) -> None:
        """Watch over a process that has its visitor."""
        super().__init__(pid, channel)
        self.heard = time.monotonic()
        self._settings = settings
        self._said: Counter[Signal] = Counter()
        self.hear: Callable[[Signal], None] = lambda _: None
        """Called with each sign."""
        self._listening = asyncio.create_task(self._listen())

    @property
    def drawn(self) -> bool:
        """Return whether the visitor got to see something."""
        return Signal.SHOWN in self._said

    @property
    def well(self) -> bool:
        """Return whether the process said that it ended in good order."""
        return Signal.ENDED in self._said

    @property
    def lost(self) -> int:
        """Return how many rows of the journal it could not keep, and could not tell the journal of."""
        return self._said[Signal.LOST]

    def call(self, connection: socket.socket) -> bool:
        """Pass on one more connection of the visitor, which closes our end; False where the process is gone."""
        try:
            socket.send_fds(self.link, [Signal.CALL.value], [connection.fileno()])
        except OSError:
            return False
        connection.close()
        return True

    async def ended(self) -> None:
        """Wait until the process has ended; kill it when it gives no sign of life."""
        while not await self._ended_within(LOOK):
            if time.monotonic() - self.heard > self._settings.silence:
                logger.warning(words.LOG_SILENT.format(seconds=self._settings.silence))
                self.force()

    async def stop(self) -> None:
        """End the process: ask it, and kill it when it has not ended after the grace."""
        with suppress(OSError):
            self.link.shutdown(socket.SHUT_WR)
        if not await self._ended_within(self._settings.grace):
            logger.warning(words.LOG_STUCK)
            self.force()
            await self._listening

    async def _ended_within(self, seconds: float) -> bool:
        done, _ = await asyncio.wait({self._listening}, timeout=seconds)
        return bool(done)

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while data := await loop.sock_recv(self.link, SIGNALS):
                self.heard = time.monotonic()
                signs = self.read(data)
                self._said.update(signs)
                for sign in signs:
                    self.hear(sign)
        except OSError:
            pass  # reset: the process has ended without reading all
        finally:
            self.link.close()


class Forker:
    """Keeps the process running and asks it for visitors' processes."""

    def __init__(self, settings: Settings, start: Sequence[str] | None = None) -> None:
        """Wait to be started by `keep`.

        Args:
            settings: Of the server.
            start: The program with its arguments; None for the usual one.
        """
        self._settings = settings
        self._start = start
        self._channel: socket.socket | None = None
        self._ready = asyncio.Event()
        self._asking = asyncio.Lock()
        self._over = False
        self._failures = 0
        self._renewed = asyncio.Event()

    @property
    def ill(self) -> bool:
        """Return whether conversations keep failing before they show anything."""
        return self._failures >= ILL_AFTER

    def note(self, *, well: bool) -> None:
        """Note how a conversation began."""
        self._failures = 0 if well else self._failures + 1

    def renew(self, settings: Settings) -> None:
        """Let visits begin with other settings from now on: those that are held go on, the next ones wait a moment."""
        self._settings = settings
        self._renewed.set()

    async def begin(self, handover: Handover, connection: int) -> ForkedProcess:
        """Give a visitor's connection to a new process.

        Args:
            handover: What the process is to know.
            connection: The descriptor; it stays the caller's to close.

        Raises:
            ForkerError: There was no process to be had in time.
        """
        try:
            async with asyncio.timeout(self._settings.patience):
                while True:
                    forker = await self._when_ready()
                    async with self._asking:
                        visit = await self._forked(forker, handover, connection) if forker is self._channel else None
                    if visit is not None:
                        return visit
                    self._forget(forker)  # it has just died, and its successor is on the way
        except (OSError, ValueError, ForkerError):  # a timeout is an OSError
            raise ForkerError(words.CANNOT_BEGIN) from None

    async def _forked(self, forker: socket.socket, handover: Handover, connection: int) -> ForkedProcess | None:
        """Ask a process for a copy of itself, and return it; None when the process is gone."""
        here, there = socket.socketpair()
        try:
            hand_over(forker, handover, connection, there.fileno())
            answer = await asyncio.get_running_loop().sock_recv(forker, 32)
            if answer:
                return ForkedProcess(self._settings, int(answer), here)
        except (BrokenPipeError, ConnectionResetError):
            pass
        except BaseException:
            here.close()
            raise
        finally:
            there.close()
        here.close()
        return None

    def _forget(self, forker: socket.socket) -> None:
        """Take a process for dead before its end is told."""
        if self._channel is forker:
            self._ready.clear()
            self._channel = None

    async def _when_ready(self) -> socket.socket:
        while self._channel is None:
            if self._over:
                raise ForkerError
            await self._ready.wait()
        return self._channel

    async def keep(self) -> None:
        """Keep the process running until cancelled, then end it."""
        pause = SHORTEST
        try:
            while True:
                self._renewed.clear()
                status, was_ready = await self._kept()
                if self._renewed.is_set():
                    pause = SHORTEST
                    continue
                self.note(well=False)
                logger.warning(words.LOG_NURSERY.format(status=status))
                pause = SHORTEST if was_ready else min(pause * 2, LONGEST)
                await asyncio.sleep(pause)
        finally:
            self._over = True
            self._ready.set()

    async def _kept(self) -> tuple[int, bool]:
        """Start a process, and return its exit status when it has ended, and whether it was ready before."""
        process, channel = await self._started()
        try:
            if not await self._is_ready(channel):
                return await _killed(process), False
            self._channel = channel
            self._ready.set()
            await _first(process.wait(), self._renewed.wait())
            return process.returncode or 0, True
        finally:
            self._ready.clear()
            self._channel = None
            with suppress(OSError):  # some systems mind that the other end is gone
                channel.shutdown(socket.SHUT_RDWR)  # wakes whoever waits for an answer
            await self._finish(process)
            async with self._asking:  # whoever is woken reads the end first: nobody hears of a closed one
                channel.close()

    async def _started(self) -> tuple[Process, socket.socket]:
        here, there = socket.socketpair()
        here.settimeout(0)
        starting = asyncio.ensure_future(
            asyncio.create_subprocess_exec(
                *(self._start or command(self._settings)),
                stdin=there.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,  # what a fault prints may hold a visitor's words
                env=environment(),
                cwd=python.FOLDER,
                pass_fds=descriptors(self._settings),
                start_new_session=True,  # ctrl+c in the operator's terminal is for the server alone
            )
        )
        try:
            return await asyncio.shield(starting), here
        except asyncio.CancelledError:
            await _killed(await starting)
            here.close()
            raise
        finally:
            there.close()

    async def _is_ready(self, channel: socket.socket) -> bool:
        with suppress(OSError):  # a timeout is one
            async with asyncio.timeout(self._settings.patience):
                return await asyncio.get_running_loop().sock_recv(channel, 1) == Signal.READY.value
        return False

    async def _finish(self, process: Process) -> None:
        """End the process, whose channel is closed."""
        try:
            async with asyncio.timeout(self._settings.grace):
                await process.wait()
        except TimeoutError:
            await _killed(process)


async def _first(*waiting: Coroutine[Any, Any, object]) -> None:
    """Wait until one of these is done, and let the others go."""
    tasks = [asyncio.ensure_future(one) for one in waiting]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


async def _killed(process: Process) -> int:
    with suppress(ProcessLookupError):
        process.kill()
    return await process.wait()
