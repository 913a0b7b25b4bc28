"""What both faces in a browser share: places, the processes of visitors, health, and how all of it ends."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import aiohttp_jinja2
import jinja2
from aiohttp import web

from dimchat.visit.signals import COUNTED, Signal, Today
from dimchat.web import addresses, front, headers, log, server_settings
from dimchat.web.addresses import Places
from dimchat.web.api.desk import ApiDesk
from dimchat.web.forker import Forker, ForkerError
from dimchat.web.messages import CloseCode
from dimchat.web.server_settings import origin_of
from dimchat.wording import catalogue_of
from dimchat.wording import web as words

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Coroutine, Mapping

    from dimchat.web.forker import ForkedProcess
    from dimchat.web.handover import Handover
    from dimchat.web.server_settings import Settings

OWN = Path(__file__).parent
CLOSING = 2.0
"""Seconds that a page has to agree to the end."""
STAFF = frozenset({Signal.STAFF, Signal.COUNTS, Signal.RELOAD, Signal.LEAVE})
"""What the staff asks for."""
LOOK_AGAIN = 15
"""Seconds after which a page without a place looks for one."""

logger = log.logger


class Described(NamedTuple):
    """What the server knows of the pack."""

    title: str
    language: str
    """As in `lang`."""
    first: str = ""
    """The first page, where a visitor's process draws pages."""
    colours: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """Those that it chose, by theme."""
    logo: str = ""
    """Its logo, a PNG in base 64, or nothing."""
    fingerprint: str = ""
    """Of its files."""


