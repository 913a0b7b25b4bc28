"""The door of the page's server: it looks at the first bytes of each connection and passes visitors' on, unread.

A request of a visit begins with the address of the visit. Those bytes are looked at without taking them; the
connection then goes to the visitor's own process, which reads all of it. So the server never holds what was said.
Every answer closes its connection: the next request, which may be for somebody else, is looked at anew.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, cast

from dimchat.web.passes import LENGTH

if TYPE_CHECKING:
    from aiohttp import web

    from dimchat.web.api.desk import ApiDesk

VISIT = re.compile(rb"(?:GET|HEAD|POST) (?:/widget)?/v/([\w-]{%d})/" % LENGTH)
_BEGINNINGS = tuple(b"%s %s/v/" % (method, root) for method in (b"GET", b"HEAD", b"POST") for root in (b"", b"/widget"))
_API = tuple(b"%s /api/" % method for method in (b"GET", b"HEAD", b"POST", b"OPTIONS", b"PUT", b"PATCH", b"DELETE"))
_LOOK = len(b"POST /widget/v/") + LENGTH + 1
"""Bytes that are looked at."""
PATIENCE = 30.0
"""Seconds that a connection may say nothing."""
MOMENT = 0.02
"""Seconds until another look at a beginning that came in pieces."""
DISCARD = 1.0
"""Seconds in which what nobody may read is thrown away."""
_MOST = 1_000_000
"""Bytes that are thrown away."""


class Desk(Protocol):
    """What visits are passed to."""

    async def call(self, given: str, connection: socket.socket) -> None:
        """Pass on a connection of the visit with this pass; the connection is then no longer the caller's."""

    @property
    def api(self) -> ApiDesk | None:
        """Return what clients of the API are passed to; None where there is no API."""


class _Arrival(asyncio.Protocol):
    """Takes a connection out of the loop's hands before anything is read."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        connected = cast("asyncio.Transport", transport)
        connected.pause_reading()
        own = socket.socket(fileno=os.dup(connected.get_extra_info("socket").fileno()))
        own.settimeout(0)
        connected.abort()  # lets go of the loop's end; the connection lives on in ours
        self._front.arrived(own)


class Front:
    """Listens, and decides who gets a connection: the pages' server, or a visitor's process."""

    def __init__(self, pages: web.Server, desk: Desk) -> None:
        """Take both."""
        self._pages = pages
        self._desk = desk
        self._arriving: set[asyncio.Task[None]] = set()
        self._listening: asyncio.Server | None = None

    async def listen(self, host: str, port: int) -> int:
        """Begin, and return the port.

        Raises:
            OSError: Nothing can listen there.
            UnicodeError: No host is called so.
        """
        self._listening = await asyncio.get_running_loop().create_server(lambda: _Arrival(self), host, port)
        return int(self._listening.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Let nobody in any more."""
        if self._listening is not None:
            self._listening.close()
        for task in self._arriving:
            task.cancel()
        await asyncio.gather(*self._arriving, return_exceptions=True)

    def arrived(self, connection: socket.socket) -> None:
        """Look at a new connection."""
        task = asyncio.create_task(self._direct(connection))
        self._arriving.add(task)
        task.add_done_callback(self._arriving.discard)

    async def _direct(self, connection: socket.socket) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                head = await beginning(connection)
        except BaseException:
            connection.close()
            raise
        if not head:
            connection.close()
        elif (visit := VISIT.match(head)) is not None:
            await self._desk.call(visit[1].decode(), connection)
        elif self._desk.api is not None and head.startswith(_API):
            await self._desk.api.call(connection)
        else:
            await asyncio.get_running_loop().connect_accepted_socket(self._pages, connection)


async def beginning(connection: socket.socket) -> bytes:
    """Return the first bytes of a connection without taking them: enough to tell a visit, or the API."""
    while True:
        await _readable(connection)
        try:
            head = connection.recv(_LOOK, socket.MSG_PEEK)
        except BlockingIOError:
            continue
        except OSError:
            return b""
        begun = any(head.startswith(each[: len(head)]) for each in (*_BEGINNINGS, *_API))
        if len(head) == _LOOK or not begun or not head or head.startswith(_API):
            return head
        if len(head) > max(map(len, _BEGINNINGS)) and b" " in head.partition(b" ")[2]:
            return head  # the address is shorter than a visit's
        await asyncio.sleep(MOMENT)


async def _readable(connection: socket.socket) -> None:
    loop, ready = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(connection.fileno(), ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(connection.fileno())


def elsewhere(address: str) -> bytes:
    """Return the answer that sends a visitor elsewhere.

    Args:
        address: Where to, as seen from the visit.
    """
    return f"HTTP/1.1 303 See Other\r\nLocation: {address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()


async def turn_away(connection: socket.socket, answer: bytes) -> None:
    """Give an answer without reading what was said: what came is written over with noughts.

    Args:
        connection: It is closed at the end.
        answer: As it goes through the connection.
    """
    bin_ = bytearray(4096)
    gone = 0
    with connection, suppress(OSError, TimeoutError):
        connection.send(answer)
        connection.shutdown(socket.SHUT_WR)
        async with asyncio.timeout(DISCARD):
            while gone < _MOST:
                await _readable(connection)
                count = connection.recv_into(bin_)
                bin_[:] = bytes(len(bin_))
                if not count:
                    return
                gone += count
