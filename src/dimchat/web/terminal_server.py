"""The server of the terminal in the browser: a page that draws it, and a websocket for each visitor."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp_jinja2
import textual_serve
from aiohttp import web

from dimchat.web import headers, messages, server_settings
from dimchat.web.handover import Handover
from dimchat.web.server import CLOSING, WebServer
from dimchat.web.server_settings import FONT_SIZES

if TYPE_CHECKING:
    from dimchat.web.forker import ForkedProcess

TEXTUAL = Path(textual_serve.__file__).parent / "static"
"""The terminal of the page and its font; nothing else of that package is used."""
HANDED = frozenset({"host", "upgrade", "connection", *(f"sec-websocket-{n}" for n in ("key", "version", "extensions"))})
"""The headers that a websocket is made of."""


class TerminalServer(WebServer):
    """Hands a visitor's one connection over as soon as it is a websocket."""

    def add_routes(self, app: web.Application) -> None:
        """Add the websocket and the terminal's files."""
        app.router.add_get("/ws", self.handle_visitor, name="websocket")
        app.router.add_static("/static/textual", TEXTUAL, name="textual")

    def page(self, request: web.Request) -> web.Response:
        """Return the page that draws the terminal."""
        nonce = secrets.token_urlsafe(16)
        context = self.context() | {
            "endings": messages.endings(self.said, self.settings.journal.mode),
            "font_size": messages.within(_number(request, "fontsize", self.settings.font_size), FONT_SIZES),
            "nonce": nonce,
        }
        response = aiohttp_jinja2.render_template("page.html", request, context)
        response.headers["Content-Security-Policy"] = headers.terminal_policy(nonce, self.websocket_origin(request))
        return response

    async def handle_visitor(self, request: web.Request) -> web.StreamResponse:
        """Hand the connection over to a visitor's process.

        Raises:
            web.HTTPForbidden: The page that asks is not ours.
            web.HTTPBadRequest: This is no request for a websocket.
        """
        if not server_settings.allowed(
            request.headers.get("Origin"),
            request.headers.get("Host"),
            public_url=self.settings.public_url,
            names=self._names,
        ):
            raise web.HTTPForbidden
        if not web.WebSocketResponse().can_prepare(request).ok:
            raise web.HTTPBadRequest
        counted_as = self.counted_as(request)
        ending = self.no_place(counted_as)
        if ending is not None:
            self.tell_crowded(request, ending)
            websocket = web.WebSocketResponse(timeout=CLOSING)
            await websocket.prepare(request)
            await websocket.close(code=ending)
            return websocket
        await self.visit(counted_as, self._handed_over(request))
        return web.Response()  # goes nowhere: the connection is no longer ours

    async def _handed_over(self, request: web.Request) -> ForkedProcess | None:
        """Give the connection of a request to a process of its own; None where that could not be done."""
        transport = request.transport
        connection = transport.get_extra_info("socket") if transport is not None else None
        if transport is None or connection is None or transport.is_closing():
            return None
        width, height = messages.fitting(_number(request, "width") or 80, _number(request, "height") or 24)
        asked = {name: value for name, value in request.headers.items() if name.casefold() in HANDED}
        transport.pause_reading()  # what comes next is for the visitor's process
        descriptor = os.dup(connection.fileno())
        try:
            return await self.begin(
                Handover(self.settings.idle, self.settings.notice_at, asked, width, height), descriptor
            )
        finally:
            os.close(descriptor)
            transport.abort()  # lets go of our end; the connection lives on in the other process


def _number(request: web.Request, name: str, default: int = 0) -> int:
    """Return a number of the request's query, or the default where it is none."""
    try:
        return int(request.query.get(name, ""))
    except ValueError:
        return default
