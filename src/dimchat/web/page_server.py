"""The server of the page: the first page, its files, and a process for each visit, which draws the rest."""

from __future__ import annotations

from base64 import b64decode
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Final

from aiohttp import web

from dimchat.visit.signals import Signal
from dimchat.web import front, headers, messages
from dimchat.web.handover import Handover
from dimchat.web.look import colours_css, stand_css
from dimchat.web.passes import Passes
from dimchat.web.server import OWN, Described, WebServer

if TYPE_CHECKING:
    import asyncio
    import socket

    from dimchat.web.forker import ForkedProcess
    from dimchat.web.server_settings import Settings

PASS: Final = "PASS-OF-THIS-VISIT"  # noqa: S105 - what stands where one belongs
REMEMBERED = 10_000
"""Visits that are over and known to be."""


class PageServer(WebServer):
    """Knows which process has which visit; what is said in a visit passes it by."""

    def __init__(
        self, settings: Settings, title: str, language: str, first: str, look: Described | None = None
    ) -> None:
        """Prepare.

        Args:
            settings: What the operator chose.
            title: Of the pack.
            language: Of the pack, as in `lang`.
            first: The first page, as a visitor's process would draw it, with `PASS` where a pass belongs.
            look: What else is known of the pack: its colours and its logo.
        """
        super().__init__(settings, title, language)
        self._first = first
        self._dress(look or Described(title, language))
        self._passes = Passes()
        self._called: dict[str, asyncio.Future[ForkedProcess | None]] = {}
        self._over: deque[str] = deque(maxlen=REMEMBERED)

    def renew(self, settings: Settings, pack: Described) -> None:
        """Let visits that begin from now on have another pack."""
        super().renew(settings, pack)
        self._first = pack.first
        self._dress(pack)
        if settings.kiosk:
            for visit in self.visits:
                visit.send(Signal.RENEW)

    def _dress(self, pack: Described) -> None:
        settings = self.settings
        size = stand_css(settings.panel_inches, settings.distance_cm) if settings.kiosk else ""
        self._look, self._logo = size + colours_css(pack.colours), b64decode(pack.logo)

    def add_routes(self, app: web.Application) -> None:
        """Add what a visit that is over leads to, and how large and in which colours all is written."""
        for root in ("/", headers.WIDGET) if self.settings.origins else ("/",):
            app.router.add_get(f"{root}over", self.handle_over)
            app.router.add_get(f"{root}look.css", self.handle_look)
            app.router.add_get(f"{root}logo.png", self.handle_logo)
        if self.settings.origins:
            app.router.add_get(headers.WIDGET, self.handle_index)
            app.router.add_get(headers.WIDGET.rstrip("/"), self.handle_widget)
            app.router.add_static(f"{headers.WIDGET}static/own", OWN / "static")

    async def add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """Close every connection behind its answer: the next request on it might be a visitor's."""
        await super().add_headers(request, response)
        response.headers["Connection"] = "close"
        response.force_close()

    def counted_as(self, request: web.Request) -> str:
        """Return a number that stands for the address."""
        return self._passes.counted_as(super().counted_as(request))

    def page(self, request: web.Request) -> web.Response:
        """Return the page before anything was asked: its process begins with the first call of the visit."""
        page = self._first.replace(PASS, self._passes.issue(super().counted_as(request)))
        response = web.Response(text=page, content_type="text/html")
        response.headers.update(headers.page(self.websocket_origin(request)))
        return response

    async def handle_over(self, request: web.Request) -> web.Response:
        """Return the page for a visit that is over."""
        return self.told(request, *messages.endings(self.said, self.settings.journal.mode)["left"])

    async def handle_widget(self, _: web.Request) -> web.Response:
        """Lead to where the addresses of a page begin."""
        return web.Response(status=308, headers={"Location": "widget/"})

    async def handle_look(self, _: web.Request) -> web.Response:
        """Return the sheet of sizes and colours."""
        return web.Response(text=self._look, content_type="text/css")

    async def handle_logo(self, _: web.Request) -> web.Response:
        """Return the pack's logo."""
        if not self._logo:
            raise web.HTTPNotFound
        return web.Response(body=self._logo, content_type="image/png")

    async def call(self, given: str, connection: socket.socket) -> None:
        """Pass on a connection of the visit with this pass: to its process, or to a new one."""
        counted_as = self._passes.place_of(given)
        if counted_as is None or given in self._over:
            await front.turn_away(connection, front.elsewhere("../../over"))
        elif given in self._called:
            visit = await self._called[given]
            if visit is None or not visit.call(connection):
                await front.turn_away(connection, front.elsewhere("../../over"))
        elif self.no_place(counted_as) is not None:
            await front.turn_away(connection, front.elsewhere("../../"))
        else:
            self._called[given] = self.visit(counted_as, self._begun(connection), partial(self._ended, given))

    async def _begun(self, connection: socket.socket) -> ForkedProcess | None:
        with connection:
            visit = await self.begin(Handover(self.settings.idle, self.settings.notice_at), connection.fileno())
            if visit is None:
                await front.turn_away(connection, front.elsewhere("../../over"))
            return visit

    def _ended(self, given: str) -> None:
        self._called.pop(given, None)
        self._over.append(given)
