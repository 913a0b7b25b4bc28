"""One visit of the page in a process of its own: its requests, the look at whether somebody is there, and its end."""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import socket
import time
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import WSCloseCode, WSMsgType, web

from dimchat.apps.base.session import Session
from dimchat.journal import Opener, Switch
from dimchat.kiosk.stand_settings import Settings
from dimchat.pack.branding import palettes
from dimchat.visit.apart import Apart
from dimchat.visit.idle import Idle
from dimchat.visit.limits import limit_processor
from dimchat.visit.sharing import give_back
from dimchat.visit.signals import OF_KIND, DayCounts, Link, Signal
from dimchat.web import headers, server_settings
from dimchat.web.handover import Handover
from dimchat.web.messages import CloseCode
from dimchat.web.visitor.drawing import Drawing
from dimchat.web.visitor.staff_desk import StaffDesk
from dimchat.web.visitor.talk import LONGEST, Talk
from dimchat.wording import catalogue_of

if TYPE_CHECKING:
    from pathlib import Path

    from dimchat.dialogue import Assistant

LARGEST = 20_000
"""Bytes of the largest form."""
FIELDS = 10
HEARTBEAT = 15.0
"""Seconds between looks at whether the page is still there."""
CLOSING = 2.0
"""Seconds that a page has to agree to the end."""
RETURN = 20.0
"""Seconds in which a page whose connection broke may come back."""
LIFE = 5.0
"""Seconds between two signs of life."""
WARNING = 20.0
"""Seconds that a stand warns: WCAG 2.2.1 asks for as many."""
SELDOM = (50_000, 50, 100)
"""How seldom a visitor's process looks for cycles: each look would copy memory that it shares with the others."""
ROOT: Final = "../../"
"""The way from the pages of a visit to the server's first page."""


class Chosen(NamedTuple):
    """What the operator chose."""

    switch: Switch
    """Of the journal."""
    stand_idle: float | None = None
    """Of a stand: seconds of silence before it warns."""
    public_url: str | None = None
    origins: tuple[str, ...] = ()
    """Sites that may show the page in a frame."""
    pack: Path | None = None
    """The folder of the pack; None for the bundled one."""

    @property
    def stand(self) -> Settings:
        """Return what the staff's self-test looks at."""
        return Settings(str(self.pack) if self.pack is not None else None, journal=self.switch)


