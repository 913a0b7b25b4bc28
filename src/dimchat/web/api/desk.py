"""The server's side of the API: it keeps the processes of the API running, and passes connections on unread."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

from dimchat.web import front, log
from dimchat.web.api.problems import CONTENT_TYPE, RefusedError
from dimchat.web.handover import ANSWER, ANSWERER, API, CLIENT, Handover
from dimchat.wording import api as words

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from dimchat.web.forker import ForkedProcess

    Begin = Callable[[Handover, int], Coroutine[None, None, ForkedProcess | None]]
    Watch = Callable[
        [Coroutine[None, None, ForkedProcess | None]], tuple[asyncio.Future[ForkedProcess | None], asyncio.Task[None]]
    ]

PATIENCE = 30.0
"""Seconds that a client waits for the API to get ready."""
PAUSE = 1.0
"""Seconds before another try where a process ended."""

logger = logging.getLogger(log.NAME)


class ApiDesk:
    """Passes clients on to the API."""

    def __init__(self, begin: Begin, watch: Watch, answerers: int) -> None:
        """Take what starts a process.

        Args:
            begin: Gives a connection to a process of a role.
            watch: Begins that, and returns what becomes the process, and the task that ends with it.
            answerers: How many processes answer.
        """
        self._begin = begin
        self._watch = watch
        self._answerers = answerers
        self._door: socket.socket | None = None
        self._ready = asyncio.Event()
        self._process: ForkedProcess | None = None
        self._renewing: asyncio.Task[None] | None = None

    def renew(self) -> None:
        """Let other processes take over, which begin as visits do from now on."""
        if self._process is not None:
            self._renewing = asyncio.create_task(self._process.stop())

    async def call(self, connection: socket.socket) -> None:
        """Pass a client's connection on; it is then no longer the caller's."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._ready.wait()
        if not self._passed(CLIENT, connection):
            await front.turn_away(connection, _busy())

    async def keep(self) -> None:
        """Keep the processes running until cancelled."""
        while True:
            here, there = socket.socketpair()
            here.settimeout(0)
            process, ended = self._started(API, there)
            self._process = await asyncio.shield(process)
            if self._process is not None:
                self._door = here
                self._ready.set()
                answering = [asyncio.create_task(self._keep_answering()) for _ in range(self._answerers)]
                try:
                    await asyncio.shield(ended)
                finally:
                    self._ready.clear()
                    self._door = None
                    for task in answering:
                        task.cancel()
                    here.close()
                    self._process = None
                if self._renewing is not None:
                    self._renewing = None
                    continue
                logger.warning(words.LOG_API)
            await asyncio.sleep(PAUSE)

    async def _keep_answering(self) -> None:
        while True:
            here, there = socket.socketpair()
            process, ended = self._started(ANSWER, there)
            if await asyncio.shield(process) is not None:
                self._passed(ANSWERER, here)
                await asyncio.shield(ended)
            here.close()
            await asyncio.sleep(PAUSE)

    def _started(
        self, role: str, there: socket.socket
    ) -> tuple[asyncio.Future[ForkedProcess | None], asyncio.Task[None]]:
        async def begun() -> ForkedProcess | None:
            with there:
                return await self._begin(Handover(0.0, 0.0, role=role), there.fileno())

        return self._watch(begun())

    def _passed(self, kind: bytes, connection: socket.socket) -> bool:
        """Pass a descriptor on, and close ours; False where nobody can take it."""
        if self._door is None:
            return False
        try:
            socket.send_fds(self._door, [kind], [connection.fileno()])
        except OSError:
            return False
        connection.close()
        return True


def _busy() -> bytes:
    """Return the answer to a client whom nobody can take, as it goes through a connection."""
    problem = RefusedError("busy", retry=1)
    body = problem.body()
    head = (
        f"HTTP/1.1 {problem.status} Service Unavailable\r\nContent-Type: {CONTENT_TYPE}\r\n"
        f"Content-Length: {len(body)}\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
