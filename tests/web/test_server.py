"""The server from outside, as browsers and strangers see it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from dimchat.visit.limits import MEMORY
from dimchat.web import addresses
from dimchat.web import server as servers
from dimchat.web.messages import CloseCode
from dimchat.wording import catalogue_of
from dimchat.wording import web as words

if TYPE_CHECKING:
    from tests.web.conftest import Serving, Site

pytestmark = pytest.mark.filterwarnings("ignore:unclosed transport:ResourceWarning")  # a handed-over connection


async def get(site: Site, path: str, **headers: str) -> tuple[int, Any, str]:
    async with site.client.get(f"{site.url}{path}", headers=headers) as answer:
        return answer.status, answer.headers, await answer.text(errors="replace")


@pytest.mark.usefixtures("doorkeepers")
async def test_the_page_names_its_language_and_title_and_no_other_host(serving: Serving) -> None:
    async with serving() as site:
        status, headers, page = await get(site, "/")
    assert status == 200
    assert '<html lang="en">' in page
    assert "<title>Toys &amp; Dolls · dimchat</title>" in page
    assert "://" not in page
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("doorkeepers")
@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/static/own/page.js", "/static/textual/js/textual.js"])
async def test_every_answer_carries_the_security_headers(serving: Serving, path: str) -> None:
    async with serving() as site:
        _, headers, _ = await get(site, path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy.replace("style-src-attr 'unsafe-inline'", "")  # xterm.js without WebGL needs this one
    assert headers["Server"] == "dimchat"


@pytest.mark.usefixtures("doorkeepers")
async def test_each_page_has_a_nonce_of_its_own(serving: Serving) -> None:
    async with serving() as site:
        pages = [await get(site, "/") for _ in range(2)]
    nonces = []
    for _, headers, page in pages:
        found = re.search(r"'nonce-([\w-]{20,})'", headers["Content-Security-Policy"])
        assert found is not None
        assert f'nonce="{found[1]}"' in page
        nonces.append(found[1])
    assert nonces[0] != nonces[1]


@pytest.mark.usefixtures("doorkeepers")
@pytest.mark.parametrize(
    "path",
    ["/static/", "/static/own/", "/static/own", "/static/textual/js/", "/static/own/../../run.py", "/templates/"],
)
async def test_folders_are_not_listed(serving: Serving, path: str) -> None:
    async with serving() as site:
        status, _, text = await get(site, path)
    assert status in {403, 404}
    assert "page.js" not in text


@pytest.mark.usefixtures("doorkeepers")
@pytest.mark.parametrize(
    ("query", "size"),
    [("", 20), ("?fontsize=28", 28), ("?fontsize=1", 8), ("?fontsize=999", 48), ("?fontsize=big", 20)],
)
async def test_the_size_of_the_text_is_a_setting_of_the_server_and_of_the_page(
    serving: Serving, query: str, size: int
) -> None:
    async with serving(font_size=20) as site:
        _, _, page = await get(site, f"/{query}")
    assert f'data-font-size="{size}"' in page


@pytest.mark.usefixtures("doorkeepers")
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", None])
async def test_a_stranger_s_page_opens_no_conversation(serving: Serving, origin: str | None) -> None:
    async with serving() as site:
        headers = {"Origin": origin} if origin is not None else {}
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await site.client.ws_connect(f"{site.url}/ws", headers=headers)
        assert refused.value.status == 403
        assert site.sessions == 0


@pytest.mark.usefixtures("doorkeepers")
async def test_what_is_no_websocket_is_refused(serving: Serving) -> None:
    async with serving() as site:
        status, _, _ = await get(site, "/ws", Origin=site.url)
    assert status == 400


@pytest.mark.usefixtures("doorkeepers")
async def test_with_twenty_places_the_twenty_first_gets_a_page_that_says_so(serving: Serving) -> None:
    async with serving(sessions=20, sessions_per_address=20) as site:
        visitors = [await knock(site) for _ in range(20)]
        async with asyncio.timeout(20):
            while site.sessions < 20:  # noqa: ASYNC110 - the requests are on their way
                await asyncio.sleep(0.02)
        status, headers, page = await get(site, "/")
        assert status == 503
        assert headers["Retry-After"] == str(servers.LOOK_AGAIN)
        assert catalogue_of("en")("page.ended.full") in page
        assert "Places in all: 20" in page
        assert await site.health() == 200, "full is no illness"
        async with site.websocket() as websocket:
            assert (await websocket.receive()).type is aiohttp.WSMsgType.CLOSE
            assert websocket.close_code == CloseCode.FULL
        for writer in visitors:
            writer.close()
            await writer.wait_closed()


@pytest.mark.usefixtures("doorkeepers")
async def test_one_address_leaves_places_for_others(serving: Serving, caplog: pytest.LogCaptureFixture) -> None:
    near = {"Forwarded": "for=203.0.113.7", "X-Forwarded-For": "203.0.113.7"}
    far = {"X-Forwarded-For": "203.0.113.8, 10.0.0.2"}
    proxies = tuple(map(addresses.proxy, ("127.0.0.0/8", "10.0.0.2")))
    async with serving(sessions_per_address=2, proxies=proxies) as site:
        visitors = [await knock(site, **near) for _ in range(2)]
        async with asyncio.timeout(20):
            while site.sessions < 2:  # noqa: ASYNC110 - the requests are on their way
                await asyncio.sleep(0.02)
        status, headers, page = await get(site, "/", **near)
        assert status == 429
        assert headers["Retry-After"] == str(servers.LOOK_AGAIN)
        assert catalogue_of("en")("page.ended.crowded") in page
        assert "a whole house may share: 2, as many as" in page
        assert "203.0.113.7" not in page
        async with site.client.ws_connect(f"{site.url}/ws", headers={"Origin": site.url, **near}) as websocket:
            assert (await websocket.receive()).type is aiohttp.WSMsgType.CLOSE
            assert websocket.close_code == CloseCode.CROWDED
        assert (await get(site, "/", **far))[0] == 200
        visitors.append(await knock(site, **far))
        visitors.append(await knock(site))
        async with asyncio.timeout(20):
            while site.sessions < 4:  # noqa: ASYNC110 - as above
                await asyncio.sleep(0.02)
        for writer in visitors:
            writer.close()
            await writer.wait_closed()
    assert "203.0.113" not in caplog.text + repr(vars(site.server.places))


@pytest.mark.usefixtures("doorkeepers")
async def test_a_proxy_that_nobody_named_is_told_of_once(serving: Serving, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(sessions_per_address=1) as site:
        writer = await knock(site)
        async with asyncio.timeout(20):
            while not site.sessions:  # noqa: ASYNC110 - the request is on its way
                await asyncio.sleep(0.02)
        for number in range(3):
            assert (await get(site, "/", **{"X-Forwarded-For": f"203.0.113.{number}"}))[0] == 429
        writer.close()
        await writer.wait_closed()
    assert caplog.messages.count(words.LOG_CROWDED) == 1
    assert "203.0.113" not in caplog.text


@pytest.mark.usefixtures("doorkeepers")
async def test_its_health_says_no_more_than_its_status(serving: Serving) -> None:
    async with serving() as site:
        status, headers, text = await get(site, "/healthz")
        assert (status, text) == (200, "")
        assert headers["Cache-Control"] == "no-store"
        site.server._stopping = True  # noqa: SLF001 - from outside it lasts too short to be seen
        status, _, text = await get(site, "/healthz")
        assert (status, text) == (503, "")


async def knock(site: Site, **headers: str) -> asyncio.StreamWriter:
    """Ask for a websocket and wait for no answer."""
    _, writer = await asyncio.open_connection("127.0.0.1", site.test.port)
    lines = [
        "GET /ws HTTP/1.1",
        f"Host: 127.0.0.1:{site.test.port}",
        f"Origin: {site.url}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
    return writer


@pytest.mark.usefixtures("indexed")
async def test_a_conversation_from_the_first_screen_to_the_end(serving: Serving) -> None:
    async with serving() as site, site.websocket() as websocket:
        await site.seen(websocket, "Ask me about")
        await websocket.send_json(["stdin", "what degree do I need"])
        await websocket.send_json(["stdin", "\r"])
        await site.seen(websocket, "bachelor")
        await websocket.send_json(["ping", "17"])
        assert await told(websocket) == ["pong", "17"]
        await websocket.send_json(["stdin", "/export ../../etc/talk.md\r"])
        kind, file = await told(websocket)
        assert kind == "save"
        assert file["name"] == "talk.md"
        assert "what degree do I need" in file["text"]
        await websocket.send_json(["stdin", "\x11"])  # ctrl+q
        assert await closed(websocket) == CloseCode.LEFT
        await site.until_empty()


@pytest.mark.usefixtures("indexed")
async def test_the_next_visitor_finds_nothing_of_the_one_before(serving: Serving) -> None:
    async with serving() as site:
        async with site.websocket() as websocket:
            await site.seen(websocket, "Ask me about")
            await websocket.send_json(["stdin", "what does zanzibar7quux pay\r"])
            await site.seen(websocket, "zanzibar7quux")
        async with site.websocket() as websocket:
            drawn = await site.seen(websocket, "Ask me about")
            await websocket.send_json(["stdin", "/again\r"])
            drawn += await site.seen(websocket, "Nothing was asked yet")
        assert "zanzibar7quux" not in drawn


@pytest.mark.usefixtures("indexed")
async def test_hostile_messages_neither_end_nor_stop_a_conversation(serving: Serving) -> None:
    async with serving() as site, site.websocket(query="?width=99999999&height=x") as websocket:
        await site.seen(websocket, "Ask me about")
        for text in ("", "nonsense", "[" * 5000, '["resize", {}]', '["stdin", 7]', '["quit"]', '["open_url", "x"]'):
            await websocket.send_str(text)
        await websocket.send_bytes(b"\xff\x00")
        await websocket.send_json(["stdin", "\ud800\x1b[<0;1;999999999M\x1b]52;c;?\x07\x00"])
        await websocket.send_json(["resize", {"width": 90, "height": 25}])
        await websocket.send_json(["stdin", "\rwhat degree do I need\r"])
        await site.seen(websocket, "bachelor")


@pytest.mark.usefixtures("indexed")
async def test_silence_warns_and_then_ends_the_conversation(serving: Serving) -> None:
    async with serving(idle=1.0) as site, site.websocket() as websocket:
        kind, left = await told(websocket)
        assert kind == "idle"
        assert left <= 1
        assert await closed(websocket) == CloseCode.IDLE
        await site.until_empty()


@pytest.mark.usefixtures("indexed")
async def test_a_sign_after_the_warning_takes_it_back(serving: Serving) -> None:
    async with serving(idle=4.0) as site, site.websocket() as websocket:
        assert (await told(websocket))[0] == "idle"
        await websocket.send_json(["stay"])
        assert await told(websocket) == ["awake"]


@pytest.mark.usefixtures("indexed")
async def test_a_page_that_goes_away_takes_its_process_with_it(serving: Serving) -> None:
    async with serving() as site:
        async with site.websocket() as websocket:
            await site.seen(websocket, "Ask me about")
            assert site.sessions == 1
        await site.until_empty()


@pytest.mark.usefixtures("indexed")
async def test_a_process_that_is_killed_frees_its_place(serving: Serving) -> None:
    async with serving() as site, site.websocket() as websocket:
        await site.seen(websocket, "Ask me about")
        (visit,) = site.server.visits
        os.kill(visit.pid, signal.SIGKILL)
        assert await closed(websocket) == aiohttp.WSCloseCode.ABNORMAL_CLOSURE
        await site.until_empty()
        async with site.websocket() as another:
            await site.seen(another, "Ask me about")


@pytest.mark.usefixtures("indexed")
async def test_when_the_server_ends_every_page_is_told(serving: Serving) -> None:
    async with serving() as site, site.websocket() as websocket:
        await site.seen(websocket, "Ask me about")
        ending = asyncio.create_task(site.test.close())
        assert await closed(websocket) == CloseCode.STOPPED
        await ending


async def test_processes_that_cannot_start_make_the_server_ill(
    serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimchat.web.forker.SHORTEST", 0.01)
    async with serving(pack=tmp_path) as site:
        async with asyncio.timeout(30):
            while (health := await site.health()) == 200:  # noqa: ASYNC110 - the event is in another process
                await asyncio.sleep(0.05)
    assert health == 503


async def told(websocket: Any) -> Any:
    """Return the next message that is not drawn."""
    async with asyncio.timeout(20):
        async for message in websocket:
            if message.type is aiohttp.WSMsgType.TEXT:
                return json.loads(message.data)
    raise AssertionError


async def closed(websocket: Any) -> int:
    """Read to the end, and return why it came."""
    async with asyncio.timeout(20):
        async for _ in websocket:
            pass
    code = websocket.close_code
    assert isinstance(code, int)
    return code


GREEDY = """
from dimchat.journal import Switch
from dimchat.index import open_assistant
from dimchat.visit.apart import Apart
from dimchat.visit.limits import MEMORY
from dimchat.web.messages import CloseCode
from dimchat.web.visitor.__main__ import attend, browser_chat
from dimchat.web.visitor.conversation import TerminalFace