class WebServer(ABC):
    """Serves pages and passes connections on, within bounds, and silent about its visitors."""

    def __init__(self, settings: Settings, title: str, language: str) -> None:
        """Prepare.

        Args:
            settings: What the operator chose.
            title: Of the pack.
            language: Of the pack, as in `lang`.
        """
        self.settings = settings
        self.describe(title, language)
        self._names = server_settings.own_names()
        self.places = Places(settings.sessions, settings.sessions_per_address)
        self._told_crowded = False
        self._stopping = False
        self.today = Today(date.today())  # noqa: DTZ011 - the day of the people here
        self._lost = 0
        """How many rows of the journal were lost, and the journal does not know of."""
        self.visits: set[ForkedProcess] = set()
        """The conversations that are held."""
        self._attending: set[asyncio.Task[None]] = set()
        self._forker = Forker(settings)
        self.api = ApiDesk(self.begin, self._watch, settings.api.answerers) if settings.api is not None else None
        """Where clients of the API are passed to."""
        self.staff: Callable[[Signal], Awaitable[Signal | bytes | None]] = self._no_staff
        """Does what the staff asks for, and returns the answer."""
        self._keeping: list[asyncio.Task[None]] = []

    def describe(self, title: str, language: str) -> None:
        """Say what the pages are about, and in which language."""
        self.said = catalogue_of(language)
        self.title = self.said("page.title", title=title)
        self.language = language

    def renew(self, settings: Settings, pack: Described) -> None:
        """Let visits that begin from now on have another pack."""
        self.settings = settings
        self.describe(pack.title, pack.language)
        self._forker.renew(settings)
        if self.api is not None:
            self.api.renew()

    async def on_startup(self, _: web.Application) -> None:
        """Begin to keep the forker, and the processes of the API."""
        keepers = (self._forker, *((self.api,) if self.api is not None else ()))
        self._keeping = [asyncio.create_task(one.keep()) for one in keepers]

    async def make_app(self) -> web.Application:
        """Return the application, ready to listen."""
        app = web.Application(client_max_size=1024)
        aiohttp_jinja2.setup(app, loader=jinja2.FileSystemLoader(OWN / "templates"), autoescape=True)
        app.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.get("/healthz", self.handle_health, name="health"),
                web.static("/static/own", OWN / "static", name="own"),
            ]
        )
        self.add_routes(app)
        app.on_response_prepare.append(self.add_headers)
        app.on_startup.append(self.on_startup)
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def call(self, given: str, connection: socket.socket) -> None:  # noqa: ARG002 - of the page
        """Send whoever calls a visit to the first page: there are none."""
        await front.turn_away(connection, front.elsewhere("../../"))

    @abstractmethod
    def add_routes(self, app: web.Application) -> None:
        """Add what this face needs besides."""

    @abstractmethod
    def page(self, request: web.Request) -> web.Response:
        """Return the page of a new visit."""

    def counted_as(self, request: web.Request) -> str:
        """Return what a visitor's conversations are counted by: the address."""
        lines = {name: request.headers.getall(name, []) for name in addresses.HEADERS}
        return addresses.visitor(request.remote, lines, self.settings.proxies)

    async def add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """Add what every answer carries."""
        referrer = response.headers.get("Referrer-Policy", headers.SECURITY["Referrer-Policy"])
        response.headers.update({**headers.SECURITY, "Referrer-Policy": referrer})
        response.headers.setdefault("Content-Security-Policy", headers.NOTHING)
        kept = (
            headers.CHECKED if request.path.startswith(("/static/", f"{headers.WIDGET}static/")) else headers.NOT_KEPT
        )
        response.headers.setdefault("Cache-Control", kept)
        headers.let_frame(response.headers, request.path, self.settings.origins)

    async def handle_index(self, request: web.Request) -> web.Response:
        """Return the page of a new visit, or, when there is no place for it, one that says so."""
        ending = self.no_place(self.counted_as(request))
        if ending is None:
            return self.page(request)
        self.tell_crowded(request, ending)
        status, heading, text, count = (
            (503, "page.ended.full", "page.full_text", self.settings.sessions)
            if ending is CloseCode.FULL
            else (429, "page.ended.crowded", "page.crowded_text", self.settings.sessions_per_address)
        )
        told = self.said(text, count=count, seconds=LOOK_AGAIN)
        response = self.told(request, self.said(heading), told, seconds=LOOK_AGAIN)
        response.set_status(status)
        response.headers["Retry-After"] = str(LOOK_AGAIN)
        return response

    def told(self, request: web.Request, heading: str, text: str, seconds: int = 0) -> web.Response:
        """Return a page that says one thing, and perhaps looks again after some seconds."""
        context = self.context() | {"heading": heading, "text": text, "seconds": seconds}
        response = aiohttp_jinja2.render_template("full.html", request, context)
        response.headers["Content-Security-Policy"] = headers.TOLD
        return response

    def context(self) -> dict[str, Any]:
        """Return what every page needs."""
        chosen = {"kiosk": self.settings.kiosk, "terminal": self.settings.terminal}
        return {"words": self.said, "title": self.title, "language": self.language, **chosen}

    def websocket_origin(self, request: web.Request) -> str | None:
        """Return from where websockets may be opened, for browsers whose policy does not think of them."""
        origin = origin_of(self.settings.public_url or f"http://{request.host}")
        return origin.replace("http", "ws", 1) if origin else None

    def no_place(self, counted_as: str) -> CloseCode | None:
        """Return why there is no place for a conversation, or None where there is one."""
        if self._stopping:
            return CloseCode.STOPPED
        if self.places.full:
            return CloseCode.FULL
        return CloseCode.CROWDED if self.places.full_for(counted_as) else None

    def tell_crowded(self, request: web.Request, ending: CloseCode) -> None:
        """Say once that visitors are counted as one whom a proxy hands on that nobody named."""
        proxied = not self.settings.proxies and addresses.HEADERS & set(request.headers)
        if ending is CloseCode.CROWDED and proxied and not self._told_crowded:
            self._told_crowded = True
            logger.warning(words.LOG_CROWDED)

    async def handle_health(self, _: web.Request) -> web.Response:
        """Tell a machine whether conversations can start, by the status alone: 200 or 503; full is no illness."""
        return web.Response(status=503 if self._stopping or self._forker.ill else 200)

    def visit(
        self,
        counted_as: str,
        beginning: Coroutine[None, None, ForkedProcess | None],
        over: Callable[[], None] = lambda: None,
    ) -> asyncio.Future[ForkedProcess | None]:
        """Take a place for a conversation.

        Args:
            counted_as: Whose place it is.
            beginning: Returns its process, or None where none could be had.
            over: Called when the conversation is over.

        Returns:
            What becomes that process.
        """
        self.places.take(counted_as)
        begun, attending = self._watch(beginning)
        attending.add_done_callback(partial(self._left, counted_as, over))
        return begun

    def _watch(
        self, beginning: Coroutine[None, None, ForkedProcess | None]
    ) -> tuple[asyncio.Future[ForkedProcess | None], asyncio.Task[None]]:
        """Begin a process, and return what becomes it, and what ends with it; the argument is that of `visit`."""
        begun: asyncio.Future[ForkedProcess | None] = asyncio.get_running_loop().create_future()
        attending = asyncio.create_task(self._attend(beginning, begun))
        self._attending.add(attending)
        attending.add_done_callback(self._attended)
        return begun, attending

    async def _attend(
        self, beginning: Coroutine[None, None, ForkedProcess | None], begun: asyncio.Future[ForkedProcess | None]
    ) -> None:
        """Watch over a process until it has ended."""
        visit = None
        try:
            visit = await beginning
        finally:
            begun.set_result(visit)
        if visit is None:
            return
        self.visits.add(visit)
        visit.hear = lambda sign: self._hear(visit, sign)
        if self._stopping:
            await visit.stop()
        await visit.ended()
        self.visits.discard(visit)
        if visit.lost:
            self._lost += visit.lost
            logger.warning(words.LOG_LOST.format(count=visit.lost))
        if not visit.well:
            self._count("crashes")
            logger.warning(words.LOG_CHILD)
        if visit.drawn or not visit.well:
            self._forker.note(well=visit.drawn)

    def _count(self, name: str) -> None:
        """Count one more of a kind today: numbers are all that is known of visits here."""
        self.today.add(name, date.today())  # noqa: DTZ011 - as above

    async def begin(self, handover: Handover, connection: int) -> ForkedProcess | None:
        """Give the connection with this descriptor to a process of its own; None where that could not be done."""
        handover = replace(handover, lost=self._lost)
        self._lost = 0  # that visitor's process tells the journal, or says that it could not
        try:
            return await self._forker.begin(handover, connection)
        except ForkerError as error:
            self._lost += handover.lost
            self._forker.note(well=False)
            if not self._stopping:
                logger.warning(error)
            return None

    def _hear(self, visit: ForkedProcess, sign: Signal) -> None:
        """Count what is counted; do what the staff of a stand asks for, and answer."""
        if sign in COUNTED and sign is not Signal.LOST:  # those are told once a visit is over
            self._count(COUNTED[sign])
        if sign not in STAFF or not self.settings.kiosk:
            return

        async def answered() -> None:
            if (answer := await self.staff(sign)) is not None:
                visit.send(answer)

        task = asyncio.create_task(answered())
        self._attending.add(task)
        task.add_done_callback(self._attended)

    async def _no_staff(self, _: Signal) -> Signal | bytes | None:
        return None

    def _left(self, counted_as: str, over: Callable[[], None], _: asyncio.Task[None]) -> None:
        over()
        self.places.leave(counted_as)

    def _attended(self, attending: asyncio.Task[None]) -> None:
        self._attending.discard(attending)
        if not attending.cancelled() and (error := attending.exception()) is not None:
            logger.warning(log.fault(error))

    async def on_shutdown(self, _: web.Application) -> None:
        """End every conversation, each telling its page."""
        self._stopping = True
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, *(visit.stop() for visit in self.visits), return_exceptions=True)
        await asyncio.gather(*self._attending, return_exceptions=True)