class PageFace:
    """Draws pages for visitors, each in a process of its own."""

    def __init__(self, assistant: Assistant, chosen: Chosen) -> None:
        """Take what answers, and what the operator chose."""
        self.pack = assistant.pack
        self.words = catalogue_of(self.pack.language)
        self.chosen = chosen
        self.assistant = assistant
        self.today = date.today
        """Returns the day."""
        self._drawings: dict[str, Drawing] = {}

    @property
    def stand(self) -> bool:
        """Return whether this is a stand."""
        return self.chosen.stand_idle is not None

    def first(self, given: str) -> str:
        """Return the first page of a visit with this pass."""
        talk = self.talk()
        return self.drawing(talk).page(talk, root="", visit=f"v/{given}/", first=True)

    def drawing(self, talk: Talk) -> Drawing:
        """Return what draws the pages of a visit, in the language that it has."""
        session, mode = talk.session, self.chosen.switch.mode
        made = self._drawings.get(session.words.language)
        if made is None:
            made = Drawing(session, mode, stand=self.stand, today=self.today)
            self._drawings[session.words.language] = made
        return made

    def talk(self, opener: Opener | None = None, *, limited: bool = False) -> Talk:
        """Return the beginning of a visit, recorded by what the opener opens.

        Args:
            opener: Opens the journal.
            limited: Whether each turn has a process of its own, within what it may use: a visitor's, never the one
                that visitors' processes come from.
        """
        recorder = opener(self.pack) if opener is not None else None
        answers = Apart(self.assistant) if limited else self.assistant
        session = Session(self.pack, answers, time.monotonic, recorder, words=self.words)
        return Talk(session, stand=self.stand)

    def rehearse(self) -> None:
        """Do once what every visit needs, so that it lies ready for all."""
        talk = self.talk()
        for text in (self.pack.browsable[0].title if self.pack.browsable else "", "?"):
            talk.act("ask", {"text": text})
            talk.act("take", {"step": str(talk.last.number)})
            self.drawing(talk).page(talk, root=ROOT, visit="", first=True)
        for language in self.pack.also_in:
            talk.act("language", {"language": language})
            self.drawing(talk).page(talk, root=ROOT, visit="", first=True)
        asyncio.run(self._visited_by_nobody())

    async def _visited_by_nobody(self) -> None:
        """Hold a visit: what the library of the requests loads and keeps, every visitor's process finds done."""
        (server, child), (browser, connection) = socket.socketpair(), socket.socketpair()
        browser.settimeout(0)
        browser.sendall(b"GET /v/x/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        visit = PageVisit(self, Handover(0.0, 0.0), Link(child), Opener(Switch(), "web"))
        holding = asyncio.create_task(visit.hold(connection))
        while await asyncio.get_running_loop().sock_recv(browser, LARGEST):
            pass
        server.close()
        await holding
        browser.close()
        child.close()

    async def hold(self, connection: socket.socket, handover: Handover, link: Link, opener: Opener) -> int:
        """Hold a visit that began with a connection, and return the exit status."""
        gc.set_threshold(*SELDOM)
        return await PageVisit(self, handover, link, opener, limited=True).hold(connection)


class PageVisit:
    """Answers the requests of one visitor until the visit ends."""

    def __init__(
        self, face: PageFace, handover: Handover, link: Link, opener: Opener | None, *, limited: bool = False
    ) -> None:
        """Begin.

        Args:
            face: What draws.
            handover: What the server knows of the visit.
            link: To the server.
            opener: Of the journal.
            limited: As for `PageFace.talk`.
        """
        self._face, self._limited = face, limited
        self._link = link
        self.talk = face.talk(opener, limited=limited)
        idle = face.chosen.stand_idle
        quiet, warning = (handover.notice_at, handover.idle - handover.notice_at) if idle is None else (idle, WARNING)
        self._idle = Idle(quiet, warning, time.monotonic)
        if face.stand:
            self.talk.staff = StaffDesk(link, face.chosen.stand, lambda: self.talk.words)
        self._begun = asyncio.Event()
        self._sockets: set[web.WebSocketResponse] = set()
        self._names = server_settings.own_names()
        self._connections: set[asyncio.Task[object]] = set()
        self._drawn = False
        self._moving = False
        """Whether the page is about to be another one."""
        self._ending: asyncio.Future[CloseCode] = asyncio.get_running_loop().create_future()
        self._server = web.Server(self.handle, access_log=None)
        if not face.stand:
            self._begun.set()

    async def hold(self, connection: socket.socket) -> int:
        """Answer until the visit ends, and return the exit status: 1 after a fault."""
        loop, gone = asyncio.get_running_loop(), asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, gone.set)
        self._link.attend_calls(loop, self._take, gone, self._hear)
        self._take(connection)
        others = [asyncio.create_task(each) for each in (self._silence(), self._server_gone(gone), self._beat())]
        code = await self._ending
        await asyncio.gather(*(one.close(code=code) for one in self._sockets), return_exceptions=True)
        await self._server.shutdown(CLOSING)
        for task in others:
            task.cancel()
        return 1 if code is CloseCode.FAILED else 0

    def _hear(self, message: Signal | DayCounts) -> None:
        """Take what the server says: that there is another pack, or what the staff asked for."""
        if message is Signal.RENEW:
            if not self._begun.is_set():
                self.end(CloseCode.AGAIN)
        elif self.talk.staff is not None:
            self.talk.staff.hear(message)

    def _take(self, connection: socket.socket) -> None:
        connection.settimeout(0)
        task = asyncio.create_task(asyncio.get_running_loop().connect_accepted_socket(self._server, connection))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    def end(self, code: CloseCode) -> None:
        """End the visit."""
        if not self._ending.done():
            self._ending.set_result(code)

    async def _silence(self) -> None:
        """End the visit when the visitor was silent for too long."""
        await self._begun.wait()
        self._link.send(Signal.VISITOR)
        self._idle.touch()
        await self._idle.watch(partial(self._tell, "idle"))
        self.end(CloseCode.AGAIN if self._face.stand else CloseCode.IDLE)

    async def _server_gone(self, gone: asyncio.Event) -> None:
        """End the visit when the server ends."""
        await gone.wait()
        self.end(CloseCode.STOPPED)

    async def _tell(self, *message: object) -> None:
        for one in self._sockets:
            await one.send_json(list(message))

    async def _beat(self) -> None:
        while True:
            self._link.send(Signal.BEAT)
            if self._limited:
                limit_processor()  # no turn is under way
            await asyncio.sleep(LIFE)

    async def _noticed(self) -> None:
        """Note a sign of the visitor."""
        self._begun.set()
        if self._idle.touch():
            await self._tell("awake")

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request below the address of the visit."""
        name = request.path.rpartition("/")[2]
        if name == "ws":
            return await self._attend(request)
        try:
            response = await (self._posted(request, name) if request.method == "POST" else self._got(request, name))
        except web.HTTPException as refused:
            response = web.Response(status=refused.status, headers=refused.headers)
        except Exception:  # noqa: BLE001 - what it says could hold the visitor's words
            self.end(CloseCode.FAILED)
            response = _to(f"{ROOT}over")
        for header, value in {**headers.SECURITY, **headers.NO_PAGE}.items():
            response.headers.setdefault(header, value)
        headers.let_frame(response.headers, request.path, self._face.chosen.origins)
        response.force_close()  # the next request may be for the server
        await response.prepare(request)
        await response.write_eof()
        give_back()
        if not self._drawn:
            self._drawn = True
            self._link.send(Signal.SHOWN)
        if name == "over" and response.headers.get("Location") == ROOT:
            self.end(CloseCode.AGAIN if self._face.stand else CloseCode.LEFT)
        return response

    async def _got(self, request: web.BaseRequest, name: str) -> web.Response:
        if name:
            raise web.HTTPNotFound
        await self._noticed()
        return self._page(request)

    async def _posted(self, request: web.BaseRequest, name: str) -> web.Response:
        if not self._is_ours(request):
            raise web.HTTPForbidden
        values = await _form(request)
        await self._noticed()
        if name == "over":
            return _to(ROOT)
        if name == "find":
            found = self.talk.session.near(values.get("text", "")[:LONGEST])
            return web.json_response([{"intent": one.intent, "title": one.title} for one in found])
        if name == "staff" and self.talk.staff is not None:
            if await self.talk.staff.do(values):
                self.end(CloseCode.AGAIN)
        elif self.talk.staff is not None:
            self.talk.staff.forget()
        before = self.talk.session.last
        if not self.talk.act(name, values):
            raise web.HTTPNotFound
        last = self.talk.session.last
        if last is not None and last is not before and last.reply.kind in OF_KIND:
            self._link.send(OF_KIND[last.reply.kind])
        self._moving = name == "language"
        if request.headers.get("X-Part"):
            return self._page(request, part=True)
        return _to("./" if self._moving else f"./#step-{self.talk.touched.number}")

    def _is_ours(self, request: web.BaseRequest) -> bool:
        """Tell whether a form comes from our own page, as far as the browser says where it comes from."""
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        if site not in (None, "same-origin", "none"):
            return False
        return origin is None or server_settings.allowed(
            origin, request.headers.get("Host"), public_url=self._face.chosen.public_url, names=self._names
        )

    def _page(self, request: web.BaseRequest, *, part: bool = False) -> web.Response:
        drawing = self._face.drawing(self.talk)
        page = drawing.page(self.talk, root=ROOT, visit="", part=part)
        self._idle.reading(drawing.count(self.talk) if self._face.stand else 0)
        response = web.Response(text=page, content_type="text/html")
        origin = server_settings.origin_of(self._face.chosen.public_url or f"http://{request.host}")
        response.headers.update(headers.page(origin.replace("http", "ws", 1) if origin else None))
        return response

    async def _attend(self, request: web.BaseRequest) -> web.StreamResponse:
        """Be there for as long as the page is; when it is closed, the visit ends."""
        if not self._is_ours(request) or not web.WebSocketResponse().can_prepare(request).ok:
            return web.Response(status=403)
        page = web.WebSocketResponse(heartbeat=HEARTBEAT, timeout=CLOSING, max_msg_size=1024, compress=False)
        page.headers.update(headers.SECURITY)
        await page.prepare(request)
        self._link.send(Signal.SHOWN)
        self._drawn = True
        self._sockets.add(page)
        self._moving = False
        async for message in page:
            if message.type is WSMsgType.TEXT:
                await self._noticed()
        self._sockets.discard(page)
        left = page.close_code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY) and not self._moving
        asyncio.get_running_loop().call_later(0 if left else RETURN, self._left)
        return page

    def _left(self) -> None:
        if not self._sockets:
            self.end(CloseCode.LEFT)


def _to(address: str) -> web.Response:
    """Return what leads a browser elsewhere, with GET."""
    return web.Response(status=303, headers={"Location": address})


async def _form(request: web.BaseRequest) -> dict[str, str]:
    """Return the fields of a form.

    Raises:
        web.HTTPRequestEntityTooLarge: It is larger than any of ours.
        web.HTTPBadRequest: It is no form.
    """
    body = b""
    while more := await request.content.read(LARGEST + 1):
        body += more
        if len(body) > LARGEST:
            raise web.HTTPRequestEntityTooLarge(LARGEST, len(body))
    try:
        return dict(parse_qsl(body.decode("utf-8", "replace"), max_num_fields=FIELDS))
    except ValueError:
        raise web.HTTPBadRequest from None


def described(face: PageFace, given: str) -> str:
    """Return as JSON what the server asks before it listens.

    Args:
        face: What draws.
        given: What stands in the first page where a pass belongs.
    """
    pack = face.pack
    told = {"title": pack.title, "language": pack.language, "first": face.first(given)}
    return json.dumps({**told, "colours": palettes(pack.look), "logo": pack.look.logo, "fingerprint": pack.fingerprint})
