"""The API itself: reads requests, says who may ask, and passes questions to processes that answer.

It runs in a process of its own, in which no question is answered, so that it never waits for one.
"""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from dimchat.files.json_text import dumps
from dimchat.model import Context
from dimchat.visit.limits import limit_processor
from dimchat.visit.signals import Signal
from dimchat.web import headers
from dimchat.web.api import answerer, seal
from dimchat.web.api.api_question import LARGEST, Question, asked, told
from dimchat.web.api.callers import Callers
from dimchat.web.api.description import PATHS, openapi, topics
from dimchat.web.api.problems import CONTENT_TYPE, RefusedError
from dimchat.web.handover import CLIENT
from dimchat.wording import api as words

if TYPE_CHECKING:
    from dimchat.journal import Opener
    from dimchat.model import Pack
    from dimchat.visit.signals import Link
    from dimchat.web.api.api_settings import ApiSettings
    from dimchat.web.handover import Handover

JSON: Final = "application/json"
PATIENCE = 10.0
"""Seconds that a question waits for somebody who is free."""
WAITING = 64
"""Questions that may wait."""
CONNECTIONS = 500
"""Connections that are held at a time."""
LONGEST = 30.0
"""Seconds that a connection may take."""
LIFE = 5.0
"""Seconds between two signs of life."""
CLOSING = 2.0
"""Seconds in which requests that are under way are answered when the server ends."""
_AT_ONCE = 4

