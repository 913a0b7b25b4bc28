"""The server: pages, files, health, and a websocket for each visitor."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp_jinja2
import jinja2
import textual_serve
from aiohttp import web

from dimchat.web import addresses, headers, log, messages, server_settings
from dimchat.web.addresses import Places
from dimchat.web.forker import Forker, ForkerError
from dimchat.web.handover import Handover
from dimchat.web.messages import CloseCode
from dimchat.web.server_settings import FONT_SIZES, origin_of
from dimchat.wording import catalogue_of
from dimchat.wording import web as words

if TYPE_CHECKING:
    from dimchat.journal import Mode
    from dimchat.web.forker import ForkedProcess
    from dimchat.web.server_settings import Settings
    from dimchat.wording import Catalogue

OWN = Path(__file__).parent
TEXTUAL = Path(textual_serve.__file__).parent / "static"
"""The terminal of the page and its font; nothing else of that package is used."""
CLOSING = 2.0
"""Seconds that a page has to agree to the end."""
LOOK_AGAIN = 15
"""Seconds after which a page without a place looks for one."""
HANDED = frozenset({"host", "upgrade", "connection", *(f"sec-websocket-{n}" for n in ("key", "version", "extensions"))})
"""The headers that a websocket is made of."""

logger = logging.getLogger(log.NAME)


def endings(words: Catalogue, mode: Mode) -> dict[str, tuple[str, str]]:
    """Return a heading and a sentence for every way in which a conversation ends.

    Args:
        words: What dimchat says.
        mode: Of the journal: what is left of a conversation.
    """
    kept = words(f"page.kept.{mode}")
    headings = words.below("page.ended")
    return {name: (heading, words(f"page.ended_text.{name}", kept=kept)) for name, heading in headings.items()}


class WebServer:
    """Serves pages and hands connections over, within bounds, and silent about its visitors."""

    def __init__(self, settings: Settings, title: str, language: str) -> None:
        """Prepare.

        Args:
            settings: What the operator chose.
            title: Of the pack.
            language: Of the pack, as in `lang`.
        """
        self.settings = settings
        self.said = catalogue_of(language)
        self.title = self.said("page.title", title=title)
        self.language = language
        self._names = server_settings.own_names()
        self.places = Places(settings.sessions, settings.sessions_per_address)
        self._told_crowded = False
        self._stopping = False
        self._lost = 0
        """How many rows of the journal were lost, and the journal does not know of."""
        self.visits: set[ForkedProcess] = set()
        """The conversations that are held."""
        self._attending: set[asyncio.Task[None]] = set()
        self._forker = Forker(settings)
        self._keeping: asyncio.Task[None]

    async def on_startup(self, _: web.Application) -> None:
        """Begin to keep the forker."""
        self._keeping = asyncio.create_task(self._forker.keep())

    async def make_app(self) -> web.Application:
        """Return the application, ready to listen."""
        app = web.Application(client_max_size=1024)
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(OWN / "templates"), autoescape=True)
        app.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.get("/ws", self.handle_visitor, name="websocket"),
                web.get("/healthz", self.handle_health, name="health"),
                web.static("/static/textual", TEXTUAL, name="textual"),
                web.static("/static/own", OWN / "static", name="own"),
            ]
        )
        app.on_response_prepare.append(self._add_headers)
        app.on_startup.append(self.on_startup)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(headers.SECURITY)
        response.headers.setdefault("Content-Security-Policy", headers.NOTHING)
        kept = headers.CHECKED if request.path.startswith("/static/") else headers.NOT_KEPT
        response.headers.setdefault("Cache-Control", kept)

    async def handle_index(self, request: web.Request) -> web.Response:
        """Return the page with the conversation, or, when there is no place for it, one that says so."""
        asked = _number(request, "fontsize", self.settings.font_size)
        nonce = secrets.token_urlsafe(16)
        context: dict[str, Any] = {
            "words": self.said,
            "title": self.title,
            "language": self.language,
            "kiosk": self.settings.kiosk,
            "endings": endings(self.said, self.settings.journal.mode),
            "font_size": messages.within(asked, FONT_SIZES),
            "nonce": nonce,
            "seconds": LOOK_AGAIN,
        }
        ending = self._no_place(request)
        if ending is not None:
            status, heading, text, count = (
                (503, "page.ended.full", "page.full_text", self.settings.sessions)
                if ending is CloseCode.FULL
                else (429, "page.ended.crowded", "page.crowded_text", self.settings.sessions_per_address)
            )
            told = self.said(text, count=count, seconds=LOOK_AGAIN)
            context |= {"heading": self.said(heading), "text": told}
            response = aiohttp_jinja2.render_template("full.html", request, context, status=status)
            response.headers["Retry-After"] = str(LOOK_AGAIN)
        else:
            response = aiohttp_jinja2.render_template("page.html", request, context)
        response.headers["Content-Security-Policy"] = headers.page_policy(nonce, self._websocket_origin(request))
        return response

    def _websocket_origin(self, request: web.Request) -> str | None:
        origin = origin_of(self.settings.public_url or f"http://{request.host}")
        return origin.replace("http", "ws", 1) if origin else None

    def _address(self, request: web.Request) -> str:
        """Return what a visitor's conversations are counted by."""
        lines = {name: request.headers.getall(name, []) for name in addresses.HEADERS}
        return addresses.visitor(request.remote, lines, self.settings.proxies)

    def _no_place(self, request: web.Request) -> CloseCode | None:
        """Return why there is no place for a conversation, or None where there is one."""
        if self.places.full:
            return CloseCode.FULL
        if not self.places.full_for(self._address(request)):
            return None
        if not self._told_crowded and not self.settings.proxies and addresses.HEADERS & set(request.headers):
            self._told_crowded = True
            logger.warning(words.LOG_CROWDED)
        return CloseCode.CROWDED

    async def handle_health(self, _: web.Request) -> web.Response:
        """Tell a machine whether conversations can start, by the status alone: 200 or 503; full is no illness."""
        return web.Response(status=503 if self._stopping or self._forker.ill else 200)

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
        ending = CloseCode.STOPPED if self._stopping else self._no_place(request)
        if ending is not None:
            websocket = web.WebSocketResponse(timeout=CLOSING)
            await websocket.prepare(request)
            await websocket.close(code=ending)
            return websocket
        address = self._address(request)
        self.places.take(address)
        handed = asyncio.Event()
        attending = asyncio.create_task(self._attend(request, handed))
        self._attending.add(attending)
        attending.add_done_callback(partial(self._attended, address))
        await handed.wait()
        return web.Response()  # goes nowhere: the connection is no longer ours

    async def _attend(self, request: web.Request, handed: asyncio.Event) -> None:
        """Keep a place until the visitor's process has ended; the event says that the request is dealt with."""
        try:
            visit = await self._handed_over(request)
        finally:
            handed.set()
        if visit is None:
            return
        self.visits.add(visit)
        if self._stopping:
            await visit.stop()
        await visit.ended()
        self.visits.discard(visit)
        if visit.lost:
            self._lost += visit.lost
            logger.warning(words.LOG_LOST.format(count=visit.lost))
        if not visit.well:
            logger.warning(words.LOG_CHILD)
        if visit.drawn or not visit.well:
            self._forker.note(well=visit.drawn)

    async def _handed_over(self, request: web.Request) -> ForkedProcess | None:
        """Give the connection of a request to a process of its own; None where that could not be done."""
        transport = request.transport
        connection = transport.get_extra_info("socket") if transport is not None else None
        if transport is None or connection is None or transport.is_closing():
            return None
        width, height = (_number(request, name) for name in ("width", "height"))
        handover = Handover(
            {name: value for name, value in request.headers.items() if name.casefold() in HANDED},
            *messages.fitting(width or 80, height or 24),
            idle=self.settings.idle,
            notice_at=self.settings.notice_at,
            lost=self._lost,
        )
        self._lost = 0  # that visitor's process tells the journal, or says that it could not
        transport.pause_reading()  # what comes next is for the visitor's process
        descriptor = os.dup(connection.fileno())
        try:
            return await self._forker.begin(handover, descriptor)
        except ForkerError as error:
            self._lost += handover.lost
            self._forker.note(well=False)
            logger.warning(error)
            return None
        finally:
            os.close(descriptor)
            transport.abort()  # lets go of our end; the connection lives on in the other process

    def _attended(self, address: str, attending: asyncio.Task[None]) -> None:
        self._attending.discard(attending)
        self.places.leave(address)
        if not attending.cancelled() and (error := attending.exception()) is not None:
            logger.warning(log.fault(error))

    async def on_shutdown(self, _: web.Application) -> None:
        """End every conversation, each telling its page."""
        self._stopping = True
        self._keeping.cancel()
        await asyncio.gather(self._keeping, *(visit.stop() for visit in self.visits), return_exceptions=True)
        await asyncio.gather(*self._attending, return_exceptions=True)


def _number(request: web.Request, name: str, default: int = 0) -> int:
    """Return a number of the request's query, or the default where it is none."""
    try:
        return int(request.query.get(name, ""))
    except ValueError:
        return default
