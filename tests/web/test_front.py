"""The door of the page's server: who gets a connection, and what of it was read."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from dimchat.web import front
from dimchat.web.front import Front
from dimchat.web.passes import LENGTH, Passes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from dimchat.web.api.desk import ApiDesk

pytestmark = pytest.mark.filterwarnings("ignore:unclosed transport:ResourceWarning")  # a handed-over connection


class Desk:
    """Reads all that comes on the connections that it is passed."""

    def __init__(self) -> None:
        self.api: ApiDesk | None = None
        self.called: list[tuple[str, bytes]] = []
        self.some = asyncio.Event()

    async def call(self, given: str, connection: socket.socket) -> None:
        with connection:
            self.called.append((given, await asyncio.get_running_loop().sock_recv(connection, 1000)))
        self.some.set()


@asynccontextmanager
async def listening(desk: Desk) -> AsyncIterator[int]:
    async def answer(_: web.BaseRequest) -> web.Response:
        return web.Response(text="a page")

    pages = web.Server(answer)
    door = Front(pages, desk)
    try:
        yield await door.listen("127.0.0.1", 0)
    finally:
        await door.close()
        await pages.shutdown()


PASS = Passes().issue("")


@pytest.mark.parametrize("pieces", [1, 3, 1000])
async def test_a_visit_s_connection_is_passed_on_unread(pieces: int) -> None:
    request = f"POST /v/{PASS}/ask HTTP/1.1\r\nHost: x\r\n\r\ntext=secret".encode()
    desk = Desk()
    async with listening(desk) as port:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        size = max(len(request) // pieces, 1)
        for start in range(0, 60, size):
            writer.write(request[start : start + size])
            await writer.drain()
        writer.write(request[len(range(0, 60, size)) * size :])
        async with asyncio.timeout(10):
            await desk.some.wait()
        writer.close()
    ((called, read),) = desk.called
    assert called == PASS
    assert request.startswith(read)
    assert len(read) > len(f"POST /v/{PASS}/")


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/v/", f"/v/{PASS[:-1]}/ask", f"/v/{PASS}x/ask", "/v/" + "!" * 36 + "/"],
    ids=["start", "health", "no pass", "short pass", "long pass", "other signs"],  # a pass differs from run to run
)
async def test_whatever_else_is_asked_for_is_the_pages_server_s(path: str) -> None:
    desk = Desk()
    async with listening(desk) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        async with asyncio.timeout(10):
            assert (await reader.read()).endswith(b"a page")
        writer.close()
    assert desk.called == []


async def test_who_is_turned_away_is_told_where_to_and_not_read() -> None:
    here, there = socket.socketpair()
    there.settimeout(0)
    here.sendall(b"POST /v/x/ask HTTP/1.1\r\n\r\ntext=secret")
    away = asyncio.create_task(front.turn_away(there, front.elsewhere("../../over")))
    here.settimeout(0)
    async with asyncio.timeout(5):
        answer = await asyncio.get_running_loop().sock_recv(here, 1000)
    assert answer.startswith(b"HTTP/1.1 303 See Other\r\nLocation: ../../over\r\n")
    here.close()
    await away


def test_a_pass_is_known_again_and_says_no_address() -> None:
    passes = Passes()
    given = passes.issue("203.0.113.7")
    assert len(given) == LENGTH
    assert passes.place_of(given) == passes.counted_as("203.0.113.7") != passes.counted_as("203.0.113.8")
    assert Passes().place_of(given) is None
    assert given != passes.issue("203.0.113.7")


@given(st.text(max_size=60) | st.text("abcDEF012-_=", min_size=LENGTH, max_size=LENGTH))
def test_nobody_makes_a_pass_up(text: str) -> None:
    assert Passes().place_of(text) is None
