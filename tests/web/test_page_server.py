"""The page from outside: forms of a browser without a script, and the presence of one that has it."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import aiohttp
import pytest
from aiohttp import web
from tests.web.conftest import memory_holds

from dimchat.index import open_assistant
from dimchat.journal import Switch
from dimchat.web.front import Front
from dimchat.web.messages import CloseCode
from dimchat.web.page_server import PASS, PageServer
from dimchat.web.server_settings import Settings
from dimchat.web.visitor.page_visit import Chosen, PageFace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed transport:ResourceWarning"),  # a handed-over connection
    pytest.mark.usefixtures("indexed"),
]
MARK = "zanzibar7quux"


@dataclass
class Visitor:
    """A browser without a script."""

    client: aiohttp.ClientSession
    url: str
    page: str = ""

    @property
    def visit(self) -> str:
        found = re.search(r'data-visit="([^"]+)"', self.page)
        assert found is not None
        return f"{self.url}/{found[1]}"

    async def get(self, url: str) -> aiohttp.ClientResponse:
        answer = await self.client.get(url)
        self.page = await answer.text()
        return answer

    async def post(self, url: str, headers: dict[str, str] | None = None, **values: str) -> aiohttp.ClientResponse:
        answer = await self.client.post(url, data=values, headers={"Origin": self.url, **(headers or {})})
        self.page = await answer.text()
        return answer


@dataclass
class Served:
    server: PageServer
    url: str
    client: aiohttp.ClientSession

    async def visitor(self) -> Visitor:
        visitor = Visitor(self.client, self.url)
        await visitor.get(f"{self.url}/")
        return visitor

    async def until_empty(self) -> None:
        async with asyncio.timeout(20):
            while self.server.places.taken:  # noqa: ASYNC110 - the event is in another process
                await asyncio.sleep(0.05)


@asynccontextmanager
async def serving(**options: Any) -> AsyncIterator[Served]:
    settings = Settings(**{"grace": 1.0, **options})
    face = PageFace(open_assistant(), Chosen(Switch(), settings.kiosk_idle if settings.kiosk else None))
    server = PageServer(settings, face.pack.title, face.pack.language, face.first(PASS))
    runner = web.AppRunner(await server.make_app(), access_log=None, shutdown_timeout=3)
    await runner.setup()
    door = Front(cast("web.Server", runner.server), server)
    port = await door.listen("127.0.0.1", 0)
    try:
        async with aiohttp.ClientSession() as client:
            yield Served(server, f"http://127.0.0.1:{port}", client)
    finally:
        await door.close()
        await runner.cleanup()


async def test_a_visit_without_a_script_from_the_first_page_to_its_end() -> None:
    async with serving() as served:
        one, other = await served.visitor(), await served.visitor()
        first, stranger = one.visit, other.visit
        assert first != stranger
        answer = await one.post(f"{first}ask", text=f"what is the CRA {MARK}")
        assert (answer.status, str(answer.url)) == (200, first)
        assert MARK in one.page
        await one.post(f"{first}ask", text="how often do I renew it")
        assert "Every three years" in one.page or "36" in one.page
        await other.get(stranger)
        assert MARK not in other.page
        if sys.platform == "linux" and os.access(f"/proc/{os.getpid()}/mem", os.R_OK):
            (mine,) = [visit for visit in served.server.visits if memory_holds(visit.pid, f"{MARK} ".encode()[:-1])]
            assert mine.pid != os.getpid()
        answer = await one.post(f"{first}over")
        assert str(answer.url) == f"{served.url}/"
        assert MARK not in one.page
        async with asyncio.timeout(20):
            while served.server.places.taken > 1:  # noqa: ASYNC110 - the event is in another process
                await asyncio.sleep(0.05)
        for answer in (await one.get(first), await one.post(f"{first}ask", text="again")):
            assert str(answer.url) == f"{served.url}/over"
            assert "Nothing of it is kept" in one.page


async def test_strangers_and_nonsense_are_refused() -> None:
    async with serving() as served:
        visitor = await served.visitor()
        visit = visitor.visit
        for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
            assert (await visitor.post(f"{visit}ask", headers, text="what is the CRA")).status == 403
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await served.client.ws_connect(f"{visit}ws", headers={"Origin": "http://evil.example"})
        assert refused.value.status == 403
        assert (await visitor.get(f"{visit}nowhere")).status == 404
        assert (await visitor.post(f"{visit}nowhere")).status == 404
        assert (await visitor.post(f"{visit}ask", text="x" * 30_000)).status == 413
        assert (await visitor.post(f"{visit}ask", None, **{f"f{n}": "x" for n in range(20)})).status == 400
        answer = await visitor.get(f"{served.url}/v/{'A' * 36}/")
        assert str(answer.url) == f"{served.url}/over"
        answer = await visitor.post(f"{visit}ask", text="what degree do I need")
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_every_place_is_taken_by_visits_that_began() -> None:
    async with serving(sessions=1) as served:
        one, other = await served.visitor(), await served.visitor()
        await one.post(f"{one.visit}ask", text="what is the CRA")
        answer = await other.post(f"{other.visit}ask", text="what is the CRA")
        assert answer.status == 503
        assert "Every place is taken" in other.page


async def test_a_page_that_is_closed_takes_its_process_with_it_and_silence_warns() -> None:
    async with serving(idle=5.0) as served:
        visitor = await served.visitor()
        async with served.client.ws_connect(f"{visitor.visit}ws", headers={"Origin": served.url}) as page:
            async with asyncio.timeout(20):
                kind, left = await page.receive_json()
                assert (kind, left) == ("idle", 2)
                await page.send_json(["stay"])
                assert await page.receive_json() == ["awake"]
                await page.receive_json()
                assert (await page.receive()).type is aiohttp.WSMsgType.CLOSE
            assert page.close_code == CloseCode.IDLE
        await served.until_empty()
        visitor = await served.visitor()
        async with served.client.ws_connect(f"{visitor.visit}ws", headers={"Origin": served.url}):
            assert served.server.places.taken == 1
        await served.until_empty()


async def test_when_the_server_ends_every_page_is_told() -> None:
    async with serving() as served:
        visitor = await served.visitor()
        page = await served.client.ws_connect(f"{visitor.visit}ws", headers={"Origin": served.url})
        ending = asyncio.create_task(served.server.on_shutdown(web.Application()))
        async with asyncio.timeout(20):
            await page.receive()
        await ending
        assert page.close_code == CloseCode.STOPPED
