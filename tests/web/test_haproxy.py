"""The shipped HAProxy example, on loopback, with a certificate of its own."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from contextlib import asynccontextmanager
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
import pytest
from tests.web.test_nginx import NAME, Here, certify, free_port, listens, size_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.web.conftest import Serving, Site

CONFIG = Path(__file__).resolve().parents[2] / "deploy" / "haproxy.cfg"
HAPROXY = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")

pytestmark = [
    pytest.mark.skipif(HAPROXY is None, reason="needs HAProxy (on Debian: apt install haproxy)"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl for a certificate"),
    pytest.mark.filterwarnings("ignore:unclosed transport:ResourceWarning"),  # a handed-over connection
]


@asynccontextmanager
async def balanced(folder: Path, one: Site, two: Site) -> AsyncIterator[aiohttp.ClientSession]:
    """Run HAProxy with the example, its addresses and certificate changed to ours, and visit it."""
    port = free_port()
    certificate, key, both = folder / "certificate.pem", folder / "key.pem", folder / "both.pem"
    certify(certificate, key)
    both.write_text(certificate.read_text() + key.read_text())
    text = CONFIG.read_text()
    changes = {
        "bind :443 ssl": f"bind 127.0.0.1:{port} ssl",
        f"/etc/haproxy/{NAME}.pem": str(both),
        "server a 10.0.0.11:8000": f"server a 127.0.0.1:{one.test.port}",
        "server b 10.0.0.12:8000": f"server b 127.0.0.1:{two.test.port}",
        "inter 2s": "inter 100ms",
    }
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    (folder / "haproxy.cfg").write_text(text)
    command = [str(HAPROXY), "-db", "-f", str(folder / "haproxy.cfg")]
    haproxy = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.DEVNULL)
    try:
        async with asyncio.timeout(20):
            while not listens(port):
                assert haproxy.returncode is None
                await asyncio.sleep(0.05)
        trusted = ssl.create_default_context(cafile=str(certificate))
        connector = aiohttp.TCPConnector(resolver=Here(), ssl=trusted, force_close=True)
        async with aiohttp.ClientSession(f"https://{NAME}:{port}", connector=connector) as client:
            yield client
    finally:
        haproxy.terminate()
        await haproxy.wait()


def test_haproxy_itself_finds_nothing_to_warn_of(tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    certify(certificate, key)
    both = tmp_path / "both.pem"
    both.write_text(certificate.read_text() + key.read_text())
    (tmp_path / "haproxy.cfg").write_text(CONFIG.read_text().replace(f"/etc/haproxy/{NAME}.pem", str(both)))
    done = subprocess.run(
        [str(HAPROXY), "-c", "-f", str(tmp_path / "haproxy.cfg")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr.casefold()


@pytest.mark.usefixtures("doorkeepers")
async def test_visitors_are_shared_stay_where_they_are_and_move_when_a_machine_goes(
    serving: Serving, tmp_path: Path
) -> None:
    public = f"https://{NAME}"
    async with (
        serving(public_url=public, font_size=20) as one,
        serving(public_url=public, font_size=30) as two,
        balanced(tmp_path, one, two) as client,
    ):
        met: dict[str, set[str]] = {"a": set(), "b": set()}
        for _ in range(10):
            client.cookie_jar.clear()
            async with client.get("/") as answer:
                assert answer.status == 200
                machine = answer.cookies["dimchat"]
                met[machine.value].add(size_of(await answer.text()))
                assert (machine["httponly"], machine["secure"], machine["samesite"]) == (True, True, "Strict")
            for _ in range(3):
                async with client.get("/", headers={"Cookie": f"dimchat={machine.value}"}) as answer:
                    met[machine.value].add(size_of(await answer.text()))
        assert met == {"a": {"20"}, "b": {"30"}}
        async with client.get("/healthz") as answer:
            assert answer.status == 404
        two.server._stopping = True  # noqa: SLF001 - it says so itself: /healthz is 503
        async with asyncio.timeout(20):
            while True:
                async with client.get("/", headers={"Cookie": "dimchat=b"}) as answer:
                    if size_of(await answer.text()) == "20":
                        break
        for _ in range(5):
            client.cookie_jar.clear()
            async with client.get("/") as answer:
                assert answer.status == 200
                assert size_of(await answer.text()) == "20"


@pytest.mark.usefixtures("doorkeepers")
async def test_who_visits_is_what_haproxy_says_and_not_what_a_visitor_says(serving: Serving, tmp_path: Path) -> None:
    options = {
        "public_url": f"https://{NAME}",
        "sessions_per_address": 1,
        "proxies": (ip_network("127.0.0.1"),),
    }
    async with (
        serving(**options) as one,
        serving(**options) as two,
        balanced(tmp_path, one, two) as client,
    ):
        for site in (one, two):
            site.server.places.take("127.0.0.1")
        for sent in ({}, {"X-Forwarded-For": "203.0.113.7"}, {"Forwarded": "for=203.0.113.7"}):
            async with client.get("/", headers=sent) as answer:
                assert answer.status == 429
        for site in (one, two):
            site.server.places.leave("127.0.0.1")


@pytest.mark.usefixtures("indexed")
async def test_a_conversation_comes_through(serving: Serving, tmp_path: Path) -> None:
    public = f"https://{NAME}"
    async with (
        serving(public_url=public) as one,
        serving(public_url=public) as two,
        balanced(tmp_path, one, two) as client,
    ):
        async with client.get("/") as answer:
            machine = answer.cookies["dimchat"].value
        headers = {"Origin": public, "Cookie": f"dimchat={machine}"}
        site = {"a": one, "b": two}[machine]
        async with client.ws_connect("/ws?width=100&height=30", headers=headers) as websocket:
            await site.seen(websocket, "Ask me about")
            assert (one.sessions + two.sessions, site.sessions) == (1, 1)
            await websocket.send_json(["stdin", "what degree do I need\r"])
            await site.seen(websocket, "bachelor")
