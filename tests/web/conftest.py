"""A server that runs within the test, and visitors at its door."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from tests.web.in_chromium import CHROMIUM, Visit

from dimchat.index import open_assistant
from dimchat.web.server_settings import Settings
from dimchat.web.terminal_server import TerminalServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ANSI = re.compile(r"\x1b\[[0-9;?<>$]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]")

DOORKEEPER = """
import os, signal, socket
from dimchat.visit.signals import Signal
from dimchat.web.handover import take_over
DRAWN, ENDED, LOST, READY = (Signal[n].value for n in ("SHOWN", "ENDED", "LOST", "READY"))
forker = socket.socket(fileno=os.dup(0))
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
forker.send(READY)
while (taken := take_over(forker)) is not None:
    handover, connection, channel = taken
    if pid := os.fork():
        connection.close()
        channel.close()
        forker.send(str(pid).encode())
        continue
    forker.close()
    {visit}
    os._exit(0)
"""
"""A forker without a screen."""

HOLD = "channel.send(DRAWN); channel.recv(1); channel.send(ENDED)"
"""A visitor's process that holds the connection until the server ends it."""


@dataclass
class Site:
    """A running server, and a browser without a screen."""

    server: TerminalServer
    test: TestServer
    client: aiohttp.ClientSession

    @property
    def url(self) -> str:
        return str(self.test.make_url("")).rstrip("/")

    def websocket(self, origin: str | None = None, query: str = "?width=100&height=30") -> Any:
        return self.client.ws_connect(f"{self.url}/ws{query}", headers={"Origin": origin or self.url})

    async def health(self) -> int:
        """Return the status with which it says how it goes."""
        async with self.client.get(f"{self.url}/healthz") as answer:
            return answer.status

    @property
    def sessions(self) -> int:
        """Return how many conversations there are."""
        return self.server.places.taken

    async def until_empty(self) -> None:
        """Wait until every conversation's process has ended."""
        async with asyncio.timeout(20):
            while self.sessions:  # noqa: ASYNC110 - the event is in another process
                await asyncio.sleep(0.05)

    async def seen(self, websocket: Any, text: str) -> str:
        """Read what is drawn until a text is among it, and return everything."""
        drawn = ""
        async with asyncio.timeout(20):
            async for message in websocket:
                if message.type is aiohttp.WSMsgType.BINARY:
                    drawn += ANSI.sub("", message.data.decode())
                    if text in drawn:
                        return drawn
        raise AssertionError((text, drawn))


Serving = Callable[..., AbstractAsyncContextManager[Site]]


@pytest.fixture(scope="session")
def indexed() -> None:
    """Have the bundled pack's index built, as the server does before it listens."""
    open_assistant()


@pytest.fixture
def serving() -> Serving:
    """Serve with these settings."""

    @asynccontextmanager
    async def serving(**options: Any) -> AsyncIterator[Site]:
        settings = Settings(**{"grace": 1.0, "terminal": True, **options})
        server = TerminalServer(settings, "Toys & Dolls", "en")
        test = TestServer(await server.make_app(), access_log=None)
        await test.start_server(shutdown_timeout=5)
        try:
            async with aiohttp.ClientSession() as client:
                yield Site(server, test, client)
        finally:
            await test.close()

    return serving


@pytest.fixture
def code() -> Callable[[str], str]:
    """Return the code of a forker whose visitors' processes do this."""
    return lambda visit: DOORKEEPER.format(visit=visit)


@pytest.fixture
def doorkeepers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let visitors' processes hold the connection only, which starts them in no time."""
    monkeypatch.setattr("dimchat.web.forker.command", lambda *_: [sys.executable, "-c", DOORKEEPER.format(visit=HOLD)])


def memory_holds(pid: int, text: bytes) -> bool:
    """Tell whether a process has a text anywhere in what it may write to."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in maps:
            span, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in span.split("-"))
            memory.seek(start)
            try:
                if text in memory.read(end - start):
                    return True
            except OSError:
                continue  # a region of the kernel's
    return False


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium, once for a module."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (the extra test)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visiting(browser: Browser) -> Callable[..., Any]:
    """Open a fresh browser window, as a new visitor has."""

    @contextmanager
    def visiting(**options: Any) -> Iterator[Visit]:
        options.setdefault("viewport", {"width": 1000, "height": 640})
        context = browser.new_context(**options)
        try:
            yield Visit(context.new_page())
        finally:
            context.close()

    return visiting