Answers = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Endpoint:
    """Answers the requests of all clients."""

    def __init__(self, pack: Pack, settings: ApiSettings) -> None:
        """Take the answer set, and what the operator chose."""
        self._pack = pack
        self._settings = settings
        self._free: asyncio.Queue[Answers]
        self._waiting = 0
        self._held: set[asyncio.Task[Any]] = set()
        self._sealer: seal.Sealer
        self._callers: Callers
        self._description = dumps(openapi()).encode()

    async def hold(self, door: socket.socket, _: Handover, link: Link, __: Opener) -> int:
        """Answer the connections that come through the door, and return the exit status."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        keys = self._settings.state_key
        self._sealer = seal.Sealer(
            seal.read_state_keys(keys) if keys else seal.new_keys(), self._pack.digest, time.time
        )
        self._callers = Callers(self._settings, time.monotonic)
        self._free = asyncio.Queue()
        server = web.Server(self.handle, access_log=None)
        link.attend(loop, lambda _: ended.set())
        door.setblocking(False)  # noqa: FBT003 - that is its signature
        loop.add_reader(door.fileno(), partial(self._arrived, door, server, ended))
        link.send(Signal.SHOWN)
        beating = asyncio.create_task(_beat(link))
        await ended.wait()
        beating.cancel()
        loop.remove_reader(door.fileno())
        await server.shutdown(CLOSING)
        return 0

    def _arrived(self, door: socket.socket, server: web.Server, ended: asyncio.Event) -> None:
        try:
            kind, descriptors, _, _ = socket.recv_fds(door, 1, _AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            kind, descriptors = b"", []
        if not kind:
            ended.set()
        for descriptor in descriptors:
            connection = socket.socket(fileno=descriptor)
            connection.setblocking(False)  # noqa: FBT003 - that is its signature
            if kind == CLIENT and len(server.connections) >= CONNECTIONS:
                connection.close()
                continue
            task = asyncio.create_task(_client(server, connection) if kind == CLIENT else self._answers(connection))
            self._held.add(task)
            task.add_done_callback(self._held.discard)

    async def _answers(self, connection: socket.socket) -> None:
        self._free.put_nowait(await asyncio.open_connection(sock=connection))

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request."""
        caller = self._callers.caller(request)
        try:
            response = await self._answered(request)
        except RefusedError as problem:
            response = web.Response(
                status=problem.status, body=problem.body(), content_type=CONTENT_TYPE, headers=problem.headers
            )
        for header, value in {**headers.SECURITY, **headers.NO_PAGE, **caller.shared}.items():
            response.headers.setdefault(header, value)
        response.force_close()  # the next request may be for the server
        return response

    async def _answered(self, request: web.BaseRequest) -> web.Response:
        caller = self._callers.caller(request)
        name, _, rest = request.path.removeprefix("/api/").partition("/")
        path = PATHS.get(f"/api/{name}/{{id}}" if rest else f"/api/{name}")
        self._callers.admit_origin(caller)
        if path is None:
            raise RefusedError("not-found")
        allowed = {each.upper() for each in path}
        if request.method == "OPTIONS":
            return web.Response(status=204, headers={"Allow": ", ".join(sorted(allowed)), **caller.preflight})
        if request.method not in allowed:
            takes = ", ".join(sorted(allowed))
            raise RefusedError("method", words.TAKES.format(methods=takes), Allow=takes)
        if name == "openapi.json":
            return web.Response(body=self._description, content_type=JSON)
        self._callers.admit(caller)
        if name == "topics":
            return self._topics(request)
        return await (self._ask(request) if name == "ask" else self._show(request, rest))

    def _topics(self, request: web.BaseRequest) -> web.Response:
        _, language = told(self._pack, None, request.query.get("language"))
        spoken = self._pack.in_language(language or self._pack.language)
        return web.Response(body=dumps(topics(spoken, self._pack.languages)).encode(), content_type=JSON)

    async def _ask(self, request: web.BaseRequest) -> web.Response:
        question = asked(request.headers.get("Content-Type", ""), await _body(request), self._pack)
        carried = self._sealer.opened(question.state) if question.state else seal.Carried()
        return await self._replied(question, carried)

    async def _show(self, request: web.BaseRequest, intent: str) -> web.Response:
        if intent not in self._pack.answer:
            raise RefusedError("no-such-answer")
        asked = told(self._pack, request.query.get("reader"), request.query.get("language"))
        question = Question("1", None, *asked)
        title = self._pack.in_language(question.language or self._pack.language).intent[intent].title
        # As a click on it would: the first of the choices that stand.
        return await self._replied(question, seal.Carried(Context(options=(intent,))), title)

    async def _replied(self, question: Question, carried: seal.Carried, title: str | None = None) -> web.Response:
        message = {
            "question": question.text,
            "context": question.after(carried.context, self._pack)._asdict(),
            "silent": carried.silent,
            "as": title,
        }
        found = await self._exchanged(message)
        after = seal.Carried(answerer.context_of(found["context"]), found["silent"])
        state = dumps(self._sealer.sealed(after))
        return web.Response(body=f'{{"reply": {found["reply"]}, "state": {state}}}'.encode(), content_type=JSON)

    async def _exchanged(self, message: dict[str, Any]) -> dict[str, Any]:
        """Let somebody answer who is free.

        Raises:
            RefusedError: Nobody is, or their process ended over it.
        """
        if self._waiting >= WAITING:
            raise RefusedError("busy", retry=1)
        self._waiting += 1
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await self._free.get()
        except TimeoutError:
            raise RefusedError("busy", retry=1) from None
        finally:
            self._waiting -= 1
        answering = asyncio.create_task(self._turn(reader, writer, message))
        self._held.add(answering)
        answering.add_done_callback(self._held.discard)
        found = await asyncio.shield(answering)  # a client that goes takes no answer for somebody else with it
        if found is None:
            raise RefusedError("busy", retry=1)
        return found

    async def _turn(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, message: dict[str, Any]
    ) -> dict[str, Any] | None:
        answerer.send(writer, message)
        found = await answerer.received(reader)
        if found is None:
            writer.close()  # the server sends another
        else:
            self._free.put_nowait((reader, writer))
        return found


async def _client(server: web.Server, connection: socket.socket) -> None:
    transport, _ = await asyncio.get_running_loop().connect_accepted_socket(server, connection)
    asyncio.get_running_loop().call_later(LONGEST, transport.abort)


async def _beat(link: Link) -> None:
    while True:
        link.send(Signal.BEAT)
        limit_processor()
        await asyncio.sleep(LIFE)


async def _body(request: web.BaseRequest) -> bytes:
    """Return the body of a request.

    Raises:
        RefusedError: It is larger than any question.
    """
    body = b""
    with suppress(web.HTTPException):
        while more := await request.content.read(LARGEST + 1):
            body += more
            if len(body) > LARGEST:
                raise RefusedError("too-large", words.MOST_BYTES.format(most=LARGEST))
    return body
