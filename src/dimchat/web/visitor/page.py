"""The browser's page as a terminal: what the app draws goes out, what the visitor does comes in."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import WSMsgType

from dimchat.web import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from dimchat.web.idle import Idle

MOST_WAITING = 8_000_000
"""Bytes that may wait for a page that does not take them; then it counts as lost."""
MOST_SAVED = 4_000_000
"""Characters that a visitor may save at a time."""


class Page:
    """Sends in the order in which the app draws, in as few messages as there are pauses."""

    def __init__(self, websocket: web.WebSocketResponse, idle: Idle) -> None:
        """Take an open websocket."""
        self._websocket = websocket
        self._idle = idle
        self._waiting: list[bytes | str] = []
        self._size = 0
        self._some = asyncio.Event()
        self._drawn = asyncio.Event()
        self.hear: Callable[[messages.Message], None] | None = None
        """What the visitor's acts are given to, once there is a driver."""

    async def drawn(self) -> None:
        """Wait until something went out."""
        await self._drawn.wait()

    def draw(self, data: bytes) -> None:
        """Send what the terminal is to draw."""
        self._put(data, len(data))

    def tell(self, kind: str, *data: object) -> None:
        """Send a message to page.js."""
        text = json.dumps([kind, *data])
        self._put(text, len(text))

    def save(self, name: str, text: str) -> None:
        """Let the browser save a text as a file."""
        if len(text) <= MOST_SAVED:
            self.tell("save", {"name": name, "text": text})

    def _put(self, data: bytes | str, size: int) -> None:
        self._waiting.append(data)
        self._size += size
        self._some.set()

    async def send(self) -> None:
        """Send what waits, and return when the page is gone or takes nothing any more."""
        while self._size < MOST_WAITING:
            await self._some.wait()
            self._some.clear()
            batch, self._waiting, self._size = self._waiting, [], 0
            try:
                for data in joined(batch):
                    if isinstance(data, bytes):
                        await self._websocket.send_bytes(data)
                        self._drawn.set()
                    else:
                        await self._websocket.send_str(data)
            except (ConnectionError, RuntimeError):
                return

    async def listen(self) -> None:
        """Hand on what the visitor does until the page is gone."""
        async for message in self._websocket:
            said = messages.read(message.data) if message.type is WSMsgType.TEXT else None
            if isinstance(said, messages.Typed | messages.Stayed) and self._idle.touch():
                self.tell("awake")
            if isinstance(said, messages.Pinged):
                self.tell("pong", said.data)
            elif said is not None and self.hear is not None:
                self.hear(said)


def joined(batch: list[bytes | str]) -> list[bytes | str]:
    """Return a batch with neighbouring pieces of what is drawn made one."""
    result: list[bytes | str] = []
    for data in batch:
        if isinstance(data, bytes) and result and isinstance(result[-1], bytes):
            result[-1] += data
        else:
            result.append(data)
    return result