assistant = open_assistant()
pack = assistant.pack

class Greedy:
    def ask(self, text, context):
        if text == "memory":
            bytearray(2 * MEMORY)
        while text == "processor":
            pass
        return assistant.ask(text, context)

opened = pack, Apart(Greedy(), processor=0)
attend(TerminalFace(lambda journal, page: browser_chat(lambda: opened, page, journal), CloseCode.LEFT), Switch())
"""
"""A forker whose visitors can ask for more than they may have."""


def limits_of(pid: int) -> dict[str, str]:
    return dict(re.findall(r"(Max \w+ \w+) +(\w+)", Path(f"/proc/{pid}/limits").read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="the limits are Linux's")
@pytest.mark.usefixtures("indexed")
async def test_a_visitor_who_takes_too_much_ends_and_the_next_one_begins(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimchat.web.forker.command", lambda *_: [sys.executable, "-c", GREEDY])
    async with serving() as site:
        for text in ("memory", "processor"):
            async with site.websocket() as websocket:
                await site.seen(websocket, "Ask me about")
                await websocket.send_json(["stdin", "what degree do I need\r"])
                await site.seen(websocket, "bachelor")
                await websocket.send_json(["stdin", f"{text}\r"])
                assert await closed(websocket) == CloseCode.FAILED
            await site.until_empty()
        async with site.websocket() as websocket:
            await site.seen(websocket, "Ask me about")
            (visit,) = site.server.visits
            assert limits_of(visit.pid)["Max cpu time"] in {"31", "32"}
            assert int(limits_of(visit.pid)["Max data size"]) > MEMORY
