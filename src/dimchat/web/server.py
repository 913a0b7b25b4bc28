"""The server: pages, files, health, and a websocket for each visitor."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp_jinja2
import jinja2
import textual_serve
from aiohttp import WSMsgType, web
from textual_serve.server import Server, to_int

from dimchat import __version__
from dimchat.web import headers, log, messages, origins
from dimchat.web.idle import Idle
from dimchat.web.settings import FONT_SIZES, origin_of
from dimchat.web.visit import Visit
from dimchat.wording import web as words

if TYPE_CHECKING:
    from textual_serve.app_service import AppService

    from dimchat.web.settings import Settings

OWN = Path(__file__).parent
HEARTBEAT = 15.0
"""Seconds between looks at whether a page is still there."""
CLOSING = 2.0
"""Seconds that a page has to agree to the end."""
LARGEST = 1_000_000
"""Bytes of the largest message that a page may send."""
LOOK_AGAIN = 15
"""Seconds after which a page without a place looks for one."""
ILL_AFTER = 3
"""So many conversations that failed to start, one after the other, are an illness."""

logger = logging.getLogger(log.NAME)


class Ending(IntEnum):
    """Why a conversation ended: the code that closes its websocket; static/page.js knows them too."""

    LEFT = 4000
    AGAIN = 4001
    IDLE = 4002
    FULL = 4003
    FAILED = 4004
    STOPPED = 4005


class WebServer(Server):
    """textual-serve's server with bounds, with pages of its own, and silent about its visitors."""

    def __init__(self, settings: Settings, title: str, language: str) -> None:
        """Prepare.

        Args:
            settings: What the operator chose.
            title: Of the pack.
            language: Of the pack, as in `lang`.
        """
        super().__init__(
            "dimchat",
            settings.host,
            settings.port,
            words.PAGE_TITLE.format(title=title),
            settings.public_url,
            Path(textual_serve.__file__).parent / "static",
            OWN / "templates",
        )
        self.settings = settings
        self.language = language
        self._names = origins.own_names()
        self._places = 0
        self._failures = 0
        self._stopping = False
        self._open: set[web.WebSocketResponse] = set()

    def initialize_logging(self) -> None:
        """Log faults without visitors' words."""
        log.start_logging()

    async def on_startup(self, _: web.Application) -> None:
        """Say nothing: whoever starts the server does."""

    async def make_app(self) -> web.Application:
        """Return the application, ready to listen."""
        return await self._make_app()

    async def _make_app(self) -> web.Application:
        app = web.Application(client_max_size=1024)
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(self.templates_path), autoescape=True)
        app.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.get("/ws", self.handle_websocket, name="websocket"),
                web.get("/healthz", self.handle_health, name="health"),
                web.static("/static/textual", self.statics_path, name="textual"),
                web.static("/static/own", OWN / "static", name="own"),
            ]
        )
        app.on_response_prepare.append(self._add_headers)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(headers.SECURITY)
        response.headers.setdefault("Content-Security-Policy", headers.NOTHING)
        kept = headers.CHECKED if request.path.startswith("/static/") else headers.NOT_KEPT
        response.headers.setdefault("Cache-Control", kept)

    @property
    def full(self) -> bool:
        """Tell whether every place is taken."""
        return self._places >= self.settings.sessions

    async def handle_index(self, request: web.Request) -> web.Response:
        """Return the page with the conversation, or, when every place is taken, one that says so."""
        asked = to_int(request.query.get("fontsize", ""), self.settings.font_size)
        nonce = secrets.token_urlsafe(16)
        context: dict[str, Any] = {
            "words": words,
            "title": self.title,
            "language": self.language,
            "kiosk": self.settings.kiosk,
            "font_size": messages.within(asked, FONT_SIZES),
            "nonce": nonce,
            "count": self.settings.sessions,
            "seconds": LOOK_AGAIN,
        }
        if self.full:
            context["full_text"] = words.FULL_TEXT.format(count=self.settings.sessions, seconds=LOOK_AGAIN)
        template, status = ("full.html", 503) if self.full else ("page.html", 200)
        response = aiohttp_jinja2.render_template(template, request, context, status=status)
        if self.full:
            response.headers["Retry-After"] = str(LOOK_AGAIN)
        response.headers["Content-Security-Policy"] = headers.page_policy(nonce, self._websocket_origin(request))
        return response

    def _websocket_origin(self, request: web.Request) -> str | None:
        origin = origin_of(self.settings.public_url or f"http://{request.host}")
        return origin.replace("http", "ws", 1) if origin else None

    async def handle_health(self, _: web.Request) -> web.Response:
        """Tell a machine how it goes: 200 when conversations can start, else 503; full is no illness."""
        state = "stopping" if self._stopping else "failing" if self._failures >= ILL_AFTER else "ok"
        data = {"status": state, "sessions": self._places, "most": self.settings.sessions, "version": __version__}
        return web.json_response(data, status=200 if state == "ok" else 503)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one conversation.

        Raises:
            web.HTTPForbidden: The page that asks is not ours.
        """
        if not origins.allowed(
            request.headers.get("Origin"),
            request.headers.get("Host"),
            public_url=self.settings.public_url,
            names=self._names,
        ):
            raise web.HTTPForbidden
        size = messages.fitting(to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24))
        websocket = web.WebSocketResponse(heartbeat=HEARTBEAT, timeout=CLOSING, max_msg_size=LARGEST)
        free = not self.full and not self._stopping
        self._places += free
        try:
            await websocket.prepare(request)
            self._open.add(websocket)
            if free:
                await self._hold(websocket, *size)
            else:
                await websocket.close(code=Ending.STOPPED if self._stopping else Ending.FULL)
        except Exception as error:  # noqa: BLE001 - the library's own report holds what was said
            logger.warning(log.fault(error))
        finally:
            self._open.discard(websocket)
            self._places -= free
        return websocket

    async def _hold(self, websocket: web.WebSocketResponse, width: int, height: int) -> None:
        """Start a process and keep it and the page together until one of them, or the time, ends it."""
        visit = Visit(self.settings, websocket.send_bytes, websocket.send_str)
        idle = Idle(self.settings.idle, self.settings.notice_at, time.monotonic)

        async def warn(left: int) -> None:
            await websocket.send_json(["idle", left])

        await visit.start(width, height)
        listening = asyncio.create_task(self._listen(websocket, visit, idle))
        watching = asyncio.create_task(idle.watch(warn))
        ending = asyncio.create_task(visit.ended())
        try:
            await asyncio.wait({listening, watching, ending}, return_when=asyncio.FIRST_COMPLETED)
            if not listening.done():
                await websocket.close(code=self._ending_of(visit) if ending.done() else Ending.IDLE)
            if visit.ready:
                self._failures = 0
            elif ending.done():
                self._failures += 1
        finally:
            watching.cancel()
            ending.cancel()
            listening.cancel()
            await visit.stop()
            await asyncio.gather(listening, watching, ending, return_exceptions=True)

    def _ending_of(self, visit: Visit) -> Ending:
        if visit.status and not self.settings.kiosk:
            logger.warning(words.LOG_CHILD.format(status=visit.status))
        if not visit.ready:
            return Ending.FAILED
        if self.settings.kiosk:
            return Ending.AGAIN
        return Ending.FAILED if visit.status else Ending.LEFT

    async def _listen(self, websocket: web.WebSocketResponse, visit: AppService, idle: Idle) -> None:
        """Hand on what the page says until it is gone."""
        async for message in websocket:
            said = messages.read(message.data) if message.type is WSMsgType.TEXT else None
            if isinstance(said, messages.Typed | messages.Stayed) and idle.touch():
                await websocket.send_json(["awake"])
            match said:
                case messages.Typed(data):
                    await visit.send_bytes(data)
                case messages.Resized(width, height):
                    await visit.set_terminal_size(width, height)
                case messages.Pinged(data):
                    await websocket.send_json(["pong", data])
                case messages.Focused(focused):
                    await (visit.focus() if focused else visit.blur())

    async def on_shutdown(self, _: web.Application) -> None:
        """Tell every page that it is over."""
        self._stopping = True
        await asyncio.gather(*(websocket.close(code=Ending.STOPPED) for websocket in set(self._open)))
