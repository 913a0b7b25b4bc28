"""One visit, from the websocket's greeting to its end."""

from __future__ import annotations

import asyncio
import signal
import time
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import web

from dimchat.visit.idle import Idle
from dimchat.visit.limits import limit_processor
from dimchat.visit.signals import Link, Signal
from dimchat.web import headers
from dimchat.web.messages import CloseCode
from dimchat.web.visitor.page import BrowserDriver, Page

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from dimchat.apps.base.app import BaseApp, OpenRecorder
    from dimchat.journal import Opener
    from dimchat.web.handover import Handover

    MakeApp = Callable[[OpenRecorder | None, Page], BaseApp]
    """Returns the app from what opens its journal, if there is one, and the page that it draws on."""

HEARTBEAT = 15.0
"""Seconds between looks at whether the page is still there."""
CLOSING = 2.0
"""Seconds that a page has to agree to the end."""
LARGEST = 1_000_000
"""Bytes of the largest message that a page may send."""
LIFE = 5.0
"""Seconds between two signs of life."""


class TerminalFace:
    """Draws a terminal for visitors, each in a process of its own."""

    def __init__(self, make_app: MakeApp, ended: CloseCode) -> None:
        """Take what makes the app, and what a page is told when its app has ended in good order."""
        self._make_app = make_app
        self._ended = ended

    def rehearse(self) -> None:
        """Show the first screen to nobody."""
        asyncio.run(rehearse(partial(self._make_app, None)))

    async def hold(self, connection: socket.socket, handover: Handover, link: Link, opener: Opener) -> int:
        """Hold a conversation on the connection of a websocket, and return the exit status."""
        return await Conversation(partial(self._make_app, opener), handover, link, self._ended).hold(connection)


class Conversation:
    """Keeps the app, the page and the channel to the server together until one of them ends."""

    def __init__(self, make_app: Callable[[Page], BaseApp], handover: Handover, link: Link, ended: CloseCode) -> None:
        """Take what the server gave.

        Args:
            make_app: Returns the app that draws on a page.
            handover: What the server knows of the visit.
            link: To the server.
            ended: What the page is told when the app has ended in good order.
        """
        self._make_app = make_app
        self._handover = handover
        self._link = link
        self._ended = ended
        self._over = asyncio.Event()
        self.status = 1

    async def hold(self, connection: socket.socket) -> int:
        """Answer the request for a websocket and hold the conversation; return the exit status."""
        loop = asyncio.get_running_loop()
        connection.settimeout(0)
        server = web.Server(self._handle, access_log=None)
        transport, protocol = await loop.connect_accepted_socket(server, connection)
        protocol.data_received(self._handover.request())
        await self._over.wait()
        transport.close()
        return self.status

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        websocket = web.WebSocketResponse(heartbeat=HEARTBEAT, timeout=CLOSING, max_msg_size=LARGEST)
        websocket.headers.update(headers.SECURITY)
        try:
            await websocket.prepare(request)
            await self._converse(websocket)
        finally:
            self._over.set()
        return websocket

    async def _converse(self, websocket: web.WebSocketResponse) -> None:
        idle = Idle(self._handover.notice_at, self._handover.idle - self._handover.notice_at, time.monotonic)
        page = Page(websocket, idle)

        async def warn(left: int) -> None:
            page.tell("idle", left)

        app = self._make_app(page)
        app.driver_class = BrowserDriver.for_page(page)
        playing = asyncio.create_task(app.run_async(size=(self._handover.width, self._handover.height)))
        reasons = {
            playing: self._ended,
            asyncio.create_task(idle.watch(warn)): CloseCode.IDLE,
            asyncio.create_task(self._server_gone()): CloseCode.STOPPED,
            asyncio.create_task(page.listen()): None,
            asyncio.create_task(page.send()): None,
        }
        others = [asyncio.create_task(self._beat()), asyncio.create_task(self._tell_drawn(page))]
        done, _ = await asyncio.wait(reasons, return_when=asyncio.FIRST_COMPLETED)
        ending = next((reasons[task] for task in done), None)
        self.status = 0
        if playing in done:
            self.status = 1 if playing.exception() else app.return_code or 0
            ending = self._ended if self.status == 0 else CloseCode.FAILED
        if ending is not None:
            await websocket.close(code=ending)
        # The process ends now, whatever still runs; Textual's own farewell would only take time.
        for task in (*reasons, *others):
            task.cancel()

    async def _server_gone(self) -> None:
        """Return when the server is gone or closes the link, and after SIGTERM, as if it were."""
        loop = asyncio.get_running_loop()
        gone = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, gone.set)
        self._link.attend(loop, lambda _: gone.set())
        await gone.wait()

    async def _beat(self) -> None:
        while True:
            self._link.send(Signal.BEAT)
            limit_processor()  # no turn is under way
            await asyncio.sleep(LIFE)

    async def _tell_drawn(self, page: Page) -> None:
        await page.drawn()
        self._link.send(Signal.SHOWN)
        self._link.send(Signal.VISITOR)


async def rehearse(make_app: Callable[[Page], BaseApp]) -> None:
    """Show the first screen to nobody: what that loads and works out, every visitor's process finds done."""
    app = make_app(Page(web.WebSocketResponse(), Idle(0, 0, time.monotonic)))
    async with app.run_test(size=(100, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
